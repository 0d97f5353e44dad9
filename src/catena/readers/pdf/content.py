"""What a page's content says about text, read quickly: pdfminer's interpreter with a scanner of our own.

pdfminer reads content character class by character class, which took three quarters of the time of a page. Here one
regular expression takes a token at a time; operators that only draw or colour are passed over. The operators of text
themselves stay pdfminer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, literal_name

_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*+(?:"
    rb"([+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r /\[\]<>(){}%]|$))"
    rb"|/([^\x00\t\n\f\r /\[\]<>(){}%]*)"
    rb"|\(((?:[^()\\]++|\\.)*+)\)"
    rb"|<<()|>>()"
    rb"|<([0-9A-Fa-f\x00\t\n\f\r ]*+)>"
    rb"|(\[)|(\])"
    rb"|(%[^\r\n]*+)"
    rb"|(\()"
    rb"|([^\x00\t\n\f\r /\[\]<>(){}%]++)"
    rb"|(.))",
    re.DOTALL,
)
_NUMBER, _NAME, _STRING, _OPEN, _CLOSE, _HEX, _ARRAY, _END, _, _NESTED, _WORD = range(1, 12)  # the groups, in order
_SPACE = re.compile(rb"[\x00\t\n\f\r ]+")
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r /\[\]<>(){}%]|$)")
_VALUES = {b"true": True, b"false": False, b"null": None}
_DRAWING = frozenset(
    b"m l c v y h re S s f F f* B B* b b* n W W* CS cs SC SCN sc scn G g RG rg K k ri i gs j J M d w sh BX EX".split()
)
_Call = tuple[Callable[..., None], int]


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter over our tokens."""

    def execute(self, streams: Sequence[object]) -> None:
        """Run the content of `streams`. Streams that hold themselves are passed over."""
        data = b"\n".join(self._admit(streams))
        calls: dict[bytes, _Call | None] = {}
        stack: list[Any] = []
        for word, value in _scan(data):
            if word is None:
                stack.append(value)
                continue
            if word not in calls:
                calls[word] = self._find(word)
            call = calls[word]
            if call is not None:
                function, count = call
                if not count:
                    function()
                elif len(stack) >= count:
                    function(*stack[-count:])
            stack.clear()

    def do_TJ(self, seq: Any) -> None:
        """Show text. Without the copy of the graphic state that pdfminer makes each time."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def _admit(self, streams: Sequence[object]) -> Iterator[bytes]:
        own: set[int] = getattr(self, "stream_ids", set())
        above: set[int] = getattr(self, "parent_stream_ids", set())
        own.clear()
        for held in streams:
            stream = stream_value(held)
            if stream.objid is not None and stream.objid not in above:
                own.add(stream.objid)
                yield stream.get_data()

    def _find(self, word: bytes) -> _Call | None:
        """The function of an operator and how many operands it takes; `None` for one that says nothing of text."""
        if word in _DRAWING:
            return None
        name = word.decode("latin-1").replace("*", "_a").replace('"', "_w").replace("'", "_q")
        function = getattr(self, f"do_{name}", None)
        return (function, function.__code__.co_argcount - 1) if function is not None else None


def _scan(data: bytes) -> Iterator[tuple[bytes | None, Any]]:
    """Operators as `(word, None)` and operands as `(None, value)`, in order."""
    held: list[list[Any]] = []  # open arrays and dictionaries
    here = 0
    while here >= 0:
        # Tokens follow each other in one pass; a picture's bytes and a string with parentheses begin another.
        start, here = here, -1
        for token in _TOKEN.finditer(data, start):
            kind = token.lastindex
            if kind == _WORD:
                word = token[_WORD]
                if word == b"ID":
                    found = _IMAGE_END.search(data, token.end())
                    here = found.end() if found else len(data)
                    held.clear()
                    yield b"n", None  # drops the operands of the picture
                    break
                if word not in _VALUES:
                    yield word, None
                    continue
                value: Any = _VALUES[word]
            elif kind == _NUMBER:
                digits = token[_NUMBER]
                value = float(digits) if b"." in digits else int(digits)
            elif kind == _HEX:
                value = _from_hex(token[_HEX])
            elif kind == _NAME:
                value = LIT(_name(token[_NAME]))
            elif kind == _STRING:
                value = _unescape(token[_STRING])
            elif kind in (_ARRAY, _OPEN):
                held.append([])
                continue
            elif kind in (_END, _CLOSE):
                if not held:
                    continue
                closed = held.pop()
                value = closed if kind == _END else _to_dict(closed)
            elif kind == _NESTED:
                here, value = _nested(data, token.end())
            else:
                continue
            if held:
                held[-1].append(value)
            else:
                yield None, value
            if here >= 0:
                break


def _nested(data: bytes, start: int) -> tuple[int, bytes]:
    """The end and the value of a string that holds parentheses, from behind its first one."""
    depth, here = 1, start
    for sign in _PARENTHESIS.finditer(data, start):
        here = sign.end()
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if not depth:
            return here, _unescape(data[start : here - 1])
    return len(data), _unescape(data[start:])


def _unescape(raw: bytes) -> bytes:
    return _ESCAPE.sub(_unescaped, raw) if b"\\" in raw or b"\r" in raw else raw


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign is None:
        return b"\n"
    return bytes((int(sign, 8) & 255,)) if sign[:1].isdigit() and sign[:1] < b"8" else _ESCAPED.get(sign, sign)


def _from_hex(raw: bytes) -> bytes:
    if len(raw) % 2 == 0 and raw.isalnum():
        return bytes.fromhex(raw.decode())
    digits = _SPACE.sub(b"", raw)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _name(raw: bytes) -> str:
    if b"#" in raw:
        raw = _HEX_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
    return raw.decode("utf-8", "surrogateescape")


def _to_dict(items: Sequence[Any]) -> dict[str, Any]:
    pairs = zip(items[::2], items[1::2], strict=False)
    return {str(literal_name(key)): value for key, value in pairs if value is not None}
