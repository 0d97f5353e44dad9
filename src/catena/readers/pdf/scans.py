"""Pages without text, painted and read by tesseract where it is installed."""

from __future__ import annotations

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from catena.readers.base import ReaderError
from catena.readers.ocr import DPI, Box, Ocr, version
from catena.readers.pdf.pages import Page, Pages, Paragraph

MAX_SCANS = 150  # pages of one file: about four seconds each, and a file has ten minutes
_MAX_PIXELS = 40_000_000  # a page of A2 at 300 dots per inch; larger ones are painted smaller
_LOOK = 50  # dots per inch, for telling blank pages
_POINTS = 72  # per inch
_INK = 0.0002  # share of dark dots below which a page is blank
_DARK = 128  # of 255


def read_scans(pdf: pypdfium2.PdfDocument, found: Pages) -> Ocr | None:
    """Put what is read on pages without text into `found`; `None` when nothing was, or tesseract is not there.

    Blank pages are noted as such in any case.
    """
    empty = [page for page in found.pages if not page.text.strip()]
    ocr = Ocr()
    for page in empty:
        try:
            dots, _ = _paint(pdf, page, _LOOK / _POINTS)
            page.blank = bool((dots < _DARK).mean() < _INK)
            if not page.blank and version() and len(ocr.confidences) < MAX_SCANS:
                _read(pdf, page, ocr)
        except (pypdfium2.PdfiumError, ReaderError):
            continue  # it stays without text, and a warning names it
    return ocr if ocr.confidences else None


def _paint(pdf: pypdfium2.PdfDocument, page: Page, scale: float) -> tuple[NDArray[np.uint8], float]:
    """The page as grey dots, row by row, and the height of the page in points."""
    sheet = pdf[page.number - 1]
    try:
        bitmap = sheet.render(scale=scale, grayscale=True)
        try:
            dots = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, -1)[:, : bitmap.width]
        finally:
            bitmap.close()
        return np.ascontiguousarray(dots), float(sheet.get_height())
    finally:
        sheet.close()


def _read(pdf: pypdfium2.PdfDocument, page: Page, ocr: Ocr) -> None:
    sheet = pdf[page.number - 1]
    try:
        width, height = sheet.get_size()
    finally:
        sheet.close()
    scale = min(DPI / _POINTS, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    dots, height = _paint(pdf, page, scale)
    rows, columns = dots.shape
    passages = ocr.read(b"P5\n%d %d\n255\n" % (columns, rows) + dots.tobytes())
    page.paragraphs = tuple(
        Paragraph(
            one.text,
            box=_to_points(one.box, scale, height),
            lines=tuple(_to_points(line, scale, height) for line in one.lines),
        )
        for one in passages
    )
    page.by_ocr = bool(passages)


def _to_points(box: Box, scale: float, height: float) -> Box:
    """A box of dots from above as one of points from below."""
    left, top, right, bottom = box
    return left / scale, height - bottom / scale, right / scale, height - top / scale
