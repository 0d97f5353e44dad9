"""Where the lines of a page stand: boxes for the text that pdfium gives, and places on the page as it is shown.

A box is left, bottom, right and top in points from the lower left corner of the page as it is shown, turned and cut as
the file says.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
_FINE = 10  # steps a point in which pdfium is asked for a place
_LINE_END = re.compile("[\ufffe\x02](?:\r\n|\r|\n)?|\r\n|\r|\n")  # with what pdfium puts for a hyphen before it
_MOST_LINES = 400  # of one page; nobody looks at the print of a page with more
_MOST_RECTS = 100  # runs of letters of one line that are looked at


def find_line_boxes(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, raw: str) -> tuple[Box, ...]:
    """A box for each line of `raw`, empty lines at both ends left out; none when its letters are not pdfium's own.

    `raw` is the text as pdfium gives it. A line without letters has a box without size.
    """
    if not raw or len(raw) != textpage.count_chars() or raw != textpage.get_text_range(errors="replace"):
        return ()
    lines = list(_split(raw))
    while lines and not raw[slice(*lines[0])].rstrip(" "):
        del lines[0]
    while lines and not raw[slice(*lines[-1])].rstrip(" "):
        del lines[-1]
    if len(lines) > _MOST_LINES:
        return ()
    moves = _is_moved(page)
    boxes = (_surround(textpage, start, end) for start, end in lines)
    return tuple(to_shown(page, box) if moves else box for box in boxes)


def _split(raw: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; a hyphen at its end belongs to it."""
    at = 0
    for found in _LINE_END.finditer(raw):
        yield at, found.start() + (found[0][0] in "\ufffe\x02")
        at = found.end()
    yield at, len(raw)


def _surround(textpage: pypdfium2.PdfTextPage, start: int, end: int) -> Box:
    number = textpage.count_rects(start, end - start) if end > start else 0
    if number <= 0:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, lows, rights, highs = zip(*find_rects(textpage, min(number, _MOST_RECTS)), strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def find_rects(textpage: pypdfium2.PdfTextPage, number: int) -> Iterator[Box]:
    """The first rectangles of the letters last asked for with `count_rects`.

    Asked of pdfium itself: its binding's own way, with four new numbers each time, took a fifth of a page's time.
    """
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    sides = ctypes.byref(left), ctypes.byref(top), ctypes.byref(right), ctypes.byref(bottom)
    for nth in range(number):
        pdfium.FPDFText_GetRect(textpage, nth, *sides)
        yield left.value, bottom.value, right.value, top.value


def find_shift(page: pypdfium2.PdfPage) -> tuple[float, float] | None:
    """By how much a page as it is shown begins right of and above its whole sheet; `None` when it is turned, too."""
    cut, whole = page.get_cropbox(), page.get_mediabox()
    shift = (cut[0] - whole[0], cut[1] - whole[1])
    return None if any(shift) and page.get_rotation() else shift


def _is_moved(page: pypdfium2.PdfPage) -> bool:
    """Whether the page is turned, or does not begin in the corner that its points are counted from."""
    left, bottom, _, _ = page.get_cropbox()
    return bool(page.get_rotation()) or bool(left) or bool(bottom)


def to_shown(page: pypdfium2.PdfPage, box: Box) -> Box:
    """A box in the page's own points as one on the page as it is shown."""
    width, height = page.get_size()
    left, low, right, high = box
    corners = [_place(page, x, y, width, height) for x, y in ((left, low), (right, high))]
    (x, y), (x2, y2) = corners
    return min(x, x2), min(y, y2), max(x, x2), max(y, y2)


def _place(page: pypdfium2.PdfPage, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page, 0, 0, round(width * _FINE), round(height * _FINE), 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _FINE, height - down.value / _FINE
