"""The join in this process within a memory cap: at once while it fits, else a part of the hashes after the other.

A seed meets only seeds of its own hash, so hashes can be taken in parts; what meets goes to disk in buckets by pair of
documents, and each bucket is chained by itself. Equal to `join_here`. The cap counts beside texts and their seeds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catena.transmission import Joined, Seeds, join_here
from catena.transmission.chain import Chains, chain
from catena.transmission.join import BLOCK, Anchors, Postings, blocks, collect, meet
from catena.transmission.seeds import HASH_BITS

SEED_BYTES = 60  # what a seed takes while all are sorted and made into units; 56 measured on 7.8 million
LINK_BYTES = 120  # what a link takes while a block of them is joined and chained; 109 measured
LEAST = 8 << 20  # bytes: below, parts would be so small that their number costs more than it saves
MOST_BUCKETS = 256  # files of one spill
FIELDS = Anchors.__slots__


def join_within(seeds: Sequence[Seeds], since: int, memory: int) -> Joined:
    """The join, within `memory` bytes beside texts and seeds; 0 is no cap."""
    needed = SEED_BYTES * sum(len(one.hashes) for one in seeds)
    if not memory or needed + BLOCK * LINK_BYTES <= memory:
        return join_here(seeds, since)
    memory = max(memory, LEAST)
    block = min(BLOCK, memory // 2 // LINK_BYTES)
    if needed <= memory // 2:
        return join_here(seeds, since, block=block)
    with tempfile.TemporaryDirectory(prefix="catena-") as folder:
        return _join_in_parts(seeds, since, 2 * needed // memory + 1, block, Path(folder))


def _join_in_parts(seeds: Sequence[Seeds], since: int, parts: int, block: int, folder: Path) -> Joined:
    spread = [np.ones(len(one.hashes), dtype=np.int32) for one in seeds]
    cut = np.zeros(len(seeds), dtype=np.int64)
    keys = np.array([one.hashes.sum() for one in seeds], dtype=np.uint64)
    buckets = 0
    for part in range(parts):
        masks = [_in_part(one, part, parts) for one in seeds]
        postings = replace(collect([_only(one, mask) for one, mask in zip(seeds, masks, strict=True)]), keys=keys)
        if not buckets:
            buckets = min(MOST_BUCKETS, _count_links(postings) * parts // block + 1)
        for low, high in blocks(postings, len(seeds), since, block):
            _spill(meet(postings, low, high), folder, buckets)
        cut += postings.repeats_cut
        ends = np.cumsum([mask.sum() for mask in masks])
        for own, mask, found in zip(spread, masks, np.split(postings.spread, ends[:-1]), strict=True):
            own[mask] = found
    chained = [chain(anchors) for anchors in _unspill(folder)]
    empty = np.empty(0, np.int64)
    columns = (np.concatenate([empty, *(getattr(one, name) for one in chained)]) for name in Chains.__slots__)
    return Joined(Chains(*columns), np.concatenate([np.empty(0, np.int32), *spread]), cut)


def _in_part(seeds: Seeds, part: int, parts: int) -> NDArray[np.bool_]:
    """True for the hashes of one part: ranges of equal width, which hashes fill evenly."""
    width = np.uint64((1 << HASH_BITS) // parts + 1)
    mask: NDArray[np.bool_] = seeds.hashes // width == part
    return mask


def _only(seeds: Seeds, mask: NDArray[np.bool_]) -> Seeds:
    return Seeds(seeds.document, seeds.table, seeds.hashes[mask], seeds.places[mask], seeds.size)


def _count_links(postings: Postings) -> int:
    return int((postings.links() * postings.counts).sum())


def _spill(anchors: Anchors, folder: Path, buckets: int) -> None:
    """Add anchors to the files of their buckets: all of a pair to one."""
    rows = np.stack([getattr(anchors, name) for name in FIELDS], axis=1)
    bucket = (rows[:, 0].astype(np.int64) * 31 + rows[:, 1]) % buckets
    order = np.argsort(bucket, kind="stable")
    bounds = np.searchsorted(bucket[order], np.arange(buckets + 1))
    for number in np.flatnonzero(np.diff(bounds)).tolist():
        with (folder / str(number)).open("ab") as out:
            rows[order[bounds[number] : bounds[number + 1]]].tofile(out)


def _unspill(folder: Path) -> Iterator[Anchors]:
    for path in sorted(folder.iterdir()):
        rows = np.fromfile(path, dtype=np.int32).reshape(-1, len(FIELDS))
        yield Anchors(*(np.ascontiguousarray(rows[:, column]) for column in range(len(FIELDS))))
        path.unlink()
