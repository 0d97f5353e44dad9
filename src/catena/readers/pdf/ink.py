"""Where a glyph's ink lies, from the font inside the file: a mark has no width, only its ink tells what it sits on."""

from __future__ import annotations

import io
import logging
from typing import Any

_TABLE_ERRORS = (KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError, EOFError)


class Ink:
    """Horizontal bounds of the glyphs of one font, in parts of its size. Without a readable font there are none."""

    def __init__(self, font: Any) -> None:
        self._bounds: dict[int, tuple[float, float] | None] = {}
        self._font = _open(font)
        if self._font is None:
            return
        try:
            self._glyphs = self._font.getGlyphSet()
            self._names = self._font.getGlyphOrder()
            self._em = self._font["head"].unitsPerEm
            self._map = None if font.is_multibyte() else _first_map(self._font)
        except Exception:  # noqa: BLE001  embedded fonts are broken in many ways, and any of them only costs the hint
            self._font = None

    def find(self, code: int) -> tuple[float, float] | None:
        """Left and right bound of the glyph that `code` shows, or `None`."""
        if self._font is None:
            return None
        if code not in self._bounds:
            try:
                self._bounds[code] = self._measure(code)
            except Exception:  # noqa: BLE001  see above
                self._bounds[code] = None
        return self._bounds[code]

    def _measure(self, code: int) -> tuple[float, float] | None:
        from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]

        name = None if self._map is None else self._map.get(code) or self._map.get(0xF000 + code)
        pen = BoundsPen(self._glyphs)
        self._glyphs[name or self._names[code]].draw(pen)
        return (pen.bounds[0] / self._em, pen.bounds[2] / self._em) if pen.bounds else None


def _open(font: Any) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from pdfminer.pdftypes import resolve1

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # odd dates inside fonts are nobody's business here
    try:
        stream = getattr(font, "fontfile", None)
        if stream is None:
            stream = resolve1(font.descriptor.get("FontFile2") or font.descriptor.get("FontFile3"))
        return TTFont(io.BytesIO(stream.get_data()), lazy=True)
    except Exception:  # noqa: BLE001  a font that cannot be opened only costs the hint
        return None


def _first_map(font: Any) -> dict[int, str] | None:
    try:
        tables = font["cmap"].tables
        return dict(tables[0].cmap) if tables else None
    except _TABLE_ERRORS:
        return None
