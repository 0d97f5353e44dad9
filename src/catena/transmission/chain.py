"""Chains: anchors of a pair of documents that follow each other on both sides, as the stretches they span.

Anchors on one diagonal that lie close make a *run*; a run goes on the run before it that costs least (letters between
them, and how far the diagonal moved); a run that several others go on is continued by the cheapest. No anchor is
looked at twice, and nothing depends on the order of documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.transmission.join import Anchors
from catena.transmission.seeds import GRAM

RUN_GAP = 60  # letters between anchors of one run: about ten words, changed but of the same length
CHAIN_GAP = 400  # letters between runs of one chain, on either side: an omission of some sentences
LOOK_BACK = 24  # runs of the pair that are tried as the one before
GAP_COST = 0.05  # of a letter of gap
DRIFT_COST = 0.25  # of a letter by which the two gaps differ
MOST_COST = 24.0  # letters: what a run may cost at most and still go on another; more than a seed is worth
RARE = 16  # documents: a seed in no more of them has full weight
LEAST_LETTERS = 26  # letters under the seeds of a chain, rare ones counted full: two seeds apart, or four words running
MOST_DRIFT = 48  # letters; a longer omission or addition parts two passages

Ints = NDArray[np.int64]
Numbers = NDArray[np.int64] | NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Letters `[start, end)` of document `first` stand, changed or not, as `[other_start, other_end)` in `second`.

    `anchors` counts the seeds that say so; `weight` is the number of letters under them,
    in hundredths, less for seeds that many documents hold. In order of
    documents and place.
    """

    first: Ints
    second: Ints
    start: Ints
    end: Ints
    other_start: Ints
    other_end: Ints
    anchors: Ints
    weight: Ints

    def __len__(self) -> int:
        return len(self.first)

    def take(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Chains:
        """The chains that `which` names."""
        return Chains(*(getattr(self, name)[which] for name in Chains.__slots__))


def chain(anchors: Anchors) -> Chains:
    """The chains of all pairs that weigh at least `LEAST_LETTERS`."""
    found = _link(_runs(anchors))
    return found.take(found.weight >= 100 * LEAST_LETTERS)


def _weigh(spread: NDArray[np.int32]) -> Ints:
    """Hundredths: 100 for a seed in up to `RARE` documents, half for one in twice as many, a third in four times."""
    doubled = np.log2(np.maximum(spread, RARE) / RARE)
    return np.rint(100 / (1 + doubled)).astype(np.int64)


def sort_order(keys: Sequence[Numbers]) -> Ints:
    """The order that sorts by the first of `keys`, then the next; rows that are equal keep their order.

    Keys of few bits are packed into one number, so that one sort does.
    """
    if not len(keys[0]):
        return np.empty(0, np.int64)
    lows = [int(key.min()) for key in keys]
    bits = [int(int(key.max()) - low).bit_length() for key, low in zip(keys, lows, strict=True)]
    if sum(bits) > 63:
        return np.lexsort(keys[::-1])
    packed = np.zeros(len(keys[0]), dtype=np.int64)
    for key, low, size in zip(keys, lows, bits, strict=True):
        packed = (packed << size) | (key - low)
    more = (len(packed) - 1).bit_length()
    if sum(bits) + more > 63:
        return np.argsort(packed, kind="stable")
    packed = (packed << more) | np.arange(len(packed))
    packed.sort()
    return packed & ((1 << more) - 1)


def starts_of(*ordered: Numbers) -> Ints:
    """Where a new row of values starts in sorted columns."""
    new = np.zeros(len(ordered[0]), dtype=bool)
    new[:1] = True
    for column in ordered:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def _runs(anchors: Anchors) -> tuple[Ints, ...]:
    """Columns first, second, start, end, other start, other end, anchors, weight; sorted by pair and other start."""
    diagonal = anchors.place - anchors.other_place
    order = sort_order((anchors.first, anchors.second, diagonal, anchors.place))
    order = order[_supported(anchors.first[order], anchors.second[order], diagonal[order])]
    first, second, diagonal = anchors.first[order], anchors.second[order], diagonal[order]
    place = anchors.place[order].astype(np.int64)
    heads = starts_of(first, second, diagonal, np.cumsum(np.append(False, np.diff(place) > RUN_GAP)[: len(place)]))
    lasts = np.append(heads, len(place))[1:] - 1
    counts = lasts - heads + 1
    start, end = place[heads], place[lasts] + GRAM
    covered = np.minimum(end - start, GRAM * counts)
    weights = np.add.reduceat(_weigh(anchors.spread[order]), heads) if len(heads) else counts
    other = diagonal[heads].astype(np.int64)
    columns = (
        first[heads].astype(np.int64), second[heads].astype(np.int64), start, end, start - other, end - other, counts,
        covered * weights // counts,
    )  # fmt: skip
    order = sort_order((columns[0], columns[1], columns[4], columns[2]))
    return tuple(column[order] for column in columns)


def _supported(first: Numbers, second: Numbers, diagonal: Numbers) -> NDArray[np.bool_]:
    """True for anchors that have another of their pair near their diagonal. Columns come sorted."""
    close = np.zeros(len(first) + 1, dtype=bool)
    close[1:-1] = (first[1:] == first[:-1]) & (second[1:] == second[:-1]) & (np.diff(diagonal) <= MOST_DRIFT)
    return close[1:] | close[:-1]


def _link(runs: tuple[Ints, ...]) -> Chains:
    chain_of = _roots(_predecessors(runs))
    order = sort_order((chain_of,))
    heads = starts_of(chain_of[order])

    def over(function: np.ufunc, column: Ints) -> Ints:
        found: Ints = function.reduceat(column[order], heads) if len(heads) else column[:0]
        return found

    ways = (np.minimum, np.minimum, np.minimum, np.maximum, np.minimum, np.maximum, np.add, np.add)
    found = Chains(*(over(way, column) for way, column in zip(ways, runs, strict=True)))
    return found.take(sort_order((found.first, found.second, found.start, found.other_start)))


def _predecessors(runs: tuple[Ints, ...]) -> Ints:
    """For each run the number of the run it goes on, or -1."""
    first, second, start, end, other_start, other_end = runs[:6]
    many = len(first)
    best = np.full(many, MOST_COST)
    before = np.full(many, -1, dtype=np.int64)
    left = np.arange(1, many)  # runs that have another of their pair so far back
    for step in range(1, LOOK_BACK + 1):
        left = left[left >= step]
        left = left[(first[left] == first[left - step]) & (second[left] == second[left - step])]
        if not len(left):
            break
        earlier = left - step
        gap = start[left] - end[earlier]
        other_gap = other_start[left] - other_end[earlier]
        drift = np.abs(gap - other_gap)
        far = np.maximum(gap, other_gap)
        cost = DRIFT_COST * drift + GAP_COST * np.maximum(far, 0)
        fits = (drift <= MOST_DRIFT) & (far <= CHAIN_GAP) & (cost < best[left])
        fits &= (start[left] > start[earlier]) & (end[left] > end[earlier]) & (other_end[left] > other_end[earlier])
        chosen = left[fits]
        best[chosen], before[chosen] = cost[fits], earlier[fits]
    return _one_successor(before, best)


def _one_successor(before: Ints, cost: NDArray[np.float64]) -> Ints:
    """Keep for each run only the cheapest of those that go on it."""
    claims = np.flatnonzero(before >= 0)
    order = claims[np.lexsort((claims, cost[claims], before[claims]))]
    lost = order[1:][before[order[1:]] == before[order[:-1]]]
    before[lost] = -1
    return before


def _roots(before: Ints) -> Ints:
    """The first run of each run's chain, by doubling steps."""
    root = np.where(before < 0, np.arange(len(before)), before)
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further
