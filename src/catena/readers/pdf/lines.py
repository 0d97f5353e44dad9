"""Units to lines: what stands on one baseline, and pieces a little above or below that leave each other room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from catena.readers.pdf.units import Unit

_SAME = 0.25  # em: baselines so near are one line
_CASCADE = 0.95  # em: pieces so near are one line when they do not collide (Nastaliq, raised figures)
_COLLISION = 0.25  # share of the narrower piece that may lie over the other
_LOOK_BACK = 8  # lines among which a unit's own is sought; deeper ones are far above it


@dataclass(slots=True, eq=False)
class Line:
    """Units of one line; `baseline` and `size` in points. `spaces` and `fillers` are kept apart."""

    baseline: float
    size: float
    units: list[Unit]
    spaces: list[Unit] = field(default_factory=list)
    fillers: list[Unit] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(unit.left for unit in self.units)

    @property
    def right(self) -> float:
        return max(unit.right for unit in self.units)


def find_lines(units: Sequence[Unit]) -> list[Line]:
    """Lines from top to bottom, each with its letters from left to right; marks and spaces are not in them yet."""
    letters = [unit for unit in units if not (unit.mark or unit.space or unit.filler)]
    letters.sort(key=lambda unit: (-unit.baseline, unit.left))
    lines: list[Line] = []
    for unit in letters:
        for line in reversed(lines[-_LOOK_BACK:]):
            if abs(line.baseline - unit.baseline) <= _SAME * max(unit.size, line.size):
                line.units.append(unit)
                break
        else:
            lines.append(Line(unit.baseline, unit.size, [unit]))
    lines = _merge(lines)
    for line in lines:
        line.units.sort(key=lambda unit: unit.start)
        line.starts = [unit.start for unit in line.units]
    return lines


def _merge(lines: list[Line]) -> list[Line]:
    """Join pieces of one line that stand at different heights."""
    first = 0
    while first < len(lines):
        upper = lines[first]
        joined = False
        for lower in lines[first + 1 : first + 6]:
            size = max(upper.size, lower.size)
            if abs(upper.baseline - lower.baseline) < _CASCADE * size and _collide(upper, lower) < _COLLISION:
                main, piece = (lower, upper) if len(lower.units) > len(upper.units) else (upper, lower)
                main.units += piece.units
                lines.remove(piece)
                joined = True
                break
        if joined:
            lines.sort(key=lambda line: -line.baseline)
            first = max(0, first - 5)
        else:
            first += 1
    return lines


def _collide(one: Line, other: Line) -> float:
    """The share of the narrower line that lies over or under the other."""
    if one.right <= other.left or other.right <= one.left:
        return 0.0
    narrow, wide = sorted((one, other), key=_width)
    spans = sorted((unit.left, unit.right) for unit in wide.units)
    starts = [start for start, _ in spans]
    reach = max((end - start for start, end in spans), default=0.0)
    shared = 0.0
    for unit in narrow.units:
        for start, end in spans[bisect_left(starts, unit.left - reach) :]:
            if start >= unit.right:
                break
            shared += max(0.0, min(unit.right, end) - max(unit.left, start))
    return shared / (_width(narrow) or 1.0)


def _width(line: Line) -> float:
    return sum(unit.right - unit.left for unit in line.units)
