"""HTML: every character of the visible text, with its blocks; boilerplate is marked and not removed.

Our own walk over a lexbor tree keeps joiners, direction marks, repeated paragraphs and list numbers, which article
extractors drop; trafilatura only says which blocks are the main text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from catena.model import Block, Document, Origin, Span, canonical
from catena.readers.base import ReaderError
from catena.readers.encodings import decode

_HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "-comment"))
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list-item", "td": "table-cell", "th": "table-cell", "blockquote": "blockquote",
    "header": "header", "footer": "footer", "aside": "note",
}  # fmt: skip
_BREAKS = frozenset(
    (*_KINDS, "p", "div", "section", "article", "main", "nav", "ul", "ol", "dl", "dt", "dd", "table", "tr", "tbody",
     "thead", "pre", "figure", "figcaption", "address", "form", "fieldset", "body", "html", "hr")
)  # fmt: skip
_BOILERPLATE = frozenset(("nav", "footer", "aside", "form", "header"))
_SPACE = re.compile(r"[ \t\n\f\r]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_COVERED = 0.6  # share of letters below which the parser is not believed


@dataclass(slots=True)
class _Walk:
    """The text gathered so far and the blocks that begin in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    pending: bool = False  # white space seen, not yet written

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def inline(self, text: str, *, keep: bool) -> None:
        if keep:
            self.write(canonical(text))
            return
        flat = _SPACE.sub(" ", text)
        if flat.startswith(" ") or self.pending:
            self.pending = bool(self.parts) and not self.parts[-1].endswith("\n")
        body = flat.strip(" ")
        if body:
            self.write((" " if self.pending else "") + body)
            self.pending = flat.endswith(" ")
        else:
            self.pending = self.pending or (flat == " " and bool(self.parts) and not self.parts[-1].endswith("\n"))

    def line(self, breaks: int) -> None:
        """Make the text end in at least `breaks` line ends, unless it is empty."""
        self.pending = False
        if not self.length:
            return
        tail = "".join(self.parts[-3:])
        have = len(tail) - len(tail.rstrip("\n"))
        self.write("\n" * max(0, breaks - have))


class Html:
    """HTML pages as saved."""

    name = "html"
    version = "1"
    media_type = "text/html"
    suffixes = (".html", ".htm", ".xhtml")

    def sniff(self, data: bytes) -> bool:
        head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return head.startswith((b"<!doctype html", b"<html"))

    def read(self, data: bytes, name: str) -> Document:
        source, encoding = _decode(data)
        tree = LexborHTMLParser(source)
        walk = _Walk()
        if tree.root is not None:
            _visit(tree.root, walk)
        text = "".join(walk.parts).rstrip("\n")
        warnings = _check_coverage(source, text)
        if not text.strip():
            raise ReaderError("read", "the page holds no visible text", "save the page again after it has loaded")
        blocks = tuple(
            Block(Span(b.span.start, min(b.span.end, len(text))), b.kind, b.locator, b.direction, b.language)
            for b in walk.blocks
            if b.span.start < min(b.span.end, len(text))
        )
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, encoding,
            (f"decoded {encoding}", "white space runs to one space"),
        )  # fmt: skip
        return Document(text, origin, _classify(source, text, blocks), _stated(source, tree), warnings)


def _decode(data: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            name = declared[1].decode("ascii").lower()
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            pass  # pages lie about their encoding; look at the bytes
    decoded = decode(data)
    return decoded.text.removeprefix("\ufeff"), decoded.encoding


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: the path of block elements, and what they state."""

    path: str = ""
    direction: str | None = None
    language: str | None = None
    boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """A block element whose end is still to come: where its text starts, and how many blocks there were."""

    tag: str
    place: _Place
    start: int
    inner: int


def _visit(root: LexborNode, walk: _Walk) -> None:
    """Write the text under `root` in document order. Iterative, since hostile pages nest deeply."""
    stack: list[tuple[LexborNode, _Place] | _Open] = [(root, _Place())]
    numbers: dict[int, int] = {}
    while stack:
        step = stack.pop()
        if isinstance(step, _Open):
            _close(walk, step)
            continue
        node, place = step
        tag = node.tag or ""
        if tag == "-text":
            walk.inline(node.text_content or "", keep="/pre" in place.path)
        elif tag == "br":
            walk.pending = False
            walk.write("\n")
        elif tag not in _HIDDEN and not _is_hidden(node):
            place = _enter(node, tag, place)
            if tag in _BREAKS:
                walk.line(1 if tag in ("li", "tr", "dt", "dd") else 2)
                stack.append(_Open(tag, place, walk.length, len(walk.blocks)))
                if tag == "li":
                    _write_number(node, walk, numbers)
            stack += [(child, place) for child in reversed(list(node.iter(include_text=True)))]


def _enter(node: LexborNode, tag: str, place: _Place) -> _Place:
    attributes = node.attributes
    return _Place(
        path=f"{place.path}/{tag}" if tag in _BREAKS else place.path,
        direction=(attributes.get("dir") or place.direction or "").lower() or None,
        language=attributes.get("lang") or place.language,
        boilerplate=place.boilerplate or tag in _BOILERPLATE,
    )


def _write_number(node: LexborNode, walk: _Walk, numbers: dict[int, int]) -> None:
    """The number that a browser prints before an item of an ordered list; it is part of what people read."""
    parent = node.parent
    if parent is not None and parent.tag == "ol":
        number = numbers.get(parent.mem_id, _number(parent.attributes.get("start")))
        walk.write(f"{number}. ")
        numbers[parent.mem_id] = number + 1


def _number(given: str | None) -> int:
    return int(given) if given and given.lstrip("-").isdigit() else 1


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style


def _close(walk: _Walk, opened: _Open) -> None:
    """End a block element: a block of its own when no inner one began, or a block quote around its paragraphs."""
    walk.pending = False
    place, end = opened.place, walk.length
    if end > opened.start:
        span = Span(opened.start, end)
        if len(walk.blocks) == opened.inner:
            kind = "boilerplate" if place.boilerplate else _KINDS.get(opened.tag, "paragraph")
            walk.blocks.append(Block(span, kind, place.path, place.direction, place.language))
        elif opened.tag == "blockquote":
            walk.blocks.append(Block(span, "blockquote", place.path, place.direction, place.language))
    walk.line(1)


def _check_coverage(source: str, text: str) -> tuple[str, ...]:
    letters = sum(map(str.isalpha, _TAGS.sub(" ", source[:2_000_000])))
    found = sum(map(str.isalpha, text))
    if letters > 200 and found < _COVERED * letters and len(source) <= 2_000_000:
        return (f"only {found} of about {letters} letters of the page are in the text; look at the page itself",)
    return ()


def _classify(source: str, text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks outside what trafilatura takes for the main text become `boilerplate`; when it finds little, none do."""
    from trafilatura import extract

    main = extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    held = _key(main)
    if len(held) < 0.3 * len(_key(text)):
        return blocks
    return tuple(
        Block(b.span, "boilerplate", b.locator, b.direction, b.language)
        if b.kind in ("paragraph", "list-item") and _key(b.span.of(text))[:80] not in held
        else b
        for b in blocks
    )


def _key(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _stated(source: str, tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    from trafilatura import extract_metadata

    found: dict[str, str] = {}
    metadata = extract_metadata(source)
    for name in ("title", "author", "date", "language", "url"):
        value = getattr(metadata, name, None) if metadata else None
        if value:
            found[name] = str(value)
    return tuple(found.items())
