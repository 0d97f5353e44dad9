"""What a page's content says about text, read quickly: pdfminer's interpreter with a scanner of our own.

pdfminer reads content character class by character class, which took three quarters of the time of a page. Here one
regular expression takes a token at a time, and as a whole the calls that pages are made of: moves of the pen, strings,
fonts, spans that state their text. Operators that only draw or colour are passed over. The other operators of text stay
pdfminer's.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, PSLiteral, literal_name

# Calls as most programs write them. What is written in another way, or in longer numbers or arrays, is read token by
# token. Empty groups mark lines, rectangles and curves. Groups repeat greedily, since possessive repeats of groups go
# wrong in the first releases of Python 3.11.
_CALLS = (
    rb"(%(number)b)%(gap)b(%(number)b)%(gap)b(?:"
    rb"Td%(end)b(?:%(space)b<([0-9A-Fa-f]*+)>%(space)bTj%(end)b)?|[lm]%(end)b()"
    rb"|(%(number)b)%(gap)b(%(number)b)%(gap)b(?:"
    rb"re%(end)b()|(%(number)b)%(gap)b(%(number)b)%(gap)b(?:Tm%(end)b|c%(end)b())))"
    rb"|<([0-9A-Fa-f]*+)>%(space)bTj%(end)b"
    rb"|/(%(name)b)%(gap)b(%(number)b)%(gap)bTf%(end)b"
    rb"|/(%(name)b)%(space)b<<%(space)b/ActualText%(space)b<([0-9A-Fa-f]*+)>%(space)b>>%(space)bBDC%(end)b"
    rb"|\[((?:<[0-9A-Fa-f]*+>|\([^()\\\r]*+\)|%(gap)b|%(number)b%(end)b){0,500})\]%(space)bTJ%(end)b"
) % {
    b"number": rb"[+-]?(?:\d{1,15}+(?:\.\d{0,15}+)?|\.\d{1,15}+)",
    b"name": rb"[^\x00\t\n\f\r /\[\]<>(){}%]*+",
    b"gap": rb"[\x00\t\n\f\r ]++",
    b"space": rb"[\x00\t\n\f\r ]*+",
    b"end": rb"(?=[\x00\t\n\f\r /\[\]<>(){}%]|$)",
}
_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*+(?:" + _CALLS + rb"|([+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r /\[\]<>(){}%]|$))"
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
# The last groups of the calls, and the groups of the tokens, in order.
_MOVE, _MOVE_SHOW, _MATRIX, _SHOW, _FONT, _SPAN, _SHOW_MANY = 2, 3, 9, 11, 13, 15, 16
_NUMBERS = (1, 2, 5, 6, 8, 9)
_NUMBER, _NAME, _STRING, _OPEN, _CLOSE, _HEX, _ARRAY, _END, _, _NESTED, _WORD = range(17, 28)
_ITEM = re.compile(rb"<([^>]*)>|(\([^)]*\))|([-+.0-9]+)")
_BLANK = b"\x00\t\n\f\r "
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
_Found = tuple[bytes | None, Any]


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter over our tokens."""

    def execute(self, streams: Sequence[object]) -> None:
        """Run the content of `streams`. Streams that hold themselves are passed over."""
        data = b"\n".join(self._admit(streams))
        calls: dict[bytes, _Call | None] = {}
        whole: dict[bytes, Callable[..., None]] = {
            b"Td": self._move, b"Tm": self._set_matrix, b"Tj": self.do_Tj, b"TJ": self.do_TJ, b"Tf": self._set_font,
            b"BDC": self.do_BDC,
        }  # fmt: skip
        stack: list[Any] = []
        for word, value in _scan(data):
            if word is None:
                stack.append(value)
                continue
            if value is not None:
                if word != b"n":
                    whole[word](*value)
                stack.clear()
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

    def do_Tj(self, s: Any) -> None:
        """Show one string."""
        self.do_TJ((s,))

    def _move(self, right: float, up: float) -> None:
        """Td with numbers that are known to be such: pdfminer asks of every single one."""
        state = self.textstate
        a, b, c, d, e, f = state.matrix
        state.matrix = (a, b, c, d, right * a + up * c + e, right * b + up * d + f)
        state.linematrix = (0, 0)

    def _set_matrix(self, *matrix: float) -> None:
        """Tm, likewise."""
        a, b, c, d, e, f = matrix
        self.textstate.matrix, self.textstate.linematrix = (a, b, c, d, e, f), (0, 0)

    def _set_font(self, name: PSLiteral, size: float) -> None:
        """Tf. What the page does not name is left to pdfminer."""
        font = self.fontmap.get(name.name)
        if font is None:
            self.do_Tf(name, size)
        else:
            self.textstate.font, self.textstate.fontsize = font, size

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


def _scan(data: bytes) -> Iterator[_Found]:
    """Operators as `(word, None)`, operands as `(None, value)` and calls as `(word, operands)`, in order."""
    held: list[list[Any]] = []  # open arrays and dictionaries
    data = data.rstrip(_BLANK)  # else each place in a long blank end is tried as the start of a token
    here = 0
    while here >= 0:
        # Tokens follow each other in one pass; a picture's bytes and a string with parentheses begin another.
        start, here = here, -1
        for token in _TOKEN.finditer(data, start):
            kind = token.lastindex or _WORD
            if kind < _NUMBER:
                found_calls = _read_calls(token, kind)
                if not held:
                    yield from found_calls
                    continue
                for word, values in found_calls:  # inside an open array the operands are its own
                    held[-1] += values
                    yield word, None
                continue
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


def _read_calls(token: re.Match[bytes], kind: int) -> tuple[_Found, ...]:
    """The calls that `token` matched as a whole; `kind` is its last group. What only draws is `n`."""
    if kind == _MOVE_SHOW:
        right, up, shown = token.group(1, 2, 3)
        return (b"Td", (float(right), float(up))), (b"Tj", (_from_hex(shown),))
    if kind == _SHOW:
        return ((b"Tj", (_from_hex(token[_SHOW]),)),)
    if kind == _SPAN:
        return ((b"BDC", (LIT(_name(token[_SPAN - 1])), {"ActualText": _from_hex(token[_SPAN])})),)
    if kind == _MATRIX:
        return ((b"Tm", tuple(map(float, token.group(*_NUMBERS)))),)
    if kind == _FONT:
        return ((b"Tf", (LIT(_name(token[_FONT - 1])), float(token[_FONT]))),)
    if kind == _MOVE:
        return ((b"Td", (float(token[1]), float(token[2]))),)
    if kind != _SHOW_MANY:  # lines, rectangles and curves
        return ((b"n", tuple(map(float, filter(None, token.group(*_NUMBERS))))),)
    items = (
        float(number) if number else string[1:-1] if string else _from_hex(digits)
        for digits, string, number in _ITEM.findall(token[_SHOW_MANY])
    )
    return ((b"TJ", (list(items),)),)


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
        return unhexlify(raw)
    digits = _SPACE.sub(b"", raw)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _name(raw: bytes) -> str:
    if b"#" in raw:
        raw = _HEX_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), raw)
    return raw.decode("utf-8", "surrogateescape")


def _to_dict(items: Sequence[Any]) -> dict[str, Any]:
    pairs = zip(items[::2], items[1::2], strict=False)
    return {str(literal_name(key)): value for key, value in pairs if value is not None}
