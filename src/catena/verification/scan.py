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
from functools import partial
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from catena.text.compiled import kernels
from catena.text.outward import ROOM, SHAPE, reach_out
from catena.text.seeds import Bytes, Codes, Hashes, Places, SeedIndex, fixed, hash_runs
from catena.text.segments import Segments, find_segments, in_order

SLOTS = 6  # bits of the filter for each seed: one seed in twenty that is not there passes
LINE = np.uint32(511)  # bits of one line of the cache, less one
LEAST_BITS, MOST_BITS = 16, 30
CHUNK = 1 << 14  # letters hashed at a time: the work stays in the processor's cache
NEAR = 48  # letters from one segment to the next beyond which they do not support each other
BAND = 16  # letters by which places on one diagonal may slip: letters dropped or added by damage
EDGE = 8  # letters of the next passage below which it is not quoted
SEGMENTS = 5  # room for each seed's segments at first: one document of scripture in a hundred needs more
FEW = 3  # places of one short stretch from which it is a phrase

_AREA = [0, 1, 2, 3, 5, 6, 7]  # rows of the table: the place, the letters kept, those before and after


class Evidence(NamedTuple):
    """How much of a passage makes an area: the score of one segment alone (`single`), or of several of at least
    `piece` that add up to `together`. A seed with more than `commonest` places is a set phrase and starts no segment.
    An area is worth a second look when it keeps `kept` letters with what goes on around it.
    """

    single: int
    piece: int
    together: int
    commonest: int
    kept: int


class Area(NamedTuple):
    """Letters of the document, `[start, end)`, that lie along letters `[low, high)` of an edition, of which `kept` are
    kept in and around it; `before` and `after` letters of the document belong to it beside it. `backwards` says that
    they run along the edition's from the last to the first. A tuple, for a page of scripture has thousands.
    """

    edition: int
    start: int
    end: int
    low: int
    high: int
    kept: int
    before: int = 0
    after: int = 0
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
        many = compiled.passing(fixed(letters), self.k, mask, fixed(self.bits), shift, hashes, places)
        return hashes[:many], places[:many]


def _probes(hashes: Hashes, size: int) -> tuple[Hashes, Hashes]:
    """The two bits of the filter that a seed has."""
    first = hashes >> np.uint32(32 - size)
    return first, (first & ~LINE) | (hashes & LINE)


def find_areas(
    letters: Codes,
    low: Bytes,
    sieve: Filter,
    indexes: Sequence[SeedIndex],
    evidence: Evidence,
    *,
    backwards: bool = False,
) -> list[Area]:
    """The areas of the filter's editions with enough evidence, in order of edition and place; `low` are the `low_bytes`
    of `letters`. With `backwards`, those that the letters make when they are read from the last to the first.
    """
    read = low
    if backwards:
        letters, read = letters[::-1].copy(), low[::-1].copy()
    hashes, places = sieve.passing(letters)
    if not len(places):
        return []
    compiled = kernels(0)
    scan = _plain if compiled is None else partial(_compiled, compiled)
    found: list[Area] = []
    rows = fixed(read), fixed(low), fixed(hashes), fixed(places)
    for edition, index in zip(sieve.editions, indexes, strict=True):
        table = scan(*rows, index, evidence, backwards)
        if table.shape[1]:
            found += [Area._make((edition, *row, backwards)) for row in zip(*table[_AREA].tolist(), strict=True)]
    return found


def _compiled(
    compiled: ModuleType,
    read: Bytes,
    letters: Bytes,
    hashes: Hashes,
    places: Places,
    index: SeedIndex,
    evidence: Evidence,
    backwards: bool,
) -> Places:
    entries, starts, shift, reference, offsets = index.fixed
    held, many = np.empty((4, 0), dtype=np.int64), 64 + SEGMENTS * len(hashes)
    while many > held.shape[1]:
        held = np.empty((4, many), dtype=np.int64)
        seeds = (entries, starts, shift, reference, index.k, evidence.commonest, evidence.piece)
        many = compiled.segments(read, hashes, places, *seeds, held)
    table = np.empty((8, 2 * many), dtype=np.int64)
    asked = (evidence.single, evidence.piece, evidence.together, BAND, NEAR, FEW)
    found = compiled.areas(held, many, *asked, table) if many else 0
    if not found:
        return table[:, :0]
    table = _each_once(table[:, :found])
    if backwards:
        table[:2] = len(letters) - table[1::-1]
    rows = tuple(np.empty((4, ROOM), dtype=np.int32))
    seen = (letters, reference, offsets, EDGE, table, table.shape[1], backwards, evidence.kept, SHAPE, rows)
    return table[:, : compiled.look(*seen)]


