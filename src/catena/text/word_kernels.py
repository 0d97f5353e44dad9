"""The alignment of words, compiled: `catena.text.align` says what it does, and does the same without it.

One call takes two rows of words as letters end to end, and gives the moves: likeness of all pairs of words, tables and
the way back through them. The distance of two words is found by the bits of their letters (Myers 1999, in the form of
Hyyrö 2003); words of more than 64 letters are compared row by row.
"""

from __future__ import annotations

import numpy as np
from numba import float32, int64, njit, uint64

LONGEST = 64  # letters of a word that one whole number holds


@njit(cache=True, nogil=True)
def _numbered(ours, theirs):  # type: ignore[no-untyped-def]
    """The letters of both as small numbers, 0 for those of theirs that ours has not; how many numbers there are."""
    known = np.empty(len(ours) + 1, dtype=np.uint32)
    many = 1
    mine, other = np.empty(len(ours), dtype=np.int64), np.zeros(len(theirs), dtype=np.int64)
    for at in range(len(ours)):
        number = 1
        while number < many and known[number] != ours[at]:
            number += 1
        if number == many:
            known[many] = ours[at]
            many += 1
        mine[at] = number
    for at in range(len(theirs)):
        for number in range(1, many):
            if known[number] == theirs[at]:
                other[at] = number
                break
    return mine, other, many


@njit(cache=True, nogil=True)
def _rows(mine, low, high, other, start, end, row):  # type: ignore[no-untyped-def]
    """The letters by which two words of any length differ."""
    for column in range(end - start + 1):
        row[column] = column
    for at in range(low, high):
        corner = row[0]
        row[0] = at - low + 1
        for column in range(1, end - start + 1):
            above = row[column]
            best = corner + (mine[at] != other[start + column - 1])
            row[column] = min(best, min(above, row[column - 1]) + 1)
            corner = above
    return row[end - start]


@njit(cache=True, nogil=True)
def _bits(masks, length, other, start, end):  # type: ignore[no-untyped-def]
    """The letters by which a word of `length` letters, known by the `masks` of their places, differs from another."""
    one = uint64(1)
    up, down = ~uint64(0), uint64(0)
    distance = length
    last = one << uint64(length - 1)
    for at in range(start, end):
        held = masks[other[at]]
        diagonal = (((held & up) + up) ^ up) | held | down
        rise = down | ~(diagonal | up)
        fall = up & diagonal
        distance += (rise & last) != 0
        distance -= (fall & last) != 0
        rise = (rise << one) | one
        up = (fall << one) | ~(diagonal | rise)
        down = rise & diagonal
    return distance


@njit(cache=True, nogil=True)
def _alike(mine, bounds, pairs, other, there, joined, least, masks, row, out):  # type: ignore[no-untyped-def]
    """The share of letters that word n of ours, or with `pairs` 2 words n and n + 1 as one, and word m of theirs, or
    `joined` of them, have in common, as `out[n, m]`; 0 where it is below `least`.
    """
    for n in range(len(bounds) - pairs):
        low, high = bounds[n], bounds[n + pairs]
        length = high - low
        short = 0 < length <= LONGEST
        if short:
            for at in range(low, high):
                masks[mine[at]] |= uint64(1) << uint64(at - low)
        for m in range(len(there) - joined):
            start, end = there[m], there[m + joined]
            longer = max(length, end - start)
            if longer == 0:
                out[n, m] = 1.0
                continue
            most = (1.0 - least) * longer  # as rapidfuzz reckons: of five letters none may differ at 0.8
            if abs(length - (end - start)) > most:
                out[n, m] = 0.0
                continue
            if short:
                distance = _bits(masks, length, other, start, end)
            else:
                distance = _rows(mine, low, high, other, start, end, row)
            out[n, m] = float32(1.0 - distance / longer) if distance <= most else float32(0.0)
        if short:
            for at in range(low, high):
                masks[mine[at]] = 0


