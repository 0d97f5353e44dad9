"""Markdown: the text stays as typed; headings, list items and block quotes become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catena.model import Block, Document, Span
from catena.readers.text import Text

_MARK = re.compile(r" {0,3}(?:(?P<heading>#{1,6})[ \t]+|(?P<quote>>) ?)|[ \t]*(?P<item>[-*+]|\d{1,9}[.)])[ \t]+")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_KNOWN = ("title", "author", "date", "language", "url")
_KINDS = {"heading": "heading", "quote": "blockquote", "item": "list-item"}


class Markdown(Text):
    """Markdown as plain text with a layer of blocks. Front matter (`title: …`) is what the file states."""

    name = "markdown"
    version = "2"
    media_type = "text/markdown"
    suffixes = (".md", ".markdown")

    def read(self, data: bytes, name: str) -> Document:
        document = super().read(data, name)
        return replace(document, blocks=tuple(find_blocks(document.text)), stated=_stated(document.text))


def find_blocks(text: str) -> list[Block]:
    """Headings, list items and block quotes, in order; lines of one quote are one block, code is left alone.

    >>> [block.kind for block in find_blocks("# A\\n\\n> b\\n> c\\n\\n- d")]
    ['heading', 'blockquote', 'list-item']
    """
    blocks: list[Block] = []
    for number, start, end in _lines(text):
        mark = _MARK.match(text, start, end)
        if not mark or not text[mark.end() : end].strip():
            continue
        kind = _KINDS[mark.lastgroup or "item"]
        last = blocks[-1] if blocks else None
        if kind == "blockquote" and last and last.kind == kind and start == last.span.end + 1:
            blocks[-1] = replace(last, span=Span(last.span.start, end))
        else:
            blocks.append(Block(Span(mark.end(), end), kind, locator=f"line {number}"))
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line that is neither front matter, nor code between fences, nor a rule."""
    front = _FRONT.match(text)
    fence = ""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence and not _RULE.match(line) and not (front and start < front.end()):
            yield number, start, end
        start = end + 1


def _stated(text: str) -> tuple[tuple[str, str], ...]:
    front = _FRONT.match(text)
    pairs = (line.partition(":") for line in (front[1] if front else "").splitlines())
    return tuple((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs if key.strip() in _KNOWN)
