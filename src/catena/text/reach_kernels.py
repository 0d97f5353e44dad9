"""How far a passage goes on around shared letters, compiled: `catena.verification.extent` says what it does.

The letters of both sides are aligned as rapidfuzz aligns them (Hyyrö 2003: differences down each column as the bits of
whole numbers, kept for the way back), with its choice among equal ways, so that both give the same ends. Numba compiles
what it is given once for each place where it is called, so that one loop does what three calls would.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

EQUAL, REPLACE, DELETE, INSERT = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def _steps(mine, high, other, end, steps):  # type: ignore[no-untyped-def]
    """What leads from the first `high` letters of `mine` to the first `end` of `other`, letter by letter, from the last
    to the first; how many steps, and how many of them change a letter."""
    low, many, one = 0, 0, uint64(1)
    while low < high and low < end and mine[low] == other[low]:
        low += 1
    while high > low and end > low and mine[high - 1] == other[end - 1]:
        high -= 1
        end -= 1
        steps[many] = EQUAL
        many += 1
    row, column = end - low, high - low
    words = (column + 63) >> 6
    known, held = np.empty(column + 1, dtype=np.int64), np.empty((column + 1) * words, dtype=np.int64)
    letters = 0  # numbered as they are met; the last row of `held`, which stays empty, is for those that mine has not
    for at in range(column):
        letter, number = mine[low + at], 0
        while number < letters and known[number] != letter:
            number += 1
        if number == letters:
            known[number] = letter
            letters += 1
            for word in range(words):
                held[number * words + word] = 0
        held[number * words + (at >> 6)] |= np.int64(one << uint64(at & 63))
    for word in range(words):
        held[column * words + word] = 0
    rises, falls = np.empty((row + 1) * words, dtype=np.int64), np.empty((row + 1) * words, dtype=np.int64)
    for word in range(words):
        rises[word], falls[word] = -1, 0
    for at in range(row):
        letter, number = other[low + at], 0
        while number < letters and known[number] != letter:
            number += 1
        if number == letters:
            number = column
        carry_up, carry_down = one, uint64(0)
        for word in range(words):
            place = at * words + word
            up, down = uint64(rises[place]), uint64(falls[place])
            wide = uint64(held[number * words + word]) | carry_down
            diagonal = (((wide & up) + up) ^ up) | wide | down
            rise, fall = down | ~(diagonal | up), up & diagonal
            next_up, next_down = rise >> uint64(63), fall >> uint64(63)
            rise = (rise << one) | carry_up
            rises[place + words] = np.int64(((fall << one) | carry_down) | ~(diagonal | rise))
            falls[place + words] = np.int64(rise & diagonal)
            carry_up, carry_down = next_up, next_down
    changes = 0
    while row > 0 or column > 0:
        kind = INSERT if column == 0 else DELETE
        if row > 0 and column > 0:
            place, bit = row * words + ((column - 1) >> 6), uint64((column - 1) & 63)
            if not (uint64(rises[place]) >> bit) & one:
                kind = EQUAL if mine[low + column - 1] == other[low + row - 1] else REPLACE
                if row > 1 and (uint64(falls[place - words]) >> bit) & one:
                    kind = INSERT
        row -= kind != DELETE
        column -= kind != INSERT
        changes += kind != EQUAL
        steps[many] = kind
        many += 1
    for at in range(low):
        steps[many + at] = EQUAL
    return many + low, changes


@njit(cache=True, nogil=True)
def _copied(codes, ends, start, end, back, out):  # type: ignore[no-untyped-def]
    """The letters of characters `start` to `end`, `back` from the last character to the first; how many."""
    many = 0
    for char in range(end - start):
        each = end - 1 - char if back else start + char
        for at in range(ends[each], ends[each + 1]):
            out[many] = codes[at]
            many += 1
    return many


@njit(cache=True, nogil=True)
def _place(ends, at, letters, step):  # type: ignore[no-untyped-def]
    """The place after the next `letters` from `at` on, or before the last, as `step` is 1 or -1."""
    low, high = 0, len(ends)
    wanted = ends[at] + letters if step > 0 else ends[at] - letters + 1
    while low < high:
        middle = (low + high) // 2
        if ends[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return at if letters == 0 else low if step > 0 else low - 1


@njit(cache=True, nogil=True)
def extent(ours, ends, theirs, bounds, breaks, places, backwards, costs, found):  # type: ignore[no-untyped-def]
    """The stretch of a window that is like the reference, grown from an anchor in it and the letters held there.

    All places are of characters: `places` are the window's, the anchor's and those held in the reference; `ends` and
    `bounds` count the letters `ours` and `theirs` before each, `breaks` are the line breaks of the reference. `found`
    takes start, end, letters and letters kept of the stretch, and the part of the reference told.
    """
    window, limit, first, last, low, high = places
    slack, joint, miss, edge = costs
    size = ends[limit] - ends[window] + bounds[len(bounds) - 1] + 1
    mine, other, steps = (
        np.empty(size, dtype=np.int64),
        np.empty(size, dtype=np.int64),
        np.empty(2 * size, dtype=np.int64),
    )
    reached, told = np.empty(3, dtype=np.int64), np.empty(3, dtype=np.int64)
    letters = kept = 0
    for part in range(3):  # what stands between, then on the right and on the left of the reference's letters
        ahead = (part == 1 and not backwards) or (part == 2 and backwards)
        start, end = (first, last) if part == 0 else (last, limit) if ahead else (window, first)
        many = _copied(ours, ends, start, end, part > 0 and not ahead, mine)
        if part == 0 and backwards:
            for at in range(many // 2):
                mine[at], mine[many - 1 - at] = mine[many - 1 - at], mine[at]
        start, end = (low, high) if part == 0 else (high, len(bounds) - 1) if part == 1 else (0, low)
        there = _copied(theirs, bounds, start, end, part == 2, other)
        length = max(many, there) if part == 0 else min(many, there) * 5 // 4 + slack
        many, there = min(many, length), min(there, length)
        cut = False
        while True:
            at, changes = _steps(mine, many, other, there, steps)
            if part == 0:
                letters, kept = many, max(many, there) - changes
                break
            best, score, here, over, same = 0.0, 0.0, 0, 0, 0
            gained = 0
            reached[part], told[part] = 0, 0
            while at > 0:
                kind, run = steps[at - 1], 0
                while at > 0 and steps[at - 1] == kind:
                    at -= 1
                    run += 1
                here += run if kind != INSERT else 0
                over += run if kind != DELETE else 0
                if kind == EQUAL:
                    same += run
                    score += run
                    if score > best:
                        best, reached[part], told[part], gained = score, here, over, same
                else:
                    score -= joint + miss * run
            # Not over the end of a passage for a few letters that agree by chance.
            bound = -1
            for number in range(len(breaks)):
                place = breaks[number] if part == 1 else breaks[len(breaks) - 1 - number]
                beyond = bounds[place] - bounds[high] if part == 1 else bounds[low] - bounds[place + 1]
                stands = place >= high if part == 1 else place < low
                if stands and bound < 0 and beyond < told[part] < beyond + edge:
                    bound = beyond
            if cut or bound < 0:
                letters += reached[part]
                kept += gained
                break
            # Cut at the passage's end, and once only.
            many, there, cut = reached[part], bound, True
            length = min(many, there) * 5 // 4 + slack
            many, there = min(many, length), min(there, length)
    left, right = (reached[1], reached[2]) if backwards else (reached[2], reached[1])
    found[0], found[1] = _place(ends, first, left, -1), _place(ends, last, right, 1)
    found[2], found[3] = letters, kept
    found[4], found[5] = _place(bounds, low, told[2], -1), _place(bounds, high, told[1], 1)
