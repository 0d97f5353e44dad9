"""The inner loops of scanning, compiled: `catena.text.segments` says what they do, and does the same without them.

Importing this module imports numba (about half a second), so it is imported only where much text waits. The compiled
code is kept on disk; without it the first use compiles for a few seconds. Every array that a kernel reads is taken as
read-only, so that mapped and built ones share one compiled form; a number written out is handed on as `np.int64(1)`,
for numba compiles a function anew for each number that it is given plainly.
"""

from __future__ import annotations

import numpy as np
from numba import int32, uint32, uint64
from numpy.typing import NDArray

from catena.text.segments import DROP, REACH
from catena.text.word_kernels import align as align
from catena.text.word_kernels import inner, kernel

AHEAD = 128
"""Seeds whose places in far memory are asked for together, in loops that wait for no answer: so many are on their way
at once."""
RECENT = 16  # segments looked at for one that is found again
_BASE, _SPREAD = 0x9E3779B1, 0x85EBCA6B


@kernel
def folded(codes, table, letters, places):  # type: ignore[no-untyped-def]
    """What the table makes of each code, where that is not 0, and the places of these; their number, or -1 when it is
    negative for one."""
    many = 0
    for at in range(len(codes)):
        letter = table[codes[at]]
        if letter < 0:
            return -1
        letters[many] = letter
        places[many] = at
        many += letter != 0
    return many


@kernel
def passing(letters, k, mask, bits, shift, hashes, places):  # type: ignore[no-untyped-def]
    """The seeds whose hash the filter holds, and their places; their number. Hashes are made for a block of letters,
    then the filter's lines for all of them are asked for, then they are tested: see `AHEAD`."""
    base, spread = uint32(_BASE), uint32(_SPREAD)
    top = spread
    for _ in range(k - 1):
        top = uint32(top * base)
    made, slots = np.empty(AHEAD, dtype=np.uint32), np.empty(AHEAD, dtype=np.uint32)
    found, seen, many = uint32(0), uint32(0), 0
    for at in range(min(k - 1, len(letters))):
        found = uint32(uint32(found * base) + uint32(letters[at] * spread))
    for first in range(0, len(letters) - k + 1, AHEAD):
        size = min(AHEAD, len(letters) - k + 1 - first)
        for n in range(size):
            found = uint32(uint32(found * base) + uint32(letters[first + n + k - 1] * spread))
            made[n] = found
            found = uint32(found - uint32(letters[first + n] * top))
        for n in range(size):
            mixed = made[n]
            mixed = uint32((mixed ^ (mixed >> uint32(16))) * uint32(0x7FEB352D))
            mixed = uint32((mixed ^ (mixed >> uint32(15))) * uint32(0x846CA68B))
            made[n] = uint32(mixed ^ (mixed >> uint32(16)))
            slots[n] = made[n] >> shift
        for n in range(size):
            seen += bits[slots[n] >> uint32(3)]
        for n in range(size):
            mixed, slot = made[n], slots[n]
            other = (slot & uint32(0xFFFFFE00)) | (mixed & uint32(511))
            held = (bits[slot >> uint32(3)] >> (slot & uint32(7))) & (bits[other >> uint32(3)] >> (other & uint32(7)))
            hashes[many] = mixed
            places[many] = first + n
            many += ((held & 1) == 1) & ((mixed & mask) == 0)
    places[len(places) - 1] = seen  # what is asked for must be used
    return many


def _steps() -> NDArray[np.int32]:
    """What eight letters do to a run that grows: for each fall of the score below its best (rows) and each set of
    letters kept (columns, the first letter in the lowest bit) the gain of the best score, with the letters up to there
    in bits 4 to 7, the new fall in bits 8 to 11, and bit 12 when the run grows no further."""
    found = np.zeros((DROP + 1, 256), dtype=np.int32)
    for fall in range(DROP + 1):
        for kept in range(256):
            score, best, grown, over = -fall, 0, 0, 0
            for letter in range(8):
                score += 1 if kept >> letter & 1 else -1
                if score > best:
                    best, grown = score, letter + 1
                if best - score > DROP:
                    over = 1
                    break
            found[fall, kept] = best | grown << 4 | min(best - score, DROP) << 8 | over << 12
    return found


_STEPS = _steps()