def _each_once(areas: Places) -> Places:
    """The areas by start, low, end and high, each once: those of the first score."""
    if areas.shape[1] > 1:
        start, end, low, high = areas[:4]
        areas = areas[:, np.lexsort((high, end, low, start))]
        fresh = (areas[:4, 1:] != areas[:4, :-1]).any(axis=0)
        areas = areas[:, np.append(True, fresh)]
    return np.ascontiguousarray(areas)


def _plain(
    read: Bytes,
    letters: Bytes,
    hashes: Hashes,
    places: Places,
    index: SeedIndex,
    evidence: Evidence,
    backwards: bool,
) -> Places:
    """The areas of one edition with letters kept and those before and after, as rows of a table."""
    found = find_segments(read, hashes, places, index, commonest=evidence.commonest)
    table = _areas(np.stack((found.starts, found.ends, found.places, found.scores)), evidence)
    if backwards:
        table[:2] = len(letters) - table[1::-1]
    return _look(letters, index, table, evidence.kept, backwards)


def _look(letters: Bytes, index: SeedIndex, table: Places, least: int, backwards: bool) -> Places:
    """The areas that keep `least` letters or more with what goes on around them, without the few letters of another
    passage at their ends.
    """
    start, end, low, high = within(table, index.offsets, backwards)
    one = np.ones(len(start), dtype=np.int64)
    right, left = (end, one), (start - 1, -one)
    whole_length = one * len(index.letters)
    after, more = reach_out(letters, index.letters, *(left if backwards else right), high, one, whole_length)
    before, yet_more = reach_out(letters, index.letters, *(right if backwards else left), low - 1, -one, -one)
    kept = table[4] + more + yet_more
    if backwards:
        before, after = after, before
    return np.stack((start, end, low, high, table[4], kept, before, after))[:, kept >= least]


def within(areas: Places, offsets: Places, backwards: bool) -> tuple[Places, Places, Places, Places]:
    """Start, end, low and high of the areas, without the few letters of a neighbouring passage that agree by chance."""
    start, end, low, high = areas[:4]
    first, last = (np.searchsorted(offsets, ends, side="right") - 1 for ends in (low, high - 1))
    before, after = offsets[first + 1] - low, high - offsets[last]
    before, after = np.where(before < EDGE, before, 0), np.where(after < EDGE, after, 0)
    cut = (first != last) & (before + after < np.minimum(high - low, end - start))  # or nothing is left on one side
    before, after = np.where(cut, before, 0), np.where(cut, after, 0)
    ahead, behind = (before, after) if backwards else (after, before)
    return start + behind, end - ahead, low + before, high - after


def _promising(segments: Places, evidence: Evidence) -> bool:
    """False when no segment is long enough and no two lie along one diagonal: nearly all unrelated text."""
    starts, _, places, scores = segments
    if not len(starts):
        return False
    if int(scores.max()) >= evidence.single:
        return True
    pieces = scores >= evidence.piece
    diagonals = (places - starts)[pieces]
    diagonals.sort()
    return len(diagonals) > 1 and int((diagonals[1:] - diagonals[:-1]).min()) <= BAND


def _areas(found: Places, evidence: Evidence) -> Places:
    """Segments that follow each other along one diagonal, or one `BAND` of them: start, end, low, high and score of
    each such area, as rows.
    """
    if not _promising(found, evidence):
        return np.zeros((5, 0), dtype=np.int64)
    segments = in_order(Segments(*found), evidence.piece)
    areas: dict[tuple[int, ...], tuple[int, ...]] = {}
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
            area = (start, end, low, high, int(max(total[at], most[at])))
            areas.setdefault((start, low, end, high), area)
    return np.array([areas[place] for place in sorted(areas)], dtype=np.int64).reshape(-1, 5).T


def _common(starts: Places, ends: Places) -> NDArray[np.bool_]:
    """Which stretches stand in more than `FEW` places and go on in none: phrases, not passages."""
    _, which, counts = np.unique(starts << 32 | ends, return_inverse=True, return_counts=True)
    common: NDArray[np.bool_] = counts[which] > FEW
    return common
