"""Quotations set off as blocks: by the file itself, by Markdown `>`, or by indenting after a colon."""

from __future__ import annotations

import re

from catena.model import Document, Span, trim

_MARKDOWN = re.compile(r"^[ ]{0,3}>[ >]*(.*)$")
_ITEM = re.compile(r"\s*(?:[-*•·]|\(?\w{1,3}[.)])\s")


def find_blocks(document: Document) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """(how it is set off, content spans line by line) for each block, in order.

    How is `block`, `markdown` or `indented`. A list after a colon is not a quotation.
    """
    text = document.text
    given: list[tuple[str, tuple[Span, ...]]] = [
        ("block", (trim(text, b.span),)) for b in document.blocks if b.kind == "blockquote"
    ]
    covered = [spans[0] for _, spans in given]
    found = list(given)
    for how, spans in _from_lines(text):
        if not any(span.overlaps(spans[0]) for span in covered):
            found.append((how, spans))
    kept = [(how, tuple(s for s in spans if len(s))) for how, spans in found]
    return tuple(sorted(((how, spans) for how, spans in kept if spans), key=lambda item: item[1][0]))


def _from_lines(text: str) -> list[tuple[str, tuple[Span, ...]]]:
    found: list[tuple[str, tuple[Span, ...]]] = []
    lines: list[Span] = []
    how, colon, margin, at = "", False, 0, 0
    for line in text.split("\n"):
        kind = _kind(line, how, colon, margin)
        if kind != how and lines:
            found.append((how, tuple(lines)))
            lines = []
        how = kind if line.strip() or kind == "indented" else ""
        if kind and line.strip():
            marked = _MARKDOWN.match(line) if kind == "markdown" else None
            begin = marked.start(1) if marked else 0
            lines.append(trim(text, Span(at + begin, at + len(line))))
        elif line.strip():
            colon, margin = line.rstrip().endswith((":", "：")), _indent(line)
        at += len(line) + 1
    if lines:
        found.append((how, tuple(lines)))
    return found


def _kind(line: str, how: str, colon: bool, margin: int) -> str:
    if _MARKDOWN.match(line):
        return "markdown"
    if colon and ((_indent(line) >= margin + 2 and not _ITEM.match(line)) or (how == "indented" and not line.strip())):
        return "indented" if line.strip() or how == "indented" else ""
    return ""


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())
