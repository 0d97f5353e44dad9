"""One page put together anew from what it paints: units, lines, marks, words, order, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from catena.readers.pdf.lines import find_lines
from catena.readers.pdf.marks import attach_marks
from catena.readers.pdf.narrow import settle_narrow
from catena.readers.pdf.order import Ordered, find_unpaired, has_mirrored, order_line
from catena.readers.pdf.paragraphs import Row, set_paragraphs
from catena.readers.pdf.strokes import settle_strokes
from catena.readers.pdf.tokens import find_tokens
from catena.readers.pdf.units import Unit

_OTHER = {"L": "R", "R": "LN"}  # kinds of tokens that a paragraph's direction does not settle
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
    units = settle_narrow(settle_strokes(units))
    lines = find_lines(units)
    homeless = attach_marks(units, lines)
    rows = [Row(line, tokens) for line in lines if (tokens := find_tokens(line))]
    set_paragraphs(rows)
    ordered = _order(rows, mirrored=_is_mirrored(rows))
    paragraphs = []
    for _, group in groupby(zip(rows, ordered, strict=True), key=lambda pair: pair[0].number):
        pairs = list(group)
        text = "\n".join(line.text for _, line in pairs)
        direction = "rtl" if pairs[0][0].base == "R" else "ltr"
        paragraphs.append(RebuiltParagraph(text, direction, tuple(line.confidence for _, line in pairs)))
    return Rebuilt(tuple(paragraphs), homeless)


def _order(rows: Sequence[Row], *, mirrored: bool) -> list[Ordered]:
    """Each line by itself, and then, where directions mix, once more between its neighbours."""
    ordered = [order_line(row.tokens, row.base, mirrored=mirrored) for row in rows]
    numbers = [row.number for row in rows]
    mixed = {row.number for row in rows if any(token.kind in _OTHER[row.base] for token in row.tokens)}
    for place, row in enumerate(rows):
        if row.number in mixed and numbers.count(row.number) > 1:
            before = ordered[place - 1].text if place and numbers[place - 1] == row.number else ""
            after = ordered[place + 1].text if row.number in numbers[place + 1 : place + 2] else ""
            ordered[place] = order_line(row.tokens, row.base, mirrored=mirrored, before=before, after=after)
    return ordered


def _is_mirrored(rows: Sequence[Row]) -> bool:
    """Whether the codes of brackets are those of their shapes: a program's habit, so that a page has one answer."""
    rows = [row for row in rows if has_mirrored(row.tokens)]
    unpaired = []
    for mirrored in (True, False):
        texts = [order_line(row.tokens, row.base, mirrored=mirrored).text for row in rows]
        unpaired.append(len(find_unpaired(" ".join(texts))))
    return unpaired[0] <= unpaired[1]
