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


def count_ngrams(
    words: Numbers, bounds: Bounds, length: int, least: int = 2, most: int | None = None
) -> list[tuple[tuple[int, ...], int]]:
    """Runs of `length` words within one document that stand at least `least` times, most frequent first.

    Each run is given as the numbers of its words; runs of one count stand in the order of these numbers, and no more
    than `most` are given. Raises `ValueError` for a length below 1.
    """
    if length < 1:
        raise ValueError(f"an n-gram has at least 1 word, not {length}")
    starts = _starts(len(words), bounds, length)
    often = np.bincount(words)[words] >= least if len(words) else np.zeros(0, bool)
    for step in range(length):
        starts = starts[often[starts + step]]
    runs = words[starts].astype(np.int64)
    runs_found, counts = _count(runs, least)
    found = [(runs_found, 0)]
    for step in range(1, length):
        if step > 1:
            # Runs are renumbered at each step, so that none is too long for 64 bits; a rare one now stays rare.
            numbers = np.searchsorted(runs_found, runs)
            kept = runs_found[np.minimum(numbers, len(runs_found) - 1)] == runs if len(runs_found) else numbers < 0
            starts, runs = starts[kept], numbers[kept]
        following = words[starts + step].astype(np.int64)
        base = int(following.max(initial=0)) + 1
        runs = runs * base + following
        runs_found, counts = _count(runs, least)
        found.append((runs_found, base))
    order = np.argsort(-counts, kind="stable")[:most]
    return [(_words_of(found, int(at)), int(counts[at])) for at in order]


def _count(runs: NDArray[np.int64], least: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different values that stand at least `least` times, in order, with their counts.

    Plain sorting: numpy's unique with places takes six times as long.
    """
    ordered = np.sort(runs)
    edges = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1], [True]])) if len(ordered) else [0]
    counts = np.diff(edges)
    kept = counts >= least
    return ordered[np.asarray(edges[:-1], np.int64)[kept]], counts[kept]


def _words_of(found: list[tuple[NDArray[np.int64], int]], at: int) -> tuple[int, ...]:
    """The words of run number `at` of the last step, from the last to the first: each run names the one it goes on."""
    words: list[int] = []
    for step in range(len(found) - 1, 0, -1):
        values, base = found[step]
        at, word = divmod(int(values[at]), base)
        words.append(word)
    # The first step's runs are words themselves, and are not renumbered.
    words.append(at if len(found) > 1 else int(found[0][0][at]))
    return tuple(reversed(words))


def _starts(size: int, bounds: Bounds, length: int) -> NDArray[np.int64]:
    """Places at which a run of `length` words does not leave its document."""
    if size < length:
        return np.zeros(0, np.int64)
    places = np.arange(size - length + 1)
    ends = bounds[np.searchsorted(bounds, places, side="right")]
    return places[places + length <= ends]
