"""Columns: a page in parts that are read one after the other.

A gutter is an upright strip that no letter crosses over several lines which have text on both sides of it. Between two
gutters runs prose: lines that fill their side. What fills it only here and there is a table, and is read row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catena.readers.pdf.units import Unit, direction

# Em without ink, and the lines that must stand on each side: fewer may stand apart by chance, as in a letterhead.
_GUTTERS = ((0.8, 4), (0.4, 8))
_INK = 0.35  # share of its side that the letters of a middle line take; those of a table's cells take less
_LETTERS = 12  # of the middle line of a column
_GRID = 2.0  # points between the places that are tried
_STEP = 1.7  # times the usual distance of lines: a line further off belongs to no column
_SAME = 0.3  # em: baselines so near are one band
_MOST = 6  # columns side by side


Places = NDArray[Any]


@dataclass(slots=True, eq=False)
class _Band:
    """Letters on one baseline, from left to right."""

    baseline: float
    size: float
    units: list[Unit]


@dataclass(frozen=True, slots=True)
class _Zone:
    """Bands `start` to `end` (not included), parted at `x`."""

    start: int
    end: int
    x: float


def split_columns(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units in parts, in the order in which they are read; one part when there are no columns.

    Columns run from the right where most letters on the page do.
    """
    letters = [unit for unit in units if not (unit.mark or unit.space or unit.filler)]
    from_right = sum(1 if direction(unit.text) == "R" else -1 for unit in letters if direction(unit.text) in "RL") > 0
    regions = _cut(letters, from_right=from_right, depth=_MOST)
    if len(regions) == 1:
        return [list(units)]
    return _share_out(units, regions)


def _cut(letters: Sequence[Unit], *, from_right: bool, depth: int) -> list[list[Unit]]:
    bands = _find_bands(letters)
    zone = _find_zone(bands) if depth and bands else None
    if zone is None:
        return [list(letters)] if letters else []
    inside = [unit for band in bands[zone.start : zone.end] for unit in band.units]
    sides = [[unit for unit in inside if (unit.left + unit.right) / 2 < zone.x],
             [unit for unit in inside if (unit.left + unit.right) / 2 >= zone.x]]  # fmt: skip
    above = [unit for band in bands[: zone.start] for unit in band.units]
    below = [unit for band in bands[zone.end :] for unit in band.units]
    parts = [above, *(reversed(sides) if from_right else sides), below]
    return [region for part in parts for region in _cut(part, from_right=from_right, depth=depth - 1)]


def _find_bands(letters: Sequence[Unit]) -> list[_Band]:
    bands: list[_Band] = []
    for unit in sorted(letters, key=lambda one: -one.baseline):
        if bands and bands[-1].baseline - unit.baseline <= _SAME * max(unit.size, bands[-1].size):
            bands[-1].units.append(unit)
        else:
            bands.append(_Band(unit.baseline, unit.size, [unit]))
    for band in bands:
        band.units.sort(key=lambda one: one.left)
    return bands


def _find_zone(bands: Sequence[_Band]) -> _Zone | None:
    """The longest run of bands with columns; `None` when there is none."""
    zones = [_find_zone_by(bands, gutter, fewest) for gutter, fewest in _GUTTERS if len(bands) >= fewest]
    return max((zone for zone in zones if zone), key=lambda zone: zone.end - zone.start, default=None)


def _find_zone_by(bands: Sequence[_Band], gutter: float, fewest: int) -> _Zone | None:
    left = min(band.units[0].left for band in bands)
    right = max(unit.right for band in bands for unit in band.units)
    places = np.arange(left + _GRID, right, _GRID)
    if not len(places):
        return None
    size = median(band.size for band in bands)
    free = np.stack([_is_free(band, places, gutter * size / 2) for band in bands])
    starts = np.array([band.units[0].left for band in bands])[:, None]
    ends = np.array([max(unit.right for unit in band.units) for band in bands])[:, None]
    on_left, on_right = starts < places[None, :], ends > places[None, :]
    both = (free & on_left & on_right).any(axis=0) | ((free & on_left).any(axis=0) & (free & on_right).any(axis=0))
    best: tuple[int, _Zone] | None = None
    for nth in np.flatnonzero(both):
        for start, end in _runs(free[:, nth]):
            fewer = int(min(on_left[start:end, nth].sum(), on_right[start:end, nth].sum()))
            zone = _Zone(start, end, float(places[nth]))
            if fewer >= fewest and (best is None or fewer > best[0]) and (trimmed := _trim(bands, zone, fewest)):
                best = (fewer, trimmed)
    return best[1] if best else None


