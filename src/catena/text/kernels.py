"""The inner loops of scanning, compiled: `catena.text.segments` says what they do, and does the same without them.

Importing this module imports numba (about half a second), so it is imported only where much text waits. The compiled
code is kept on disk; without it the first use compiles for a few seconds. Every array that a kernel reads is taken as
read-only, so that mapped and built ones share one compiled form.
"""

from __future__ import annotations

import numpy as np
from numba import float32, njit, uint32, uint64

from catena.text.segments import DROP, REACH

RECENT = 16  # segments looked at for one that is found again
_BASE, _SPREAD = 0x9E3779B1, 0x85EBCA6B


@njit(cache=True, nogil=True)
def fold(codes, table, letters, places):  # type: ignore[no-untyped-def]
    """The seed letter of each code point that has one, and its place; their number, or -1 when the table does not
    know one, or gives several letters for it."""
    many = 0
    for at in range(len(codes)):
        value = table[codes[at]]
        if value < 0:
            return -1
        letters[many] = value
        places[many] = at
        many += value != 0
    return many


@njit(cache=True, nogil=True)
def passing(letters, k, mask, bits, shift, hashes, places):  # type: ignore[no-untyped-def]
    """The seeds whose hash the filter holds, and their places; their number."""
    base, spread = uint32(_BASE), uint32(_SPREAD)
    top = uint32(1)
    for _ in range(k - 1):
        top = uint32(top * base)
    found = uint32(0)
    many = 0
    for at in range(len(letters)):
        if at >= k:
            found = uint32(found - uint32(uint32(letters[at - k] * spread) * top))
        found = uint32(uint32(found * base) + uint32(letters[at] * spread))
        mixed = found
        mixed = uint32((mixed ^ (mixed >> uint32(16))) * uint32(0x7FEB352D))
        mixed = uint32((mixed ^ (mixed >> uint32(15))) * uint32(0x846CA68B))
        mixed = uint32(mixed ^ (mixed >> uint32(16)))
        slot = mixed >> shift
        other = (slot & uint32(0xFFFFFE00)) | (mixed & uint32(511))
        held = (bits[slot >> uint32(3)] >> (slot & uint32(7))) & (bits[other >> uint32(3)] >> (other & uint32(7))) & 1
        hashes[many] = mixed
        places[many] = at - k + 1
        many += (at >= k - 1) & (held == 1) & ((mixed & mask) == 0)
    return many


@njit(cache=True, nogil=True)
def first_entries(entries, shift, starts):  # type: ignore[no-untyped-def]
    """Where the entries of each leading number of the hash begin."""
    bucket = 0
    for at in range(len(entries)):
        leading = entries[at] >> shift
        while bucket <= leading:
            starts[bucket] = at
            bucket += 1
    while bucket < len(starts):
        starts[bucket] = len(entries)
        bucket += 1


@njit(cache=True, nogil=True)
def _grow(letters, reference, at, there, step):  # type: ignore[no-untyped-def]
    best, score, grown = 0, 0, 0
    for many in range(REACH):
        if at < 0 or there < 0 or at >= len(letters) or there >= len(reference):
            break
        score += 1 if letters[at] == reference[there] else -1
        if score > best:
            best, grown = score, many + 1
        if best - score > DROP:
            break
        at += step
        there += step
    return grown, best


@njit(cache=True, nogil=True)
def _close(letters, reference, start, end, place, least, found, many):  # type: ignore[no-untyped-def]
    right, gained = _grow(letters, reference, end, place + end - start, 1)
    left, more = _grow(letters, reference, start - 1, place - 1, -1)
    score = end - start + gained + more
    if score >= least:
        # Other seeds of the same segment stand a few segments back at most.
        for earlier in range(max(0, min(many, found.shape[1]) - RECENT), min(many, found.shape[1])):
            if (
                found[0, earlier] == start - left
                and found[2, earlier] == place - left
                and found[1, earlier] == end + right
            ):
                return many
        if many < found.shape[1]:
            found[0, many] = start - left
            found[1, many] = end + right
            found[2, many] = place - left
            found[3, many] = score
        many += 1
    return many


@njit(cache=True, nogil=True)
def segments(letters, hashes, numbers, entries, starts, shift, reference, k, commonest, least, found):  # type: ignore[no-untyped-def]
    """The segments grown from all runs, as columns of `found`; their number, which may be more than it holds."""
    before = np.empty((2, commonest), dtype=np.int64)
    now = np.empty((2, commonest), dtype=np.int64)
    held, last, many = 0, -2, 0
    for number in range(len(hashes)):
        at = numbers[number]
        hash_ = uint64(hashes[number])
        low = starts[(hash_ << uint64(32)) >> shift]
        high = starts[((hash_ << uint64(32)) >> shift) + uint64(1)]
        while low < high and (entries[low] >> uint64(32)) < hash_:
            low += 1
        count = 0
        while low + count < high and (entries[low + count] >> uint64(32)) == hash_ and count <= commonest:
            count += 1
        if count > commonest:
            count = 0
        follows = at == last + 1
        old = 0
        for each in range(count):
            place = np.int64(entries[low + each] & uint64(0xFFFFFFFF))
            now[0, each] = place
            now[1, each] = at
            while old < held and (not follows or before[0, old] + 1 < place):
                start = before[1, old]
                many = _close(letters, reference, start, last + k, before[0, old] - last + start, least, found, many)
                old += 1
            if old < held and before[0, old] + 1 == place:
                now[1, each] = before[1, old]
                old += 1
        while old < held:
            start = before[1, old]
            many = _close(letters, reference, start, last + k, before[0, old] - last + start, least, found, many)
            old += 1
        before, now = now, before
        held, last = count, at
    for old in range(held):
        start = before[1, old]
        many = _close(letters, reference, start, last + k, before[0, old] - last + start, least, found, many)
    return many


@njit(cache=True, nogil=True)
def fill_grid(one, merged, parted, kept, best, move, longer, free_left, extend_, open_):  # type: ignore[no-untyped-def]
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
