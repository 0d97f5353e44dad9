"""The glyphs of a page in the order of painting, from pdfminer.six; spans with ActualText stay whole.

pdfminer's own layout is not used, and pdfminer is loaded only when a page needs it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer import utils
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import PSLiteral

from catena.readers.pdf.content import Interpreter
from catena.readers.pdf.ink import Ink
from catena.readers.pdf.units import Unit, clean, is_marks

_NO_WIDTH = 0.01  # points: narrower glyphs do not move the pen
for _noisy in ("pdfminer", "fontTools"):  # their notes on odd fonts are nothing a user can act on
    logging.getLogger(_noisy).setLevel(logging.ERROR)


def find_units(data: bytes, pages: Iterable[int]) -> Iterator[tuple[int, list[Unit]]]:
    """For each of `pages` (numbered from 0): its number and its units in painting order.

    Raises what pdfminer raises on a file it cannot read.
    """
    wanted = frozenset(pages)
    device = _Device(PDFResourceManager())
    interpreter = Interpreter(device.rsrcmgr, device)
    for number, page in enumerate(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))):
        if number in wanted:
            interpreter.process_page(page)
            yield number, device.units


class _Span:
    """A marked span: its ActualText, if it has one, and the unit that stands for it once a glyph was painted."""

    __slots__ = ("moves", "text", "unit")

    def __init__(self, text: str | None) -> None:
        self.text = text
        self.unit: Unit | None = None
        self.moves = False


class _Device(PDFTextDevice):
    """Collects units; pictures, paths and figures are passed over."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.units: list[Unit] = []
        self._spans: list[_Span] = []
        self._inks: dict[int, Ink] = {}
        self._texts: dict[tuple[int, int], tuple[str, bool]] = {}
        self._fonts: list[Any] = []  # held, so that no id is used twice

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.units, self._spans = [], []

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        stated = props.get("ActualText") if isinstance(props, dict) else None
        self._spans.append(_Span(_decode(stated) if isinstance(stated, (bytes, str)) else None))

    def end_tag(self) -> None:
        if self._spans:
            self._spans.pop()

    def do_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """A marked point says nothing about text."""

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
        graphicstate: Any,
    ) -> float:  # fmt: skip
        advance = float(font.char_width(cid) * fontsize * scaling)
        a, b, _, d, pen, base = matrix
        span = next((one for one in self._spans if one.text is not None), None)
        text, mark = self._look_up(font, cid)
        if span is not None:
            text, mark = span.text or "", is_marks(span.text or "")
        left, right = sorted((pen, pen + advance * a))
        size = abs(fontsize * d) or abs(fontsize * b)
        unit = Unit(text, left, right, base + rise * d, size, len(self.units), min(pen, left), left, right)
        unit.mark, unit.space = mark, bool(text) and not text.strip()
        unit.filler = not text
        if text and span is not None:
            self._add_stated(span, unit)
            return advance
        if mark or unit.space:
            bounds = self._ink(font).find(cid)
            if bounds and unit.space:  # LibreOffice calls the strokes between letters spaces when it stretches a line
                unit.filler, unit.space = True, False
            elif bounds:
                wide = fontsize * scaling * a
                unit.ink_left, unit.ink_right = sorted((pen + bounds[0] * wide, pen + bounds[1] * wide))
        if text or right - left > _NO_WIDTH:
            self.units.append(unit)
        return advance

    def _look_up(self, font: Any, cid: int) -> tuple[str, bool]:
        """The glyph's text, and whether it is only marks."""
        key = (id(font), cid)
        found = self._texts.get(key)
        if found is None:
            try:
                text = clean(font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                text = ""
            self._fonts.append(font)
            found = self._texts[key] = (text, is_marks(text))
        return found

    def _add_stated(self, span: _Span, unit: Unit) -> None:
        """One unit for the whole span; its box is that of the glyphs that move the pen."""
        moves = unit.right - unit.left > _NO_WIDTH
        if span.unit is None:
            unit.stated, span.unit, span.moves = True, unit, moves
            self.units.append(unit)
            return
        if not moves:
            return
        one = span.unit
        if span.moves:
            one.left, one.right = min(one.left, unit.left), max(one.right, unit.right)
            one.start = min(one.start, unit.left)
        else:
            one.left, one.right, one.start, one.baseline = unit.left, unit.right, unit.start, unit.baseline
            span.moves = True
        one.ink_left, one.ink_right = one.left, one.right

    def _ink(self, font: Any) -> Ink:
        if id(font) not in self._inks:
            self._inks[id(font)] = Ink(font)
            self._fonts.append(font)
        return self._inks[id(font)]


def _decode(stated: bytes | str) -> str:
    if isinstance(stated, str):
        return clean(stated)
    if stated.startswith(b"\xfe\xff"):
        return clean(stated[2:].decode("utf-16-be", "replace"))
    if stated.startswith(b"\xef\xbb\xbf"):
        return clean(stated[3:].decode("utf-8", "replace"))
    return clean(utils.decode_text(stated))
