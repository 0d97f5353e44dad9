"""Seeds: which passages of a library share runs of letters with a quotation, and where.

Vocabulary: a *seed* is a run of k letters, known by a hash of 32 bits; a *hit* is a seed at one place of the quotation
and one place of a passage; hits on one *diagonal* (same distance between both places) that touch make a
*run*; runs in the same order on both sides make a *chain*. An index *samples* when it keeps only the seeds whose hash
is divisible by a power of two: both sides drop the same ones, so that those kept still meet.

Order of steps: hash every run of k letters of the quotation, look the hashes up in one sorted array, rank
passages by the letters covered, chain the runs of the best ones. The whole index is one flat numpy array and one of
offsets, which can be memory-mapped. The letters come from a skeleton or a folding; this module does not care
which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

DEFAULT_K = 7
"""Letters in a seed: short enough for two or three Arabic words with one misprint, long enough to be rare."""
MOST_HITS = 30_000
"""Hits looked at for one quotation; the rarest seeds come first, before those of formulae."""
MOST_GAP = 600
"""Letters that one chain may jump over on either side: about a long verse left out of a quotation."""
GAP_COST = 0.01
"""Letters of score lost for each letter by which the two gaps differ: enough to prefer the nearer of two
equals.
"""
MOST_RUNS = 48
"""Runs of one passage that are chained, the longest ones: chaining compares each with each."""
MORE = 8
"""Passages chained beyond those asked for: hits cover more letters than a chain of them holds."""
MOST_LETTERS = 2**32
"""Letters of one index: a place takes 32 bits."""
CHUNK = 1 << 22
"""Letters hashed at a time while building, so that the memory for it stays small."""

MOST_OWNERS, MOST_OWNED = 1 << 16, 8_000_000
"""Passages, and letters or entries, of an index up to which tables are made for it: the passage of each letter takes
two bytes."""

BUCKET = 4
"""Powers of two of entries under one leading number: a few next to each other are read faster than one far off."""

_BASE = 0x9E3779B1
_LOW = np.uint64(0xFFFFFFFF)

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint32]
Entries = NDArray[np.uint64]
Places = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Run: TypeAlias = tuple[int, int, int]
"""First letter of the quotation, first letter of the reference, and length."""


class Candidate(NamedTuple):
    """A passage that shares letters with a quotation; a tuple, for each quotation has dozens.

    `passage` counts from 0 in the order given to `build_seed_index`. The half-open ranges count **letters**
    of the two letter strings. `shared` is the number of quoted letters that lie under the chained runs.
    """

    passage: int
    quoted_start: int
    quoted_end: int
    passage_start: int
    passage_end: int
    shared: int


@dataclass(frozen=True, eq=False)
class SeedIndex:
    """The seeds of a sequence of passages, sorted by hash. Made by `build_seed_index` or `from_arrays`.

    `entries` (uint64, sorted) hold the hash in their upper and the place in their lower 32 bits; a place counts
    letters through all passages put end to end; passage n is `offsets[n]:offsets[n + 1]`. `every` is the sampling:
    1 keeps all seeds. `letters` are all of them (`low_bytes`), to tell whether seeds go on.
    """

    k: int
    every: int
    entries: Entries
    offsets: Places
    letters: Bytes

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.offsets) - 1

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as named arrays, to be saved and memory-mapped."""
        shape = np.array([self.k, self.every], dtype=np.int64)
        return {"shape": shape, "entries": self.entries, "offsets": self.offsets, "letters": self.letters}

    @cached_property
    def starts(self) -> tuple[NDArray[np.uint32], int]:
        """Where the entries of each leading number of the hash begin, and by how many bits an entry is shifted to that
        number. Made when first asked for.
        """
        bits = max(4, min(22, len(self.entries).bit_length() - BUCKET))
        leading = np.arange((1 << bits) + 1, dtype=np.uint64)[:-1] << np.uint64(64 - bits)
        found = np.append(self.entries.searchsorted(leading), len(self.entries)).astype(np.uint32)
        return found, 64 - bits

    @cached_property
    def fixed(self) -> tuple[Entries, NDArray[np.uint32], np.uint64, Bytes, Places]:
        """Entries, their starts, the shift to these, letters and offsets as compiled code takes them (`fixed`)."""
        starts, shift = self.starts
        return fixed(self.entries), fixed(starts), np.uint64(shift), fixed(self.letters), fixed(self.offsets)

    @cached_property
    def owners(self) -> NDArray[np.unsignedinteger[Any]] | None:
        """The passage of each letter, or `None` for so many letters or passages that the table is not worth its
        memory. Made when first asked for.
        """
        if len(self) > MOST_OWNERS or len(self.letters) > MOST_OWNED:
            return None
        return np.repeat(np.arange(len(self), dtype=np.uint16), np.diff(self.offsets))

    def passages_of(self, places: Places) -> NDArray[np.integer[Any]]:
        """The passage that each of these letters is in."""
        owners = self.owners
        return self.offsets.searchsorted(places, side="right") - 1 if owners is None else owners.take(places)

    def runs(self, letters: str) -> Places:
        """The places at which `letters` stand in one run inside a passage, in order: where every seed that is asked
        stands at its own distance. None for letters without a seed that this index keeps.
        """
        hashes, numbers = self.sampled(hash_runs(to_codes(letters), self.k))
        if not len(hashes):
            return np.zeros(0, dtype=np.int64)
        # A few of the seeds tell nearly all other places off.
        step = self.k if self.every == 1 else 1
        chosen = dict.fromkeys((*range(0, len(hashes), step), len(hashes) - 1))
        seeds = sorted(self._held(int(hashes[at]), int(numbers[at])) for at in chosen)
        many, low, _, first = seeds[0]
        found = (self.entries[low : low + many] & _LOW).astype(np.int64) - first
        for many, low, leading, number in seeds[1:]:
            if not len(found):
                break
            wanted = (found + number).astype(np.uint64) | np.uint64(leading)
            held = self.entries[low : low + many]
            at = np.minimum(held.searchsorted(wanted), many - 1)
            found = found[(held[at] == wanted) & (found + number >= 0)]
        return found

    def _held(self, hash_: int, number: int) -> tuple[int, int, int, int]:
        """How many entries have this hash, the first of them, what they begin with, and the number given."""
        leading = hash_ << 32
        low, high = 0, len(self.entries)
        if high <= MOST_OWNED:  # making `starts` reads every page of a mapped index
            starts, shift = self.starts
            low, high = int(starts[leading >> shift]), int(starts[(leading >> shift) + 1])
        held = self.entries[low:high]
        first, last = held.searchsorted(np.array((leading, leading | 0xFFFFFFFF), dtype=np.uint64)).tolist()
        last += last < len(held) and int(held[last]) == leading | 0xFFFFFFFF
        return last - first, low + first, leading, number

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> SeedIndex:
        """The index that `to_arrays` gave out; the arrays are used in place. Raises `KeyError` for a
        missing one.
        """
        k, every = arrays["shape"].tolist()
        return cls(k, every, arrays["entries"], arrays["offsets"], arrays["letters"])  # type: ignore[arg-type]

    def candidates(self, letters: str, limit: int = 20) -> tuple[Candidate, ...]:
        """The passages that share most letters with `letters`, best first, at most `limit`; one chain a
        passage.

        Order: letters shared, then the smaller stretch of the passage, then the passage's number. Empty when
        `letters` has fewer than `k` letters or shares no kept seed with any passage.

        >>> index = build_seed_index(["wewillmeetagaininspring", "thetalkswereuseful"])
        >>> index.candidates("meetagaininautumn")[0].passage
        0
        """
        return self.seek(letters).best(limit)

    def seek(self, letters: str) -> Sought:
        """The hits of `letters`, from which candidates of several limits can be taken without looking them up again."""
        quoted, places = self.hits(*self.sampled(hash_runs(to_codes(letters), self.k)), MOST_HITS)
        return Sought.of(self, quoted, places)

    def sampled(self, hashes: Hashes) -> tuple[Hashes, Places]:
        """The hashes that this index keeps, and their numbers."""
        numbers = np.arange(len(hashes)) if self.every == 1 else np.flatnonzero(hashes & np.uint32(self.every - 1) == 0)
        return hashes[numbers], numbers

    def hits(
        self, hashes: Hashes, numbers: Places, most: int | None, commonest: int | None = None
    ) -> tuple[Places, Places]:
        """Each of `numbers` with every place of its hash, in order of number.

        At most about `most` hits, rarest seeds first; seeds with more than `commonest` places are left out.
        """
        wanted = hashes.astype(np.uint64) << np.uint64(32)
        low = self.entries.searchsorted(wanted)
        counts = self.entries.searchsorted(wanted | _LOW, side="right") - low
        order = ((counts > 0) & (counts <= (commonest or MOST_LETTERS))).nonzero()[0]
        many = counts[order]
        if most is not None and many.sum() > most:
            rarest = np.argsort(many, kind="stable")
            order = order[rarest[: max(1, int(np.searchsorted(np.cumsum(many[rarest]), most, side="right")))]]
            order.sort()
            many = counts[order]
        within = np.arange(many.sum()) - (many.cumsum() - many).repeat(many)
        places = self.entries[low[order].repeat(many) + within] & _LOW
        return numbers[order].repeat(many), places.astype(np.int64)


