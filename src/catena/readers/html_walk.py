"""The visible text of an HTML tree, with the block that each stretch of it stands in.

Our own walk over a lexbor tree keeps joiners, direction marks, repeated paragraphs and list numbers, which article
extractors drop. Every stretch of text lies in exactly one block; a block quote of several blocks has one more around
them. Runs of ASCII white space become one space, as in a browser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from catena.model import Block, Span, canonical

_HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "-comment"))
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list-item", "td": "table-cell", "th": "table-cell", "blockquote": "blockquote",
}  # fmt: skip
_BREAKS = frozenset(
    (*_KINDS, "p", "div", "section", "article", "main", "nav", "ul", "ol", "dl", "dt", "dd", "table", "tr", "tbody",
     "thead", "tfoot", "caption", "pre", "figure", "figcaption", "address", "form", "fieldset", "body", "html", "hr",
     "header", "footer", "aside", "details", "summary")
)  # fmt: skip
_CLOSE = frozenset(("li", "tr", "td", "th", "dt", "dd", "tbody", "thead", "summary"))  # one line end, not a blank line
_BOILERPLATE = frozenset(("nav", "form", "aside"))
_EDGES = frozenset(("header", "footer"))  # of the page; inside an article they belong to it
_NOTES = ("doc-footnote", "doc-endnote", "doc-footnotes", "doc-endnotes", "footnote", "footnotes", "endnotes")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_DIGITS = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: the path of block elements, and what they state."""

    path: str = ""
    kind: str = "paragraph"
    direction: str | None = None
    language: str | None = None
    boilerplate: bool = False
    article: bool = False
    keep: bool = False  # white space counts, as in `pre`


@dataclass(frozen=True, slots=True)
class _Open:
    """A block element whose end is still to come: the number of blocks there were when it began."""

    tag: str
    place: _Place
    outer: _Place
    inner: int


@dataclass(slots=True)
class Walk:
    """The text gathered so far and its blocks. Run it with `visit`, then take `text` and `blocks`."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    number: str = ""  # of a list item whose first text is still to come
    _place: _Place = field(default_factory=_Place)
    _from: int = 0  # where the running block began
    _ends: int = 0  # line ends that the text ends in
    _pending: bool = False  # white space seen, not yet written
    numbered: bool = False  # a list number was written out
    unscripted: bool = False  # as in a browser without scripts, `noscript` is shown
    _counts: dict[int, int] = field(default_factory=dict)  # next number of each ordered list

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def visit(self, root: LexborNode) -> None:
        """Gather the text under `root` in document order. Iterative, since hostile pages nest deeply."""
        stack: list[tuple[LexborNode, _Place] | _Open] = [(root, _enter(root, root.tag or "", 1, _Place()))]
        while stack:
            step = stack.pop()
            if isinstance(step, _Open):
                self._leave(step)
                continue
            node, place = step
            tag = node.tag or ""
            if tag == "-text":
                self._inline(node.text_content or "", keep=place.keep)
            elif tag == "br":
                self._pending = False
                self._write("\n")
            elif (tag not in _HIDDEN or (self.unscripted and tag == "noscript")) and not _is_hidden(node):
                if tag in _BREAKS:
                    self._break(place)
                    stack.append(_Open(tag, place, self._place, len(self.blocks)))
                    self._place = place
                    if tag == "li":
                        self.number = self._count(node)
                stack += reversed(_children(node, place))
        self._break(self._place)

    def _write(self, text: str) -> None:
        if not self.length:
            text = text.lstrip("\n\ufeff")  # a document begins with neither
        if text:
            self.parts.append(text)
            self.length += len(text)
            ends = len(text) - len(text.rstrip("\n"))
            self._ends = ends + self._ends if ends == len(text) else ends

    def _inline(self, text: str, *, keep: bool) -> None:
        if keep:
            self._write(canonical(text))
            return
        flat = _SPACE.sub(" ", text)
        body = flat.strip(" ")
        if flat.startswith(" ") and self.length > self._from and not self._ends:
            self._pending = True
        if body:
            number, self.number = self.number, ""
            self.numbered = self.numbered or bool(number)
            self._write(number + (" " if self._pending else "") + body)
            self._pending = flat.endswith(" ")

    def _break(self, place: _Place) -> None:
        """End the running block, if it has text, and part it from what follows."""
        self._pending = False
        if self.length > self._from:
            held = self._place
            kind = "boilerplate" if held.boilerplate else held.kind
            self.blocks.append(Block(Span(self._from, self.length), kind, held.path, held.direction, held.language))
        if self.length:
            close = place.path.rpartition("/")[2].partition("[")[0] in _CLOSE
            self._write("\n" * max(0, (1 if close else 2) - self._ends))
        self._from = self.length

    def _leave(self, opened: _Open) -> None:
        self._break(opened.place)
        self._place = opened.outer
        self.number = "" if opened.tag == "li" else self.number
        within = self.blocks[opened.inner :]
        if opened.tag == "blockquote" and len(within) > 1:
            place = opened.place
            span = Span(within[0].span.start, max(block.span.end for block in within))
            # One quotation of many paragraphs, not many quotations: the inner blocks keep their own kinds.
            plain = [replace(block, kind="paragraph") if block.kind == "blockquote" else block for block in within]
            self.blocks[opened.inner :] = plain
            self.blocks.append(Block(span, "blockquote", place.path, place.direction, place.language))

    def _count(self, node: LexborNode) -> str:
        """The number that a browser prints before an item of an ordered list: part of what people read."""
        parent = node.parent
        if parent is None or parent.tag != "ol":
            return ""
        own = _integer(node.attributes.get("value"))
        back = "reversed" in parent.attributes
        first = sum(child.tag == "li" for child in parent.iter()) if back and parent.mem_id not in self._counts else 1
        start = _integer(parent.attributes.get("start"))
        number = own if own is not None else self._counts.get(parent.mem_id, first if start is None else start)
        self._counts[parent.mem_id] = number + (-1 if back else 1)
        return f"{_in_style(number, parent.attributes.get('type'))}. "


def _children(node: LexborNode, place: _Place) -> list[tuple[LexborNode, _Place]]:
    seen: dict[str, int] = {}
    children = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        seen[tag] = seen.get(tag, 0) + 1
        children.append((child, place if tag == "-text" else _enter(child, tag, seen[tag], place)))
    return children


def _enter(node: LexborNode, tag: str, nth: int, place: _Place) -> _Place:
    if tag not in _BREAKS:
        return place
    attributes = node.attributes
    note = (
        attributes.get("role") in _NOTES or attributes.get("epub:type") in _NOTES or attributes.get("class") in _NOTES
    )
    article = place.article or tag in ("article", "main")
    return replace(
        place,
        path=f"{place.path}/{tag}[{nth}]" if tag not in ("html", "body") else f"{place.path}/{tag}",
        kind="note" if note or place.kind == "note" else _KINDS.get(tag, place.kind),
        direction=(attributes.get("dir") or place.direction or "").lower() or None,
        language=attributes.get("lang") or place.language,
        boilerplate=not note and (place.boilerplate or tag in _BOILERPLATE or (tag in _EDGES and not article)),
        article=article,
        keep=place.keep or tag == "pre",
    )


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "visibility:hidden" in style


def _integer(given: str | None) -> int | None:
    return int(given) if given and _DIGITS.fullmatch(given.strip()) else None


def _in_style(number: int, style: str | None) -> str:
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number <= 39:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return roman if style == "i" else roman.upper()
    return str(number)
