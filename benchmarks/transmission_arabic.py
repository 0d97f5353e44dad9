"""A synthetic test of reuse in Arabic: passages changed in 13 ways, planted between the words of other texts."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from benchmarks.transmission_english import Planted
from benchmarks.transmission_plagdet import Case

EACH = 40  # passages a kind of change
CLEAN = 40  # hosts without a plant
MOST_PLANTS = 4  # in one host
DOTS = ("بتثنيئ", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "كگ")
SIGNS = "\u064e\u064f\u0650\u0652\u0651\u064b"

Change = Callable[[random.Random, str], str]


def misread(rng: random.Random, text: str, share: float) -> str:
    """Letters of the same shape confused, lost or added."""
    alike = {letter: group.replace(letter, "") for group in DOTS for letter in group}
    out = []
    for letter in text:
        if letter == " " or rng.random() >= share:
            out.append(letter)
        elif letter in alike and rng.random() < 0.7:
            out.append(rng.choice(alike[letter]))
        elif rng.random() >= 0.4:
            out.append(letter + rng.choice("اليمنر"))
    return "".join(out)


def vocalise(rng: random.Random, text: str) -> str:
    return "".join(
        letter + rng.choice(SIGNS) if "\u0621" <= letter <= "\u064a" and rng.random() < 0.5 else letter
        for letter in text
    )


def respell(rng: random.Random, text: str) -> str:
    """Hamza, final ya and ta marbuta as people confuse them."""
    chances = {"أ": ("ا", 0.7), "إ": ("ا", 0.7), "آ": ("ا", 0.7), "ا": ("أ", 0.08), "ي": ("ى", 0.3), "ى": ("ي", 0.5), "ة": ("ه", 0.5)}  # fmt: skip  # noqa: E501
    out = []
    for letter in text:
        other, chance = chances.get(letter, (letter, 0.0))
        out.append(other if rng.random() < chance else letter)
    return "".join(out)


def stretch(rng: random.Random, text: str) -> str:
    return "".join(
        letter + "\u0640" * rng.randint(1, 3) if "\u0628" <= letter <= "\u064a" and rng.random() < 0.06 else letter
        for letter in text
    )


def to_forms(rng: random.Random, text: str) -> str:
    """Presentation forms, as some old files hold them."""
    forms: dict[str, str] = {}
    for code in range(0xFB50, 0xFEFD):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and "ISOLATED" in unicodedata.name(chr(code), ""):
            forms.setdefault(plain, chr(code))
    return "".join(forms.get(letter, letter) for letter in text)


def reverse_lines(rng: random.Random, text: str) -> str:
    """Visual order, as some page layouts give it out."""
    words = text.split()
    return "\n".join(" ".join(words[at : at + 10])[::-1] for at in range(0, len(words), 10))


def make_changes(words: Sequence[str]) -> dict[str, Change]:
    def each(change: Callable[[random.Random, str], str]) -> Change:
        return lambda rng, text: " ".join(change(rng, word) for word in text.split())

    def replaced(share: float) -> Change:
        return each(lambda rng, word: rng.choice(words) if rng.random() < share else word)

    return {
        "unchanged": lambda rng, text: text,
        "vowel signs": vocalise,
        "hamza, ya, ta marbuta": respell,
        "tatweel": stretch,
        "Persian letters": lambda rng, text: text.replace("ي", "ی").replace("ك", "ک"),
        "presentation forms": to_forms,
        "OCR 3 %": lambda rng, text: misread(rng, text, 0.03),
        "OCR 6 %": lambda rng, text: misread(rng, text, 0.06),
        "OCR 10 %": lambda rng, text: misread(rng, text, 0.10),
        "words replaced 10 %": replaced(0.1),
        "words replaced 20 %": replaced(0.2),
        "and- put before words": each(lambda rng, word: "و" + word if rng.random() < 0.15 else word),
        "visual order": reverse_lines,
    }


def plant(hosts: Mapping[str, str], sources: Mapping[str, str], seed: int) -> Planted:
    """`EACH` passages of 35 to 60 words a kind of change, from `sources` into `hosts`; both of 80 words or more."""
    rng = random.Random(seed)
    names, source_names = sorted(hosts), sorted(sources)
    rng.shuffle(names)
    words = [word for name in source_names[:50] for word in sources[name].split() if len(word) > 3]
    plants: dict[str, list[tuple[str, str, int, int, str]]] = {name: [] for name in names}
    for condition, change in make_changes(words).items():
        for _ in range(EACH):
            source = rng.choice(source_names)
            spans = [match.span() for match in re.finditer(r"\S+", sources[source])]
            many = rng.randint(35, 60)
            at = rng.randrange(5, len(spans) - many - 5)
            start, end = spans[at][0], spans[at + many - 1][1]
            host = rng.choice([name for name in names[CLEAN:] if len(plants[name]) < MOST_PLANTS])
            plants[host].append((change(rng, sources[source][start:end]), source, start, end, condition))
    texts, cases = {}, []
    for name in names:
        texts[f"H_{name}"], made = _insert(rng, f"H_{name}", hosts[name], plants[name])
        cases += made
    return Planted(texts | {f"S_{name}": sources[name] for name in source_names}, tuple(cases))


def _insert(
    rng: random.Random, name: str, text: str, plants: Sequence[tuple[str, str, int, int, str]]
) -> tuple[str, list[Case]]:
    places = sorted(rng.sample([match.start() for match in re.finditer(r"(?<=\s)\S", text)][20:-20], len(plants)))
    out, last, cases = "", 0, []
    for place, (changed, source, start, end, condition) in zip(places, plants, strict=True):
        out += text[last:place]
        last = place
        cases.append(Case(name, len(out), len(out) + len(changed), f"S_{source}", start, end, condition))
        out += changed + " "
    return out + text[last:], cases
