"""One page put together anew from what it paints: units, lines, marks, words, order, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from catena.readers.pdf.cells import split_cells
from catena.readers.pdf.columns import split_columns
from catena.readers.pdf.lines import find_lines
from catena.readers.pdf.marks import attach_marks
from catena.readers.pdf.narrow import settle_narrow
from catena.readers.pdf.order import Ordered, find_unpaired, has_mirrored, order_line
from catena.readers.pdf.paragraphs import Row, set_paragraphs
from catena.readers.pdf.strokes import settle_strokes
from catena.readers.pdf.tokens import find_tokens
from catena.readers.pdf.units import Unit

_OTHER = {"L": "R", "R": "LN"}  # kinds of tokens that a paragraph's direction does not settle
_BELOW, _ABOVE = 0.5, 1.1  # em around a baseline that letters and marks take
SURE = 0.999  # a line below is one that would not be painted as the page is


@dataclass(frozen=True, slots=True)
class RebuiltParagraph:
    """Lines joined by line ends; `direction` is `rtl` or `ltr`; one `confidence` a line, from 0 to 1.

    `box` is left, bottom, right and top in points from the lower left corner of the page; `lines` the same of each.
    """

    text: str
    direction: str
    confidences: tuple[float, ...]
    box: tuple[float, float, float, float]
    lines: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A page's paragraphs from top to bottom. `homeless` counts marks left out because they stood near no letter."""

    paragraphs: tuple[RebuiltParagraph, ...]
    homeless: int = 0

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def doubtful(self) -> int:
        """The number of lines whose order is not sure."""
        return sum(confidence < SURE for paragraph in self.paragraphs for confidence in paragraph.confidences)


def rebuild_page(units: Sequence[Unit]) -> Rebuilt:
    """The text of one page. `units` in the order of painting; they are changed on the way."""
    homeless = 0
    parts: list[list[Row]] = []
    for part in split_columns(settle_narrow(settle_strokes(units))):
        lines = find_lines(part)
        homeless += attach_marks(part, lines)
        rows = [
            Row(line, tokens, cells=tuple(map(find_tokens, cells)) if len(cells) > 1 else ())
            for line, cells in zip(lines, split_cells(lines), strict=True)
            if (tokens := find_tokens(line))
        ]
        set_paragraphs(rows)
        parts.append(rows)
    mirrored = _is_mirrored([row for rows in parts for row in rows])
    return Rebuilt(tuple(one for rows in parts for one in _to_paragraphs(rows, mirrored=mirrored)), homeless)


def _to_paragraphs(rows: Sequence[Row], *, mirrored: bool) -> Iterator[RebuiltParagraph]:
    pairs = zip(rows, _order(rows, mirrored=mirrored), strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].number):
        held, lines = zip(*group, strict=True)
        direction = "rtl" if held[0].base == "R" else "ltr"
        text = "\n".join(line.text for line in lines)
        boxes = tuple(_box([row]) for row in held)
        yield RebuiltParagraph(text, direction, tuple(line.confidence for line in lines), _box(held), boxes)


def _box(rows: Sequence[Row]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the lines, in points, with room for what hangs below a line and stands above."""
    lines = [row.line for row in rows]
    low = min(line.baseline - _BELOW * line.size for line in lines)
    return (
        min(line.left for line in lines),
        low,
        max(line.right for line in lines),
        max(line.baseline + _ABOVE * line.size for line in lines),
    )


def _order(rows: Sequence[Row], *, mirrored: bool) -> list[Ordered]:
    """Each line by itself, and then, where directions mix, once more between its neighbours."""
    ordered = [_order_row(row, mirrored=mirrored) for row in rows]
    numbers = [row.number for row in rows]
    mixed = {row.number for row in rows if any(token.kind in _OTHER[row.base] for token in row.tokens)}
    for place, row in enumerate(rows):
        if not row.cells and row.number in mixed and numbers.count(row.number) > 1:
            before = ordered[place - 1].text if place and numbers[place - 1] == row.number else ""
            after = ordered[place + 1].text if row.number in numbers[place + 1 : place + 2] else ""
            ordered[place] = order_line(row.tokens, row.base, mirrored=mirrored, before=before, after=after)
    return ordered


def _order_row(row: Row, *, mirrored: bool) -> Ordered:
    """A line by itself; the cells of a table in the direction of the paragraph, parted by tabs."""
    if not row.cells:
        return order_line(row.tokens, row.base, mirrored=mirrored)
    cells = row.cells if row.base == "L" else row.cells[::-1]
    ordered = [order_line(cell, row.base, mirrored=mirrored) for cell in cells if cell]
    text = "\t".join(one.text for one in ordered)
    return Ordered(text, min(one.confidence for one in ordered), sum(one.strain for one in ordered))


def _is_mirrored(rows: Sequence[Row]) -> bool:
    """Whether the codes of brackets are those of their shapes: a program's habit, so that a page has one answer."""
    rows = [row for row in rows if has_mirrored(row.tokens)]
    unpaired = []
    for mirrored in (True, False):
        texts = [order_line(row.tokens, row.base, mirrored=mirrored).text for row in rows]
        unpaired.append(len(find_unpaired(" ".join(texts))))
    return unpaired[0] <= unpaired[1]
