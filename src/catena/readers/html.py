"""HTML: every character of the visible text, with its blocks; boilerplate is marked and not removed."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from catena.model import Block, Document, Origin, Span
from catena.readers.base import ReaderError
from catena.readers.checks import check_html
from catena.readers.encodings import decode
from catena.readers.html_walk import Walk
from catena.readers.main_text import MAX_JUDGED, judge, mark_boilerplate

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,30})""")
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]{0,200}>|<!--.{0,2000}?-->)*", re.DOTALL)
_TAGS = re.compile(r"<(script|style|noscript|template|svg|title)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.I)
_COVERED = 0.6  # share of letters below which the parser is not believed
_UNSCRIPTED = 500  # characters for browsers without scripts from which they are the page's text
_FEW_LETTERS = 200  # a page with fewer may be all menu
_MAX_COMPARED = 2_000_000  # characters: the comparison costs about as much as reading
# A page that is read as bytes cannot be in UTF-16 without a mark, nor in a transfer code.
_ALIASES = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_REFUSED = frozenset(("utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))


class Html:
    """HTML pages as saved."""

    name = "html"
    version = "6"
    media_type = "text/html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def sniff(self, data: bytes) -> bool:
        head = data[:4096]
        before = _BEFORE.match(head)
        return head[before.end() if before else 0 :].lower().startswith((b"<!doctype html", b"<html"))

    def read(self, data: bytes, name: str) -> Document:
        source, encoding, doubt = _decode(data)
        page = _walk(source, encoding, doubt, data, name)
        judgement = judge(source)
        blocks = mark_boilerplate(page.text, page.blocks, judgement)
        return replace(page, blocks=blocks, stated=judgement.stated)


def read_page(data: bytes, name: str) -> Document:
    """The visible text of a page with its blocks, before anything is judged. Raises `ReaderError`."""
    return _walk(*_decode(data), data, name)


def _walk(source: str, encoding: str, doubt: tuple[str, ...], data: bytes, name: str) -> Document:
    check_html(source)
    root = LexborHTMLParser(source).root
    walk = Walk()
    if root is not None:
        walk.visit(root)
        if not walk.text.strip() or _is_for_unscripted(root, walk.text):
            walk = Walk(unscripted=True)
            walk.visit(root)
    text = walk.text.rstrip("\n")
    if not text.strip():
        raise ReaderError("read", "the page holds no visible text", "save the page again after it has loaded")
    steps = (
        *(("numbers of ordered lists written out",) if walk.numbered else ()),
        *(("text for browsers without scripts",) if walk.unscripted else ()),
    )
    origin = Origin(
        name, hashlib.sha256(data).hexdigest(), Html.media_type, Html.name, Html.version, encoding,
        (f"decoded {encoding}", "white space runs to one space", *steps),
    )  # fmt: skip
    return Document(text, origin, _within(walk.blocks, text), (), (*doubt, *_check_coverage(source, text)))


def _is_for_unscripted(root: LexborNode, shown: str) -> bool:
    """True when a page that scripts fill holds its text again for browsers without scripts, as some blogs do: more than
    a request to turn scripts on, and not shown elsewhere."""
    lines = (line.strip() for node in root.css("noscript") for line in node.text(separator="\n").split("\n"))
    return sum(len(line) for line in lines if line and line not in shown) >= _UNSCRIPTED


def _decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The page, its encoding, and a warning where that is not certain."""
    declared = _XML.match(data[:200]) or _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        said = _declared(data, declared[1].decode("ascii"))
        if said:
            return *said, ()
    decoded = decode(data)
    return decoded.text.removeprefix("\ufeff"), decoded.encoding, (decoded.doubt,) if decoded.doubt else ()


def _declared(data: bytes, said: str) -> tuple[str, str] | None:
    """The page in the encoding it declares; `None` when that cannot be, since pages lie about their encoding."""
    try:
        name = codecs.lookup(said).name
        name = _ALIASES.get(name, name)
        if name in _REFUSED:
            return None
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    if name.startswith(("cp125", "iso8859")) and not data.isascii():
        try:
            return data.decode("utf-8"), "utf-8"  # no other encoding happens to be sound UTF-8
        except UnicodeDecodeError:
            pass
    return text, name


def _within(blocks: list[Block], text: str) -> tuple[Block, ...]:
    """The blocks in order of place, the outer before the inner, none past the text."""
    ends = ((block, min(block.span.end, len(text))) for block in blocks)
    kept = (
        Block(Span(block.span.start, end), block.kind, block.locator, block.direction, block.language)
        for block, end in ends
        if block.span.start < end
    )
    return tuple(sorted(kept, key=lambda block: (block.span.start, -block.span.end)))


def _check_coverage(source: str, text: str) -> tuple[str, ...]:
    if len(source) > MAX_JUDGED:
        return (f"a page of {len(source)} characters: main text and title were not looked for",)
    if len(source) > _MAX_COMPARED:
        return ()
    letters = sum(map(str.isalpha, _TAGS.sub(" ", source)))
    found = sum(map(str.isalpha, text))
    if letters > _FEW_LETTERS and found < _COVERED * letters:
        return (f"only {found} of about {letters} letters of the page are in the text; look at the page itself",)
    return ()
