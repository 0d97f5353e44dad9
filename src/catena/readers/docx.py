"""DOCX: every paragraph of every part, in order; deletions and notes kept apart from the flow.

Our own walk over `w:p`: the usual libraries drop tables, insertions, footnotes, content controls and text boxes.
Cells of one row are parted by a tab, rows by a line end. What was deleted with changes tracked stands last.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from catena.model import Block, Document, Origin, Span, canonical
from catena.readers.base import ReaderError
from catena.readers.checks import check_zip, parse_xml
from catena.readers.docx_text import (
    W,
    deleted_text,
    find_paragraphs,
    heading_styles,
    is_on,
    kind_of,
    live_text,
)

_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_PARTS = (
    (re.compile(r"word/header\d*\.xml$"), "header"),
    (re.compile(r"word/footnotes\.xml$"), "note"),
    (re.compile(r"word/endnotes\.xml$"), "note"),
    (re.compile(r"word/footer\d*\.xml$"), "footer"),
)
_STATED = {"title": "title", "creator": "author", "created": "date", "language": "language"}
# The same elements under the name that "strict" files give them.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class Docx:
    """Word documents (Office Open XML)."""

    name = "docx"
    version = "2"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffixes: tuple[str, ...] = (".docx",)

    def sniff(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and b"word/" in data

    def read(self, data: bytes, name: str) -> Document:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_zip(archive)
                flow = _gather(archive)
                stated = _stated(archive)
        except (zipfile.BadZipFile, EOFError, KeyError, zlib.error, NotImplementedError) as error:
            raise ReaderError(
                "open", f"damaged DOCX ({error})", "get the file again, or save it anew in Word"
            ) from error
        except RuntimeError as error:  # what zipfile raises for a locked member
            raise ReaderError("open", f"locked DOCX ({error})", "save a copy without a password") from error
        if not flow.text.strip():
            raise ReaderError("read", "the document holds no text", "check that it was saved whole")
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, None,
            ("paragraphs of all parts; headers, notes, footers and deletions after the text",),
        )  # fmt: skip
        gone = sum(block.kind == "deleted" for block in flow.blocks)
        warnings = (f"{gone} deleted passages (tracked changes) stand after the text",) if gone else ()
        return Document(flow.text, origin, tuple(flow.blocks), stated, warnings)


@dataclass(slots=True)
class _Flow:
    """Text and blocks gathered so far."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    cell: etree._Element | None = None
    row: etree._Element | None = None

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, kind: str, place: str, paragraph: etree._Element | None = None) -> None:
        text = canonical(text).lstrip("\ufeff")
        if not text.strip():
            return
        cell, row = _around(paragraph, "tc"), _around(paragraph, "tr")
        gap = self._gap(cell, row) if self.parts else ""
        self.cell, self.row = cell, row
        start = self.length + len(gap)
        direction = "rtl" if paragraph is not None and is_on(paragraph.find(f"{W}pPr/{W}bidi")) else None
        self.blocks.append(Block(Span(start, start + len(text)), kind, place, direction))
        self.parts += (gap, text)
        self.length = start + len(text)

    def _gap(self, cell: etree._Element | None, row: etree._Element | None) -> str:
        if row is None or self.row is None or row.getparent() is not self.row.getparent():
            return "\n\n"
        return "\t" if row is self.row and cell is not self.cell else "\n"


def _around(paragraph: etree._Element | None, name: str) -> etree._Element | None:
    return None if paragraph is None else next(paragraph.iterancestors(f"{W}{name}"), None)


def _gather(archive: zipfile.ZipFile) -> _Flow:
    names = archive.namelist()
    if _MAIN not in names:
        raise ReaderError("open", "a ZIP file, but no Word document", "give the document itself")
    headings = heading_styles(_parse(archive, _STYLES)) if _STYLES in names else frozenset()
    flow = _Flow()
    gone: list[tuple[str, str]] = []
    for part, kind in _parts(names):
        for number, paragraph in enumerate(find_paragraphs(_parse(archive, part)), 1):
            place = f"{part}#{number}"
            flow.add(live_text(paragraph), kind or kind_of(paragraph, headings), place, paragraph)
            gone.append((deleted_text(paragraph), place))
    for text, place in gone:
        flow.add(text, "deleted", place)
    return flow


def _parts(names: list[str]) -> Iterator[tuple[str, str]]:
    """The parts that hold text, with the kind of their blocks; the main one first, its kinds are its own."""
    yield _MAIN, ""
    for pattern, kind in _PARTS:
        for name in sorted(names):
            if pattern.match(name):
                yield name, kind


def _parse(archive: zipfile.ZipFile, part: str) -> etree._Element:
    return parse_xml(archive.read(part).replace(_STRICT, W.strip("{}").encode()), part)


def _stated(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    if _CORE not in archive.namelist():
        return ()
    found = {}
    for node in parse_xml(archive.read(_CORE), _CORE):
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in _STATED and (node.text or "").strip():
            found[_STATED[name]] = (node.text or "").strip()
    return tuple(found.items())