@njit(cache=True, nogil=True)
def _fill(one, merged, parted, kept, best, move, longer, free_left, extend_, open_):  # type: ignore[no-untyped-def]
    """The tables of `catena.text.align`, filled row by row in the same numbers."""
    rows, columns = kept.shape
    extend, opened_ = float32(extend_), float32(open_)
    start = float32(open_ + extend_)
    never = float32(-1e6)
    inserted = np.full(columns, never, dtype=np.float32)
    for row in range(rows):
        if row == 0:
            for column in range(columns):
                kept[0, column] = float32(0.0) if free_left or column == 0 else never
        else:
            kept[row, 0], move[row, 0] = never, 0
            for column in range(columns):
                opened = float32(best[row - 1, column] + start)
                further = float32(inserted[column] + extend)
                longer[row, column] = further > opened
                inserted[column] = max(further, opened)
                top, choice = never, 0
                if column > 0:
                    top = float32(best[row - 1, column - 1] + one[row - 1, column - 1])
                if column > 1:
                    score = float32(best[row - 1, column - 2] + merged[row - 1, column - 2])
                    if score > top:
                        top, choice = score, 1
                if column > 0 and row > 1:
                    score = float32(best[row - 2, column - 1] + parted[row - 2, column - 1])
                    if score > top:
                        top, choice = score, 2
                if inserted[column] > top:
                    top, choice = inserted[column], 3
                kept[row, column] = top
                move[row, column] = choice
        running = float32(kept[row, 0])
        best[row, 0] = kept[row, 0]
        for column in range(1, columns):
            left = float32(float32(running + float32(float32(column) * extend)) + opened_)
            best[row, column] = max(kept[row, column], left)
            running = max(running, float32(kept[row, column] - float32(float32(column) * extend)))


@njit(cache=True, nogil=True)
def _trace(one, kept, best, move, longer, free_left, free_right, extend, moves):  # type: ignore[no-untyped-def]
    """The moves from the last to the first: 0 for a word replaced, 1 merge, 2 split, 3 insert, 4 omit, 5 equal; how
    many, and the first word of the reference that is used."""
    row, column = kept.shape[0] - 1, kept.shape[1] - 1
    if free_right:
        last = column
        column = 0
        for each in range(1, last + 1):
            if kept[row, each] > kept[row, column]:
                column = each
    many = 0
    inserting = False
    while row > 0 or column > 0:
        if row == 0 and free_left:
            break
        if not inserting and best[row, column] > kept[row, column]:
            source, top = 0, kept[row, 0] + extend * column
            for each in range(1, column):
                score = kept[row, each] + extend * (column - each)
                if score >= top:
                    source, top = each, score
            while column > source:
                moves[many] = 4
                many += 1
                column -= 1
            continue
        choice = 3 if inserting else int64(move[row, column])
        inserting = choice == 3 and longer[row, column]
        moves[many] = 5 if choice == 0 and one[row - 1, column - 1] == 1 else choice
        many += 1
        row -= 2 if choice == 2 else 1
        column -= 2 if choice == 1 else 0 if choice == 3 else 1
    return many, column


@njit(cache=True, nogil=True)
def align(ours, bounds, theirs, there, free_left, free_right, scores, moves):  # type: ignore[no-untyped-def]
    """The moves that `catena.text.align` finds between two rows of words, letters end to end with their bounds, from
    the last to the first; how many, and the first word of the reference that is used. `scores` are those of equal,
    unrelated and alike words and of fused ones, the likeness that these need, and of opening and going on a gap.
    """
    equal, unrelated, alike, fused, least, open_, extend = scores
    mine, other, letters = _numbered(ours, theirs)
    masks = np.zeros(letters, dtype=np.uint64)
    row = np.empty(len(theirs) + 1, dtype=np.int64)
    many, words = len(bounds) - 1, len(there) - 1
    one, merged = np.empty((many, words), dtype=np.float32), np.empty((many, max(0, words - 1)), dtype=np.float32)
    parted = np.empty((max(0, many - 1), words), dtype=np.float32)
    _alike(mine, bounds, np.int64(1), other, there, np.int64(1), 0.0, masks, row, one)
    _alike(mine, bounds, np.int64(1), other, there, np.int64(2), least, masks, row, merged)
    _alike(mine, bounds, np.int64(2), other, there, np.int64(1), least, masks, row, parted)
    slope, base, weight = float32(alike - unrelated), float32(unrelated), float32(fused)
    for n in range(many):
        for m in range(words):
            one[n, m] = equal if one[n, m] == 1 else float32(base + float32(slope * one[n, m]))
    for table in (merged, parted):
        for n in range(table.shape[0]):
            for m in range(table.shape[1]):
                share = table[n, m]
                score = float32(weight * float32(float32(float32(4) * share) - float32(3)))
                table[n, m] = score if share > 0 else float32(-1e6)
    kept, best = np.empty((many + 1, words + 1), dtype=np.float32), np.empty((many + 1, words + 1), dtype=np.float32)
    move, longer = np.empty((many + 1, words + 1), dtype=np.uint8), np.empty((many + 1, words + 1), dtype=np.bool_)
    _fill(one, merged, parted, kept, best, move, longer, free_left, extend, open_)
    return _trace(one, kept, best, move, longer, free_left, free_right, extend, moves)
