"""RTF: paragraphs, cells and notes, with every code page and Unicode escape; pictures and tables of styles left out.

A walk over groups and control words. Text in destinations that nobody reads (fonts, styles, field codes) is passed
over. Source of the control words: the Rich Text Format specification 1.9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.flow import Flow

MAX_DEPTH = 1000
_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_HIDDEN = frozenset((
    b"fonttbl", b"colortbl", b"stylesheet", b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl", b"generator",
    b"pict", b"object", b"themedata", b"datastore", b"latentstyles", b"fldinst", b"xmlnstbl", b"filetbl", b"info",
    b"pntext", b"bkmkstart", b"bkmkend", b"nonshppict", b"mmathPr", b"listtext",
))  # fmt: skip
_KINDS = {
    b"footnote": "note", b"annotation": "note",
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header",
    b"footer": "footer", b"footerl": "footer", b"footerr": "footer", b"footerf": "footer",
}  # fmt: skip
_SIGNS = {b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
          b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"zwj": "\u200d", b"zwnj": "\u200c",
          b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"emspace": "\u2003", b"enspace": "\u2002"}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {0: "cp1252", 161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256", 204: "cp1251", 238: "cp1250"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: whether it is read, its code page, and the characters to skip after a Unicode escape."""

    hidden: bool = False
    page: str = "cp1252"
    skip: int = 1
    kind: str = ""
    gone: bool = False


@dataclass(slots=True)
class _Paragraph:
    text: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    direction: str | None = None
    cell: bool = False


class Rtf:
    """Rich Text Format."""

    name = "rtf"
    version = "1"
    media_type = "application/rtf"
    suffixes: tuple[str, ...] = (".rtf",)

    def sniff(self, data: bytes) -> bool:
        return data[:3].lstrip().startswith(b"\xef\xbb\xbf{\\rtf") or data[:16].lstrip().startswith(b"{\\rtf")

    def read(self, data: bytes, name: str) -> Document:
        walk = _Walk()
        walk.run(data)
        for text, kind in walk.apart:
            walk.flow.add(text, kind, f"{kind} {walk.count()}")
        steps = ("notes, headers, footers and deletions after the text",)
        return walk.flow.document(self, data, name, steps=steps)


class _Walk:
    def __init__(self) -> None:
        self.flow = Flow()
        self.apart: list[tuple[str, str]] = []
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._stack: list[tuple[_State, _Paragraph]] = []
        self._paragraph = _Paragraph()
        self._bytes = bytearray()
        self._left = 0  # characters still to skip after a Unicode escape
        self._font = 0
        self._number = 0
        self._gap = "\n\n"  # before the next cell

    def count(self) -> int:
        self._number += 1
        return self._number

    def run(self, data: bytes) -> None:
        for token in _TOKEN.finditer(data):
            word, number, code, symbol, brace, plain = token.groups()
            if code is not None:
                self._byte(int(code, 16))
                continue
            if plain is not None:
                self._plain(plain)
                continue
            self._flush()
            if brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
            elif word is not None:
                self._control(word, None if number is None else int(number))
            elif symbol is not None:
                self._symbol(symbol)
        self._flush()
        self._end()

    def _open(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise ReaderError("check", f"more than {MAX_DEPTH} groups in each other", "do not trust this file")
        self._stack.append((self._state, self._paragraph))

    def _close(self) -> None:
        if not self._stack:
            return
        kind = self._state.kind
        outer, paragraph = self._stack.pop()
        if kind and kind != outer.kind:  # a note or a header ends with its group
            self._end()
            self._paragraph = paragraph
        self._state = outer

    def _control(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word in _HIDDEN:
            self._state = replace(state, hidden=True)
        elif word in _KINDS:
            self._state = replace(state, kind=_KINDS[word])
            self._paragraph = _Paragraph()
        elif word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self._left = state.skip
        elif word == b"uc" and number is not None:
            self._state = replace(state, skip=max(0, min(number, 10)))
        elif word in (b"par", b"sect", b"page"):
            self._end()
        elif word in (b"cell", b"nestcell"):
            self._paragraph.cell = True
            self._end()
        elif word in (b"row", b"nestrow"):
            self._gap = "\n"
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word in (b"rtlpar", b"ltrpar"):
            self._paragraph.direction = "rtl" if word == b"rtlpar" else None
        elif word in (b"deleted", b"v"):
            self._state = replace(state, gone=number != 0)
        elif word == b"plain":
            self._state = replace(state, gone=False)
        elif word == b"ansicpg" and number:
            self._state = replace(state, page=_known(f"cp{number}", state.page))
        elif word in (b"f", b"af") and number is not None:
            self._font = number
            if number in self._fonts and not state.hidden:
                self._state = replace(state, page=self._fonts[number])
        elif word == b"fcharset" and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state = replace(self._state, hidden=True)
        elif symbol in (b"\n", b"\r"):
            self._end()
        elif symbol in _SYMBOLS:
            self._write(_SYMBOLS[symbol])

    def _byte(self, code: int) -> None:
        if self._left:
            self._left -= 1
        else:
            self._bytes.append(code)

    def _plain(self, plain: bytes) -> None:
        skipped = min(self._left, len(plain))
        self._left -= skipped
        self._bytes += plain[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._state.page, "replace")
            self._bytes.clear()
            self._write(text)

    def _write(self, text: str) -> None:
        if not self._state.hidden:
            (self._paragraph.gone if self._state.gone else self._paragraph.text).append(text)

    def _end(self) -> None:
        """End the running paragraph."""
        paragraph, self._paragraph = self._paragraph, _Paragraph(direction=self._paragraph.direction)
        text = _join("".join(paragraph.text))
        gone = _join("".join(paragraph.gone))
        if gone.strip():
            self.apart.append((gone, "deleted"))
        if self._state.kind:
            self.apart.append((text, self._state.kind))
        else:
            gap, kind = (self._gap, "table-cell") if paragraph.cell else ("\n\n", "paragraph")
            self._gap = "\t" if paragraph.cell else "\n\n"
            self.flow.add(text, kind, f"paragraph {self.count()}", gap=gap, direction=paragraph.direction)


def _join(text: str) -> str:
    """`text` with the halves of characters beyond the first plane put together; lone halves become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _known(page: str, otherwise: str) -> str:
    try:
        b"".decode(page)
    except LookupError:
        return otherwise
    return page
