"""A whole document searched for the passages of a library, without marks, citations or announcements.

Order of steps: the document is folded to seed letters once; its seeds are asked of one filter over all editions of a
script (`Filter`); those that pass are looked up and grown to segments (`catena.text.segments`); a long segment, or
several that follow each other in one passage, make an *area*. Only areas are looked at as words
(`catena.verification.passages`).

The filter is a Bloom filter (Bloom 1970) over the seeds' hashes, with two probes in one line of the processor's cache
(Putze, Sanders and Singler 2007). It never loses a seed that is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from catena.text.compiled import kernels
from catena.text.seeds import Bytes, Codes, Hashes, Places, SeedIndex, hash_runs
from catena.text.segments import Segments, find_segments, in_order

SLOTS = 6  # bits of the filter for each seed: one seed in twenty that is not there passes
LINE = np.uint32(511)  # bits of one line of the cache, less one
LEAST_BITS, MOST_BITS = 16, 30
CHUNK = 1 << 14  # letters hashed at a time: the work stays in the processor's cache
NEAR = 48  # letters from one segment to the next beyond which they do not support each other
BAND = 16  # letters by which places on one diagonal may slip: letters dropped or added by damage
FEW = 3  # places of one short stretch from which it is a phrase


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much of a passage makes an area: the score of one segment alone (`single`), or of several of at least
    `piece` that add up to `together`. A seed with more than `commonest` places is a set phrase and starts no segment.
    """

    single: int
    piece: int
    together: int
    commonest: int


@dataclass(frozen=True, slots=True)
class Area:
    """Letters of the document, `[start, end)`, that lie along letters `[low, high)` of an edition, with the score of
    their segments. `backwards` says that they run along them from the last to the first.
    """

    edition: int
    start: int
    end: int
    low: int
    high: int
    score: int
    backwards: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """Which seeds of `k` letters the editions numbered `editions` may hold; only one hash in `every` is asked."""

    k: int
    every: int
    size: int
    bits: Bytes
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
                for probe in _probes(hashes, size):
                    slots[probe] = True
        every = min(index.every for index in indexes)
        return cls(indexes[0].k, every, size, np.packbits(slots, bitorder="little"), tuple(editions))

    def passing(self, letters: Codes) -> tuple[Hashes, Places]:
        """The hashes of `letters` that may be in an edition, and the letters at which they start, in order."""
        compiled = kernels(len(letters))
        if compiled is not None:
            return self._compiled(compiled, letters)
        hashes: list[Hashes] = []
        places: list[Places] = []
        for start in range(0, max(1, len(letters) - self.k + 1), CHUNK):
            found = hash_runs(letters[start : start + CHUNK + self.k - 1], self.k)
            kept = (found & np.uint32(self.every - 1) == 0).nonzero()[0]
            for probe in _probes(found, self.size):
                slots = probe[kept]
                held = self.bits[slots >> np.uint32(3)] >> (slots & np.uint32(7)).astype(np.uint8)
                kept = kept[(held & np.uint8(1)).view(bool)]
            hashes.append(found[kept])
            places.append(kept + start)
        return np.concatenate(hashes), np.concatenate(places)

    def _compiled(self, compiled: ModuleType, letters: Codes) -> tuple[Hashes, Places]:
        hashes, places = np.empty(len(letters) + 1, dtype=np.uint32), np.empty(len(letters) + 1, dtype=np.int64)
        mask, shift = np.uint32(self.every - 1), np.uint32(32 - self.size)
        many = compiled.passing(_fixed(letters), self.k, mask, _fixed(self.bits), shift, hashes, places)
        return hashes[:many], places[:many]


def _probes(hashes: Hashes, size: int) -> tuple[Hashes, Hashes]:
    """The two bits of the filter that a seed has."""
    first = hashes >> np.uint32(32 - size)
    return first, (first & ~LINE) | (hashes & LINE)


