"""Rates and n-grams over numbered words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MILLION = 1_000_000
Numbers = NDArray[np.uint32]
Bounds = NDArray[np.int64]
"""Where each document begins in the words of all, and the end of the last: one more than there are documents."""


def per_million(count: float, size: int) -> float:
    """`count` in `size` words as a rate per million words; 0 when there are no words.

    >>> per_million(3, 1500)
    2000.0
    """
    return count * MILLION / size if size else 0.0


def count_ngrams(words: Numbers, bounds: Bounds, length: int, least: int = 2) -> list[tuple[tuple[int, ...], int]]:
    """Runs of `length` words within one document that stand at least `least` times, most frequent first.

    Each run is given as the numbers of its words. Raises `ValueError` for a length below 1.
    """
    if length < 1:
        raise ValueError(f"an n-gram has at least 1 word, not {length}")
    starts = _starts(len(words), bounds, length)
    runs = words.astype(np.int64)[starts]
    first = counts = np.zeros(0, np.int64)
    for step in range(length):
        if step:
            following = words[starts + step].astype(np.int64)
            runs = runs * (int(following.max(initial=0)) + 1) + following
        # Runs are renumbered at each step, so that none is too long for 64 bits; a run that is too rare now stays so.
        _, first, runs, counts = np.unique(runs, return_index=True, return_inverse=True, return_counts=True)
        if step < length - 1:
            often = counts[runs] >= least
            starts, runs = starts[often], runs[often]
    chosen = np.flatnonzero(counts >= least)
    order = chosen[np.lexsort((first[chosen], -counts[chosen]))]
    return [
        (tuple(int(word) for word in words[starts[first[at]] : starts[first[at]] + length]), int(counts[at]))
        for at in order
    ]


def _starts(size: int, bounds: Bounds, length: int) -> NDArray[np.int64]:
    """Places at which a run of `length` words does not leave its document."""
    if size < length:
        return np.zeros(0, np.int64)
    places = np.arange(size - length + 1)
    ends = bounds[np.searchsorted(bounds, places, side="right")]
    return places[places + length <= ends]
