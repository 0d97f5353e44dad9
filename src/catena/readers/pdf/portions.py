"""The units of a line from left to right, also where the program laid pieces of it over each other.

LibreOffice measures a text with one font and paints it with another when the first lacks a sign, so that the end of
one piece can lie under the beginning of the next. Sorting such a line by place would shuffle two words; there, pieces
painted in one go stay together and are sorted by their middle.
"""

from __future__ import annotations

from collections.abc import Sequence

from catena.readers.pdf.lines import Line
from catena.readers.pdf.units import Unit

_JOIN = 0.3  # em between the end of one unit and the start of the next of the same piece
_UNDER = 0.6  # em of overlap from which on pieces are laid over each other
_Piece = list[Unit]


def in_visual_order(line: Line) -> list[Unit]:
    """Letters, spaces and fillers of `line` from left to right."""
    units = line.units + line.spaces + line.fillers
    pieces = _split(sorted(units, key=lambda unit: unit.place))
    if not _collide(pieces, line.size):
        return sorted(units, key=_spot)
    whole = _house_spaces(pieces, line.size)
    whole.sort(key=lambda piece: _left(piece) + _right(piece))
    return [unit for piece in whole for unit in sorted(piece, key=_spot)]


def _spot(unit: Unit) -> tuple[float, float]:
    # Rounded, so that a joiner without width keeps its place beside the letter painted before it.
    return round((unit.left + unit.right) / 2 if unit.space else unit.start, 1), unit.place


def _split(units: Sequence[Unit]) -> list[_Piece]:
    """`units` in painting order as pieces without jumps of the pen."""
    pieces: list[_Piece] = []
    for unit in units:
        last = pieces[-1][-1] if pieces else None
        if last is not None and abs(unit.left - last.right) <= _JOIN * unit.size:
            pieces[-1].append(unit)
        else:
            pieces.append([unit])
    return pieces


def _left(piece: _Piece) -> float:
    return min(unit.left for unit in piece)


def _right(piece: _Piece) -> float:
    return max(unit.right for unit in piece)


def _collide(pieces: Sequence[_Piece], size: float) -> bool:
    bounds = sorted((_left(piece), _right(piece)) for piece in pieces if len(piece) > 1)
    end = float("-inf")
    for left, right in bounds:
        if min(end, right) - left > _UNDER * size:
            return True
        end = max(end, right)
    return False


def _house_spaces(pieces: Sequence[_Piece], size: float) -> list[_Piece]:
    """Pieces with each lone space in the piece painted after it or before it, where it lies within that or beside."""
    letters = [list(piece) if not _is_space(piece) else [] for piece in pieces]
    for place, piece in enumerate(pieces):
        if _is_space(piece):
            around = [letters[k] for k in (_beside(letters, place, 1), _beside(letters, place, -1)) if k is not None]
            homes = [one for one in around if _left(one) - size * _JOIN <= piece[0].left <= _right(one) + size * _JOIN]
            (homes[0] if homes else letters[place]).extend(piece)
    return [piece for piece in letters if piece]


def _is_space(piece: _Piece) -> bool:
    return all(unit.space for unit in piece)


def _beside(letters: Sequence[_Piece], place: int, step: int) -> int | None:
    place += step
    while 0 <= place < len(letters):
        if letters[place]:
            return place
        place += step
    return None
