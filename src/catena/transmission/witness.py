"""A witness: a document that carries a passage, with its letters and name, and the words of a stretch of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from catena.model import Document, Span
from catena.text import find_words, fold_each
from catena.transmission.seeds import Seeds

MOST_OF = 0.75  # of a word's length: a passage that ends inside an ending still holds the word
LONGEST_WORD = 32  # code points; a longer one is of a script without spaces, and each character is taken as a word
MARGIN = 64  # code points around a stretch that are looked at for the words that it cuts


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document in order: their places and their letters."""

    spans: tuple[Span, ...]
    folded: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def cover(self) -> Span:
        """The span from the first word to the last. Raises `IndexError` when there is none."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """A document under its name."""

    document: Document
    name: str
    seeds: Seeds

    def words_in(self, start: int, end: int) -> Words:
        """The words that lie inside letters `[start, end)`; at the ends, by `MOST_OF` of their length."""
        place = self.seeds.view.project(Span(start, end))
        words = self._words_around(place)
        starts, ends = [word.start for word in words], [word.end for word in words]
        low, high = bisect_left(starts, place.start), bisect_right(ends, place.end)
        if low and ends[low - 1] - place.start >= MOST_OF * len(words[low - 1]):
            low -= 1
        if high < len(words) and place.end - starts[high] >= MOST_OF * len(words[high]):
            high += 1
        spans = words[low:high]
        folded = fold_each(self.seeds.view, spans)
        kept = [(span, letters) for span, letters in zip(spans, folded, strict=True) if letters]
        return Words(tuple(span for span, _ in kept), tuple(letters for _, letters in kept))

    def _words_around(self, place: Span) -> list[Span]:
        """The words that touch `place`, whole."""
        text = self.document.text
        low, high = max(0, place.start - MARGIN), min(len(text), place.end + MARGIN)
        while low and not text[low - 1].isspace() and place.start - low < 10 * MARGIN:
            low -= 1
        while high < len(text) and not text[high].isspace() and high - place.end < 10 * MARGIN:
            high += 1
        return [part for word in find_words(text, Span(low, high)) for part in _parts(word)]


def _parts(word: Span) -> list[Span]:
    if len(word) <= LONGEST_WORD:
        return [word]
    return [Span(at, at + 1) for at in range(word.start, word.end)]