@inner
def _grow(letters, reference, at, there, step):  # type: ignore[no-untyped-def]
    best, grown, fall = np.int64(0), np.int64(0), np.int64(0)
    for block in range(0, REACH, 8):
        end, other = at + 7 * step, there + 7 * step
        kept = 0
        if min(at, there, end, other) >= 0 and max(at, end) < len(letters) and max(there, other) < len(reference):
            for n in range(8):
                kept |= (letters[at + n * step] == reference[there + n * step]) << n
        else:  # a text ends here: what lies beyond is not kept
            for n in range(8):
                mine, theirs = at + n * step, there + n * step
                if 0 <= mine < len(letters) and 0 <= theirs < len(reference):
                    kept |= (letters[mine] == reference[theirs]) << n
        told = _STEPS[fall, kept]
        if told & 15:
            best += told & 15
            grown = block + ((told >> 4) & 15)
        if told >> 12:
            break
        fall = (told >> 8) & 15
        at += 8 * step
        there += 8 * step
    return grown, best


@inner
def _close(letters, reference, start, end, place, least, found, many):  # type: ignore[no-untyped-def]
    right, gained = _grow(letters, reference, end, place + end - start, np.int64(1))
    left, more = _grow(letters, reference, start - 1, place - 1, np.int64(-1))
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


@kernel
def segments(letters, hashes, numbers, entries, starts, shift, reference, k, commonest, least, found):  # type: ignore[no-untyped-def]
    """The segments grown from all runs, as columns of `found`; their number, which may be more than it holds."""
    before, now = np.empty(2 * commonest, dtype=np.int64), np.empty(2 * commonest, dtype=np.int64)
    lows, counts = np.empty(AHEAD, dtype=np.int64), np.zeros(AHEAD, dtype=np.int64)
    held, last, many, seen = 0, np.int64(-2), np.int64(0), uint64(0)
    beyond = np.int64(1 << 62)
    for number in range(len(hashes) + 1):  # once more at the end, when no run goes on
        batch = number % AHEAD
        if batch == 0:
            seen += _look_up(hashes, number, entries, starts, shift, reference, commonest, lows, counts)
        at, low, count = last, lows[batch], 0
        if number < len(hashes):
            at, count = numbers[number], counts[batch]
        follows = at == last + 1
        old = 0
        for each in range(count + 1):
            place = np.int64(entries[uint64(low + each)] & uint64(0xFFFFFFFF)) if each < count else beyond
            while old < held and (not follows or before[old] + 1 < place):
                first = before[commonest + old]
                many = _close(letters, reference, first, last + k, before[old] - last + first, least, found, many)
                old += 1
            if each < count:
                now[each], now[commonest + each] = place, at
                if old < held and before[old] + 1 == place:
                    now[commonest + each] = before[commonest + old]
                    old += 1
        before, now = now, before
        held, last = count, at
    before[0] = np.int64(seen)  # what is asked for must be used
    return many


@inner
def _look_up(hashes, first, entries, starts, shift, reference, commonest, lows, counts):  # type: ignore[no-untyped-def]
    """For each of `AHEAD` hashes from `first` on the first of its entries and their number, none when there are more
    than `commonest`; the letters at their places are asked for."""
    many, seen = min(AHEAD, len(hashes) - first), uint64(0)
    for n in range(many):
        lows[n] = starts[(uint64(hashes[first + n]) << uint64(32)) >> shift]
    for n in range(many):
        seen += entries[uint64(min(lows[n], len(entries) - 1))]
    for n in range(many):
        hash_, low = uint64(hashes[first + n]), uint64(lows[n])
        high = uint64(starts[((hash_ << uint64(32)) >> shift) + uint64(1)])
        while low < high and (entries[low] >> uint64(32)) < hash_:
            low += uint64(1)
        count = 0
        while low + uint64(count) < high and (entries[low + uint64(count)] >> uint64(32)) == hash_:
            count += 1
            if count > commonest:
                count = 0
                break
        lows[n], counts[n] = low, count
    for n in range(many):
        for each in range(counts[n]):
            seen += reference[entries[uint64(lows[n] + each)] & uint64(0xFFFFFFFF)]
    return seen


