"""Strokes that only stretch a line: no text, though the file may give them one.

Arabic lines are stretched by drawing out the joints between letters. LibreOffice lays tatweels over each other to fill
such a joint; a tatweel that somebody wrote meets its neighbours and lies over none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catena.readers.pdf.units import Unit

_TATWEEL = "\u0640"
_OVER = 0.03  # em by which a stretching stroke lies over its neighbour
_NO_WIDTH = 0.05  # em


def settle_strokes(units: Sequence[Unit]) -> list[Unit]:
    """`units` in painting order with stretching strokes made fillers, also those whose text a mark's span took over."""
    wide = [place for place, unit in enumerate(units) if not unit.mark]
    for nth, place in enumerate(wide):
        unit = units[place]
        if unit.text == _TATWEEL:
            beside = [units[spot] for spot in (*wide[max(0, nth - 1) : nth], *wide[nth + 1 : nth + 2])]
            unit.filler = any(_overlap(unit, other) > _OVER * unit.size for other in beside)
    kept: list[Unit] = []
    for unit in units:
        kept.append(unit)
        if unit.mark and unit.stated and unit.right - unit.left > _NO_WIDTH * unit.size:
            kept.append(replace(unit, text="", filler=True, mark=False, marks=[]))
    return kept


def _overlap(one: Unit, other: Unit) -> float:
    if abs(one.baseline - other.baseline) > one.size:
        return 0.0
    return min(one.right, other.right) - max(one.left, other.left)
