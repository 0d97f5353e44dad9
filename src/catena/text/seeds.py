"""Seeds: which passages of a library share runs of letters with a quotation, and where.

Vocabulary: a *seed* is a run of k letters, known by a hash; a *hit* is a seed at one place of the quotation
and one place of a passage; hits on one *diagonal* (same distance between both places) that touch make a
*run*; runs in the same order on both sides make a *chain*.

Order of steps: hash every run of k letters of the quotation, look the hashes up in one sorted array, rank
passages by the letters covered, chain the runs of the best ones. Everything rests on flat numpy arrays, which
can be memory-mapped. The letters come from `fold_letters` or `fold_skeleton`; this module does not care
which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
MOST_RUNS = 96
"""Runs of one passage that are chained, the longest ones: chaining compares each with each."""

_BASE = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that shares letters with a quotation.

    `passage` counts from 0 in the order given to `build_seed_index`. The half-open ranges count **letters**
    of the two letter strings. `shared` is the number of quoted letters that lie under the chained runs.
    """

    passage: int
    quoted_start: int
    quoted_end: int
    passage_start: int
    passage_end: int
    shared: int


@dataclass(frozen=True, slots=True, eq=False)
class SeedIndex:
    """All seeds of a sequence of passages, sorted by hash. Made by `build_seed_index` or `from_arrays`.

    `hashes` (uint64, sorted) and `places` (int32, or int64 above 2 thousand million letters) run in parallel;
    a place counts letters through all passages put end to end; passage n is `offsets[n]:offsets[n + 1]`.
    """

    k: int
    hashes: Hashes
    places: NDArray[np.signedinteger]
    offsets: Places

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.offsets) - 1

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """The index as named arrays, to be saved and memory-mapped."""
        k = np.array([self.k], dtype=np.int64)
        return {"k": k, "hashes": self.hashes, "places": self.places, "offsets": self.offsets}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> SeedIndex:
        """The index that `to_arrays` gave out; the arrays are used in place. Raises `KeyError` for a
        missing one.
        """
        return cls(int(arrays["k"][0]), arrays["hashes"], arrays["places"], arrays["offsets"])  # type: ignore[arg-type]

    def candidates(self, letters: str, limit: int = 20) -> tuple[Candidate, ...]:
        """The passages that share most letters with `letters`, best first, at most `limit`; one chain a
        passage.

        Order: letters shared, then the smaller stretch of the passage, then the passage's number. Empty when
        `letters` has fewer than `k` letters or shares no run of `k` with any passage.

        >>> index = build_seed_index(["wewillmeetagaininspring", "thetalkswereuseful"])
        >>> index.candidates("meetagaininautumn")[0].passage
        0
        """
        quoted, places = self._hits(letters)
        if not len(quoted):
            return ()
        passages = np.searchsorted(self.offsets, places, side="right") - 1
        found = []
        for passage in self._best(passages, quoted, limit):
            mine = passages == passage
            found.append(self._chain(int(passage), quoted[mine], places[mine] - self.offsets[passage]))
        found.sort(key=lambda each: (-each.shared, each.passage_end - each.passage_start, each.passage))
        return tuple(found[:limit])

    def _hits(self, letters: str) -> tuple[Places, Places]:
        """Places in the quotation and in the library, rarest seeds first while they fit into `MOST_HITS`."""
        wanted = _hash_runs(_codes(letters), self.k)
        low = np.searchsorted(self.hashes, wanted, side="left")
        counts = np.searchsorted(self.hashes, wanted, side="right") - low
        order = np.argsort(counts, kind="stable")
        order = order[counts[order] > 0]
        order = order[: max(1, int(np.searchsorted(np.cumsum(counts[order]), MOST_HITS, side="right")))]
        order.sort()
        many = counts[order]
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        return np.repeat(order, many), self.places[np.repeat(low[order], many) + within].astype(np.int64)

    def _best(self, passages: Places, quoted: Places, limit: int) -> Places:
        """The passages worth chaining: those whose hits cover most letters of the quotation."""
        order = np.lexsort((quoted, passages))
        passages, quoted = passages[order], quoted[order]
        steps = np.minimum(np.diff(quoted, prepend=quoted[0]), self.k)
        starts = np.flatnonzero(np.diff(passages, prepend=-1))
        steps[starts] = self.k
        covered = np.add.reduceat(steps, starts)
        best = np.argsort(-covered, kind="stable")[: 2 * limit + 8]
        return passages[starts[best]]

    def _chain(self, passage: int, quoted: Places, places: Places) -> Candidate:
        runs = _runs(quoted, places, self.k)
        chain, shared = _best_chain(runs)
        first, last = chain[0], chain[-1]
        return Candidate(passage, first[0], last[0] + last[2], first[1], last[1] + last[2], shared)


def build_seed_index(passages: Sequence[str], k: int = DEFAULT_K) -> SeedIndex:
    """An index over letter strings, one a passage, in their order. Seeds never run over the end of a passage.

    Raises `ValueError` when `k` is less than 2.

    >>> len(build_seed_index(["peaceisourgoal", ""]))
    2
    """
    if k < 2:
        raise ValueError(f"a seed needs at least 2 letters, not {k}")
    lengths = np.fromiter(map(len, passages), dtype=np.int64, count=len(passages))
    offsets = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    hashes = _hash_runs(_codes("".join(passages)), k)
    inside = np.ones(len(hashes), dtype=bool)
    ends = np.repeat(offsets[1:], lengths)[: len(hashes)]
    inside &= np.arange(len(hashes)) + k <= ends
    places = np.flatnonzero(inside)
    order = np.argsort(hashes[places], kind="stable")
    places = places[order]
    narrow = np.int32 if offsets[-1] < 2**31 else np.int64
    return SeedIndex(k, hashes[places], places.astype(narrow), offsets)


def _codes(letters: str) -> Hashes:
    return np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)


def _hash_runs(codes: Hashes, k: int) -> Hashes:
    """A 64-bit hash of each run of `k` code points: polynomial, then mixed so that all bits count."""
    many = len(codes) - k + 1
    if many <= 0:
        return np.zeros(0, dtype=np.uint64)
    found = np.zeros(many, dtype=np.uint64)
    for at in range(k):
        found *= _BASE
        found += codes[at : at + many]
    found ^= found >> np.uint64(29)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(32)
    return found


def _runs(quoted: Places, places: Places, k: int) -> list[tuple[int, int, int]]:
    """Touching hits on one diagonal as (quoted start, passage start, length), longest first, then by
    place.
    """
    order = np.lexsort((quoted, places - quoted))
    quoted, places = quoted[order], places[order]
    diagonals = places - quoted
    new = np.ones(len(quoted), dtype=bool)
    new[1:] = (np.diff(diagonals) != 0) | (np.diff(quoted) > k)
    starts = np.flatnonzero(new)
    lasts = np.append(starts[1:], len(quoted)) - 1
    lengths = quoted[lasts] + k - quoted[starts]
    best = np.lexsort((quoted[starts], -lengths))[:MOST_RUNS]
    return list(zip(quoted[starts[best]].tolist(), places[starts[best]].tolist(), lengths[best].tolist(), strict=True))


def _best_chain(runs: list[tuple[int, int, int]]) -> tuple[list[tuple[int, int, int]], int]:
    """The chain with most letters, in order, and their number. An overlap with the run before is cut off."""
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
    chain: list[tuple[int, int, int]] = []
    shared = 0
    while at >= 0:
        chain.append(runs[at])
        shared += gains[at]
        at = befores[at]
    return chain[::-1], shared
