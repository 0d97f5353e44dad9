"""The sentences of a document with hashes of their words: what heavy paraphrase is looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.model import Document, Span
from catena.text import find_sentences
from catena.transmission.seeds import PIECE, Seeds

LEAST_WORDS = 3  # a shorter sentence belongs to the one before it
MOST_WORDS = 60  # a longer one, or a text without stops, is looked at in parts of equal length

Ints = NDArray[np.int64]
Words = NDArray[np.uint32]
_LETTER = np.uint64(0x9E3779B97F4A7C15)
_PLACE = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of one document, in order: `starts` and `ends` in code points of its text.

    `words` holds the hashes (32 bits) of all their words; those of sentence n are `words[bounds[n]:bounds[n + 1]]`.
    """

    starts: Ints
    ends: Ints
    words: Words
    bounds: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def covered(self, number: int, by: Sequence[Span]) -> float:
        """The share of sentence `number` that lies under the spans `by`, which do not overlap."""
        span = Span(int(self.starts[number]), int(self.ends[number]))
        pieces = [span.intersect(other) for other in by]
        return sum(len(piece) for piece in pieces if piece) / max(len(span), 1)


def split_sentences(document: Document, seeds: Seeds) -> Sentences:
    """The sentences of `document`, whose letters `seeds` holds."""
    spans = find_sentences(document.text)
    places, words = _words(seeds)
    low = np.searchsorted(places, [span.start for span in spans])
    high = np.append(low[1:], len(places)) if len(low) else low
    kept: list[tuple[Span, int, int]] = []
    for span, first, last in zip(spans, low.tolist(), high.tolist(), strict=True):
        if kept and last - first < LEAST_WORDS:
            before = kept.pop()
            kept.append((Span(before[0].start, span.end), before[1], last))
        else:
            kept.append((span, first, last))
    parts = [part for one in kept for part in _parts(*one, places)]
    rows = np.array(parts, dtype=np.int64).reshape(-1, 4)
    bounds = np.append(rows[:, 2], rows[-1:, 3]) if len(rows) else np.zeros(1, np.int64)
    return Sentences(rows[:, 0], rows[:, 1], words, bounds)


def _parts(span: Span, first: int, last: int, places: Ints) -> list[tuple[int, int, int, int]]:
    """Start and end in the text, first and last word: of the sentence, or of its parts when it is long."""
    many = -(-(last - first) // MOST_WORDS)
    if many <= 1:
        return [(span.start, span.end, first, last)]
    cuts = [first + (last - first) * number // many for number in range(many + 1)]
    bounds = [span.start, *(int(places[cut]) for cut in cuts[1:-1]), span.end]
    return [(bounds[n], bounds[n + 1], cuts[n], cuts[n + 1]) for n in range(many)]


def _words(seeds: Seeds) -> tuple[Ints, Words]:
    """Where each word starts in the text, and its hash: a sum over its letters and their places in it."""
    view = seeds.view
    if not len(view.text):
        return np.empty(0, np.int64), np.empty(0, np.uint32)
    opens = np.append(True, view.starts[1:] != view.ends[:-1])
    heads, codes = np.flatnonzero(opens), seeds.codes()
    sums = np.zeros(len(heads), np.uint64)
    for low in range(0, len(opens), PIECE):
        high = min(low + PIECE, len(opens))
        first, last = int(np.searchsorted(heads, low, side="right")) - 1, int(np.searchsorted(heads, high))
        begins = np.maximum(heads[first:last], low)  # a word may have begun in the piece before
        within = np.arange(low, high) - np.repeat(heads[first:last], np.diff(begins, append=high))
        mixed = codes[low:high].astype(np.uint64) * _LETTER + within.astype(np.uint64) * _PLACE
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX
        mixed ^= mixed >> np.uint64(32)
        sums[first:last] += np.add.reduceat(mixed, begins - low)
    return view.starts[heads].astype(np.int64), (sums >> np.uint64(32)).astype(np.uint32)
