"""How far two letter strings go on together from a place on, letters changed, dropped and added included.

Vocabulary: a *side* is one direction from one pair of places. A letter kept gains one; each place of difference costs
one, and each letter of it one more, the longer side counting. The best prefix is found by dynamic programming over a
band of `BAND` letters to either side of the diagonal (Gotoh 1982, with a difference as the only gap); it ends where the
score has fallen `FALL` below its best (the X-drop of Zhang and others 1998).

Many sides at once, in numpy; where much text waits, `catena.text.kernels.look` does the same for whole areas. Both give
the same numbers: score and letters kept are one whole number, so that no tie is left to chance.
"""

from __future__ import annotations

import numpy as np

from catena.text.compiled import kernels
from catena.text.seeds import Bytes, Places

AROUND = 160  # letters that are looked at on a side
BAND = 24  # letters by which one string may be ahead of the other
FALL = 40  # score below the best one at which a side ends
JOINT = 1  # what each place of difference costs, besides one for each of its letters
UNIT = 1 << 8  # one of score; letters kept, at most `AROUND`, count ones
SHAPE = (AROUND, BAND, FALL, JOINT, UNIT)
ROOM = max(AROUND, 2 * BAND + 2)  # numbers that a row of the table takes at most
ROW = 600  # letters scanned that cost as much as one row of all sides in numpy
_NEVER = -(1 << 28)


def reach_out(
    ours: Bytes, theirs: Bytes, at: Places, step: Places, there: Places, other: Places, end: Places
) -> tuple[Places, Places]:
    """For each side the letters of ours that belong to it, and how many of them are kept.

    Side n runs over `ours` from `at[n]` in steps of `step[n]` (1 or -1), and over `theirs` from `there[n]` in steps of
    `other[n]` up to, but not including, `end[n]` in that direction.
    """
    kernels(ROW * min(AROUND, len(ours)) if len(at) else 0)  # work done without them counts
    length, kept, best = (np.zeros(len(at), dtype=np.int64) for _ in range(3))
    mine = np.minimum(AROUND, np.where(step > 0, len(ours) - at, at + 1))
    their = np.minimum(AROUND, np.maximum(0, (end - there) * other))
    shift = np.arange(-BAND, BAND + 1)
    slope = (shift + BAND) * UNIT
    alive = np.arange(len(at))
    same = np.full((len(at), len(shift)), _NEVER, dtype=np.int64)
    same[:, BAND] = 0
    differ = np.where((shift > 0) & (shift <= their[:, None]), -(shift + JOINT) * UNIT, _NEVER)
    for row in range(1, AROUND + 1):
        going = row <= mine[alive]
        alive, same, differ = alive[going], same[going], differ[going]
        if not len(alive):
            break
        column = row + shift
        inside = (column >= 0) & (column <= their[alive, None])
        letter = ours[at[alive] + step[alive] * (row - 1)]
        places = there[alive, None] + other[alive, None] * (column - 1)
        equal = inside & (column > 0) & (theirs.take(places, mode="clip") == letter[:, None])
        before = np.maximum(same, differ)
        opened = np.maximum(same - JOINT * UNIT, differ) - UNIT
        upper = np.full_like(opened, _NEVER)
        upper[:, :-1] = opened[:, 1:]
        fresh = np.where(equal, before + UNIT + 1, _NEVER)
        base = np.maximum(np.where(column > 0, opened, _NEVER), upper)
        base[:, 1:] = np.maximum(base[:, 1:], fresh[:, :-1] - (1 + JOINT) * UNIT)
        differ = np.where(inside, np.maximum.accumulate(base + slope, axis=1) - slope, _NEVER)
        same = fresh
        top = same.max(axis=1)
        better = top > best[alive]
        best[alive[better]] = top[better]
        length[alive[better]] = row
        kept[alive[better]] = top[better] % UNIT
        going = np.maximum(top, differ.max(axis=1)) >= best[alive] - FALL * UNIT
        alive, same, differ = alive[going], same[going], differ[going]
    return length, kept