@dataclass(slots=True, eq=False)
class Sought:
    """The hits of one quotation by passage: `passages` have most of its letters under their hits first, `covered` so
    many; those of passage n are `bounds[n]:bounds[n + 1]`. Runs are chained when they are first asked for.
    """

    index: SeedIndex
    passages: list[int]
    covered: list[int]
    bounds: Places
    quoted: Places
    places: Places
    chained: list[Candidate] = field(default_factory=list)

    @classmethod
    def of(cls, index: SeedIndex, quoted: Places, places: Places) -> Sought:
        """The hits at letters `quoted`, in their order, and at letters `places` of the index."""
        passages = index.passages_of(places)
        order = passages.argsort(kind="stable")
        passages, quoted, places = passages[order], quoted[order], places[order]
        if not len(passages):
            return cls(index, [], [], quoted, quoted, places)
        starts = np.append(True, passages[1:] != passages[:-1]).nonzero()[0]
        steps = np.append(index.k, np.minimum(quoted[1:] - quoted[:-1], index.k))
        steps[starts] = index.k
        covered = np.add.reduceat(steps, starts)
        best = np.argsort(-covered, kind="stable")
        ends = np.append(starts[1:], len(passages))
        bounds = np.stack((starts[best], ends[best]), axis=1)
        return cls(index, passages[starts[best]].tolist(), covered[best].tolist(), bounds, quoted, places)

    def best(self, limit: int) -> tuple[Candidate, ...]:
        """What `SeedIndex.candidates` says."""
        most = min(len(self.passages), limit + MORE)
        if len(self.chained) < min(limit, most):
            self.chained += self._chains(len(self.chained), min(limit, most))
        if limit <= len(self.chained) < most:
            # A chain holds at most the letters under the hits: passages with fewer than the last of the best are out.
            least = sorted((one.shared for one in self.chained[:most]), reverse=True)[limit - 1]
            able = sum(covered >= least for covered in self.covered[len(self.chained) : most])
            if able:
                self.chained += self._chains(len(self.chained), len(self.chained) + able)
        found = sorted(self.chained[:most], key=_by_letters)
        return tuple(found[:limit])

    def _chains(self, low: int, high: int) -> list[Candidate]:
        """The chains of passages `low` to `high`, those with most letters under their hits first."""
        firsts, ends = self.bounds[low:high].T
        many = ends - firsts
        owner = np.arange(len(many)).repeat(many)
        within = np.arange(len(owner)) - (many.cumsum() - many).repeat(many)
        chosen = firsts.repeat(many) + within
        runs = _runs(owner, self.quoted[chosen], self.places[chosen], self.index.k)
        return [self._candidate(low + number, mine) for number, mine in enumerate(runs)]

    def _candidate(self, number: int, runs: list[Run]) -> Candidate:
        passage = self.passages[number]
        start = int(self.index.offsets[passage])
        chain, shared = _best_chain(runs)
        first, last = chain[0], chain[-1]
        return Candidate(passage, first[0], last[0] + last[2], first[1] - start, last[1] + last[2] - start, shared)


