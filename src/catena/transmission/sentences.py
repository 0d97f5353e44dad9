"""The sentences of a document with hashes of their words: what heavy paraphrase is looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.model import Document, Span
from catena.text import find_sentences
from catena.transmission.seeds import Hashes, Seeds

LEAST_WORDS = 3  # a shorter sentence belongs to the one before it

Ints = NDArray[np.int64]
_LETTER = np.uint64(0x9E3779B97F4A7C15)
_PLACE = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of one document, in order: `starts` and `ends` in code points of its text.

    `words` holds the hashes of all their words; those of sentence n are `words[bounds[n]:bounds[n + 1]]`.
    """

    starts: Ints
    ends: Ints
    words: Hashes
    bounds: Ints

    def __len__(self) -> int:
        return len(self.starts)


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
    rows = np.array([(span.start, span.end, first, last) for span, first, last in kept], dtype=np.int64).reshape(-1, 4)
    bounds = np.append(rows[:, 2], rows[-1:, 3]) if len(rows) else np.zeros(1, np.int64)
    return Sentences(rows[:, 0], rows[:, 1], words, bounds)


def _words(seeds: Seeds) -> tuple[Ints, Hashes]:
    """Where each word starts in the text, and its hash: a sum over its letters and their places in it."""
    view = seeds.view
    if not len(view.text):
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    opens = np.append(True, view.starts[1:] != view.ends[:-1])
    heads = np.flatnonzero(opens)
    within = np.arange(len(opens)) - np.repeat(heads, np.diff(np.append(heads, len(opens))))
    mixed = seeds.codes().astype(np.uint64) * _LETTER + within.astype(np.uint64) * _PLACE
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(32)
    return view.starts[heads].astype(np.int64), np.add.reduceat(mixed, heads)
