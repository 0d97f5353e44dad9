"""The join: which seeds meet in which documents. Works on arrays of all documents at once.

Vocabulary: a *group* is all places of one hash; its *units* are the documents that hold it, in the order given; an
*anchor* is a place in one document and a place of the same hash in another. The first `ALL_PAIRS` units of a group are
joined each with each; a later one with the first and with the one before it. So a passage in k documents costs about
2k anchors and not k squared, and a new document at the end never changes what earlier documents have in common: that
is why adding documents equals a full run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.transmission.seeds import HASH_BITS, Hashes, Seeds

ALL_PAIRS = 8  # units of a group that are joined each with each; 20 found nothing more and took twice the time
MOST_REPEATS = 3  # places of one hash kept in one document: a refrain is kept, a page of dots is not

BLOCK = 2_000_000  # links joined at a time: what bounds the memory

Ints = NDArray[np.int64]
Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """Places of one hash in two documents, in no order. `first` and `second` are numbers of documents; which of the two
    comes first depends on their content and not on their numbers.

    `place` and `other_place` count letters; `spread` is the number of documents that hold the hash, up to the later
    of the two: those after it do not change it.
    """

    first: Ids
    second: Ids
    place: Ids
    other_place: Ids
    spread: Ids

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The places of every hash that stands more than once, sorted by hash, and how they make units.

    `owners` and `places` run over postings; the other columns over units: first posting, number of postings kept,
    first unit of the group, and the document. `spread` holds for each seed of each document, in their order, in how
    many documents it stands; `keys` for each document a number made of its content; `repeats_cut` how many of its
    places `MOST_REPEATS` left out.
    """

    owners: Ids
    places: Ids
    heads: Ints
    counts: Ints
    firsts: Ints
    holders: Ids
    spread: Ids
    keys: Hashes
    repeats_cut: Ints

    def links(self) -> Ints:
        """For each unit, with how many earlier units of its group it is joined."""
        rank = np.arange(len(self.heads)) - self.firsts
        return np.where(rank < ALL_PAIRS, rank, 2)


def collect(seeds: Sequence[Seeds]) -> Postings:
    """The postings of these documents, which are numbered in their order."""
    hashes = np.concatenate([np.empty(0, np.uint64), *(one.hashes for one in seeds)])
    owners = np.repeat(np.arange(len(seeds), dtype=np.int32), [len(one.hashes) for one in seeds])
    places = np.concatenate([np.empty(0, np.int32), *(one.places for one in seeds)])
    order = _order(hashes)
    hashes = hashes[order]
    shared = _shared(hashes)
    order, hashes = order[shared], hashes[shared]
    new_group = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    owned = owners[order]
    heads = np.flatnonzero(new_group | np.append(True, owned[1:] != owned[:-1])[: len(hashes)])
    counts = np.diff(np.append(heads, len(hashes))).astype(np.int64)
    groups = np.flatnonzero(new_group[heads])
    sizes = np.diff(np.append(groups, len(heads)))
    spread = np.ones(len(places), dtype=np.int32)
    spread[order] = np.repeat(np.repeat(sizes, sizes), counts)
    kept = np.minimum(counts, MOST_REPEATS)
    cut = np.bincount(owned[heads], counts - kept, minlength=len(seeds)).astype(np.int64)
    return Postings(
        owned, places[order], heads, kept, np.repeat(groups, sizes), owned[heads], spread,
        np.array([one.hashes.sum() for one in seeds], dtype=np.uint64), cut,
    )  # fmt: skip


def blocks(postings: Postings, documents: int, since: int = 0, size: int = BLOCK) -> Iterator[tuple[int, int]]:
    """Ranges of documents, from `since` on, of about `size` links each: what is joined at a time."""
    links = np.bincount(postings.holders, postings.links() * postings.counts, minlength=documents)
    total = 0
    for number in range(since, documents):
        total += links[number]
        if total >= size or number == documents - 1:
            yield since, number + 1
            since, total = number + 1, 0


def meet(postings: Postings, low: int, high: int) -> Anchors:
    """The anchors whose later document is `low` or later and before `high`."""
    right = np.flatnonzero((postings.holders >= low) & (postings.holders < high))
    first = postings.firsts[right]
    rank = right - first
    links = np.where(rank < ALL_PAIRS, rank, 2)
    turn = np.arange(links.sum()) - np.repeat(np.cumsum(links) - links, links)
    rank, right = np.repeat(rank, links), np.repeat(right, links)
    left = np.repeat(first, links) + turn
    left = np.where((rank >= ALL_PAIRS) & (turn == 1), right - 1, left)
    many = postings.counts[left] * postings.counts[right]
    one, other = _products(postings, left, right, many)
    swap = postings.keys[postings.owners[one]] > postings.keys[postings.owners[other]]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    return Anchors(
        postings.owners[one], postings.owners[other], postings.places[one], postings.places[other],
        np.repeat(rank + 1, many).astype(np.int32),
    )  # fmt: skip


def _order(hashes: Hashes) -> Ints:
    """Numbers of the hashes sorted by hash, then number: both packed into one word, so that a plain sort does."""
    bits = max(1, int(len(hashes) - 1).bit_length()) if len(hashes) else 1
    shift = np.uint64(bits)
    mask = np.uint64((1 << bits) - 1)
    shards = max(0, HASH_BITS + bits - 64)
    parts = [np.empty(0, np.int64)]
    for shard in range(1 << shards):
        if shards:
            here = np.flatnonzero(hashes >> np.uint64(HASH_BITS - shards) == shard).astype(np.uint64)
            keys = (hashes[here] << shift) | here  # the shard's own bits run out at the top
        else:
            keys = (hashes << shift) | np.arange(len(hashes), dtype=np.uint64)
        keys.sort()
        parts.append((keys & mask).astype(np.int64))
    return np.concatenate(parts)


def _shared(hashes: Hashes) -> NDArray[np.bool_]:
    """True where the neighbour before or after has the same hash."""
    same = np.zeros(len(hashes) + 1, dtype=bool)
    same[1:-1] = hashes[1:] == hashes[:-1]
    return same[1:] | same[:-1]


def _products(postings: Postings, left: Ints, right: Ints, many: Ints) -> tuple[Ints, Ints]:
    """Each place of the left unit with each place of the right one."""
    heads, counts = postings.heads, postings.counts
    if not len(many) or many.max() == 1:
        return heads[left], heads[right]
    turn = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    left, right = np.repeat(left, many), np.repeat(right, many)
    return heads[left] + turn // counts[right], heads[right] + turn % counts[right]