@inner
def _side(ours, theirs, at, step, there, other, end, shape, same, differ, base, letters):  # type: ignore[no-untyped-def]
    """`catena.text.outward.reach_out` of one side. Each row of the table is filled in loops over neighbouring places
    that do not wait for each other, so that the processor takes eight at once; only the last, which carries letters
    added along the row, goes from place to place. Places that are never negative spare it a question each.
    """
    around, band, fall, joint, unit = shape
    never, next_ = int32(-(1 << 28)), uint64(1)
    opening, one, gain = int32(joint * unit), int32(unit), int32(unit + 1)
    mine, their = min(around, len(ours) - at if step > 0 else at + 1), min(around, max(0, (end - there) * other))
    for column in range(their):
        letters[column] = theirs[there + other * column]
    for place in range(2 * band + 2):
        shift = place - band
        same[place] = 0 if shift == 0 else never
        differ[place] = -(shift + joint) * unit if 0 < shift <= min(band, their) else never
    length, best = 0, int32(0)
    for row in range(1, mine + 1):
        letter = int32(ours[at + step * (row - 1)])
        low, high = uint64(max(0, band - row)), uint64(max(0, min(2 * band + 1, their + band - row + 1)))
        if high <= low:
            break
        for place in range(low, high):
            across = max(same[place] - opening, differ[place])
            above = max(same[place + next_] - opening, differ[place + next_])
            base[place] = max(across, above) - one
        first = low
        if row <= band:  # the column before the first letter has no letter
            same[low] = never
            first = low + next_
        behind = uint64(row - band - 1)  # added to a place it is the place of the letter, above or below nothing
        for place in range(first, high):
            kept = max(same[place], differ[place]) + gain
            same[place] = kept if letters[place + behind] == letter else never
        for place in range(low + next_, high):
            base[place] = max(base[place], same[place - next_] - opening - one)
        left, top, lowest = never, never, never
        for place in range(low, high):
            left = max(base[place], left - one)
            differ[place] = left
        for place in range(low, high):
            top = max(top, same[place])
            lowest = max(lowest, differ[place])
        for place in range(high, uint64(2 * band + 1)):
            same[place], differ[place] = never, never
        if top > best:
            best, length = top, row
        if max(top, lowest) < best - fall * unit:
            break
    return length, best % unit


@inner
def _order(keys):  # type: ignore[no-untyped-def]
    """The numbers of `keys` from the smallest on, equal ones in their order: merging runs of doubling length. Numba's
    own sorting takes seconds to compile."""
    many = len(keys)
    order, other = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)
    for at in range(many):
        order[at] = at
    width = 1
    while width < many:
        for low in range(0, many, 2 * width):
            middle, high = min(low + width, many), min(low + 2 * width, many)
            left, right = low, middle
            for at in range(low, high):
                if left < middle and (right >= high or keys[order[left]] <= keys[order[right]]):
                    other[at] = order[left]
                    left += 1
                else:
                    other[at] = order[right]
                    right += 1
        order, other = other, order
        width *= 2
    return order


@inner
def _place(offsets, letter):  # type: ignore[no-untyped-def]
    """The passage that a letter is in."""
    low, high = 0, len(offsets)
    while low < high:
        middle = (low + high) // 2
        if offsets[middle] <= letter:
            low = middle + 1
        else:
            high = middle
    return low - 1


@inner
def _in_order(found, many, piece):  # type: ignore[no-untyped-def]
    """The numbers of segments with enough score, by start, place and end, each segment once."""
    chosen = np.empty(many, dtype=np.int64)
    kept = 0
    for n in range(many):
        chosen[kept] = n
        kept += found[3, n] >= piece
    chosen = chosen[:kept]
    keys = np.empty(kept, dtype=np.int64)
    for n in range(kept):
        keys[n] = (found[0, chosen[n]] << 32) | found[2, chosen[n]]
    order = _order(keys)
    for n in range(kept):
        order[n] = chosen[order[n]]
    for n in range(1, kept):  # same start and place: few, by their ends
        at = n
        while (
            at > 0
            and found[0, order[at - 1]] == found[0, order[at]]
            and found[2, order[at - 1]] == found[2, order[at]]
            and found[1, order[at - 1]] > found[1, order[at]]
        ):
            order[at - 1], order[at] = order[at], order[at - 1]
            at -= 1
    unique = 0
    for n in range(kept):
        one, last = order[n], order[max(0, unique - 1)]
        same = unique > 0
        for row in range(3):
            same = same and found[row, last] == found[row, one]
        if same:
            continue
        order[unique] = one
        unique += 1
    return order[:unique]


