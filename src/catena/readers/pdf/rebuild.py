"""One page put together anew from what it paints: units, lines, marks, words, order, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from catena.readers.pdf.lines import find_lines
from catena.readers.pdf.marks import attach_marks
from catena.readers.pdf.narrow import settle_narrow
from catena.readers.pdf.order import Ordered, balance, order_line
from catena.readers.pdf.paragraphs import Row, set_paragraphs
from catena.readers.pdf.tokens import find_tokens
from catena.readers.pdf.units import Unit

SURE = 0.999  # a line below is one that would not be painted as the page is


@dataclass(frozen=True, slots=True)
class RebuiltParagraph:
    """Lines joined by line ends; `direction` is `rtl` or `ltr`; one `confidence` a line, from 0 to 1."""

    text: str
    direction: str
    confidences: tuple[float, ...]


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
    units = settle_narrow(units)
    lines = find_lines(units)
    homeless = attach_marks(units, lines)
    rows = [Row(line, tokens) for line in lines if (tokens := find_tokens(line))]
    set_paragraphs(rows)
    # Which code a mirrored bracket has is the program's habit, so one page has one answer: the one that pairs more.
    ordered = max(_order(rows, mirrored=True), _order(rows, mirrored=False), key=_paired)
    paragraphs = []
    for _, group in groupby(zip(rows, ordered, strict=True), key=lambda pair: pair[0].number):
        pairs = list(group)
        text = "\n".join(line.text for _, line in pairs)
        direction = "rtl" if pairs[0][0].base == "R" else "ltr"
        paragraphs.append(RebuiltParagraph(text, direction, tuple(line.confidence for _, line in pairs)))
    return Rebuilt(tuple(paragraphs), homeless)


def _order(rows: Sequence[Row], *, mirrored: bool) -> list[Ordered]:
    return [order_line(row.tokens, row.base, mirrored=mirrored) for row in rows]


def _paired(ordered: Sequence[Ordered]) -> int:
    return balance(" ".join(one.text for one in ordered))
