"""The pages of a PDF through pdfium, and those with right-to-left letters through their glyphs.

pdfium is fast and right for scripts that run from left to right. For the others its text is damaged, so that each
such page is put together anew; where that fails, pdfium's text stays and a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2

from catena.model import canonical
from catena.readers.base import report_progress
from catena.readers.pdf.units import RTL

_HYPHEN = re.compile("[\ufffe\x02]\n?")  # what pdfium puts for a hyphen and the line end after it
_COMBINING = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one page that belong together, joined by line ends, and the direction they run in.

    `box` is where they stand: left, bottom, right and top in points, counted from the lower left corner.
    """

    text: str
    direction: str | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(slots=True)
class Page:
    """One page: its number from 1, its paragraphs, and how many of its lines are in an order we are not sure of."""

    number: int
    paragraphs: tuple[Paragraph, ...]
    doubtful: int = 0
    rebuilt: bool = False
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
            raw = _raw_text(pdf, number)
        except pypdfium2.PdfiumError:
            found.broken.append(number)
            continue
        found.hyphens += len(_HYPHEN.findall(raw))
        found.pages.append(Page(number, (Paragraph(_clean(raw)),)))
    damaged = [page for page in found.pages if RTL.search(page.text) or _COMBINING.search(page.text)]
    if damaged:
        _rebuild(damaged, data, found)
    return found


def _rebuild(pages: Sequence[Page], data: bytes, found: Pages) -> None:
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
            page.paragraphs = tuple(Paragraph(one.text, one.direction) for one in rebuilt.paragraphs)
            page.doubtful, page.rebuilt = rebuilt.doubtful, True
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  files that only pdfium forgives; its text stays
        found.failed = [page.number for page in pages if not page.rebuilt]


def _raw_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_bounded(errors="replace"))
        finally:
            textpage.close()
    finally:
        page.close()


def _clean(raw: str) -> str:
    text = _HYPHEN.sub("-\n", canonical(raw).replace("\ufeff", ""))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n")
