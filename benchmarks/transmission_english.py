"""A synthetic test of reuse: passages of speeches, changed in 18 ways, planted into news articles.

Texts come from the caller; the seed decides everything else. The noise is made of letters and words, never of the
detector's own units. 200 articles stay clean and give the false alarms.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.transmission_plagdet import Case

EACH = 70  # passages a kind of change
CLEAN = 200  # articles without a plant
MOST_PLANTS = 3  # in one article

Change = Callable[[random.Random, str], str]
LETTERS = "etaoinshrdlucmfwypvbgk"
CONFUSED = {
    "e": "c", "c": "e", "l": "1", "i": "l", "o": "0", "h": "b", "n": "u", "u": "n", "m": "rn", "s": "5", "a": "o",
    "t": "f", "f": "t", "r": "v", "g": "q", "d": "cl",
}  # fmt: skip
REPORTED = {
    "i": "he", "we": "they", "our": "their", "my": "his", "us": "them", "me": "him", "will": "would", "is": "was",
    "are": "were", "has": "had", "have": "had", "am": "was", "can": "could", "must": "had to", "this": "that",
    "these": "those", "today": "that day", "shall": "would", "may": "might",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z’']+")
_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+")


@dataclass(frozen=True, slots=True)
class Planted:
    """Documents by name (hosts `H_…`, sources `S_…`) and the cases planted into the hosts."""

    texts: dict[str, str]
    cases: tuple[Case, ...]


def sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of sentences of more than 25 code points, spaces included."""
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > 25:
            found.append((start, match.end()))
            start = match.end()
    return [*found, (start, len(text))]


def misread(rng: random.Random, text: str, share: float) -> str:
    """Letters misread, lost, added, spaces lost and added: as by optical recognition."""
    out = []
    for letter in text:
        if rng.random() >= share:
            out.append(letter)
            continue
        kind = rng.random()
        if kind < 0.6:
            out.append(CONFUSED.get(letter.lower(), rng.choice(LETTERS)) if letter.isalpha() else letter)
        elif 0.75 <= kind < 0.9:
            out.append(letter + rng.choice(LETTERS))
        elif kind >= 0.9:
            out.append("" if letter == " " else letter + " ")
    return "".join(out)


def replace_words(rng: random.Random, text: str, share: float, words: Sequence[str]) -> str:
    return _WORD.sub(lambda match: rng.choice(words) if rng.random() < share else match[0], text)


def drop_words(rng: random.Random, text: str, share: float) -> str:
    return re.sub(" +", " ", _WORD.sub(lambda match: "" if rng.random() < share else match[0], text))


def swap_words(rng: random.Random, text: str, share: float) -> str:
    words = text.split(" ")
    at = 0
    while at < len(words) - 1:
        if rng.random() < share:
            words[at], words[at + 1] = words[at + 1], words[at]
            at += 1
        at += 1
    return " ".join(words)


def report(rng: random.Random, text: str) -> str:
    """Direct speech as indirect speech."""
    return "He said that " + _WORD.sub(lambda match: REPORTED.get(match[0].lower(), match[0]), text)


