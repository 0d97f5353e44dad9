"""Cells of simple tables: pieces of a line that stand apart at the same place as in the line above or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from catena.readers.pdf.lines import Line

_APART = 1.5  # em between two cells; words of a stretched line stay nearer
_SHARED = 0.5  # em by which the gaps of two lines must lie over each other
_NEAR = 4.0  # em between the baselines of two rows of one table
Gap = tuple[float, float]


def split_cells(lines: Sequence[Line]) -> list[list[Line]]:
    """For each line its cells from left to right; the line itself where it is in no table."""
    gaps = [_find_gaps(line) for line in lines]
    split = []
    for place, line in enumerate(lines):
        beside = [
            gap
            for other in (place - 1, place + 1)
            if 0 <= other < len(lines) and abs(lines[other].baseline - line.baseline) <= _NEAR * line.size
            for gap in gaps[other]
        ]
        borders = [gap for gap in gaps[place] if any(_shared(gap, other) >= _SHARED * line.size for other in beside)]
        split.append(_cut(line, borders))
    return split


def _find_gaps(line: Line) -> list[Gap]:
    units = sorted(line.units, key=lambda unit: unit.left)
    found = []
    end = units[0].right
    for unit in units[1:]:
        if unit.left - end > _APART * line.size:
            found.append((end, unit.left))
        end = max(end, unit.right)
    return found


def _shared(one: Gap, other: Gap) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _cut(line: Line, borders: Sequence[Gap]) -> list[Line]:
    if not borders:
        return [line]
    places = [float("-inf"), *((left + right) / 2 for left, right in borders), float("inf")]
    cells = []
    for low, high in pairwise(places):
        units, spaces, fillers = (
            [unit for unit in held if low < unit.middle <= high] for held in (line.units, line.spaces, line.fillers)
        )
        cells.append(replace(line, units=units, spaces=spaces, fillers=fillers, starts=[one.start for one in units]))
    return [cell for cell in cells if cell.units]
