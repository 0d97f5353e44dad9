"""Markdown: the text stays as typed; headings, lists and block quotes become blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from catena.model import Block, Document, Span, canonical
from catena.readers.text import Text

_LINE = re.compile(r"^(?P<mark>#{1,6} |> ?|[-*+] |\d{1,3}[.)] )?(?P<body>.*)$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_KNOWN = ("title", "author", "date", "language", "url")


class Markdown(Text):
    """Markdown as plain text with a layer of blocks. Front matter (`title: …`) is what the file states."""

    name = "markdown"
    version = "1"
    media_type = "text/markdown"
    suffixes = (".md", ".markdown")

    def read(self, data: bytes, name: str) -> Document:
        document = super().read(data, name)
        return replace(document, blocks=tuple(find_blocks(document.text)), stated=_stated(document.text))


def find_blocks(text: str) -> list[Block]:
    """Headings, list items and block quotes of Markdown, in order; lines of one quote are one block."""
    blocks: list[Block] = []
    for line in _LINE.finditer(canonical(text)):
        mark = line["mark"] or ""
        if not mark or not line["body"].strip():
            continue
        kind = {"#": "heading", ">": "blockquote"}.get(mark[0], "list-item")
        span = Span(line.start("body"), line.end("body"))
        last = blocks[-1] if blocks else None
        if kind == "blockquote" and last and last.kind == kind and line.start() == last.span.end + 1:
            blocks[-1] = replace(last, span=Span(last.span.start, span.end))
        else:
            blocks.append(Block(span, kind, locator=f"line {text.count(chr(10), 0, span.start) + 1}"))
    return blocks


def _stated(text: str) -> tuple[tuple[str, str], ...]:
    front = _FRONT.match(text)
    pairs = (line.partition(":") for line in (front[1] if front else "").splitlines())
    return tuple((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs if key.strip() in _KNOWN)
