"""A witness: a document that carries a passage, with its letters, words and name at hand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from catena.model import Document, Span
from catena.text import find_words, fold_each
from catena.transmission.seeds import Seeds


@dataclass(frozen=True, eq=False)
class Witness:
    """A document under its name. Words are found when first asked for."""

    document: Document
    name: str
    seeds: Seeds

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words that have letters, in order."""
        return tuple(span for span, letters in self._folded_words if letters)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The letters of each word."""
        return tuple(letters for _, letters in self._folded_words if letters)

    @cached_property
    def _folded_words(self) -> list[tuple[Span, str]]:
        words = find_words(self.document.text)
        return list(zip(words, fold_each(self.seeds.view, words), strict=True))

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self.words]

    def words_in(self, start: int, end: int) -> range:
        """Numbers of the words that lie wholly inside letters `[start, end)`."""
        place = self.seeds.view.project(Span(start, end))
        return range(bisect_left(self._starts, place.start), bisect_right(self._ends, place.end))

    def cover(self, words: range) -> Span:
        """The span from the first of some words to the last."""
        return Span(self.words[words.start].start, self.words[words.stop - 1].end)
