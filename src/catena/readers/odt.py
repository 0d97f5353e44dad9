"""ODT: every paragraph in order; notes, headers, footers and deletions kept apart from the flow.

Cells of one row are parted by a tab, rows by a line end. What was deleted with changes tracked stands last.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.checks import check_zip, parse_xml
from catena.readers.flow import Flow

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW, _CELL = f"{_TABLE}table-row", f"{_TABLE}table-cell"
_CHANGES, _NOTE, _COMMENT = f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation"
_APART = (_CHANGES, _NOTE, _COMMENT)
_HELD = (*_PARAGRAPHS, *_APART, f"{_TEXT}note-citation")
_STATED = {"title": "title", "creator": "author", "date": "date", "language": "language"}
_PARTS: tuple[str, ...] = ("content.xml", "styles.xml", "meta.xml")
_MOST_SPACES = 1000  # a count in a file is not trusted further


class Odt:
    """Text documents of LibreOffice and others (OpenDocument)."""

    name = "odt"
    version = "1"
    media_type = "application/vnd.oasis.opendocument.text"
    suffixes: tuple[str, ...] = (".odt", ".ott")

    def sniff(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and b"application/vnd.oasis.opendocument.text" in data[:200]

    def read(self, data: bytes, name: str) -> Document:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_zip(archive)
                parts: dict[str, etree._Element] = {
                    part: parse_xml(archive.read(part), part) for part in _PARTS if part in archive.namelist()
                }
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
            raise ReaderError("open", f"damaged or locked ODT ({error})", "save it anew without a password") from error
        if "content.xml" not in parts:
            raise ReaderError("open", "a ZIP file, but no text document", "give the document itself")
        flow = _gather(parts)
        gone = sum(block.kind == "deleted" for block in flow.blocks)
        if gone:
            flow.warnings.append(f"{gone} deleted passages (tracked changes) stand after the text")
        steps = ("paragraphs of all parts; notes, headers, footers and deletions after the text",)
        return flow.document(self, data, name, steps=steps, stated=_stated(parts))


def _gather(parts: dict[str, etree._Element]) -> Flow:
    content = parts["content.xml"]
    leftwards = _leftwards(parts)
    flow = Flow()
    row = cell = None
    apart: list[tuple[str, str, str]] = []
    for number, paragraph in enumerate(content.iter(*_PARAGRAPHS), 1):
        place, text = f"content.xml#{number}", _text(paragraph)
        kind = _kind(paragraph)
        if kind in ("note", "deleted"):
            apart.append((text, kind, place))
            continue
        here, there = _around(paragraph, _ROW), _around(paragraph, _CELL)
        same = here is not None and row is not None and here.getparent() is row.getparent()
        gap = ("\t" if here is row and there is not cell else "\n") if same else "\n\n"
        row, cell = here, there
        direction = "rtl" if paragraph.get(f"{_TEXT}style-name") in leftwards else None
        flow.add(text, kind, place, gap=gap, direction=direction)
    for text, kind, place in sorted(apart, key=lambda one: one[1] == "deleted"):
        flow.add(text, kind, place)
    for element, kind in (("header", "header"), ("footer", "footer")):
        for master in parts["styles.xml"].iter(f"{_STYLE}{element}") if "styles.xml" in parts else ():
            for number, paragraph in enumerate(master.iter(*_PARAGRAPHS), 1):
                flow.add(_text(paragraph), kind, f"styles.xml {element}#{number}")
    return flow


def _kind(paragraph: etree._Element) -> str:
    for above in paragraph.iterancestors(_CHANGES, _NOTE, _COMMENT, f"{_TEXT}list-item", _CELL):
        if above.tag == _CHANGES:
            return "deleted"
        if above.tag in (_NOTE, _COMMENT):
            return "note"
        return "table-cell" if above.tag == _CELL else "list-item"
    return "heading" if paragraph.tag == f"{_TEXT}h" else "paragraph"


def _around(paragraph: etree._Element, tag: str) -> etree._Element | None:
    return next(paragraph.iterancestors(tag), None)


def _text(paragraph: etree._Element) -> str:
    """What the paragraph itself reads, without paragraphs and notes within it. White space runs are one space."""
    found = [_flat(paragraph.text)]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            found.append(" " * min(_MOST_SPACES, int(child.get(f"{_TEXT}c", "1"))))
        elif child.tag == f"{_TEXT}tab":
            found.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            found.append("\n")
        elif isinstance(child.tag, str) and child.tag not in _HELD:
            found.append(_text(child))
        found.append(_flat(child.tail))
    return "".join(found)


def _flat(text: str | None) -> str:
    return "".join(" " if character in "\n\t\r" else character for character in text or "")


def _leftwards(parts: dict[str, etree._Element]) -> frozenset[str]:
    """Names of paragraph styles that run from right to left."""
    found = set()
    for part in parts.values():
        for style in part.iter(f"{_STYLE}style"):
            facts = style.find(f"{_STYLE}paragraph-properties")
            if facts is not None and facts.get(f"{_STYLE}writing-mode", "").startswith("rl"):
                found.add(style.get(f"{_STYLE}name", ""))
    return frozenset(found)


def _stated(parts: dict[str, etree._Element]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in parts["meta.xml"].iter() if "meta.xml" in parts else ():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in _STATED and (node.text or "").strip():
            found.setdefault(_STATED[name], (node.text or "").strip())
    return tuple(found.items())
