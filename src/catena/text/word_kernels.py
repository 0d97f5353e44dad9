"""The alignment of words, compiled: `catena.text.align` says what it does, and does the same without it.

One call takes two rows of words as letters end to end, and gives the moves: likeness of all pairs of words, tables and
the way back through them. The distance of two words is found by the bits of their letters (Myers 1999, in the form of
Hyyrö 2003), so that no word, and no two words fused, may have more than 64.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import float32, njit, uint64

# What only kernels call has no way in from Python, which saves a quarter of the time that all take to compile.
_OPTIONS = {"cache": True, "nogil": True, "no_cfunc_wrapper": True}
kernel: Any = njit(**_OPTIONS)  # type: ignore[call-overload]
inner: Any = njit(**_OPTIONS, no_cpython_wrapper=True)  # type: ignore[call-overload]


@inner
def _likeness(ours, bounds, theirs, there, scores, tables):  # type: ignore[no-untyped-def]
    """The scores of word n of ours against word m of theirs, `tables[0]`; against m and m + 1 as one, `tables[1]`; and
    of n and n + 1 as one against m, `tables[2]`."""
    equal, unrelated, alike, fused, least = scores[0], scores[1], scores[2], scores[3], scores[4]
    slope, base, weight = float32(alike - unrelated), float32(unrelated), float32(fused)
    one, size = uint64(1), len(ours)
    known, masks = np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    mine, other = np.empty(size, dtype=np.int64), np.empty(len(theirs), dtype=np.int64)
    letters = 0  # letters are numbered as they are met; the last number is for those that ours has not
    for at in range(size + len(theirs)):
        letter, number = np.int64(ours[at] if at < size else theirs[at - size]), 0
        while number < letters and known[number] != letter:
            number += 1
        if at >= size:
            other[at - size] = number if number < letters else size
            continue
        if number == letters:
            known[number] = letter
            letters += 1
        mine[at] = number
    for number in range(size + 1):
        masks[number] = 0
    for kind in range(3):
        many, joined = 2 if kind == 2 else 1, 2 if kind == 1 else 1
        for n in range(len(bounds) - many):
            low, high = bounds[n], bounds[n + many]
            length = high - low
            for at in range(low, high):
                masks[mine[at]] |= np.int64(one << uint64(at - low))
            last = one << uint64(max(0, length - 1))
            for m in range(len(there) - joined):
                start, end = there[m], there[m + joined]
                longer = max(length, end - start)
                # As rapidfuzz reckons: of five letters none may differ where 0.8 is wanted.
                most = (1.0 - least) * longer if kind else float(longer)
                distance = length
                if abs(length - (end - start)) > most:
                    distance = longer
                elif length == 0:
                    distance = end - start
                else:
                    up, down = ~uint64(0), uint64(0)
                    for at in range(start, end):
                        held = uint64(masks[other[at]])
                        diagonal = (((held & up) + up) ^ up) | held | down
                        rise, fall = down | ~(diagonal | up), up & diagonal
                        distance += (rise & last) != 0
                        distance -= (fall & last) != 0
                        rise = (rise << one) | one
                        up = (fall << one) | ~(diagonal | rise)
                        down = rise & diagonal
                share = float32(1.0 - distance / max(1, longer)) if distance <= most else float32(0)
                if kind:
                    score = float32(weight * float32(float32(float32(4) * share) - float32(3)))
                    tables[kind, n, m] = score if share > 0 else float32(-1e6)
                else:
                    tables[kind, n, m] = equal if distance == 0 else float32(base + float32(slope * share))
            for at in range(low, high):
                masks[mine[at]] = 0


@kernel
def align(ours, bounds, theirs, there, free_left, free_right, scores, tables, flags, moves):  # type: ignore[no-untyped-def]
    """The moves that `catena.text.align` finds between two rows of words, letters end to end with their bounds, from
    the last to the first: 0 for a word replaced, 1 merge, 2 split, 3 insert, 4 omit, 5 equal; how many, and the first
    word of the reference that is used. `scores` are those of equal, unrelated and alike words and of fused ones, the
    likeness that these need, and of opening and going on a gap; `tables` and `flags` are room for six tables and two.
    """
    rows, columns = len(bounds), len(there)
    _likeness(ours, bounds, theirs, there, scores, tables)
    kept, best, inserted, move, longer = tables[3], tables[4], tables[5, 0], flags[0], flags[1]
    extend, open_, start = float32(scores[6]), float32(scores[5]), float32(scores[5] + scores[6])
    never = float32(-1e6)
    for row in range(rows):
        for column in range(columns):
            if row == 0:
                kept[0, column] = float32(0.0) if free_left or column == 0 else never
                inserted[column] = never
                continue
            opened, further = float32(best[row - 1, column] + start), float32(inserted[column] + extend)
            longer[row, column] = further > opened
            inserted[column] = max(further, opened)
            top, choice = never, 0
            if column > 0:
                top = float32(best[row - 1, column - 1] + tables[0, row - 1, column - 1])
            if column > 1:
                score = float32(best[row - 1, column - 2] + tables[1, row - 1, column - 2])
                if score > top:
                    top, choice = score, 1
            if column > 0 and row > 1:
                score = float32(best[row - 2, column - 1] + tables[2, row - 2, column - 1])
                if score > top:
                    top, choice = score, 2
            if inserted[column] > top:
                top, choice = inserted[column], 3
            kept[row, column], move[row, column] = top, choice
        running = kept[row, 0]
        best[row, 0] = running
        for column in range(1, columns):
            slope = float32(float32(column) * extend)
            best[row, column] = max(kept[row, column], float32(float32(running + slope) + open_))
            running = max(running, float32(kept[row, column] - slope))
    row, column, many, inserting = rows - 1, columns - 1, 0, False
    if free_right:
        for each in range(columns - 1, -1, -1):
            if kept[row, each] >= kept[row, column]:
                column = each
    while column > 0 if row == 0 else True:
        if row == 0 and free_left:
            break
        if not inserting and best[row, column] > kept[row, column]:
            source, top = 0, kept[row, 0] + scores[6] * column
            for each in range(1, column):
                score = kept[row, each] + scores[6] * (column - each)
                if score >= top:
                    source, top = each, score
            for _ in range(source, column):
                moves[many] = 4
                many += 1
            column = source
            continue
        choice = 3 if inserting else move[row, column]
        inserting = choice == 3 and longer[row, column]
        moves[many] = 5 if choice == 0 and tables[0, row - 1, column - 1] == 1 else choice
        many += 1
        row -= 2 if choice == 2 else 1
        column -= 2 if choice == 1 else 0 if choice == 3 else 1
    return many, column
