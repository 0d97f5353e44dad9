"""How far a passage goes on around shared letters, compiled: `catena.verification.extent` says what it does.

The letters of both sides are aligned as rapidfuzz aligns them (Hyyrö 2003: differences down each column as the bits of
whole numbers, kept for the way back), with its choice among equal ways, so that both give the same ends.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

WORD = 64  # letters that one whole number holds
EQUAL, REPLACE, DELETE, INSERT = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def _columns(mine, other, letters):  # type: ignore[no-untyped-def]
    """For each letter of `other` where the distances of the prefixes of `mine` rise and fall, as bits; both hold
    numbers below `letters`."""
    one = uint64(1)
    many = (len(mine) + WORD - 1) // WORD
    masks = np.zeros((letters, many), dtype=np.uint64)
    for at in range(len(mine)):
        masks[mine[at], at // WORD] |= one << uint64(at % WORD)
    rises, falls = np.empty((len(other), many), dtype=np.uint64), np.empty((len(other), many), dtype=np.uint64)
    for row in range(len(other)):
        carry_up, carry_down = one, uint64(0)
        for word in range(many):
            up = ~uint64(0) if row == 0 else rises[row - 1, word]
            down = uint64(0) if row == 0 else falls[row - 1, word]
            held = masks[other[row], word]
            wide = held | carry_down
            diagonal = (((wide & up) + up) ^ up) | wide | down
            rise = down | ~(diagonal | up)
            fall = up & diagonal
            next_up, next_down = rise >> uint64(WORD - 1), fall >> uint64(WORD - 1)
            rise = (rise << one) | carry_up
            rises[row, word] = ((fall << one) | carry_down) | ~(diagonal | rise)
            falls[row, word] = rise & diagonal
            carry_up, carry_down = next_up, next_down
    return rises, falls


@njit(cache=True, nogil=True)
def _steps(mine, other, letters, steps):  # type: ignore[no-untyped-def]
    """What leads from `mine` to `other`, letter by letter, from the last to the first; how many steps."""
    low, high, end = 0, len(mine), len(other)
    while low < high and low < end and mine[low] == other[low]:
        low += 1
    while high > low and end > low and mine[high - 1] == other[end - 1]:
        high -= 1
        end -= 1
    many = 0
    for _ in range(len(mine) - high):
        steps[many] = EQUAL
        many += 1
    row, column = end - low, high - low
    if row > 0 and column > 0:
        rises, falls = _columns(mine[low:high], other[low:end], letters)
        while row > 0 and column > 0:
            word, bit = (column - 1) // WORD, uint64((column - 1) % WORD)
            if (rises[row - 1, word] >> bit) & uint64(1):
                column -= 1
                steps[many] = DELETE
            else:
                row -= 1
                if row > 0 and (falls[row - 1, word] >> bit) & uint64(1):
                    steps[many] = INSERT
                else:
                    column -= 1
                    steps[many] = EQUAL if mine[low + column] == other[low + row] else REPLACE
            many += 1
    for _ in range(column):
        steps[many] = DELETE
        many += 1
    for _ in range(row):
        steps[many] = INSERT
        many += 1
    for _ in range(low):
        steps[many] = EQUAL
        many += 1
    return many


@njit(cache=True, nogil=True)
def _reach(mine, other, letters, slack, joint, miss):  # type: ignore[no-untyped-def]
    """`catena.verification.extent.reach` of two rows of numbered letters."""
    length = min(len(mine), len(other)) * 5 // 4 + slack
    mine, other = mine[:length], other[:length]
    steps = np.empty(len(mine) + len(other), dtype=np.uint8)
    at = _steps(mine, other, letters, steps)
    best, score = 0.0, 0.0
    ours, theirs, kept = 0, 0, 0
    found, told, held = 0, 0, 0
    while at > 0:
        kind, run = steps[at - 1], 0
        while at > 0 and steps[at - 1] == kind:
            at -= 1
            run += 1
        ours += run if kind != INSERT else 0
        theirs += run if kind != DELETE else 0
        if kind != EQUAL:
            score -= joint + miss * run
            continue
        kept += run
        score += run
        if score > best:
            best, found, told, held = score, ours, theirs, kept
    return found, told, held


@njit(cache=True, nogil=True)
def _numbers(codes, known, many, out):  # type: ignore[no-untyped-def]
    """The letters as small numbers, by the list of those `known`, to which new ones are added; how many it holds."""
    for at in range(len(codes)):
        number = 0
        while number < many and known[number] != codes[at]:
            number += 1
        if number == many:
            known[many] = codes[at]
            many += 1
        out[at] = number
    return many


@njit(cache=True, nogil=True)
def _numbered(mine, other):  # type: ignore[no-untyped-def]
    """The letters of both as small numbers, and how many numbers there are."""
    known = np.empty(len(mine) + len(other), dtype=np.uint32)
    ours, theirs = np.empty(len(mine), dtype=np.int64), np.empty(len(other), dtype=np.int64)
    letters = _numbers(mine, known, np.int64(0), ours)
    return ours, theirs, _numbers(other, known, letters, theirs)


@njit(cache=True, nogil=True)
def _ahead(codes, ends, start, end):  # type: ignore[no-untyped-def]
    """The letters of characters `start` to `end`."""
    return codes[ends[start] : ends[end]].copy()


@njit(cache=True, nogil=True)
def _behind(codes, ends, start, end):  # type: ignore[no-untyped-def]
    """The same from the last character to the first; the letters of one character keep their order."""
    found = np.empty(ends[end] - ends[start], dtype=codes.dtype)
    many = 0
    for char in range(end - 1, start - 1, -1):
        for at in range(ends[char], ends[char + 1]):
            found[many] = codes[at]
            many += 1
    return found


@njit(cache=True, nogil=True)
def _in_common(mine, other):  # type: ignore[no-untyped-def]
    """The letters of the longer side less those by which the two differ."""
    if len(mine) == len(other):
        same = True
        for at in range(len(mine)):
            same = same and mine[at] == other[at]
        if same:
            return len(mine)
    ours, theirs, letters = _numbered(mine, other)
    steps = np.empty(len(mine) + len(other), dtype=np.uint8)
    many = _steps(ours, theirs, letters, steps)
    differ = 0
    for at in range(many):
        differ += steps[at] != EQUAL
    return max(len(mine), len(other)) - differ


@njit(cache=True, nogil=True)
def _side(mine, other, bounds, costs):  # type: ignore[no-untyped-def]
    """`_reach` of letters, but not over one of `bounds`, ends of passages in letters of `other`, for a few."""
    slack, joint, miss, edge = costs
    length = min(len(mine), len(other)) * 5 // 4 + slack
    ours, theirs, letters = _numbered(mine[:length], other[:length])
    found = _reach(ours, theirs, letters, slack, joint, miss)
    for bound in bounds:
        if bound < found[1] < bound + edge:
            return _reach(ours[: found[0]], theirs[:bound], letters, slack, joint, miss)
    return found


@njit(cache=True, nogil=True)
def _first(ends, letters):  # type: ignore[no-untyped-def]
    """The first place before which so many letters stand."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] < letters:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _after(ends, start, letters):  # type: ignore[no-untyped-def]
    return _first(ends, ends[start] + letters) if letters else start


