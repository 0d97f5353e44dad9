"""Strokes that only stretch a line: no text, though the file may give them one.

Arabic lines are stretched by drawing out the joints between letters. LibreOffice lays tatweels over each other to fill
such a joint, and may name them after any sign of the page. A sign that somebody wrote lies over none beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from catena.readers.pdf.units import Unit, direction

_TATWEEL = "\u0640"
_OVER = 0.03  # em by which a stretching stroke lies over its neighbour
_NO_WIDTH = 0.05  # em


def settle_strokes(units: Sequence[Unit]) -> list[Unit]:
    """`units` in painting order with stretching strokes made fillers, also those whose text a mark's span took over."""
    wide = [place for place, unit in enumerate(units) if not unit.mark]
    strokes: list[Unit] = []
    for nth, place in enumerate(wide):
        unit = units[place]
        if unit.text == _TATWEEL or _is_sign(unit):
            beside = [units[spot] for spot in (*wide[max(0, nth - 1) : nth], *wide[nth + 1 : nth + 2])]
            under = [other for other in beside if _overlap(unit, other) > _OVER * unit.size]
            inside = len(beside) == 2 and all(_joins(other) for other in beside)
            twin = any(other.text == unit.text for other in under)
            strokes += [unit] * bool(under and (twin or inside or unit.text == _TATWEEL))
    for unit in strokes:
        unit.filler = True
    kept: list[Unit] = []
    for unit in units:
        kept.append(unit)
        if unit.mark and unit.stated and unit.right - unit.left > _NO_WIDTH * unit.size:
            kept.append(replace(unit, text="", filler=True, mark=False, marks=[]))
    return kept


def _is_sign(unit: Unit) -> bool:
    return not unit.stated and len(unit.text) == 1 and unicodedata.category(unit.text)[0] in "PS"


def _joins(unit: Unit) -> bool:
    return direction(unit.text) == "R" or unit.filler


def _overlap(one: Unit, other: Unit) -> float:
    if abs(one.baseline - other.baseline) > one.size:
        return 0.0
    return min(one.right, other.right) - max(one.left, other.left)