def _by_letters(each: Candidate) -> tuple[int, int, int]:
    return -each.shared, each.passage_end - each.passage_start, each.passage


def build_seed_index(passages: Sequence[str], k: int = DEFAULT_K, every: int = 1) -> SeedIndex:
    """An index over letter strings, one a passage, in their order. Seeds never run over the end of a passage.

    Raises `ValueError` when `k` is less than 2 or `every` is no power of two.

    >>> len(build_seed_index(["peaceisourgoal", ""]))
    2
    """
    lengths = np.fromiter(map(len, passages), dtype=np.int64, count=len(passages))
    offsets = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    return index_letters(to_codes("".join(passages)), offsets, k, every)


def index_letters(letters: Codes, offsets: Places, k: int, every: int = 1) -> SeedIndex:
    """The index over `letters`, all passages end to end, passage n at `offsets[n]:offsets[n + 1]`. Raises as
    `build_seed_index`, and when there are more letters than an index can count."""
    if k < 2:
        raise ValueError(f"a seed needs at least 2 letters, not {k}")
    if every < 1 or every & (every - 1):
        raise ValueError(f"one seed in {every} cannot be kept; give a power of two")
    if len(letters) >= MOST_LETTERS:
        raise ValueError(f"{len(letters):,} letters in one index; split the edition, {MOST_LETTERS:,} is the limit")
    found = [_entries(letters, start, k, every) for start in range(0, max(1, len(letters)), CHUNK)]
    entries = found[0] if len(found) == 1 else np.concatenate(found)
    ends = np.repeat(offsets[1:].astype(np.uint64), np.diff(offsets)) if every == 1 else None
    places = entries & _LOW
    if ends is None:
        ends = offsets[np.searchsorted(offsets, places.astype(np.int64), side="right")].astype(np.uint64)
        inside = places + np.uint64(k) <= ends
    else:
        inside = places + np.uint64(k) <= ends[places.astype(np.int64)]
    entries = entries[inside]
    entries.sort()
    return SeedIndex(k, every, entries, offsets, low_bytes(letters))