@kernel
def areas(found, many, single, piece, together, band, near, few, out):  # type: ignore[no-untyped-def]
    """The areas of `catena.verification.scan` that the first `many` of the segments `found` make, in no order and most
    of them twice, as columns start, end, low, high, score of `out`; their number, at most twice that of segments."""
    rows = _in_order(found, many, piece)
    length = len(rows)
    held, most = np.int64(0), np.int64(0)
    for n in range(length):
        most = max(most, found[3, rows[n]])
    if most < single and length < 2:
        return 0
    keys, firsts = np.empty(length, dtype=np.int64), np.empty(length + 1, dtype=np.int64)
    for shift in (0, band // 2):
        lowest = np.int64(1 << 62)
        for n in range(length):
            keys[n] = (found[2, rows[n]] - found[0, rows[n]] + shift) // band
            lowest = min(lowest, keys[n])
        for n in range(length):
            keys[n] = ((keys[n] - lowest) << 32) | found[0, rows[n]]
        order = _order(keys)
        chains, phrases = _chains(found, rows, keys, order, near, firsts)
        for chain in range(chains):
            total, most = _join(found, rows, order, firsts[chain], firsts[chain + 1], out[:, held])
            if total >= together or (most >= single and phrases[chain] <= few):
                out[4, held] = max(total, most)
                held += 1
    return held


@inner
def _chains(found, rows, keys, order, near, firsts):  # type: ignore[no-untyped-def]
    """Where the chains of segments in one band begin (`firsts`), how many there are, and for each how many begin with
    the same letters."""
    length = len(rows)
    counted = np.empty(length, dtype=np.int64)
    chains = 0
    for n in range(length):
        one, before = rows[order[n]], rows[order[max(0, n - 1)]]
        if n == 0 or (keys[order[n]] >> 32) != (keys[order[n - 1]] >> 32) or found[0, one] - found[1, before] > near:
            firsts[chains] = n
            counted[chains] = (found[0, one] << 32) | found[1, one]
            chains += 1
    firsts[chains] = length
    alike = _order(counted[:chains])
    phrases = np.empty(chains, dtype=np.int64)
    first = 0
    for n in range(1, chains + 1):
        if n == chains or counted[alike[n]] != counted[alike[first]]:
            for same in range(first, n):
                phrases[alike[same]] = n - first
            first = n
    return chains, phrases


@inner
def _join(found, rows, order, first, last, area):  # type: ignore[no-untyped-def]
    """The score of one chain and of its best segment; `area` takes its start, end, low and high."""
    total, most = np.int64(0), np.int64(0)
    area[0], area[1], area[2], area[3] = 1 << 62, 0, 1 << 62, 0
    for n in range(first, last):
        one = rows[order[n]]
        span = found[1, one] - found[0, one]
        fresh = span
        if n > first:
            fresh = max(0, found[1, one] - max(found[0, one], found[1, rows[order[n - 1]]]))
        total += found[3, one] * fresh // span
        most = max(most, found[3, one])
        area[0], area[1] = min(area[0], found[0, one]), max(area[1], found[1, one])
        area[2], area[3] = min(area[2], found[2, one]), max(area[3], found[2, one] + span)
    return total, most


@kernel
def within(out, many, offsets, edge, backwards):  # type: ignore[no-untyped-def]
    """Areas without the few letters of a neighbouring passage that agree by chance."""
    for n in range(many):
        start, end, low, high = out[0, n], out[1, n], out[2, n], out[3, n]
        first = _place(offsets, low)
        last = _place(offsets, high - 1)
        if first == last:
            continue
        before, after = offsets[first + 1] - low, high - offsets[last]
        before, after = before if before < edge else 0, after if after < edge else 0
        if before + after >= min(high - low, end - start):  # nothing would be left on one side
            continue
        ahead, behind = (before, after) if backwards else (after, before)
        out[0, n], out[1, n], out[2, n], out[3, n] = start + behind, end - ahead, low + before, high - after


@kernel
def look(letters, reference, offsets, edge, out, many, backwards, least, shape, rows):  # type: ignore[no-untyped-def]
    """The areas among the first `many` of `out` that keep `least` letters or more with what goes on around them,
    without the few of a neighbouring passage at their ends: rows 5 to 7 are the letters kept, and those of the document
    before and after the area; their number."""
    within(out, many, offsets, edge, backwards)
    same, differ, base, beside = rows
    fixed, ahead, behind = 0, np.int64(1), np.int64(-1)
    for n in range(many):
        start, end, low, high = out[0, n], out[1, n], out[2, n], out[3, n]
        kept, before, after = out[4, n], np.int64(0), np.int64(0)
        for other in (ahead, behind):
            at, step = (start - 1, behind) if (other < 0) != backwards else (end, ahead)
            there, last = (high, len(reference)) if other > 0 else (low - 1, behind)
            length, more = _side(letters, reference, at, step, there, other, last, shape, same, differ, base, beside)
            kept += more
            before, after = (length, after) if step < 0 else (before, length)
        if kept >= least:
            for row in range(5):
                out[row, fixed] = out[row, n]
            out[5, fixed], out[6, fixed], out[7, fixed] = kept, before, after
            fixed += 1
    return fixed
