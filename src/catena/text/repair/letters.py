"""Arabic letters and marks, and a word as clusters: each letter with the marks behind it."""

from __future__ import annotations

import re
import unicodedata

MARK = "\u064b-\u0655\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
LETTER = "\u0621-\u063a\u0640-\u064a\u0671-\u06d3"
VOWELS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0652")
SHADDA, DAGGER, TANWIN = "\u0651", "\u0670", "\u064b"  # a letter doubled, a long a, and -an at a word's end
WORD = re.compile(f"[{LETTER}{MARK}]+")
_LAST = 255  # beyond all combining classes
_MARKS = re.compile(f"[{MARK}]")
_DROPPED = re.compile(f"[{MARK}\u0640]")


def is_mark(character: str) -> bool:
    """True for a vowel sign and the other marks that stand on letters."""
    return _MARKS.match(character) is not None


def has_marks(text: str) -> bool:
    """True when there is a mark anywhere."""
    return _MARKS.search(text) is not None


def skeleton(word: str) -> str:
    """The letters alone, without marks and tatweels.

    >>> skeleton("قَالَ")
    'قال'
    """
    return _DROPPED.sub("", word)


def split_clusters(word: str) -> tuple[str, list[tuple[str, str]]]:
    """The marks before the first letter, and each letter with the marks behind it."""
    lead = ""
    clusters: list[tuple[str, str]] = []
    for character in word:
        if not is_mark(character):
            clusters.append((character, ""))
        elif clusters:
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + character)
        else:
            lead += character
    return lead, clusters


def sort_marks(marks: str) -> str:
    """Marks in canonical order, so that equal sets are equal strings; small waw and yeh, which have no class, last."""
    return "".join(sorted(marks, key=lambda mark: (unicodedata.combining(mark) or _LAST, mark)))


def may_stand(marks: str) -> bool:
    """True when one letter can bear `marks` together: one vowel at most, one shadda, one dagger alef."""
    vowels = sum(mark in VOWELS for mark in marks)
    return vowels <= 1 and marks.count(SHADDA) <= 1 and marks.count(DAGGER) <= 1
