"""A page of a PDF as a picture, for looking at it beside the text."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from catena.readers.base import ReaderError

WIDTH = 1000
"""Dots across a page: sharp at the width it is shown in."""
CUT = 2.5
"""Dots a point in a part of a page: sharp on screens with two dots for one."""
Cut = tuple[int, int, int, int]
_MOST_DOTS = 6_000_000  # a page as long as a roll is painted smaller


def paint_page(data: bytes, number: int, width: int = WIDTH, box: Cut | None = None) -> bytes:
    """Page `number` (from 1) of the PDF in `data` as PNG, `width` dots wide. Raises `ReaderError`.

    With `box` (left, bottom, right and top in points from the lower left corner of the page) only that part of it, in
    `CUT` dots a point.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if not 1 <= number <= len(pdf):
                raise ReaderError("read", f"there is no page {number}; the file has {len(pdf)}", "choose another")
            page = pdf[number - 1]
            try:
                across, down = page.get_size()
                scale = min(CUT if box else width / max(1.0, across), (_MOST_DOTS / max(1.0, across * down)) ** 0.5)
                bitmap = page.render(scale=scale, rev_byteorder=True)
                try:
                    dots = np.array(bitmap.to_numpy(), dtype=np.uint8)[:, :, :3]
                finally:
                    bitmap.close()
            finally:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise ReaderError(
            "read", f"the page cannot be painted ({error})", "open the file in another program"
        ) from error
    return _to_png(_cut(dots, box, scale) if box else dots)


def _cut(dots: NDArray[Any], box: Cut, scale: float) -> NDArray[Any]:
    """The part of a page that a box holds. Raises `ReaderError` when it holds none of it."""
    left, bottom, right, top = (round(edge * scale) for edge in box)
    rows = dots.shape[0]
    part = dots[max(0, rows - top) : max(0, rows - bottom), max(0, left) : max(0, right)]
    if not part.size:
        raise ReaderError("read", f"nothing of the page stands at {box}", "choose another place")
    return part


def _to_png(dots: NDArray[Any]) -> bytes:
    """A PNG of rows of dots of red, green and blue."""
    rows, columns, _ = dots.shape
    lines = np.zeros((rows, columns * 3 + 1), dtype=np.uint8)  # every row begins with the number of its filter: none
    lines[:, 1:] = dots.reshape(rows, -1)
    head = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