def damage(rng: random.Random, text: str) -> str:
    """Short lines, hyphens, lost spaces and a running head inside the passage: as out of a page layout."""
    out: list[str] = []
    column = 0
    for word in text.split():
        if rng.random() < 0.03 and out:
            out[-1] = out[-1].rstrip(" ")
        if column + len(word) <= 62:
            out.append(word + " ")
            column += len(word) + 1
        elif len(word) > 6 and rng.random() < 0.5:
            half = len(word) // 2
            out.append(f"{word[:half]}-\n{word[half:]} ")
            column = len(word) - half
        else:
            out.append(f"\n{word} ")
            column = len(word)
    whole = "".join(out)
    at = whole.find("\n", len(whole) // 2)
    if rng.random() < 0.6 and at > 0:
        head = f"\n{rng.randint(2, 90)}\nPress Release — Not an official document  Page {rng.randint(1, 9)} of 9\n"
        whole = whole[:at] + head + whole[at + 1 :]
    return whole


def reorder(rng: random.Random, text: str) -> str:
    parts = [text[low:high] for low, high in sentences(text)]
    if len(parts) < 3:
        return text
    rng.shuffle(parts)
    return "".join(part if part.endswith((" ", "\n")) else part + " " for part in parts)


def shorten(rng: random.Random, text: str) -> str:
    """A stretch of words left out, with three dots in its place."""
    words = text.split(" ")
    many = len(words)
    at, size = rng.randint(many // 4, many // 2), rng.randint(max(3, many // 8), max(4, many // 4))
    return " ".join([*words[:at], "…", *words[at + size :]])


def make_changes(words: Sequence[str]) -> dict[str, tuple[int, int, Change | None]]:
    """Kind of change: least and most words of the passage, and the change."""

    def mix(rng: random.Random, text: str) -> str:
        return swap_words(rng, drop_words(rng, replace_words(rng, misread(rng, text, 0.03), 0.12, words), 0.08), 0.05)

    changes: dict[str, tuple[int, int, Change | None]] = {
        "12 words": (10, 14, None),
        "25 words": (20, 30, None),
        "75 words": (50, 100, None),
        "200 words": (150, 300, None),
    }
    for share in (2, 5, 10, 15):
        changes[f"OCR {share} %"] = (50, 100, partial(misread, share=share / 100))
    for share in (10, 20, 30):
        changes[f"words replaced {share} %"] = (50, 100, partial(replace_words, share=share / 100, words=words))
    return changes | {
        "words dropped 20 %": (50, 100, partial(drop_words, share=0.2)),
        "words swapped 20 %": (50, 100, partial(swap_words, share=0.2)),
        "sentences reordered": (120, 250, reorder),
        "shortened": (50, 100, shorten),
        "page layout": (50, 100, damage),
        "indirect speech": (25, 60, report),
        "mix": (50, 100, mix),
    }


def plant(hosts: Mapping[str, str], sources: Mapping[str, str], seed: int) -> Planted:
    """`EACH` passages a kind of change, taken from `sources` and put between sentences of `hosts`."""
    rng = random.Random(seed)
    names, source_names = sorted(hosts), sorted(sources)
    rng.shuffle(names)
    words = [word for name in source_names[:300] for word in re.findall("[a-z]{4,12}", sources[name])]
    plants: dict[str, list[tuple[str, str, int, int, str]]] = {name: [] for name in names}
    clean = min(CLEAN, len(names) // 3)
    for condition, (least, most, change) in make_changes(words).items():
        done = 0
        while done < EACH:
            name = rng.choice(source_names)
            place = _choose(rng, sources[name], least, most, whole=not (change is None and least <= 30))
            if place is None:
                continue
            passage = sources[name][place[0] : place[1]]
            changed = change(rng, passage) if change else passage
            if condition == "sentences reordered" and changed.strip() == passage.strip():
                continue
            host = rng.choice(names[clean:])
            if len(plants[host]) < MOST_PLANTS:
                plants[host].append((changed, name, *place, condition))
                done += 1
    texts, cases = {}, []
    for name in names:
        texts[f"H_{name}"], made = _insert(rng, f"H_{name}", hosts[name], plants[name])
        cases += made
    return Planted(texts | {f"S_{name}": sources[name] for name in source_names}, tuple(cases))


def _choose(rng: random.Random, text: str, least: int, most: int, *, whole: bool) -> tuple[int, int] | None:
    """The range of a passage: whole sentences, or `least` to `most` words from anywhere."""
    need = rng.randint(least, most)
    if not whole:
        words = [match.span() for match in re.finditer(r"\S+", text)]
        if len(words) < need + 60:
            return None
        at = rng.randrange(20, len(words) - need - 20)
        return words[at][0], words[at + need - 1][1]
    parts = sentences(text)
    first = last = rng.randrange(len(parts))
    start = parts[first][0]
    while last < len(parts) and len(text[start : parts[last][1]].split()) < least:
        last += 1
    if last == len(parts) or len(text[start : parts[last][1]].split()) > most * 1.6:
        return None
    return start, start + len(text[start : parts[last][1]].rstrip())


def _insert(
    rng: random.Random, name: str, text: str, plants: Sequence[tuple[str, str, int, int, str]]
) -> tuple[str, list[Case]]:
    parts = sentences(text)
    cuts = sorted(rng.sample(range(1, len(parts)), min(len(plants), len(parts) - 1))) if plants else []
    out, last, cases = "", 0, []
    for cut, (changed, source, start, end, condition) in zip(cuts, plants, strict=False):
        out += text[last : parts[cut][0]]
        last = parts[cut][0]
        cases.append(Case(name, len(out), len(out) + len(changed), f"S_{source}", start, end, condition))
        out += changed + " "
    return out + text[last:], cases
