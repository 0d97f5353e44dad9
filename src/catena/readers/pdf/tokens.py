"""A line as tokens from left to right: letters with their marks, signs, and spaces, painted or told from gaps."""

from __future__ import annotations

from typing import NamedTuple

from catena.readers.pdf.lines import Line
from catena.readers.pdf.portions import in_visual_order
from catena.readers.pdf.units import compose, direction, unfold_forms

GAP = "\x1e"
"""Stands for a space that only a gap tells of, until the line is in order."""
_GAP = 0.13  # em without ink that part two words where the file paints no spaces
_WIDE_GAP = 0.35  # em where it does paint spaces


class Token(NamedTuple):
    """A piece of a line in visual order. `kind` as in `units.direction`; `stated` text is logical as it is."""

    text: str
    kind: str
    stated: bool = False


def find_tokens(line: Line) -> list[Token]:
    """The line's tokens from left to right, without spaces at either end."""
    tokens: list[Token] = []
    gap = _WIDE_GAP if line.spaces else _GAP
    end: float | None = None
    for unit in in_visual_order(line):
        after = tokens[-1].text if tokens else " "
        if unit.space and unit.marks:  # a pause mark that stands between two words
            tokens.append(Token(" " + "".join(mark.text for mark in unit.marks), "R", True))
        elif unit.space:
            if after == GAP:
                tokens.pop()
            if after != " ":
                tokens.append(Token(" ", "O"))
        else:
            if end is not None and after not in (" ", GAP) and unit.left - end > gap * unit.size:
                tokens.append(Token(GAP, "O"))
            if not unit.filler:
                text = unfold_forms(compose(unit))
                tokens.append(Token(text, direction(text), unit.stated))
        end = unit.right if end is None else max(end, unit.right)
    while tokens and tokens[-1].text in (" ", GAP):
        tokens.pop()
    return tokens
