"""Passages that two editions of a work hold letter for letter: a document is searched for them once.

Editions of one work in one script differ in marks and spelling, which the seed letters leave out, so that most of their
passages are the same letters. The first edition *leads*; of the others (*followers*) only the passages that differ are
searched, and what is found in the leader's is known to stand in theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catena.text.seeds import SeedIndex

if TYPE_CHECKING:
    from catena.verification.library_view import LoadedEdition

LEAST = 0.2  # share of a follower's passages that must be its leader's: less is not worth an index of the rest
MOST = 50_000_000  # letters of an edition above which it is left alone: huge editions are mapped, not copied


@dataclass(frozen=True, slots=True, eq=False)
class Follower:
    """An edition by number, which of its passages are its leader's of the same number, and the seeds of the others."""

    edition: int
    same: NDArray[np.bool_]
    rest: SeedIndex


def find_followers(editions: Sequence[LoadedEdition]) -> dict[int, tuple[Follower, ...]]:
    """The followers of each leader, by number; empty when no two editions have much in common."""
    found: dict[int, list[Follower]] = {}
    leaders: list[int] = []
    for number, one in enumerate(editions):
        for leader in leaders:
            same = _same(editions[leader], one)
            if same is not None:
                found.setdefault(leader, []).append(Follower(number, same, _rest(one.scan, same)))
                break
        else:
            leaders.append(number)
    return {leader: tuple(each) for leader, each in found.items()}


def _same(leader: LoadedEdition, other: LoadedEdition) -> NDArray[np.bool_] | None:
    """Which passages are letter for letter the leader's, or `None` when the two are no editions of one text."""
    one, two = leader.scan, other.scan
    if leader.edition.work != other.edition.work or (one.k, one.every, len(one)) != (two.k, two.every, len(two)):
        return None
    if len(two.letters) > MOST or not len(two):
        return None
    lengths = np.diff(two.offsets)
    same: NDArray[np.bool_] = (np.diff(one.offsets) == lengths) & (lengths > 0)
    if same.mean() < LEAST:
        return None
    chosen = same.nonzero()[0]
    many = lengths[chosen]
    within = np.arange(many.sum()) - (many.cumsum() - many).repeat(many)
    ours = two.letters[two.offsets[chosen].repeat(many) + within]
    theirs = one.letters[one.offsets[chosen].repeat(many) + within]
    same[chosen] = np.logical_and.reduceat(ours == theirs, many.cumsum() - many)
    return same if same.mean() >= LEAST else None


def _rest(index: SeedIndex, same: NDArray[np.bool_]) -> SeedIndex:
    """The index without the seeds of the passages that are the leader's."""
    places = (index.entries & np.uint64(0xFFFFFFFF)).astype(np.int64)
    passages = np.searchsorted(index.offsets, places, side="right") - 1
    return SeedIndex(index.k, index.every, index.entries[~same[passages]], index.offsets, index.letters)