def _is_free(band: _Band, places: Places, reach: float) -> Places:
    """For each place whether no letter of the band is within `reach` of it."""
    sides = np.array([(unit.left - reach, unit.right + reach) for unit in band.units]).reshape(-1, 2)
    low, high = np.searchsorted(places, sides.T)
    crossed = np.bincount(low, minlength=len(places) + 1) - np.bincount(high, minlength=len(places) + 1)
    free: Places = np.cumsum(crossed[:-1]) == 0
    return free


def _runs(flags: Places) -> list[tuple[int, int]]:
    """Stretches of true values as start and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _trim(bands: Sequence[_Band], zone: _Zone, fewest: int) -> _Zone | None:
    """The zone from its first band with text on both sides, or near to one, to the last; `None` for a table."""
    sides = [(band.units[0].left < zone.x, band.units[-1].right > zone.x) for band in bands[zone.start : zone.end]]
    usual = _usual_step(bands[zone.start : zone.end])
    start, end = zone.start, zone.end
    # A heading over one column belongs to it; one that stands further off belongs to the page.
    while start < end - 1 and bands[start].baseline - bands[start + 1].baseline > _STEP * usual and not all(
        sides[start - zone.start]
    ):  # fmt: skip
        start += 1
    while end - 1 > start and bands[end - 2].baseline - bands[end - 1].baseline > _STEP * usual and not all(
        sides[end - 1 - zone.start]
    ):  # fmt: skip
        end -= 1
    found = _Zone(start, end, zone.x)
    return found if _is_prose(bands[start:end], zone.x, fewest) else None


def _usual_step(bands: Sequence[_Band]) -> float:
    return median(one.baseline - two.baseline for one, two in pairwise(bands)) if len(bands) > 1 else 0.0


def _is_prose(bands: Sequence[_Band], x: float, fewest: int) -> bool:
    for side in (-1, 1):
        pieces = [[unit for unit in band.units if ((unit.left + unit.right) / 2 - x) * side > 0] for band in bands]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) < fewest:
            return False
        width = max(piece[-1].right for piece in pieces) - min(piece[0].left for piece in pieces)
        ink = median(sum(unit.right - unit.left for unit in piece) / (width or 1.0) for piece in pieces)
        if ink < _INK or median(sum(len(unit.text) for unit in piece) for piece in pieces) < _LETTERS:
            return False
    return True


def _share_out(units: Sequence[Unit], regions: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
    """All units, in the order of painting, by region: what is no letter goes where it stands, or nearest."""
    home = {id(unit): nth for nth, region in enumerate(regions) for unit in region}
    boxes = [
        (min(unit.left for unit in region), min(unit.baseline for unit in region),
         max(unit.right for unit in region), max(unit.baseline + unit.size for unit in region))
        for region in regions
    ]  # fmt: skip
    shared: list[list[Unit]] = [[] for _ in regions]
    for unit in units:
        nth = home.get(id(unit))
        if nth is None:
            nth = min(range(len(boxes)), key=lambda one: _distance(unit, boxes[one]))
        shared[nth].append(unit)
    return shared


def _distance(unit: Unit, box: tuple[float, float, float, float]) -> float:
    left, low, right, high = box
    aside = max(left - unit.middle, unit.middle - right, 0.0)
    off = max(low - unit.baseline, unit.baseline - high, 0.0)
    return aside + off
