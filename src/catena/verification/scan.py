"""A whole document searched for the passages of a library, without marks, citations or announcements.

Order of steps: the document is folded to seed letters once; long seeds are hashed and asked of one small filter over
all editions of a script (`Filter`); the few that pass are looked up, and those that lie on one diagonal of a passage
make an *area*. Only areas are looked at as words (`catena.verification.passages`).

The filter is a Bloom filter of two probes (Bloom 1970) over the seeds' hashes. It never loses a seed that is there and
lets about one in two hundred of the others by. News text has an area every few hundred thousand letters, so that
nearly all the time goes into folding and hashing, a few nanoseconds a letter in numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.text.seeds import Codes, Hashes, Places, SeedIndex, hash_runs

SLOTS = 14  # bits of the filter for each seed
LEAST_BITS, MOST_BITS = 16, 30
CHUNK = 1 << 14  # letters hashed at a time: the work stays in the processor's cache
NEAR = 48  # letters from one hit to the next beyond which they do not support each other
BAND = 16  # letters by which places on one diagonal may slip: letters dropped or added by damage
COMMON = 64  # places of a seed from which it is a set phrase and starts no area
MOST_HITS = 200_000  # hits of one stretch of the document in one edition
_SECOND = np.uint32(0x9E3779B1)

Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Area:
    """Letters of the document, `[start, end)`, that lie along letters `[low, high)` of an edition; `covered` of them
    under shared seeds."""

    edition: int
    start: int
    end: int
    low: int
    high: int
    covered: int


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """Which seeds of `k` letters the editions numbered `editions` may hold; only one hash in `every` is asked."""

    k: int
    every: int
    size: int
    bits: Bits
    editions: tuple[int, ...]

    @classmethod
    def over(cls, indexes: Sequence[SeedIndex], editions: Sequence[int]) -> Filter:
        """The filter over the seeds of these editions, all of one length."""
        total = sum(len(index.entries) for index in indexes)
        size = min(MOST_BITS, max(LEAST_BITS, (SLOTS * max(1, total)).bit_length()))
        slots = np.zeros(1 << size, dtype=bool)
        for index in indexes:
            for at in range(0, len(index.entries), 1 << 20):
                hashes = (index.entries[at : at + (1 << 20)] >> np.uint64(32)).astype(np.uint32)
                slots[hashes >> np.uint32(32 - size)] = True
                slots[(hashes * _SECOND) >> np.uint32(32 - size)] = True
        every = min(index.every for index in indexes)
        return cls(indexes[0].k, every, size, np.packbits(slots, bitorder="little"), tuple(editions))

    def passing(self, letters: Codes) -> tuple[Hashes, Places]:
        """The hashes of `letters` that may be in an edition, and the letters at which they start, in order."""
        hashes: list[Hashes] = []
        places: list[Places] = []
        for start in range(0, max(1, len(letters) - self.k + 1), CHUNK):
            found = hash_runs(letters[start : start + CHUNK + self.k - 1], self.k)
            if self.every > 1:
                kept = ((found & np.uint32(self.every - 1)) == 0).nonzero()[0]
                found = found[kept]
            else:
                kept = np.arange(len(found))
            for factor in (np.uint32(1), _SECOND):
                slots = (found * factor) >> np.uint32(32 - self.size)
                held = self.bits[slots >> np.uint32(3)] >> (slots & np.uint32(7)).astype(np.uint8)
                wanted = (held & np.uint8(1)).nonzero()[0]
                found, kept = found[wanted], kept[wanted]
            if len(found):
                hashes.append(found)
                places.append(kept + start)
        if not hashes:
            return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
        return np.concatenate(hashes), np.concatenate(places)


def find_areas(letters: Codes, sieve: Filter, indexes: Sequence[SeedIndex], least: int) -> list[Area]:
    """The areas of all editions that cover `least` letters or more, in no order."""
    hashes, places = sieve.passing(letters)
    if len(places) < 2:
        return []
    near = _dense(places, sieve.k, least)
    hashes, places = hashes[near], places[near]
    found: list[Area] = []
    for edition, index in zip(sieve.editions, indexes, strict=True):
        if len(places) > 1:
            quoted, there = index.hits(hashes, places, MOST_HITS, COMMON)
            found += _areas(edition, quoted, there, index.k, least)
    return found


def _dense(places: Places, k: int, least: int) -> Flags:
    """Which hits have neighbours that together cover `least` letters: the others start no area in any edition."""
    steps = np.empty(len(places), dtype=np.int64)
    steps[0] = NEAR + 1
    np.subtract(places[1:], places[:-1], out=steps[1:])
    new = steps > NEAR
    covered = np.add.reduceat(np.minimum(steps, k), new.nonzero()[0])
    kept: Flags = (covered >= least)[new.cumsum() - 1]
    return kept


def _areas(edition: int, quoted: Places, places: Places, k: int, least: int) -> Iterator[Area]:
    """Hits that follow each other along one diagonal, or one `BAND` of them, as areas."""
    # Nearly all hits of unrelated text lie alone on their diagonal: they are told off before any sorting by place.
    diagonals = places - quoted
    order = np.argsort(diagonals)
    sorted_diagonals = diagonals[order]
    close = sorted_diagonals[1:] - sorted_diagonals[:-1] < BAND
    if k * (int(close.sum()) + 1) < least:
        return
    kept = np.zeros(len(order), dtype=bool)
    kept[order[1:][close]] = True
    kept[order[:-1][close]] = True
    quoted, places = quoted[kept], places[kept]
    seen: set[tuple[int, int]] = set()
    for shift in (0, 1):  # twice, with the bands' edges moved by half, so that no area is cut by one
        bands = (places - quoted + shift * (BAND // 2)) // BAND
        order = np.lexsort((quoted, bands))
        ours, theirs, band = quoted[order], places[order], bands[order]
        new = np.ones(len(ours), dtype=bool)
        new[1:] = (np.diff(band) != 0) | (np.diff(ours) > NEAR)
        starts = np.flatnonzero(new)
        steps = np.minimum(np.diff(ours, prepend=ours[0]), k)
        steps[starts] = k
        covered = np.add.reduceat(steps, starts)
        ends = np.append(starts[1:], len(ours)) - 1
        for at in np.flatnonzero(covered >= least).tolist():
            first, last = int(starts[at]), int(ends[at])
            key = (int(ours[first]), int(theirs[first]))
            if key not in seen:
                seen.add(key)
                low, high = theirs[first : last + 1].min(), theirs[first : last + 1].max() + k
                yield Area(edition, key[0], int(ours[last]) + k, int(low), int(high), int(covered[at]))
