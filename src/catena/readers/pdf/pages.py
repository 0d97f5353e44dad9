"""The pages of a PDF through pdfium, and those that it cannot give in order through their glyphs.

pdfium is fast, and right for scripts that run from left to right where a page is painted in the order of reading. For
the others its text is damaged, so that each such page is put together anew; where that fails, pdfium's text stays and
a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pypdfium2

from catena.model import canonical
from catena.readers.base import report_progress
from catena.readers.pdf.places import Box, Rects, Shift, find_all_rects, find_line_boxes, find_shift
from catena.readers.pdf.units import RTL

_HYPHEN = re.compile("[\ufffe\x02]\n?")  # what pdfium puts for a hyphen and the line end after it
_COMBINING = re.compile("[\u0300-\u036f]")

_MOST_BOXES = 2000  # runs of letters of one page that are looked at
_SAME_LINE = 0.5  # share of the lower one's height by which two runs are on one line
_LEAP = 1.5  # times the height of letters: more than any space between words
_LEAPS = 4  # lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one page that belong together, joined by line ends, and the direction they run in.

    `box` is where they stand: left, bottom, right and top in points, counted from the lower left corner. `lines` are
    such boxes of each line; none where that is not known.
    """

    text: str
    direction: str | None = None
    box: Box | None = None
    lines: tuple[Box, ...] = ()


@dataclass(slots=True)
class Page:
    """One page: its number from 1, its paragraphs, and how many of its lines are in an order we are not sure of."""

    number: int
    paragraphs: tuple[Paragraph, ...]
    doubtful: int = 0
    rebuilt: bool = False
    disordered: bool = False
    blank: bool = False
    by_ocr: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(slots=True)
class Pages:
    """The pages that could be read, the numbers of those that could not, and the hyphens that were put back."""

    pages: list[Page] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    hyphens: int = 0

    @property
    def rebuilt(self) -> list[int]:
        return [page.number for page in self.pages if page.rebuilt]


class _Taken(NamedTuple):
    """What pdfium gives of a page. `damaged`: its text is out of order; `shift` is then where the page begins."""

    page: Page
    hyphens: int
    damaged: bool
    shift: Shift | None


def gather(pdf: pypdfium2.PdfDocument, data: bytes) -> Pages:
    """All pages of `pdf`, whose bytes are `data`, in order."""
    found = Pages()
    damaged: list[_Taken] = []
    for number in range(1, len(pdf) + 1):
        try:
            taken = _take(pdf, number)
        except pypdfium2.PdfiumError:
            found.broken.append(number)
            continue
        found.hyphens += taken.hyphens
        found.pages.append(taken.page)
        if taken.damaged:
            damaged.append(taken)
    if damaged:
        _rebuild(damaged, data, found)
    return found


def _rebuild(damaged: Sequence[_Taken], data: bytes, found: Pages) -> None:
    # Loaded here: most files need neither, and they take a tenth of a second.
    from catena.readers.pdf.glyphs import find_units
    from catena.readers.pdf.rebuild import rebuild_page

    by_number = {taken.page.number: taken for taken in damaged}
    try:
        for number, units in find_units(data, [number - 1 for number in by_number]):
            rebuilt = rebuild_page(units)
            report_progress()
            if not rebuilt.paragraphs:
                continue
            page, shift = by_number[number + 1].page, by_number[number + 1].shift
            page.paragraphs = tuple(
                Paragraph(one.text, one.direction, one.box, _move(one.lines, shift)) for one in rebuilt.paragraphs
            )
            page.doubtful, page.rebuilt = rebuilt.doubtful, True
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  files that only pdfium forgives; its text stays
        found.failed = [taken.page.number for taken in damaged if not taken.page.rebuilt]


def _move(boxes: Sequence[Box], shift: Shift | None) -> tuple[Box, ...]:
    """Boxes counted from the corner of the sheet as boxes on the page as it is shown; none when it is turned, too."""
    if shift is None:
        return ()
    right, up = shift
    return tuple((box[0] - right, box[1] - up, box[2] - right, box[3] - up) for box in boxes)


def _take(pdf: pypdfium2.PdfDocument, number: int) -> _Taken:
    """The page with the text and the lines that pdfium gives. Raises `pypdfium2.PdfiumError`."""
    page = pdf[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            raw = str(textpage.get_text_bounded(errors="replace"))
            rects = find_all_rects(textpage)
            disordered, lines = _is_disordered(rects[:_MOST_BOXES]), find_line_boxes(page, textpage, raw, rects)
        finally:
            textpage.close()
        text = _clean(raw)
        damaged = bool(disordered or RTL.search(text) or _COMBINING.search(text))
        # Asked for while the page is open: opening it takes pdfium as long as reading it.
        shift = find_shift(page) if damaged else None
    finally:
        page.close()
    taken = Page(number, (Paragraph(text, lines=lines),), disordered=disordered)
    return _Taken(taken, len(_HYPHEN.findall(raw)), damaged, shift)


def _is_disordered(rects: Rects) -> bool:
    """True when a line goes back, as where signs come from another font, or line after line leaps over a gap."""
    _, low, right, high = rects[:-1].T
    left2, low2, _, high2 = rects[1:].T
    height, higher = np.minimum(high - low, high2 - low2), np.maximum(high - low, high2 - low2)
    beside = np.minimum(high, high2) - np.maximum(low, low2) >= _SAME_LINE * height
    if (beside & (left2 < right - higher)).any():
        return True
    return int((beside & (left2 - right > _LEAP * height)).sum()) >= _LEAPS


def _clean(raw: str) -> str:
    text = _HYPHEN.sub("-\n", canonical(raw).replace("\ufeff", ""))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n")