def _entries(letters: Codes, start: int, k: int, every: int) -> Entries:
    """The kept seeds that start in one chunk, unsorted."""
    hashes = hash_runs(letters[start : start + CHUNK + k - 1], k)
    numbers = np.arange(len(hashes)) if every == 1 else np.flatnonzero(hashes & np.uint32(every - 1) == 0)
    places = (numbers + start).astype(np.uint64)
    entries: Entries = (hashes[numbers].astype(np.uint64) << np.uint64(32)) | places
    return entries


def to_codes(letters: str) -> Codes:
    """The code points of `letters`."""
    return np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def low_bytes(letters: Codes) -> Bytes:
    """Each letter as one byte: two letters of one script never share one."""
    return (letters ^ (letters >> np.uint32(8))).astype(np.uint8)


def hash_runs(codes: Codes, k: int) -> Hashes:
    """A 32-bit hash of each run of `k` code points: polynomial, then mixed so that all bits count.

    The runs grow by doubling, so that a seed of 12 letters takes four multiplications a letter, not twelve. Empty
    when there are fewer than `k` code points.
    """
    many = len(codes) - k + 1
    if many <= 0:
        return np.zeros(0, dtype=np.uint32)
    found: Hashes | None = None
    held = 0  # letters that `found` covers
    block = codes * np.uint32(0x85EBCA6B)
    span, power = 1, _BASE
    while True:
        if k & span:
            found = block if found is None else found[: len(block) - held] * np.uint32(power) + block[held:]
            held += span
        if span * 2 > k:
            break
        block = block[:-span] * np.uint32(power) + block[span:]
        span, power = span * 2, power * power & 0xFFFFFFFF
    assert found is not None
    found = found[:many].copy()
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        found ^= found >> np.uint32(shift)
        found *= np.uint32(factor)
    found ^= found >> np.uint32(16)
    return found


def fixed(array: NDArray[Any]) -> NDArray[Any]:
    """The array as one that cannot be written, as mapped ones are: compiled code is made for these."""
    found = np.ascontiguousarray(array).view()
    found.flags.writeable = False
    return found


def _runs(owner: Places, quoted: Places, places: Places, k: int) -> list[list[Run]]:
    """For each owner its touching hits on one diagonal as runs, at most the `MOST_RUNS` longest, in order of place.

    Owners count from 0 and are in order, each with its `quoted` in order.
    """
    diagonals = places - quoted
    order = np.lexsort((diagonals, owner))
    owner, quoted, diagonals = owner[order], quoted[order], diagonals[order]
    new = np.ones(len(quoted), dtype=bool)
    new[1:] = (diagonals[1:] != diagonals[:-1]) | (quoted[1:] - quoted[:-1] > k) | (owner[1:] != owner[:-1])
    starts = new.nonzero()[0]
    lasts = np.append(starts[1:], len(quoted)) - 1
    begin = quoted[starts]
    lengths = quoted[lasts] + k - begin
    best = np.lexsort((begin, -lengths, owner[starts]))
    found: list[list[Run]] = [[] for _ in range(int(owner[-1]) + 1)] if len(owner) else []
    rows = (owner[starts][best], begin[best], (diagonals[starts] + begin)[best], lengths[best])
    for number, start, place, length in zip(*(row.tolist() for row in rows), strict=True):
        if len(found[number]) < MOST_RUNS:
            found[number].append((start, place, length))
    return found


def _best_chain(runs: list[Run]) -> tuple[list[Run], int]:
    """The chain with most letters, in order, and their number. An overlap with the run before is cut off."""
    if len(runs) == 1:
        return runs, runs[0][2]
    runs = sorted(runs)
    scores: list[float] = []
    befores: list[int] = []
    gains: list[int] = []
    for at, (quoted, place, length) in enumerate(runs):
        best, before, gain = float(length), -1, length
        for earlier in range(at):
            other_quoted, other_place, other_length = runs[earlier]
            gap = min(quoted - other_quoted, place - other_place) - other_length
            if place <= other_place or quoted <= other_quoted or not -length < gap <= MOST_GAP:
                continue
            if max(quoted - other_quoted, place - other_place) - other_length > MOST_GAP:
                continue
            fresh = length + min(gap, 0)
            apart = abs((quoted - other_quoted) - (place - other_place))
            score = scores[earlier] + fresh - min(GAP_COST * apart + 0.5, other_length)
            if score > best:
                best, before, gain = score, earlier, fresh
        scores.append(best)
        befores.append(before)
        gains.append(gain)
    at = scores.index(max(scores))
    chain: list[Run] = []
    shared = 0
    while at >= 0:
        chain.append(runs[at])
        shared += gains[at]
        at = befores[at]
    return chain[::-1], shared
