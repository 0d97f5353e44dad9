"""Passages: what two documents share, as ranges of letters on both sides, with how much of it is alike.

Order of steps: seeds meet (`join`), anchors make chains (`chain`), chains grow letter by letter (`grow`), what overlaps
in both documents is one passage, and what is not alike enough goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from catena.transmission.chain import LOOK_BACK, MOST_DRIFT, Chains, chain, sort_order
from catena.transmission.grow import grow
from catena.transmission.join import BLOCK, blocks, collect, meet
from catena.transmission.seeds import GRAM, Seeds

LEAST_LETTERS = 40  # on the shorter side; shorter ones are mostly formulae of the genre
LEAST_ALIKE = 0.5  # 1 - letters edited / letters of the longer side; two unrelated texts reach 0.3
LEAST_WORTH = 40.0  # letters alike less letters edited, rare wording counted full: what sets chance apart from reuse
LONG_WORTH = 150.0  # letters alike less letters edited: enough by itself, in however many documents it stands
CLUSTER_WORTH = 60.0  # the same for neighbouring passages together, none of which is enough by itself
NEAR = 240  # letters between passages of a pair that belong together: an omission of about two sentences
FEW = 4  # documents: wording in no more of them is rare

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Shared passages in order of documents and place; ranges are letters of the documents' seeds.

    `alike` runs from 0 to 1 (edits against the letters of the longer side). `rarity` runs from 1 (wording of few
    documents) to 0 (wording of all of them). Passages of one `cluster` lie near each other on both sides.
    `spread` says for each seed of each document in how many documents it stands.
    """

    chains: Chains
    alike: Floats
    rarity: Floats
    cluster: Ints
    spread: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.chains)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Stretches that are alike, whatever their wording is worth: what a pair gives whoever comes later.

    In order of documents and place.
    """

    chains: Chains
    alike: Floats

    @classmethod
    def none(cls) -> Candidates:
        """No stretch at all."""
        return cls(_join_parts(()), np.empty(0))

    def and_more(self, more: Candidates) -> Candidates:
        """These and `more`, in order."""
        chains = _join_parts((self.chains, more.chains))
        order = sort_order((chains.first, chains.second, chains.start, chains.other_start))
        return Candidates(chains.take(order), np.concatenate([self.alike, more.alike])[order])


def find_passages(seeds: Sequence[Seeds]) -> Passages:
    """The passages that any two of these documents share."""
    joined = join_here(seeds)
    return select(find_candidates(seeds, joined.chains), seeds, joined.spread)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """What the join gives: chains of pairs in no order, not yet grown.

    `spread` says for each seed of each document in how many documents it stands, `repeats_cut` for each document how
    many places `MOST_REPEATS` left out.
    """

    chains: Chains
    spread: NDArray[np.int32]
    repeats_cut: Ints


Join = Callable[[Sequence[Seeds], int], Joined]
"""Joins all documents; chains only of pairs whose later one has the number given or more."""


def join_here(seeds: Sequence[Seeds], since: int = 0, *, block: int = BLOCK) -> Joined:
    """The join in numpy, in this process, about `block` links at a time: the yardstick for every engine."""
    postings = collect(seeds)
    parts = [chain(meet(postings, low, high)) for low, high in blocks(postings, len(seeds), since, block)]
    return Joined(_join_parts(parts), postings.spread, postings.repeats_cut)


def find_candidates(seeds: Sequence[Seeds], chains: Chains) -> Candidates:
    """The stretches that are alike in two documents, grown from these chains."""
    chains = _merge(replace(chains, **grow(chains, seeds)))
    alike = _alike(chains, seeds)
    return Candidates(chains.take(alike >= LEAST_ALIKE), alike[alike >= LEAST_ALIKE])


def select(candidates: Candidates, seeds: Sequence[Seeds], spread: NDArray[np.int32]) -> Passages:
    """The candidates whose wording is worth saying, by what the whole collection shows of its rarity."""
    chains, alike = candidates.chains, candidates.alike
    rarity = _rarity(chains, seeds, spread)
    longer = np.maximum(chains.end - chains.start, chains.other_end - chains.other_start)
    shorter = np.minimum(chains.end - chains.start, chains.other_end - chains.other_start)
    worth = longer * (2 * alike - 1)
    good = (shorter >= LEAST_LETTERS) & ((worth * rarity >= LEAST_WORTH) | (worth >= LONG_WORTH))
    cluster = near(chains)
    sums = np.bincount(cluster, worth * rarity)
    good = np.isin(cluster, cluster[good]) | (sums >= CLUSTER_WORTH)[cluster] if len(good) else good
    return Passages(chains.take(good), alike[good], rarity[good], cluster[good], spread)


def _join_parts(parts: Sequence[Chains]) -> Chains:
    empty = np.empty(0, np.int64)
    return Chains(*(np.concatenate([empty, *(getattr(part, name) for part in parts)]) for name in Chains.__slots__))


def near(chains: Chains, within: int = NEAR) -> Ints:
    """A number for each passage: the same for passages of a pair that lie within so many letters on both sides.

    Passages come in order of documents and place.
    """
    rows = zip(*(getattr(chains, name).tolist() for name in Chains.__slots__[:6]), strict=True)
    number_of: list[int] = []
    joined: list[int] = []  # number a group was joined to
    recent: list[list[int]] = []  # group, other start, other end, end; of the pair at hand
    pair = (-1, -1)
    for first, second, start, end, other_start, other_end in rows:
        if (first, second) != pair:
            pair, recent = (first, second), []
        recent = [one for one in recent if start - one[3] <= within]
        close = [one for one in recent if other_start - one[2] <= within and one[1] - other_end <= within]
        group = min((_top(joined, one[0]) for one in close), default=len(joined))
        if group == len(joined):
            joined.append(group)
        for one in close:
            joined[_top(joined, one[0])] = group
        number_of.append(group)
        recent.append([group, other_start, other_end, end])
    return np.array([_top(joined, group) for group in number_of], dtype=np.int64)


def _top(joined: list[int], group: int) -> int:
    while joined[group] != group:
        group = joined[group]
    return group


def _rarity(chains: Chains, seeds: Sequence[Seeds], spread: NDArray[np.int32]) -> Floats:
    """The mean rarity of the seeds that each passage shares with some document, on its first side."""
    width = np.int64(1) << 32
    places = np.concatenate([np.empty(0, np.int64), *(one.places + number * width for number, one in enumerate(seeds))])
    low = np.searchsorted(places, chains.first * width + chains.start)
    high = np.searchsorted(places, chains.first * width + chains.end - GRAM, side="right")
    many = max(len(seeds), 2 * FEW)
    rare = np.clip(np.log(many / spread) / np.log(many / FEW), 0, 1)
    shared = spread > 1
    sums = np.append(0, np.cumsum(rare * shared))
    counts = np.append(0, np.cumsum(shared))
    found: Floats = (sums[high] - sums[low]) / np.maximum(counts[high] - counts[low], 1)
    return found


def _merge(chains: Chains) -> Chains:
    """One passage for stretches of a pair that overlap on both sides and go on each other, or lie in each other."""
    order = sort_order((chains.first, chains.second, chains.start, chains.other_start))
    rows = np.stack([getattr(chains, name)[order] for name in Chains.__slots__], axis=1).tolist()
    kept: list[list[int]] = []
    for row in rows:
        for one in reversed(kept[-LOOK_BACK:]):
            if one[:2] == row[:2] and _goes_on(one, row):
                one[3], one[5], one[4] = max(one[3], row[3]), max(one[5], row[5]), min(one[4], row[4])
                one[6], one[7] = one[6] + row[6], one[7] + row[7]
                break
        else:
            kept.append(row)
    return Chains(*np.array(kept, dtype=np.int64).reshape(-1, len(Chains.__slots__)).T)


def _goes_on(one: list[int], row: list[int]) -> bool:
    """`row` starts no earlier than `one` in the first document."""
    if row[2] > one[3] or row[4] > one[5] or row[5] < one[4]:
        return False
    inside = row[3] <= one[3] and row[4] >= one[4] and row[5] <= one[5]
    return inside or abs((row[2] - one[3]) - (row[4] - one[5])) <= MOST_DRIFT


def _alike(chains: Chains, seeds: Sequence[Seeds]) -> Floats:
    needed = np.unique(np.concatenate([chains.first, chains.second])).tolist()
    texts = {number: seeds[number].view.text for number in needed}
    columns = (chains.first, chains.second, chains.start, chains.end, chains.other_start, chains.other_end)
    ours, theirs = [], []
    for first, second, start, end, other_start, other_end in zip(*(column.tolist() for column in columns), strict=True):
        ours.append(texts[first][start:end])
        theirs.append(texts[second][other_start:other_end])
    if not ours:
        return np.empty(0)
    return cpdist(ours, theirs, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
