"""The mutation suite: one planted fault in a verse must be seen, and a verse of an edition must never be altered.

    python -m benchmarks.verification_mutations --data FOLDER

600 verses of 6 to 40 words, drawn with a fixed seed, each kind of fault once in each; checked as a quotation with its
reference. Vowel changes count when the verdict is `vowels-differ` (or `altered`). Unchanged verses of every edition
are checked twice, against the library of all editions: with their reference and alone.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.verification_data import QURAN, TRANSLATIONS, Row, check_quoted, library, passages, run, share
from catena.verification import LoadedLibrary

MANY = 600
VOWELS = "\u064e\u064f\u0650"
CLITICS = {"ar": ("و", "ف", "ب", "ل", "س"), "en": ("un", "re", "mis")}
Fault = Callable[[list[str], random.Random, list[str]], list[str] | None]


def substitute(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    at = draw.randrange(1, len(words) - 1)
    return _put(words, at, draw.choice(strangers))


def omit(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    at = draw.randrange(1, len(words) - 1)
    return None if words[at] in (words[at - 1], words[at + 1]) else words[:at] + words[at + 1 :]


def insert(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    at = draw.randrange(1, len(words) - 1)
    return [*words[:at], draw.choice(strangers), *words[at:]]


def swap(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    at = draw.randrange(1, len(words) - 2)
    if letters(words[at]) == letters(words[at + 1]):
        return None
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def letter(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    """One letter of a word replaced by one of another sound; never a hamza seat, which is spelling."""
    places = [at for at in range(1, len(words) - 1) if len(letters(words[at])) >= 3]
    at = draw.choice(places)
    spots = [n for n, char in enumerate(words[at]) if char.isalpha() and char not in "اأإآٱىيءؤئوةهـ"]
    if not spots:
        return None
    spot = draw.choice(spots)
    arabic = "\u0600" <= words[at][spot] <= "\u06ff"
    others = [char for char in ("بجدرزسشصطعغفقكلمن" if arabic else "bcdfgklmnprstw") if char != words[at][spot].lower()]
    return _put(words, at, words[at][:spot] + draw.choice(others) + words[at][spot + 1 :])


def clitic(words: list[str], draw: random.Random, strangers: list[str]) -> list[str] | None:
    at = draw.randrange(1, len(words) - 1)
    kind = "ar" if re.search("[\u0600-\u06ff]", words[at]) else "en"
    return _put(words, at, draw.choice(CLITICS[kind]) + words[at])


FAULTS: dict[str, Fault] = {
    "one word replaced": substitute, "one word left out": omit, "one word put in": insert, "two words swapped": swap,
    "one letter changed": letter, "a clitic prefixed": clitic,
}  # fmt: skip


def vowel(words: list[str], draw: random.Random) -> list[str] | None:
    """One short vowel inside the verse changed to another, not the last letter's, which may be read in pause."""
    spots = [
        (at, n)
        for at, word in enumerate(words)
        for n, char in enumerate(word)
        if char in VOWELS and word[n - 1].isalpha() and word[n - 1] not in "اأإآٱءىؤئـ" and at < len(words) - 1
    ]
    if not spots:
        return None
    at, n = draw.choice(spots)
    other = draw.choice([mark for mark in VOWELS if mark != words[at][n]])
    return _put(words, at, words[at][:n] + other + words[at][n + 1 :])


def letters(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word).casefold() if char.isalnum())


def _put(words: list[str], at: int, word: str) -> list[str]:
    return [*words[:at], word, *words[at + 1 :]]


def sample(verses: Iterable[tuple[str, str]], many: int, seed: int) -> list[tuple[str, list[str]]]:
    # Pause marks stand alone like words; leaving one out or moving it changes no word.
    words = [(reference, [word for word in text.split() if letters(word)]) for reference, text in verses]
    long = [(reference, held) for reference, held in words if 6 <= len(held) <= 40]
    return random.Random(seed).sample(long, many)


def strangers(verses: list[tuple[str, str]]) -> list[str]:
    """Words of the edition itself: a plausible wrong word is harder than a foreign one."""
    found = {word for _, text in verses for word in text.split() if len(letters(word)) >= 4}
    return sorted(found)[:: max(1, len(found) // 400)]


def flagged(name: str, data: Path, loaded: LoadedLibrary) -> dict[str, tuple[int, int]]:
    """Fault -> (flagged, planted)."""
    verses = passages(data, name)
    words = strangers(verses)
    found: dict[str, tuple[int, int]] = {}
    for fault, change in FAULTS.items():
        draw = random.Random(fault)
        right = planted = 0
        for reference, text in sample(verses, MANY, 7):
            changed = change(text, draw, words)
            same = changed is not None and [letters(w) for w in changed] == [letters(w) for w in text]
            if changed is None or same:
                continue
            planted += 1
            right += _seen(changed, reference, loaded)
        found[fault] = (right, planted)
    return found


def _seen(words: list[str], reference: str, loaded: LoadedLibrary) -> bool:
    found = check_quoted(" ".join(words), loaded, reference=_cite(reference))
    if not found:
        return False
    # A verse shortened to the very words of another verse stands there, and not at the place cited.
    return found[0].verdict in ("altered", "reference-text-differs", "not-found", "wrong-reference")


def _cite(reference: str) -> str:
    return reference.removeprefix("Q ") if reference.startswith("Q ") else reference


def vowels_flagged(data: Path, loaded: LoadedLibrary) -> tuple[int, int]:
    draw = random.Random("vowels")
    right = planted = 0
    for reference, text in sample(passages(data, "quran-simple"), MANY, 7):
        changed = vowel(text, draw)
        if changed is None:
            continue
        planted += 1
        found = check_quoted(" ".join(changed), loaded, reference=_cite(reference))
        right += bool(found) and found[0].verdict in ("vowels-differ", "altered")
    return right, planted


def false_altered(name: str, data: Path, loaded: LoadedLibrary, every: int) -> tuple[int, int]:
    """(verdicts `altered` or `vowels-differ`, verses checked), each verse cited and alone."""
    wrong = checked = 0
    for reference, text in passages(data, name)[::every]:
        for cited in (_cite(reference), ""):
            found = check_quoted(text, loaded, reference=cited)
            checked += 1
            wrong += any(one.verdict in ("altered", "vowels-differ", "reference-text-differs") for one in found)
    return wrong, checked


def rows(data: Path) -> list[Row]:
    arabic = library(data, *QURAN)
    english = library(data, "kjv", *TRANSLATIONS)
    found = []
    for name, loaded in (("quran-simple", arabic), ("kjv", english)):
        counts = flagged(name, data, loaded)
        for fault, (right, planted) in counts.items():
            found.append(Row(f"Mutations, {name}: {fault}", "600 of 600", "all", share(right, planted)))
    found.append(Row("Mutations: one vowel changed", ".86", ".98", share(*vowels_flagged(data, arabic))))
    for name in QURAN:
        # Each edition against the library without it is the hard half: another spelling of the same words.
        others = library(data, "quran-uthmani")
        found.append(_false(name, data, arabic, "all loaded", 3))
        found.append(_false(name, data, others, "only quran-uthmani loaded", 3))
    for name in ("kjv", *TRANSLATIONS):
        found.append(_false(name, data, english, "all loaded", 15 if name == "kjv" else 6))
    return found


def _false(name: str, data: Path, loaded: LoadedLibrary, what: str, every: int) -> Row:
    wrong, checked = false_altered(name, data, loaded, every)
    return Row(f"False altered, {name}, {what}", "-", "at most .0010", share(wrong, checked))


if __name__ == "__main__":
    run(rows)