@njit(cache=True, nogil=True)
def _before(ends, end, letters):  # type: ignore[no-untyped-def]
    return _first(ends, ends[end] - letters + 1) - 1 if letters else end


@njit(cache=True, nogil=True)
def extent(ours, ends, window, anchor, theirs, bounds, held, breaks, backwards, costs):  # type: ignore[no-untyped-def]
    """The stretch of `window` that is like the reference, grown from `anchor` in it and `held` in the reference.

    All are places of characters; `ends` and `bounds` count the letters `ours` and `theirs` before each, `breaks` are
    the line breaks of the reference. Its start, end, letters and letters kept, and the part of the reference told.
    """
    low, high = held
    ahead, behind = _ahead(ours, ends, anchor[1], window[1]), _behind(ours, ends, window[0], anchor[0])
    middle = _ahead(ours, ends, anchor[0], anchor[1])
    if backwards:
        ahead, behind, middle = behind, ahead, middle[::-1].copy()
    after, before = np.empty(len(breaks), dtype=np.int64), np.empty(len(breaks), dtype=np.int64)
    later, earlier = 0, 0
    for number in range(len(breaks)):
        place, other = breaks[number], breaks[len(breaks) - 1 - number]
        if place >= high:
            after[later] = bounds[place] - bounds[high]
            later += 1
        if other < low:
            before[earlier] = bounds[low] - bounds[other + 1]
            earlier += 1
    right, told, kept = _side(ahead, _ahead(theirs, bounds, high, len(bounds) - 1), after[:later], costs)
    left, told_before, more = _side(behind, _behind(theirs, bounds, 0, low), before[:earlier], costs)
    kept += more + _in_common(middle, _ahead(theirs, bounds, low, high))
    letters = len(middle) + left + right
    if backwards:
        left, right = right, left
    start, end = _before(ends, anchor[0], left), _after(ends, anchor[1], right)
    return start, end, letters, kept, _before(bounds, low, told_before), _after(bounds, high, told)
