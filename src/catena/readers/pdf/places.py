"""Where the lines of a page stand: boxes for the text that pdfium gives, and places on the page as it is shown.

A box is left, bottom, right and top in points from the lower left corner of the page as it is shown, turned and cut as
the file says.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Box: TypeAlias = tuple[float, float, float, float]
Shift: TypeAlias = tuple[float, float]
"""How far a page as it is shown begins right of and above its whole sheet."""
Rects: TypeAlias = NDArray[np.float64]
"""Boxes, one a row."""
_FINE = 10  # steps a point in which pdfium is asked for a place
_LINE_END = re.compile("[\ufffe\x02](?:\r\n|\r|\n)?|\r\n|\r|\n")  # with what pdfium puts for a hyphen before it
_MOST_LINES = 400  # of one page; nobody looks at the print of a page with more
_MOST_RECTS = 100  # runs of letters of one line that are looked at where lines are asked for one by one
_MOST_AT_ONCE = 50_000  # runs of letters of one page that are fetched
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_DOUBLE = ctypes.sizeof(ctypes.c_double)
# pdfium's own function with addresses for arguments: a place of numbers that are made once, not four new ones a call.
_PLAIN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
_get_rect = _PLAIN(ctypes.cast(pdfium.FPDFText_GetRect, ctypes.c_void_p).value or 0)


def find_line_boxes(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, raw: str, rects: Rects
) -> tuple[Box, ...]:
    """A box for each line of `raw`, empty lines at both ends left out; none when its letters are not pdfium's own.

    `raw` is the text as pdfium gives it, `rects` are those of the whole page. A line without letters has a box without
    size.
    """
    if not raw or len(raw) != textpage.count_chars() or raw != textpage.get_text_range(errors="replace"):
        return ()
    lines = list(_split(raw))
    first, last = 0, len(lines)
    while first < last and not raw[slice(*lines[first])].rstrip(" "):
        first += 1
    while first < last and not raw[slice(*lines[last - 1])].rstrip(" "):
        last -= 1
    if last - first > _MOST_LINES:
        return ()
    moves = _is_moved(page)
    boxes = islice(_surround(textpage, lines, rects), first, last)
    return tuple(to_shown(page, box) if moves else box for box in boxes)


def _split(raw: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; a hyphen at its end belongs to it."""
    at = 0
    for found in _LINE_END.finditer(raw):
        yield at, found.start() + (found[0][0] in "\ufffe\x02")
        at = found.end()
    yield at, len(raw)


def _surround(textpage: pypdfium2.PdfTextPage, lines: Sequence[tuple[int, int]], rects: Rects) -> Iterator[Box]:
    """A box for each line: of the page's rectangles where they are those of the lines one by one, in their order."""
    counts = [max(0, textpage.count_rects(start, end - start)) if end > start else 0 for start, end in lines]
    whole, at = sum(counts) == len(rects), 0
    for number, (start, end) in zip(counts, lines, strict=True):
        held = rects[at : at + number]
        if number and not whole:
            textpage.count_rects(start, end - start)
            held = find_rects(textpage, min(number, _MOST_RECTS))
        yield _around(held) if number else _NOWHERE
        at += number


def _around(rects: Rects) -> Box:
    left, low = rects[:, :2].min(axis=0).tolist()
    right, high = rects[:, 2:].max(axis=0).tolist()
    return left, low, right, high


def find_all_rects(textpage: pypdfium2.PdfTextPage) -> Rects:
    """The rectangles of all runs of letters of a page, in the order of its text; of very many the first."""
    return find_rects(textpage, min(max(0, textpage.count_rects()), _MOST_AT_ONCE))


def find_rects(textpage: pypdfium2.PdfTextPage, number: int) -> Rects:
    """The first rectangles of the letters last asked for with `count_rects`."""
    held = np.zeros((number, 4))
    page, at = ctypes.cast(textpage.raw, ctypes.c_void_p), held.ctypes.data
    for nth in range(number):
        _get_rect(page, nth, at, at + _DOUBLE, at + 2 * _DOUBLE, at + 3 * _DOUBLE)
        at += 4 * _DOUBLE
    return held[:, [0, 3, 2, 1]]  # pdfium gives the top before the bottom


def find_shift(page: pypdfium2.PdfPage) -> Shift | None:
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
