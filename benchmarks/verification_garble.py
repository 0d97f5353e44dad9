"""The garble suite: verses damaged as extraction damages them; is the right passage still found?

    python -m benchmarks.verification_garble --data FOLDER

500 verses of 6 to 40 words, drawn with a fixed seed, in 20 kinds of damage for Arabic and seven for Latin script. Each
is checked twice: as a quotation (in verse brackets or double quotes, no reference), and unmarked inside carrier text.
A verse counts as found when the passage named holds it; identical verses count as one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.verification_data import QURAN, Row, check_quoted, library, passages, run
from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.verification import LoadedLibrary, find_passages

MANY = 500
MARKS = re.compile("[\u064b-\u0655\u0670\u06d6-\u06ed]")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
DOTS = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
CARRIER = {
    "ar": (
        "اجتمع مندوبو الموانئ الثلاثة في بيت الصيادين وقال الأمين بعد افتتاح الجلسة ",
        " ثم انتقلوا إلى حساب الرسوم",
    ),
    "en": (
        "The delegates of the three harbours met in the hall of fishermen and one of them wrote ",
        " before dues came up",
    ),
}
Damage = Callable[[str, random.Random], str]


def bare(text: str) -> str:
    return MARKS.sub("", text)


def displaced(text: str, draw: random.Random, often: float = 0.8) -> str:
    """Each mark, with probability `often`, one letter later."""
    out: list[str] = []
    late: list[str] = []
    for char in text:
        if MARKS.match(char):
            (late if draw.random() < often else out).append(char)
            continue
        out.append(char)
        if char.isalpha() and late:
            out += late
            late = []
    return "".join(out + late)


def spaced(text: str, draw: random.Random, often: float) -> str:
    """A blank after a letter with probability `often`."""
    return "".join(char + (" " if char.isalpha() and draw.random() < often else "") for char in text)


def fused(text: str, draw: random.Random, often: float) -> str:
    """A blank lost with probability `often`."""
    return "".join(char for char in text if not (char == " " and draw.random() < often))


def replaced(text: str, draw: random.Random, often: float, letters: str = LETTERS) -> str:
    return "".join(draw.choice(letters) if char.isalpha() and draw.random() < often else char for char in text)


def dropped(text: str, draw: random.Random, often: float) -> str:
    return "".join(char for char in text if not (char.isalpha() and draw.random() < often))


def dotted(text: str, draw: random.Random, often: float) -> str:
    """Letters of one skeleton taken for each other, as poor scans do."""
    family = {char: group for group in DOTS for char in group}
    return "".join(
        draw.choice(family[char].replace(char, "")) if char in family and draw.random() < often else char
        for char in text
    )


@cache
def _shapes() -> dict[tuple[str, str], str]:
    found = {}
    for code in range(0xFE80, 0xFEFD):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2:
            found[chr(int(parts[1], 16)), parts[0].strip("<>")] = chr(code)
    return found


def presented(text: str, draw: random.Random) -> str:
    """Each letter as its presentation form, marks dropped: how old PDF makers store Arabic."""
    text, shapes = bare(text).replace("ٱ", "ا"), _shapes()
    out = []
    for at, char in enumerate(text):
        before = at > 0 and (text[at - 1], "initial") in shapes
        after = at + 1 < len(text) and (text[at + 1], "isolated") in shapes
        form = ("medial" if after else "final") if before else ("initial" if after else "isolated")
        kinds = (form, {"medial": "final", "initial": "isolated"}.get(form, form), "isolated")
        out.append(next((shapes[char, kind] for kind in kinds if (char, kind) in shapes), char))
    return "".join(out)


def every(text: str, draw: random.Random, nth: int, words: tuple[str, ...]) -> str:
    return " ".join(draw.choice(words) if at % nth == nth - 1 else word for at, word in enumerate(text.split()))


def hyphened(text: str, draw: random.Random) -> str:
    """Broken over lines of 40 letters, words hyphenated."""
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    return "".join(
        piece + ("-\n" if piece[-1:].isalpha() and following[:1].isalpha() else "\n" if following else "")
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True)
    )


HARBOUR = ("المرافئ", "القوارب", "الصيادون", "الشباك", "البحيرات")
ARABIC: dict[str, Damage] = {
    "vowelled, as printed": lambda text, draw: text,
    "no marks": lambda text, draw: bare(text),
    "marks displaced 80 %": displaced,
    "marks displaced, blanks 10 %, fused 20 %": lambda t, d: spaced(fused(displaced(t, d), d, 0.2), d, 0.1),
    "blanks 30 %": lambda text, draw: spaced(bare(text), draw, 0.3),
    "blanks lost 20 %": lambda text, draw: fused(bare(text), draw, 0.2),
    "all spaces removed": lambda text, draw: bare(text).replace(" ", ""),
    "presentation forms": presented,
    "lam-alef swapped": lambda text, draw: re.sub("ل([اأإآ])", r"\1ل", bare(text)),
    "letters dropped 3 %": lambda text, draw: dropped(bare(text), draw, 0.03),
    "letters dropped 10 %": lambda text, draw: dropped(bare(text), draw, 0.10),
    "letters replaced 5 %": lambda text, draw: replaced(bare(text), draw, 0.05),
    "letters replaced 10 %": lambda text, draw: replaced(bare(text), draw, 0.10),
    "letters replaced 15 %": lambda text, draw: replaced(bare(text), draw, 0.15),
    "dots confused 10 %": lambda text, draw: dotted(bare(text), draw, 0.10),
    "dots confused 25 %": lambda text, draw: dotted(bare(text), draw, 0.25),
    "visual order": lambda text, draw: bare(text)[::-1],
    "first four words": lambda text, draw: " ".join(bare(text).split()[:4]),
    "every fifth word replaced": lambda text, draw: every(bare(text), draw, 5, HARBOUR),
    "every third word replaced": lambda text, draw: every(bare(text), draw, 3, HARBOUR),
}
ROMAN = "abcdefghijklmnopqrstuvwxyz"
LATIN: dict[str, Damage] = {
    "as printed": lambda text, draw: text,
    "letters replaced 2 %": lambda text, draw: replaced(text, draw, 0.02, ROMAN),
    "letters replaced 5 %": lambda text, draw: replaced(text, draw, 0.05, ROMAN),
    "letters replaced 10 %": lambda text, draw: replaced(text, draw, 0.10, ROMAN),
    "letters replaced 15 %": lambda text, draw: replaced(text, draw, 0.15, ROMAN),
    "all spaces removed": lambda text, draw: text.replace(" ", ""),
    "hyphenated lines": hyphened,
}
HARD = ("15 %", "25 %", "third", "first four")
KNOWN = {
    "no marks": ".998", "vowelled, as printed": ".998", "blanks 30 %": ".998", "presentation forms": ".998",
    "lam-alef swapped": ".998", "letters dropped 3 %": ".998", "letters dropped 10 %": ".968",
    "letters replaced 5 %": ".992", "letters replaced 10 %": ".960", "letters replaced 15 %": ".878",
    "dots confused 10 %": ".984", "dots confused 25 %": ".956", "visual order": "1.000", "first four words": ".910",
    "every fifth word replaced": ".990", "every third word replaced": ".830", "all spaces removed": ".000",
    "marks displaced 80 %": ".998", "marks displaced, blanks 10 %, fused 20 %": ".998",
}  # fmt: skip
KNOWN_LATIN = {
    "as printed": "1.000", "letters replaced 2 %": ".995", "letters replaced 5 %": ".985",
    "letters replaced 10 %": ".810", "letters replaced 15 %": ".488",
}  # fmt: skip


def _bones(text: str) -> str:
    return re.sub("[\\W_ـاأإآٱىيءؤئوةه]+", "", bare(unicodedata.normalize("NFKC", text))).casefold()


def _found_quoted(garbled: str, reference: str, text: str, loaded: LoadedLibrary) -> tuple[bool, bool]:
    """Whether the passage is named, and whether the verdict is one of those under which the wording holds.

    Verse brackets announce the Qur'an; a verse of another work stands in double quotes, which announce nothing.
    """
    for one in check_quoted(garbled, loaded, verse=reference.startswith("Q ")):
        if _names(one.reference or "", reference) or _bones(text) in _bones(str(one.value("passage") or "")):
            return True, one.verdict in ("exact", "exact-spelling", "ambiguous", "shortened", "shortened-meaning")
    return False, False


def _names(found: str, reference: str) -> bool:
    """True when `found` names the place, alone, in a list, or inside a range of verses."""
    for part in found.split("; "):
        head, _, tail = part.partition("-")
        chapter, _, verse = reference.rpartition(":")
        first_chapter, _, first = head.rpartition(":")
        if part == reference or (tail.isdigit() and first_chapter == chapter and int(first) <= int(verse) <= int(tail)):
            return True
    return False


def _found_unmarked(garbled: str, reference: str, text: str, loaded: LoadedLibrary, language: str) -> bool:
    before, after = CARRIER[language]
    document = Document.of(before + garbled + after)
    for one in find_passages(document, loaded, load_check_lexicon()):
        held, places = loaded.editions[one.match.stretch.edition], one.match.comparison.passages
        first, last = places[0], places[-1] + 1
        if reference in held.references[first:last] or _bones(text) in _bones(" ".join(held.texts[first:last])):
            return True
    return False


def measure(kind: str, damage: Damage, name: str, data: Path, loaded: LoadedLibrary) -> tuple[float, float, float]:
    """Recall as a quotation, share of them with a verdict that holds, recall unmarked."""
    language = "ar" if name.startswith("quran") else "en"
    long = [(ref, text) for ref, text in passages(data, name) if 6 <= len(text.split()) <= 40]
    draw = random.Random(kind)
    counts = [0, 0, 0]
    for reference, text in random.Random(3).sample(long, MANY):
        garbled = damage(text, draw)
        original = " ".join(text.split()[:4]) if kind == "first four words" else text
        named, holds = _found_quoted(garbled, reference, original, loaded)
        counts[0] += named
        counts[1] += holds
        counts[2] += _found_unmarked(garbled, reference, original, loaded, language)
    return counts[0] / MANY, counts[1] / MANY, counts[2] / MANY


def rows(data: Path) -> Iterator[Row]:
    """One row a kind of damage, each as soon as it is measured."""
    suites = (
        ("quran-simple", ARABIC, KNOWN, library(data, *QURAN)),
        ("kjv", LATIN, KNOWN_LATIN, library(data, "kjv")),
    )
    for name, kinds, known, loaded in suites:
        for kind, damage in kinds.items():
            quoted, holds, unmarked = measure(kind, damage, name, data, loaded)
            goal = "-" if any(word in kind for word in HARD) else ".99"
            said = f"quoted {quoted:.3f} (wording holds {holds:.3f}), unmarked {unmarked:.3f}"
            yield Row(f"Garbled {name}: {kind}", known.get(kind, "-"), goal, said)


if __name__ == "__main__":
    run(rows)