def find_areas(
    letters: Codes, low: Bytes, sieve: Filter, indexes: Sequence[SeedIndex], evidence: Evidence
) -> list[Area]:
    """The areas of all editions with enough evidence, in order of edition and place; `low` are the `low_bytes` of
    `letters`.
    """
    hashes, places = sieve.passing(letters)
    if not len(places):
        return []
    found = [_segments(low, hashes, places, index, evidence) for index in indexes]
    areas = (
        area
        for edition, segments in zip(sieve.editions, found, strict=True)
        if _promising(segments, evidence)
        for area in _areas(edition, in_order(segments, evidence.piece), evidence)
    )
    return list(areas)


def _segments(letters: Bytes, hashes: Hashes, places: Places, index: SeedIndex, evidence: Evidence) -> Segments:
    compiled = kernels(0)
    if compiled is None:
        return find_segments(letters, hashes, places, index, commonest=evidence.commonest)
    starts, shift = index.starts
    known = (_fixed(letters), _fixed(hashes), _fixed(places), _fixed(index.entries), _fixed(starts))
    room = 64 + len(hashes) // 8
    while True:
        found = np.empty((4, room), dtype=np.int64)
        args = (np.uint64(shift), _fixed(index.letters), index.k, evidence.commonest, evidence.piece, found)
        many = compiled.segments(*known, *args)
        if many <= room:
            return Segments(found[0, :many], found[1, :many], found[2, :many], found[3, :many])
        room = many


def _promising(segments: Segments, evidence: Evidence) -> bool:
    """False when no segment is long enough and no two lie along one diagonal: nearly all unrelated text."""
    if not len(segments):
        return False
    if int(segments.scores.max()) >= evidence.single:
        return True
    pieces = segments.scores >= evidence.piece
    diagonals = (segments.places - segments.starts)[pieces]
    diagonals.sort()
    return len(diagonals) > 1 and int((diagonals[1:] - diagonals[:-1]).min()) <= BAND


def _areas(edition: int, segments: Segments, evidence: Evidence) -> list[Area]:
    """Segments that follow each other along one diagonal, or one `BAND` of them, as areas."""
    areas: dict[tuple[int, int], Area] = {}
    diagonals = segments.places - segments.starts
    for shift in (0, BAND // 2):  # twice, with the bands' edges moved by half, so that no area is cut by one
        bands = (diagonals + shift) // BAND
        order = np.lexsort((segments.starts, bands))
        starts, ends, band = segments.starts[order], segments.ends[order], bands[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (band[1:] != band[:-1]) | (starts[1:] - ends[:-1] > NEAR)
        first = np.flatnonzero(new)
        # Segments over the same letters say the same: of each only what lies beyond the one before it counts.
        length = ends - starts
        fresh = length.copy()
        fresh[1:] = np.where(new[1:], length[1:], np.maximum(0, ends[1:] - np.maximum(starts[1:], ends[:-1])))
        scores = segments.scores[order]
        total = np.add.reduceat(scores * fresh // length, first)
        most = np.maximum.reduceat(scores, first)
        bounds = np.append(first, len(order))
        wanted = (total >= evidence.together) | ((most >= evidence.single) & ~_common(starts[first], ends[first]))
        for at in np.flatnonzero(wanted).tolist():
            row = order[bounds[at] : bounds[at + 1]]
            places, spans = segments.places[row], segments.ends[row] - segments.starts[row]
            start, end = int(segments.starts[row].min()), int(segments.ends[row].max())
            low, high = int(places.min()), int((places + spans).max())
            score = int(max(total[at], most[at]))
            areas.setdefault((start, low), Area(edition, start, end, low, high, score))
    return sorted(areas.values(), key=lambda one: (one.start, one.low))


def _common(starts: Places, ends: Places) -> NDArray[np.bool_]:
    """Which stretches stand in more than `FEW` places and go on in none: phrases, not passages."""
    _, which, counts = np.unique(starts << 32 | ends, return_inverse=True, return_counts=True)
    common: NDArray[np.bool_] = counts[which] > FEW
    return common


def _fixed(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """The array as one that cannot be written, as mapped ones are: compiled code is made for these."""
    fixed = np.ascontiguousarray(array).view()
    fixed.flags.writeable = False
    return fixed
