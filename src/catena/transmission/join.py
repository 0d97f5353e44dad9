"""The join: which fingerprints meet, and the stretches they make. Works on arrays of all documents at once.

Vocabulary: a *group* is all places of one hash; a *meeting* is two places of one group in different documents; a
*stretch* is a chain of meetings in one pair of documents. Large groups are joined in a star (each place to the first
and to its neighbour), so that a passage in k documents costs about 2k meetings, not k squared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.transmission.fingerprint import GRAM, Fingerprint

ALL_PAIRS = 8  # groups up to this size are joined each with each
GAP = 60  # letters two stretches may lie apart and still be one passage: about ten words
COMMON_LEAST = 20  # documents: wording in fewer is never "common"
COMMON_SHARE = 0.2

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters `[start, end)` of document `first` stand as `[other_start, other_end)` in `second`; `first < second`."""

    first: int
    second: int
    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Joined:
    """The stretches, and per document the places (in letters) left out because too many documents have them."""

    stretches: tuple[Stretch, ...]
    common: dict[int, tuple[int, ...]]


def join(prints: Sequence[Fingerprint]) -> Joined:
    """Every stretch that two of `prints` share, in order of documents and place."""
    if not prints:
        return Joined((), {})
    hashes = np.concatenate([one.hashes for one in prints])
    owners = np.repeat(np.arange(len(prints)), [len(one.hashes) for one in prints])
    places = np.concatenate([one.places for one in prints]).astype(np.int64)
    order = np.argsort(hashes, kind="stable")
    hashes, owners, places = hashes[order], owners[order], places[order]
    fresh = np.append(True, hashes[1:] != hashes[:-1]) if len(hashes) else np.empty(0, bool)
    group = np.cumsum(fresh) - 1
    spread = np.zeros(int(group[-1]) + 1 if len(group) else 0, dtype=np.int64)
    new_owner = fresh | np.append(True, owners[1:] != owners[:-1]) if len(owners) else fresh
    np.add.at(spread, group[new_owner], 1)
    limit = max(COMMON_LEAST, int(COMMON_SHARE * len(prints)))
    too_many = spread[group] > limit
    common: dict[int, list[int]] = {}
    for owner, place in zip(owners[too_many].tolist(), places[too_many].tolist(), strict=True):
        common.setdefault(owner, []).append(place)
    wanted = (spread[group] > 1) & ~too_many
    meetings = _meet(group[wanted], owners[wanted], places[wanted])
    return Joined(tuple(_chain(meetings)), {owner: tuple(sorted(many)) for owner, many in common.items()})


def _meet(group: Ints, owners: Ints, places: Ints) -> Ints:
    """Rows of (first document, second document, diagonal, place in first)."""
    if not len(group):
        return np.empty((0, 4), dtype=np.int64)
    _, firsts, sizes = np.unique(group, return_index=True, return_counts=True)
    number = np.repeat(np.arange(len(firsts)), sizes)
    small = sizes[number] <= ALL_PAIRS
    lefts, rights = [], []
    here = np.arange(len(group))
    for step in range(1, min(ALL_PAIRS, int(sizes.max()))):
        right = here[step:][(group[step:] == group[:-step]) & (small[step:] | (step == 1))]
        lefts.append(right - step)
        rights.append(right)
    star = here[~small & (here - firsts[number] > 1)]
    lefts.append(firsts[number[star]])
    rights.append(star)
    left, right = np.concatenate(lefts), np.concatenate(rights)
    apart = owners[left] != owners[right]
    left, right = left[apart], right[apart]
    rows = np.stack([owners[left], owners[right], places[left] - places[right], places[left]], axis=1)
    return rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]


def _chain(rows: Ints) -> Iterator[Stretch]:
    """Meetings on one diagonal make a run; runs of a pair that follow each other closely make a stretch."""
    if not len(rows):
        return
    same = (rows[1:, :3] == rows[:-1, :3]).all(axis=1) & (rows[1:, 3] - rows[:-1, 3] <= GRAM + GAP)
    bounds = np.flatnonzero(np.append(True, ~same))
    ends = np.append(bounds[1:], len(rows)) - 1
    runs = np.column_stack([rows[bounds, 0], rows[bounds, 1], rows[bounds, 3], rows[ends, 3] + GRAM, rows[bounds, 2]])
    runs = runs[np.lexsort((runs[:, 4], runs[:, 2], runs[:, 1], runs[:, 0]))]
    open_ones: list[list[int]] = []
    pair = (-1, -1)
    for first, second, start, end, diagonal in runs.tolist():
        if (first, second) != pair:
            yield from (Stretch(*pair, *one) for one in open_ones)
            open_ones, pair = [], (first, second)
        _place(open_ones, [start, end, start - diagonal, end - diagonal])
    yield from (Stretch(*pair, *one) for one in open_ones)


def _place(open_ones: list[list[int]], run: list[int]) -> None:
    """Add a run to the last stretches it continues, or open a new one. Looks back over a few stretches only."""
    for one in reversed(open_ones[-6:]):
        if run[0] >= one[0] and run[1] <= one[1] and run[2] >= one[2] and run[3] <= one[3]:
            return
        if -GRAM <= run[0] - one[1] <= GAP and -GRAM <= run[2] - one[3] <= GAP and run[3] > one[3]:
            one[1], one[3] = max(one[1], run[1]), run[3]
            return
    open_ones.append(run)
