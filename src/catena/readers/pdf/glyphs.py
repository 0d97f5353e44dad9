"""The glyphs of a page in the order of painting, from pdfminer.six; spans with ActualText stay whole.

pdfminer's own layout is not used, and pdfminer is loaded only when a page needs it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

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
_SPACE = 32  # the code after which fonts of one byte a sign leave room between words
_SHORT = 2  # bytes of a string whose glyphs are kept: programs that place each mark show glyph by glyph
_CLUSTER = 16  # bytes of a stated text that is kept once it is decoded: a letter and its marks, again and again
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

    __slots__ = ("mark", "moves", "text", "unit")

    def __init__(self, text: str | None = None, mark: bool = False) -> None:
        self.text = text
        self.mark = mark
        self.unit: Unit | None = None
        self.moves = False


class _Glyph(NamedTuple):
    """What a font says of a code. `width` is in text space for a font of size 1."""

    code: int
    text: str
    width: float
    mark: bool
    space: bool


class _Face:
    """A font and what was looked up in it: pages show few different glyphs, and each many times."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self.upright: bool = font.is_vertical()
        self._glyphs: dict[int, _Glyph] = {}
        self._strings: dict[bytes, tuple[_Glyph, ...]] = {}
        self._ink: Ink | None = None

    def read(self, string: bytes) -> tuple[_Glyph, ...]:
        """The glyphs that `string` shows."""
        found = self._strings.get(string)
        if found is None:
            found = tuple(map(self.look_up, self.font.decode(string)))
            if len(string) <= _SHORT:
                self._strings[string] = found
        return found

    def look_up(self, code: int) -> _Glyph:
        """One glyph."""
        found = self._glyphs.get(code)
        if found is None:
            width = self.font.char_width(code)
            try:
                text = clean(self.font.to_unichr(code))
            except PDFUnicodeNotDefined:
                text = ""
            found = self._glyphs[code] = _Glyph(code, text, width, is_marks(text), bool(text) and not text.strip())
        return found

    def find_ink(self, code: int) -> tuple[float, float] | None:
        """Left and right bound of a glyph's ink, in parts of the font's size."""
        if self._ink is None:
            self._ink = Ink(self.font)
        return self._ink.find(code)


class _Device(PDFTextDevice):
    """Collects units; pictures, paths and figures are passed over."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.units: list[Unit] = []
        self._spans: list[_Span] = []
        self._stated: _Span | None = None  # the outermost open span that states its text
        self._texts: dict[bytes, tuple[str, bool]] = {}
        self._faces: dict[int, _Face] = {}  # by the id of the font, which they hold, so that no id is used twice

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self.units, self._spans, self._stated = [], [], None

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        stated = props.get("ActualText") if isinstance(props, dict) else None
        span = _Span(*self._read_stated(stated)) if isinstance(stated, (bytes, str)) else _Span()
        self._spans.append(span)
        if self._stated is None and span.text is not None:
            self._stated = span

    def _read_stated(self, stated: bytes | str) -> tuple[str, bool]:
        if isinstance(stated, str) or len(stated) > _CLUSTER:
            return _decode(stated)
        found = self._texts.get(stated)
        if found is None:
            found = self._texts[stated] = _decode(stated)
        return found

    def end_tag(self) -> None:
        if self._spans and self._spans.pop() is self._stated:
            self._stated = None

    def do_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """A marked point says nothing about text."""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Paint strings and moves between them, and take the pen along; what stands upright goes through pdfminer."""
        font = textstate.font
        face = self._faces.get(id(font)) or self._open(font)
        if face.upright:
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        sheet: Any = self.ctm
        a, b, c, d, e, f = utils.mult_matrix(textstate.matrix, sheet)
        size, scaling = textstate.fontsize, textstate.scaling * 0.01
        between = textstate.charspace * scaling
        after_space = 0 if font.is_multibyte() else textstate.wordspace * scaling
        step, raised = 0.001 * size * scaling, textstate.rise * d
        height, wide = abs(size * d) or abs(size * b), size * scaling * a
        x, y = textstate.linematrix
        spaced = False
        for item in seq:
            if isinstance(item, bytes):
                for glyph in face.read(item):
                    if spaced:
                        x += between
                    advance = float(glyph.width * size * scaling)
                    self._paint(face, glyph, x * a + y * c + e, x * b + y * d + f + raised, advance * a, wide, height)
                    x += advance
                    if after_space and glyph.code == _SPACE:
                        x += after_space
                    spaced = True
            elif isinstance(item, (int, float)):
                x -= item * step
                spaced = True
        textstate.linematrix = (x, y)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
        graphicstate: Any,
    ) -> float:  # fmt: skip
        """Paint one glyph of a font that stands upright."""
        face = self._faces.get(id(font)) or self._open(font)
        glyph = face.look_up(cid)
        advance = float(glyph.width * fontsize * scaling)
        a, b, _, d, pen, base = matrix
        height = abs(fontsize * d) or abs(fontsize * b)
        self._paint(face, glyph, pen, base + rise * d, advance * a, fontsize * scaling * a, height)
        return advance

    def _paint(
        self, face: _Face, glyph: _Glyph, pen: float, base: float, reach: float, wide: float, height: float
    ) -> None:
        """Add a glyph. `reach` is how far it moves the pen, `wide` what one part of the font's size takes."""
        end = pen + reach
        left, right = (end, pen) if end < pen else (pen, end)
        text, mark, space = glyph.text, glyph.mark, glyph.space
        span = self._stated
        if span is not None:
            if span.text:
                self._add_stated(span, left, right, base, height)
                return
            text, mark, space = "", False, False
        filler = not text
        if filler and right - left <= _NO_WIDTH:
            return
        ink_left, ink_right = left, right
        if mark or space:
            bounds = face.find_ink(glyph.code)
            if bounds and space:  # LibreOffice calls the strokes between letters spaces when it stretches a line
                filler, space = True, False
            elif bounds:
                ink_left, ink_right = pen + bounds[0] * wide, pen + bounds[1] * wide
                if ink_right < ink_left:
                    ink_left, ink_right = ink_right, ink_left
        place = len(self.units)
        self.units.append(
            Unit(text, left, right, base, height, place, left, ink_left, ink_right, False, mark, space, filler)
        )

    def _add_stated(self, span: _Span, left: float, right: float, base: float, height: float) -> None:
        """One unit for the whole span; its box is that of the glyphs that move the pen."""
        one = span.unit
        if one is None:
            text = span.text or ""
            span.moves = right - left > _NO_WIDTH
            place = len(self.units)
            span.unit = Unit(
                text, left, right, base, height, place, left, left, right, True, span.mark, not text.strip()
            )
            self.units.append(span.unit)
            return
        if right - left <= _NO_WIDTH:
            return
        if span.moves:
            one.left, one.right = min(one.left, left), max(one.right, right)
            one.start = min(one.start, left)
        else:
            one.left, one.right, one.start, one.baseline = left, right, left, base
            span.moves = True
        one.ink_left, one.ink_right = one.left, one.right

    def _open(self, font: Any) -> _Face:
        face = self._faces[id(font)] = _Face(font)
        return face


def _decode(stated: bytes | str) -> tuple[str, bool]:
    """The text that a span states, and whether it is only marks."""
    if isinstance(stated, str):
        text = stated
    elif stated.startswith(b"\xfe\xff"):
        text = stated[2:].decode("utf-16-be", "replace")
    elif stated.startswith(b"\xef\xbb\xbf"):
        text = stated[3:].decode("utf-8", "replace")
    else:
        text = utils.decode_text(stated)
    text = clean(text)
    return text, is_marks(text)
