"""Growth: a stretch goes on at both ends while the letters stay alike, over misprints and small changes.

Banded extension with a drop (the X-drop of Zhang, Berman and Miller 1998), all stretches in step: row r of every
table is filled at once. Equal letters score 1, a different letter -2, a missing or added one -1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from catena.transmission.chain import Chains
from catena.transmission.seeds import Codes, Seeds

BAND = 20  # letters the two sides may drift apart
DROP = 20  # letters of score that may be lost before a stretch ends
FURTHEST = 2000  # letters grown at each end
BATCH = 2048  # stretches in step: their tables fit the processor's cache
PAD = 64  # blank letters between documents: more than DROP, so that no stretch reaches the next one
DIFFERENT = -2
GAP = -1  # so that six equal letters after a dropped word of three still belong to the passage
NEVER = -20000

Ints = NDArray[np.int64]


def grow(chains: Chains, seeds: Sequence[Seeds]) -> dict[str, Ints]:
    """New `start`, `end`, `other_start` and `other_end` of each chain."""
    needed = np.unique(np.concatenate([chains.first, chains.second]))
    letters, offsets = _lay_out([seeds[number] for number in needed.tolist()])
    here = offsets[np.searchsorted(needed, chains.first)]
    there = offsets[np.searchsorted(needed, chains.second)]
    after, other_after = _extend(letters, chains.end + here, chains.other_end + there)
    mirror = letters[::-1]
    last = len(letters)
    before, other_before = _extend(mirror, last - (chains.start + here), last - (chains.other_start + there))
    return {
        "start": chains.start - before,
        "end": chains.end + after,
        "other_start": chains.other_start - other_before,
        "other_end": chains.other_end + other_after,
    }


def _lay_out(seeds: Sequence[Seeds]) -> tuple[Codes, Ints]:
    """The letters of all documents end to end with blanks between, and where each document starts."""
    sizes = np.array([len(one) for one in seeds], dtype=np.int64)
    offsets = PAD + np.cumsum(sizes + PAD) - (sizes + PAD)
    letters = np.zeros(int(sizes.sum()) + PAD * (len(seeds) + 1), dtype=np.uint16)
    for one, offset, size in zip(seeds, offsets.tolist(), sizes.tolist(), strict=True):
        letters[offset : offset + size] = one.codes()
    return letters, offsets


def _extend(letters: Codes, here: Ints, there: Ints) -> tuple[Ints, Ints]:
    """How many letters from `here` and `there` on are alike enough, on each side."""
    grown = np.zeros((2, len(here)), dtype=np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(letters, (BAND + 1, BAND + 1)), 2 * BAND + 1)
    for low in range(0, len(here), BATCH):
        part = slice(low, low + BATCH)
        grown[:, part] = _extend_batch(letters, windows, here[part], there[part])
    return grown[0], grown[1]


def _extend_batch(letters: Codes, windows: NDArray[np.uint16], here: Ints, there: Ints) -> Ints:
    many, width = len(here), 2 * BAND + 1
    grown = np.zeros((2, many), dtype=np.int64)
    slope = np.arange(width, dtype=np.int16) * np.int16(-GAP)
    rows = np.tile(np.where(np.arange(width) >= BAND, BAND * -GAP - slope, NEVER).astype(np.int16), (many, 1))
    best = np.zeros(many, dtype=np.int16)
    active = np.arange(many)
    limit = len(letters)
    for row in range(1, FURTHEST + 1):
        inside = (here[active] + row <= limit) & (there[active] + row <= limit)
        if not inside.all():
            active, rows, best = active[inside], rows[inside], best[inside]
        if not len(active):
            break
        mine = letters[here[active] + row - 1]
        theirs = windows[there[active] + row]  # centre: letter row - 1 of the other side
        alike = (theirs == mine[:, None]) & (mine != 0)[:, None]
        fresh = rows + np.where(alike, np.int16(1), np.int16(DIFFERENT))
        np.maximum(fresh[:, :-1], rows[:, 1:] + np.int16(GAP), out=fresh[:, :-1])
        fresh += slope
        np.maximum.accumulate(fresh, axis=1, out=fresh)
        fresh -= slope
        np.maximum(fresh, np.int16(NEVER), out=fresh)
        top = fresh.max(axis=1)
        better = np.flatnonzero(top > best)
        if len(better):
            best[better] = top[better]
            grown[0, active[better]] = row
            grown[1, active[better]] = row + fresh[better].argmax(axis=1) - BAND
        alive = top >= best - DROP
        rows = fresh
        if not alive.all():
            active, rows, best = active[alive], rows[alive], best[alive]
    return grown
