"""Lines to paragraphs, and the direction in which a paragraph runs.

The direction is not in the file. It shows in where the last line is flush, in which end full stops stand at, and in
what most letters are; each speaks for the paragraph, and the page's letters break a tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from catena.readers.pdf.lines import Line
from catena.readers.pdf.order import order_line
from catena.readers.pdf.tokens import Token

_LEADING = 1.3  # times the usual distance of lines: more parts two paragraphs
_SHORT = 0.12  # share of the page's width that a last line leaves free
_FLUSH = 0.8  # em from the margin
_ENDS = frozenset(".،؛:؟!,?…۔;")
_PAGE = 1.5  # what a page in one direction weighs for each of its paragraphs
_CLEAR = 4.0  # a score beyond is not looked into further
_MOST = 0.8  # share of letters of one direction from which on they decide nearly alone


@dataclass(slots=True)
class Row:
    """A line with its tokens; `base` is the direction of its paragraph, `number` counts paragraphs on the page.

    `cells` are the tokens of the cells, from left to right, where the line is a row of a table.
    """

    line: Line
    tokens: list[Token]
    base: str = "L"
    number: int = 0
    cells: tuple[list[Token], ...] = ()


def set_paragraphs(rows: Sequence[Row]) -> None:
    """Number the paragraphs of `rows` (from top to bottom) and set the direction of each. Changes `rows`."""
    if not rows:
        return
    left, right = min(row.line.left for row in rows), max(row.line.right for row in rows)
    breaks = _breaks(rows, left, right)
    page = _share(rows)
    number = start = 0
    for end in [*breaks, len(rows)]:
        group = rows[start:end]
        base = _base(group, left, right, page)
        for row in group:
            row.base, row.number = base, number
            if row.cells:  # a table runs as the page does, whatever a row of names and figures holds
                row.base = "R" if page > 0 else "L"
        number, start = number + 1, end


def _breaks(rows: Sequence[Row], left: float, right: float) -> list[int]:
    """Places in `rows` where a paragraph begins, but for the first."""
    steps = [one.line.baseline - two.line.baseline for one, two in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    width = (right - left) or 1.0
    found = []
    for place, step in enumerate(steps):
        above = rows[place].line
        short = max(above.left - left, right - above.right) > _SHORT * width
        other = abs(above.size - rows[place + 1].line.size) > 0.15 * above.size
        if short or other or step > _LEADING * min(usual, 2 * above.size):
            found.append(place + 1)
    return found


def _share(rows: Sequence[Row]) -> float:
    """1.0 when all letters run from right to left, -1.0 when all run from left to right."""
    worth = [_worth(token) for row in rows for token in row.tokens]
    return sum(worth) / (sum(map(abs, worth)) or 1)


def _worth(token: Token) -> int:
    return len(token.text) if token.kind == "R" else -len(token.text) if token.kind == "L" else 0


def _base(group: Sequence[Row], left: float, right: float, page: float) -> str:
    tokens = [token for row in group for token in row.tokens]
    here = sum(map(_worth, tokens))
    total = sum(abs(_worth(token)) for token in tokens) or 1
    if not any(token.kind == "R" for token in tokens):
        return "L" if any(token.kind == "L" for token in tokens) or page < 0 else "R"
    score = 3.0 * here / total if abs(here) >= _MOST * total else 1.0 * here / total
    score += _PAGE * page
    for row in group:
        score += _margins(row.line, left, right) + _stops(row.tokens) + _ornate(row.tokens)
    if abs(score) < _CLEAR and {"R", "L"} <= {token.kind for token in tokens}:
        score += _strain(group, "L") - _strain(group, "R")
    return "R" if score > 0 else "L"


def _strain(group: Sequence[Row], base: str) -> int:
    """Things that nobody writes, in the paragraph read in direction `base`."""
    return sum(order_line(row.tokens, base, mirrored=True, quick=True).strain for row in group)


def _margins(line: Line, left: float, right: float) -> float:
    """Above 0 for a line flush right and not left."""
    at_left, at_right = line.left - left < _FLUSH * line.size, right - line.right < _FLUSH * line.size
    return 1.5 * (at_right - at_left)


def _ornate(tokens: Sequence[Token]) -> float:
    """Above 0 when the brackets of a verse open at the right: they are not mirrored, so their codes tell the side."""
    left, right = tokens[0].text, tokens[-1].text
    return 4.0 * ((left == "\ufd3e" or right == "\ufd3f") - (left == "\ufd3f" or right == "\ufd3e"))


def _stops(tokens: Sequence[Token]) -> float:
    """Above 0 when the sign that ends a sentence stands at the left end."""
    return 2.0 * ((tokens[0].text in _ENDS) - (tokens[-1].text in _ENDS))
