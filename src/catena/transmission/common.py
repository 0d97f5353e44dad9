"""Common wording: what stands in so many documents that it marks the genre or the house, not a borrowing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from catena.transmission.seeds import GRAM, Seeds

COMMON_LEAST = 20  # documents: wording in no more of them is never "common"
COMMON_SHARE = 0.2  # of the documents
LEAST_LETTERS = 40
EDGE = 600  # letters from the start or the end of a document: where letterheads, imprints and link lists stand
INSIDE = 0.8  # of a passage, under common wording: it is no more than that

Run = tuple[int, int, int]
"""Start and end in letters, and in how many documents its seeds stand at least: a power of two, so that one more
document does not change what is said of all."""


def find_common(seeds: Sequence[Seeds], spread: NDArray[np.int32]) -> list[tuple[Run, ...]]:
    """For each document the stretches that more than `COMMON_SHARE` of the documents hold, in order of place.

    `spread` says for each seed of each document in how many documents it stands.
    """
    limit = max(COMMON_LEAST, int(COMMON_SHARE * len(seeds)))
    bounds = np.cumsum([0, *(len(one.hashes) for one in seeds)])
    return [
        _runs(one.places, spread[low:high], limit)
        for one, low, high in zip(seeds, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ]


def _runs(places: NDArray[np.int32], spread: NDArray[np.int32], limit: int) -> tuple[Run, ...]:
    many = np.flatnonzero(spread > limit)
    if not len(many):
        return ()
    where = places[many].astype(np.int64)
    heads = np.append(0, np.flatnonzero(np.diff(where) > GRAM) + 1)
    starts, ends = where[heads], where[np.append(heads[1:], len(where)) - 1] + GRAM
    least = np.minimum.reduceat(spread[many], heads)
    rows = zip(starts.tolist(), ends.tolist(), least.tolist(), strict=True)
    return tuple((low, high, 1 << (held.bit_length() - 1)) for low, high, held in rows if high - low >= LEAST_LETTERS)


def at_edge(start: int, end: int, length: int) -> bool:
    """True when letters `[start, end)` lie near the start or the end of a document of `length` letters."""
    return end <= EDGE or start >= length - EDGE


def is_boilerplate(start: int, end: int, length: int, runs: Sequence[Run]) -> bool:
    """True when a passage is common wording at the edge of its document."""
    inside = sum(max(0, min(end, run[1]) - max(start, run[0])) for run in runs)
    return inside >= INSIDE * (end - start) and at_edge(start, end, length)
