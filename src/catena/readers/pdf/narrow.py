"""Units without width: joiners, and halves of ligatures whose advance the other half carries.

Their pen position is rounded or shifted, so that it does not tell which side of their neighbour they belong to. The
order of painting does: such a unit stands at the left edge of the neighbour in whose box it was painted, behind it in
the order of writing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from catena.readers.pdf.units import RTL, Unit

_NO_WIDTH = 0.05  # points
_BEFORE, _BEHIND = 0.1, 0.02  # em beyond the left and the right edge of a neighbour; positions are rounded
_RISE = 1.2  # em between the baselines of the two


def settle_narrow(units: Sequence[Unit]) -> list[Unit]:
    """`units` with each narrow one at the edge of its neighbour; those that state letters and have none are left out.

    Chromium paints the signs of a line at the next page's head on the page before, cut off by the margin: spans that
    state letters and move no pen. They are read on their own page.
    """
    kept = []
    for place, unit in enumerate(units):
        if not _is_narrow(unit):
            kept.append(unit)
            continue
        host = _host(unit, _next(units, place, 1)) or _host(unit, _next(units, place, -1))
        if host is not None:
            unit.start, unit.left, unit.right = host.start, host.left, host.left
            unit.baseline, unit.place = host.baseline, host.place - 0.5
            kept.append(unit)
        elif not unit.stated or unit.right - unit.left > _NO_WIDTH:
            kept.append(unit)
    return kept


def _is_narrow(unit: Unit) -> bool:
    if unit.mark or unit.space or unit.filler:
        return False
    joiner = all(unicodedata.category(character) == "Cf" for character in unit.text)
    return joiner or (unit.right - unit.left <= _NO_WIDTH and RTL.search(unit.text) is not None)


def _next(units: Sequence[Unit], place: int, step: int) -> Unit | None:
    place += step
    while 0 <= place < len(units):
        if not (units[place].mark or units[place].filler or units[place].space or _is_narrow(units[place])):
            return units[place]
        place += step
    return None


def _host(unit: Unit, neighbour: Unit | None) -> Unit | None:
    if neighbour is None or RTL.search(neighbour.text) is None:
        return None
    size = max(unit.size, neighbour.size)
    near = neighbour.left - _BEFORE * size <= unit.start <= neighbour.right + _BEHIND * size
    level = abs(neighbour.baseline - unit.baseline) < _RISE * size
    return neighbour if near and level else None
