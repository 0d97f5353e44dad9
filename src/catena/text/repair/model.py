"""Which marks a letter bears, given the letters beside it and the marks before it: counts of vocalised words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from catena.text.repair.letters import LETTER, MARK, WORD, has_marks, skeleton, sort_marks, split_clusters

# Weights of letter alone, letter with the marks before and the letter behind, and these with the letter before.
_WEIGHTS = (0.05, 0.25, 0.7)
_UNSEEN = 1e-6
# A last yeh behind kasra has its dots in today's spelling and none in the Uthmani one.
_YEH = re.compile(f"\u0650\u0649(?=[{MARK}]*(?![{LETTER}{MARK}]))")


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Vocalised words in NFC with their counts, in today's spelling: no alef wasla or tatweel, yeh with its dots."""
    found: Counter[str] = Counter()
    for text in texts:
        plain = unicodedata.normalize("NFC", text).replace("\u0671", "\u0627").replace("\u0640", "")
        found.update(word for word in WORD.findall(_YEH.sub("\u0650\u064a", plain)) if has_marks(word))
    return found


class MarkModel:
    """Counts over vocalised words. Made by `of`; shared freely, never changed."""

    def __init__(self) -> None:
        self._forms: dict[str, list[str]] = {}
        self._tables: tuple[dict[tuple[str, ...], Counter[str]], ...] = tuple(defaultdict(Counter) for _ in _WEIGHTS)
        self._totals: tuple[dict[tuple[str, ...], int], ...] = ({}, {}, {})
        self.rate = lru_cache(maxsize=100_000)(self._rate)

    @classmethod
    def of(cls, words: Iterable[tuple[str, int]]) -> MarkModel:
        """The model of vocalised `words` with their counts, the commonest first."""
        made = cls()
        for word, count in words:
            word = unicodedata.normalize("NFC", word)
            made._forms.setdefault(skeleton(word), []).append(word)
            _, clusters = split_clusters(word)
            for place in range(len(clusters)):
                mark, keys = _context(clusters, place)
                for table, key in zip(made._tables, keys, strict=True):
                    table[key][mark] += count
        made._totals = tuple({key: sum(marks.values()) for key, marks in table.items()} for table in made._tables)
        return made

    def forms(self, letters: str) -> list[str]:
        """Vocalised forms of a word without marks, the commonest first; empty for an unknown word."""
        return self._forms.get(letters, [])

    def knows(self, letters: str) -> bool:
        return letters in self._forms

    def _rate(self, before: str, marks_before: str, letter: str, after: str, marks: str) -> float:
        """The logarithm of how likely `letter` bears `marks` (sorted). `^` and `$` stand for the ends of a word."""
        likely = 0.0
        keys = ((letter,), (marks_before, letter, after), (before, marks_before, letter, after))
        for weight, table, totals, key in zip(_WEIGHTS, self._tables, self._totals, keys, strict=True):
            if key in totals:
                likely += weight * table[key][marks] / totals[key]
        return math.log(likely + _UNSEEN)


def _context(clusters: list[tuple[str, str]], place: int) -> tuple[str, tuple[tuple[str, ...], ...]]:
    letter, marks = clusters[place]
    before, marks_before = clusters[place - 1] if place else ("^", "")
    marks_before = sort_marks(marks_before)
    after = clusters[place + 1][0] if place + 1 < len(clusters) else "$"
    return sort_marks(marks), ((letter,), (marks_before, letter, after), (before, marks_before, letter, after))
