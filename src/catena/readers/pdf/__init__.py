"""PDF: the text layer with the place of each page; right-to-left pages put together anew from their glyphs.

Order of steps: `pages` takes the text from pdfium and finds the pages it damages; for those `glyphs` gives what the
page paints, and `rebuild` runs `narrow`, `lines`, `marks`, `tokens`, `paragraphs` and `order`; `scans` reads pages that
are pictures. Hyphens at line ends stay: joining words is a later reading, not ours.
"""

from __future__ import annotations

import hashlib
import re
from math import ceil, floor

import pypdfium2

from catena.model import Block, Document, Origin, Span
from catena.readers.base import ReaderError
from catena.readers.image import warn_of_ocr
from catena.readers.ocr import INSTALL, version
from catena.readers.pdf.pages import Page, Pages, Paragraph, gather
from catena.readers.pdf.running import take_running
from catena.readers.pdf.scans import read_scans

MAX_PAGES = 2000
_NAMED = 5  # page numbers named in one warning
_FULL = 40  # characters; a shorter last line of a page is a heading or the end of a paragraph
_ENDED = re.compile("[.!?:;…؟۔؛][\"'”’»)\\]\u2069\ufd3e]*$")
_DOUBT = 0.02  # share of a file's lines in doubtful order from which on a warning says so


class Pdf:
    """PDF files with a text layer."""

    name = "pdf"
    version = "6"
    media_type = "application/pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def sniff(self, data: bytes) -> bool:
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, name: str) -> Document:
        pdf = _open(data)
        try:
            found = gather(pdf, data)
            ocr = read_scans(pdf, found)
            stated = _stated(pdf)
        finally:
            pdf.close()
        text, blocks = _lay_out(found.pages)
        if not text.strip():
            if found.broken:
                raise ReaderError("read", "no page could be read", "get the file again, or print it to a new PDF")
            raise ReaderError("read", *_why_empty(found))
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, None,
            (*_steps(found), *((ocr.step,) if ocr else ())),
        )  # fmt: skip
        warnings = _warn(found)
        if ocr:
            warnings.append(warn_of_ocr(_list([page.number for page in found.pages if page.by_ocr]), ocr))
        return Document(text, origin, tuple(blocks), stated, tuple(warnings))


def _why_empty(found: Pages) -> tuple[str, str]:
    """Reason and next step for a file without text."""
    if all(page.blank for page in found.pages):
        return "all pages are blank", "look at the file itself"
    if version():
        return "the pages are pictures in which no letters were found", "scan them again, upright and at 300 dpi"
    return "the pages hold no text (scanned?)", INSTALL


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError("open", "the file is locked with a password", "save a copy without it") from error
        raise ReaderError("open", f"damaged PDF ({error})", "get the file again, or print it to a new PDF") from error
    if pages == 0 or pages > MAX_PAGES:
        pdf.close()
        raise ReaderError("open", f"{pages} pages; 1 to {MAX_PAGES} can be read", "split the file")
    return pdf


def _lay_out(pages: list[Page]) -> tuple[str, list[Block]]:
    """The text of all pages with blocks: pages, paragraphs, and behind the text running heads and feet."""
    running = take_running(pages)
    parts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for place, page in enumerate(pages):
        if place:
            gap = "\n" if _runs_on(pages[place - 1].text, page.text) else "\n\n"
            parts.append(gap)
            start += len(gap)
        span = Span(start, start + len(page.text))
        blocks.append(Block(span, "page", f"page {page.number}", boxes=_line_boxes(page)))
        for nth, paragraph in enumerate(page.paragraphs, 1):
            if nth > 1:
                parts.append("\n")
                start += 1
            parts.append(paragraph.text)
            span = Span(start, start + len(paragraph.text))
            start = span.end
            if paragraph.direction or page.by_ocr:
                locator = f"page {page.number}, paragraph {nth}{', by OCR' if page.by_ocr else ''}"
                blocks.append(Block(span, "paragraph", locator + _box(paragraph), paragraph.direction))
    for nth, (number, kind, line) in enumerate(running):
        parts.append("\n" if nth else "\n\n")
        start += len(parts[-1])
        blocks.append(Block(Span(start, start + len(line)), kind, f"page {number}, {kind}"))
        parts.append(line)
        start += len(line)
    return "".join(parts), blocks


def _runs_on(page: str, following: str) -> bool:
    """True when a page ends inside a sentence: its last line is a full one and no sign ends it."""
    last = page.rpartition("\n")[2].rstrip()
    return bool(following) and len(last) >= _FULL and not _ENDED.search(last)


def _box(paragraph: Paragraph) -> str:
    """Where a paragraph stands on its page, for its locator."""
    return f", box {' '.join(f'{edge:.0f}' for edge in paragraph.box)}" if paragraph.box else ""


def _line_boxes(page: Page) -> tuple[tuple[int, int, int, int], ...]:
    """Where each line of the page's text stands; none when that is not known of all."""
    boxes = [box for paragraph in page.paragraphs for box in paragraph.lines]
    if len(boxes) != page.text.count("\n") + 1:
        return ()
    return tuple((floor(left), floor(low), ceil(right), ceil(high)) for left, low, right, high in boxes)


def _steps(found: Pages) -> tuple[str, ...]:
    steps = [f"text layer by pdfium, pypdfium2 {pypdfium2.PYPDFIUM_INFO}", "spaces at line ends dropped"]
    if found.hyphens:
        steps.append("hyphens at line ends restored")
    if found.rebuilt:
        import importlib.metadata  # here, since it loads the whole of `email`

        steps.append(
            f"{_list(found.rebuilt)} from the glyphs in the order of writing, by catena and pdfminer.six "
            f"{importlib.metadata.version('pdfminer.six')}; strokes that stretch lines left out"
        )
    return tuple(steps)


def _warn(found: Pages) -> list[str]:
    warnings = []
    if found.broken:
        warnings.append(f"{_list(found.broken)} could not be read; the others were")
    empty = [page.number for page in found.pages if not page.text.strip() and not page.blank]
    if empty:
        step = "no letters were found on them" if version() else INSTALL
        warnings.append(f"{_list(empty)} without text (scanned?); {step}")
    if found.failed:
        warnings.append(f"{_list(found.failed)}: text as pdfium gives it; letters or columns may be out of order")
    doubtful = [page.number for page in found.pages if page.doubtful > _DOUBT * (page.text.count("\n") + 1)]
    if doubtful:
        warnings.append(f"{_list(doubtful)}: the order of words is not certain in every line; look at the page itself")
    return warnings


def _list(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:_NAMED]))
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {named}{more}"


def _stated(pdf: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    facts = pdf.get_metadata_dict(skip_empty=True)
    pairs = (("title", facts.get("Title")), ("author", facts.get("Author")))
    return tuple((name, value) for name, value in pairs if value)
