"""A witness: a document that carries a passage, with its letters, words and name at hand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from catena.model import Document, Span
from catena.text import find_words, fold_each
from catena.transmission.seeds import Seeds

MOST_OF = 0.75  # of a word's length: a passage that ends inside an ending still holds the word
LONGEST_WORD = 32  # code points; a longer one is of a script without spaces, and each character is taken as a word


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
        words = [part for word in find_words(self.document.text) for part in _parts(word)]
        return list(zip(words, fold_each(self.seeds.view, words), strict=True))

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self.words]

    def words_in(self, start: int, end: int) -> range:
        """Numbers of the words that lie inside letters `[start, end)`; at the ends, by `MOST_OF` of their length."""
        place = self.seeds.view.project(Span(start, end))
        low, high = bisect_left(self._starts, place.start), bisect_right(self._ends, place.end)
        if low and self._ends[low - 1] - place.start >= MOST_OF * len(self.words[low - 1]):
            low -= 1
        if high < len(self.words) and place.end - self._starts[high] >= MOST_OF * len(self.words[high]):
            high += 1
        return range(low, high)

    def cover(self, words: range) -> Span:
        """The span from the first of some words to the last."""
        return Span(self.words[words.start].start, self.words[words.stop - 1].end)


def _parts(word: Span) -> list[Span]:
    if len(word) <= LONGEST_WORD:
        return [word]
    return [Span(at, at + 1) for at in range(word.start, word.end)]
