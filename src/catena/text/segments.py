"""Segments: stretches of two letter strings that agree along one diagonal, single letters aside.

Vocabulary: a *run* is a row of seeds that lie next to each other on both sides; a *segment* is a run grown to both
sides for as long as letters kept outweigh letters changed (the ungapped extension of BLAST, Altschul and others 1990).
Its *score* is letters kept less letters changed.

A damaged text shares few long runs with its original, but runs of chance do not grow: of the runs of eight letters that
news text shares with a Bible, one in three thousand grows to eighteen.

Everything is here twice: in numpy for small texts, and as compiled kernels (`catena.text.kernels`) for large ones. Both
give the same segments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catena.text.seeds import Bytes, Hashes, Places, SeedIndex

DROP = 5
"""Letters by which the score may fall below its best before growing stops: chance agreement ends after about seven."""
REACH = 64
"""Letters to which a run grows on either side."""
_BLOCK = 8  # letters looked at before asking again which runs still grow


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Segment n: letters `[starts[n], ends[n])` of the document lie on those of the reference from `places[n]` on, with
    the score `scores[n]`.
    """

    starts: Places
    ends: Places
    places: Places
    scores: Places

    def __len__(self) -> int:
        return len(self.starts)


def find_segments(letters: Bytes, hashes: Hashes, numbers: Places, index: SeedIndex, *, commonest: int) -> Segments:
    """The segments that grow from seeds with at most `commonest` places, in no order, some more than once.

    `letters` is the document (`low_bytes`), `hashes` its seeds at the letters `numbers`, in their order.
    """
    quoted, places = index.hits(hashes, numbers, None, commonest)
    starts, ends, places = _runs(quoted, places, index.k)
    if not len(starts):
        return Segments(starts, ends, places, starts)
    right, gained = _grow(letters, index.letters, ends, places + ends - starts, 1)
    left, more = _grow(letters, index.letters, starts - 1, places - 1, -1)
    return Segments(starts - left, ends + right, places - left, ends - starts + gained + more)


def in_order(segments: Segments, least: int) -> Segments:
    """The segments with a score of `least` or more by place, each once."""
    kept = np.flatnonzero(segments.scores >= least)
    kept = kept[np.lexsort((segments.ends[kept], segments.places[kept], segments.starts[kept]))]
    found = [array[kept] for array in (segments.starts, segments.ends, segments.places, segments.scores)]
    if len(kept) > 1:
        fresh = np.ones(len(kept), dtype=bool)
        fresh[1:] = (np.diff(found[0]) != 0) | (np.diff(found[2]) != 0) | (np.diff(found[1]) != 0)
        found = [array[fresh] for array in found]
    return Segments(*found)


def _runs(quoted: Places, places: Places, k: int) -> tuple[Places, Places, Places]:
    """Hits next to each other on one diagonal, joined: their first letter, the end of their last, their place."""
    diagonals = places - quoted
    order = np.lexsort((quoted, diagonals))
    quoted, places, diagonals = quoted[order], places[order], diagonals[order]
    new = np.ones(len(quoted), dtype=bool)
    new[1:] = (np.diff(diagonals) != 0) | (np.diff(quoted) != 1)
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(quoted)) - 1 if len(first) else first
    return quoted[first], quoted[last] + k, places[first]


def _grow(letters: Bytes, reference: Bytes, at: Places, there: Places, step: int) -> tuple[Places, Places]:
    """How many letters each run grows from `at` and `there` on in the direction of `step`, and what it gains."""
    grown, gained = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    alive, score, best = np.arange(len(at)), np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    for block in range(0, REACH, _BLOCK):
        offsets = np.arange(block, block + _BLOCK) * step
        ours, theirs = at[alive, None] + offsets, there[alive, None] + offsets
        inside = (ours >= 0) & (ours < len(letters)) & (theirs >= 0) & (theirs < len(reference))
        same = letters.take(ours, mode="clip") == reference.take(theirs, mode="clip")
        scores = score[:, None] + np.cumsum(np.where(same, 1, -1), axis=1)
        peaks = np.maximum(np.maximum.accumulate(scores, axis=1), best[:, None])
        open_ = np.logical_and.accumulate(inside & (peaks - scores <= DROP), axis=1)
        scores[~open_] = -1
        top = scores.max(axis=1)
        better = np.flatnonzero(top > best)
        grown[alive[better]] = block + scores[better].argmax(axis=1) + 1
        gained[alive[better]] = top[better]
        best = np.maximum(best, top)
        goes_on = np.flatnonzero(open_[:, -1])
        if not len(goes_on):
            break
        alive, score, best = alive[goes_on], scores[goes_on, -1], best[goes_on]
    return grown, gained
