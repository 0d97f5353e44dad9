"""Any document that catena reads: paragraphs numbered, or gathered under lines that are headings."""

from __future__ import annotations

import re

from catena.library.importers.base import Collector, ImportOptions, ReadDocument, refusal
from catena.library.model import Imported, LibraryError
from catena.model import Document

_BLANK = re.compile(r"\n[ \t]*\n")
_OUTSIDE = frozenset(("header", "footer", "note", "deleted", "boilerplate"))
PREAMBLE = "Preamble"


class Plain:
    """Without `heading`, every paragraph is a passage, numbered from 1. With it, every line that fits begins one.

    The heading's first group, or the whole line, is the reference; what stands before the first heading is the
    `Preamble`. Lines that fit `leave_out`, and notes, headers and footers of the document, are left out and counted.
    """

    name = "document"
    takes = ("heading", "leave_out", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        return True

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        document = _read(options.read_document, data, name)
        found = Collector(name, options.skip_empty)
        text = _main_text(document, found)
        skipped = _pattern(options.leave_out)
        heading = _pattern(options.heading)
        if heading is None:
            _by_paragraph(text, skipped, found)
        else:
            _by_heading(text, heading, skipped, found)
        said = dict(document.stated)
        return found.imported("numbered-passages", title=said.get("title", ""), language=said.get("language", ""))


def _by_paragraph(text: str, skipped: re.Pattern[str] | None, found: Collector) -> None:
    place = 0
    for gap in (*_BLANK.finditer(text), None):
        paragraph = text[place : gap.start() if gap else len(text)]
        line = text.count("\n", 0, place) + 1
        place = gap.end() if gap else len(text)
        body = "\n".join(row for row in paragraph.split("\n") if not _is_left_out(row, skipped, found))
        if body.strip():
            found.add(line, str(len(found.passages) + 1), body.strip("\n"))


def _by_heading(text: str, heading: re.Pattern[str], skipped: re.Pattern[str] | None, found: Collector) -> None:
    line, reference, body = 1, PREAMBLE, list[str]()
    any_heading = False
    for number, row in enumerate(text.split("\n"), 1):
        begins = heading.fullmatch(row.strip())
        if begins is None:
            if not _is_left_out(row, skipped, found):
                body.append(row)
            continue
        if reference != PREAMBLE or any(each.strip() for each in body):
            found.add(line, reference, "\n".join(body).strip("\n"))
        line, reference, body = number, (begins[1] if begins.re.groups else begins[0]).strip(), []
        any_heading = True
    if not any_heading:
        raise refusal(found.name, 1, f"no line fits the heading {heading.pattern!r}", "mend --heading")
    found.add(line, reference, "\n".join(body).strip("\n"))


def _is_left_out(row: str, skipped: re.Pattern[str] | None, found: Collector) -> bool:
    if skipped is None or not row.strip() or skipped.fullmatch(row.strip()) is None:
        return False
    found.left_out["lines"] += 1
    return True


def _main_text(document: Document, found: Collector) -> str:
    """The document's text without its notes, headers and footers; every line keeps its number."""
    text = document.text
    for block in sorted(document.blocks, key=lambda block: -block.span.start):
        if block.kind in _OUTSIDE:
            found.left_out[f"{block.kind}s"] += 1
            gone = text[block.span.start : block.span.end]
            text = text[: block.span.start] + "\n" * gone.count("\n") + text[block.span.end :]
    return text


def _read(read: ReadDocument | None, data: bytes, name: str) -> Document:
    """Through the readers that the caller handed over; without any, UTF-8 text."""
    if read is not None:
        return read(data, name)
    try:
        return Document.of(data.decode("utf-8-sig"), name)
    except (UnicodeDecodeError, ValueError) as error:
        raise refusal(name, 1, "the file is no UTF-8 text", "add it with the program's readers") from error


def _pattern(source: str) -> re.Pattern[str] | None:
    try:
        return re.compile(source) if source else None
    except re.error as error:
        raise LibraryError(f"{source!r} is no regular expression: {error}") from error
