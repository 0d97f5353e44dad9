"""The pages of a PDF through pdfium, and those that it cannot give in order through their glyphs.

pdfium is fast, and right for scripts that run from left to right where a page is painted in the order of reading. For
the others its text is damaged, so that each such page is put together anew; where that fails, pdfium's text stays and
a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2

from catena.model import canonical
from catena.readers.base import report_progress
from catena.readers.pdf.places import Box, Rects, find_all_rects, find_line_boxes, find_shift
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


def gather(pdf: pypdfium2.PdfDocument, data: bytes) -> Pages:
    """All pages of `pdf`, whose bytes are `data`, in order."""
    found = Pages()
    for number in range(1, len(pdf) + 1):
        try:
            raw, disordered, lines = _raw_text(pdf, number)
        except pypdfium2.PdfiumError:
            found.broken.append(number)
            continue
        found.hyphens += len(_HYPHEN.findall(raw))
        found.pages.append(Page(number, (Paragraph(_clean(raw), lines=lines),), disordered=disordered))
    damaged = [page for page in found.pages if page.disordered or RTL.search(page.text) or _COMBINING.search(page.text)]
    if damaged:
        _rebuild(pdf, damaged, data, found)
    return found


def _rebuild(pdf: pypdfium2.PdfDocument, pages: Sequence[Page], data: bytes, found: Pages) -> None:
    # Loaded here: most files need neither, and they take a tenth of a second.
    from catena.readers.pdf.glyphs import find_units
    from catena.readers.pdf.rebuild import rebuild_page

    by_number = {page.number: page for page in pages}
    try:
        for number, units in find_units(data, [page.number - 1 for page in pages]):
            rebuilt = rebuild_page(units)
            report_progress()
            page = by_number[number + 1]
            if not rebuilt.paragraphs:
                continue
            move = _mover(pdf, page.number)
            page.paragraphs = tuple(
                Paragraph(one.text, one.direction, one.box, tuple(map(move, one.lines)) if move else ())
                for one in rebuilt.paragraphs
            )
            page.doubtful, page.rebuilt = rebuilt.doubtful, True
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  files that only pdfium forgives; its text stays
        found.failed = [page.number for page in pages if not page.rebuilt]


def _mover(pdf: pypdfium2.PdfDocument, number: int) -> Callable[[Box], Box] | None:
    """Boxes counted from the corner of the sheet to boxes on the page as it is shown."""
    page = pdf[number - 1]
    try:
        shift = find_shift(page)
    finally:
        page.close()
    if shift is None:
        return None
    right, up = shift
    return lambda box: (box[0] - right, box[1] - up, box[2] - right, box[3] - up)


def _raw_text(pdf: pypdfium2.PdfDocument, number: int) -> tuple[str, bool, tuple[Box, ...]]:
    """The text as pdfium gives it, whether the order of painting is not that of reading, and the boxes of its lines."""
    page = pdf[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            raw = str(textpage.get_text_bounded(errors="replace"))
            rects = find_all_rects(textpage)
            return raw, _is_disordered(rects[:_MOST_BOXES]), find_line_boxes(page, textpage, raw, rects)
        finally:
            textpage.close()
    finally:
        page.close()


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
