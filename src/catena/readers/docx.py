"""DOCX: every paragraph of every part, in order; deletions and notes kept apart from the flow.

Our own walk over `w:p`: the usual libraries drop tables, insertions, footnotes, content controls and text boxes.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from catena.model import Block, Document, Origin, Span
from catena.readers.base import ReaderError
from catena.readers.checks import check_zip, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAIN = "word/document.xml"
_PARTS = (
    (re.compile(r"word/header\d*\.xml$"), "header"),
    (re.compile(r"word/footnotes\.xml$"), "note"),
    (re.compile(r"word/endnotes\.xml$"), "note"),
    (re.compile(r"word/footer\d*\.xml$"), "footer"),
)
_CHARACTERS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "ptab": "\t",
}


class Docx:
    """Word documents (Office Open XML)."""

    name = "docx"
    version = "1"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffixes = (".docx",)

    def sniff(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and b"word/" in data

    def read(self, data: bytes, name: str) -> Document:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_zip(archive)
                text, blocks = _gather(archive)
                stated = _stated(archive)
        except (zipfile.BadZipFile, EOFError, KeyError) as error:
            raise ReaderError(
                "open", f"damaged DOCX ({error})", "get the file again, or save it anew in Word"
            ) from error
        if not text.strip():
            raise ReaderError("read", "the document holds no text", "check that it was saved whole")
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, None,
            ("paragraphs of all parts; notes, headers, footers and deletions after the text",),
        )  # fmt: skip
        return Document(text, origin, blocks, stated)


def _gather(archive: zipfile.ZipFile) -> tuple[str, tuple[Block, ...]]:
    if _MAIN not in archive.namelist():
        raise ReaderError("open", "a ZIP file, but no Word document", "give the document itself")
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    deleted: list[tuple[str, str]] = []
    for part, kind in [(_MAIN, "")] + [
        (name, kind) for pattern, kind in _PARTS for name in sorted(archive.namelist()) if pattern.match(name)
    ]:
        for number, paragraph in enumerate(_paragraphs(parse_xml(archive.read(part), part)), 1):
            text = _text(paragraph, "t")
            gone = _text(paragraph, "delText")
            if gone.strip():
                deleted.append((gone, f"{part}#{number}"))
            if text.strip():
                length = _append(parts, blocks, length, text, kind or _kind(paragraph), f"{part}#{number}", paragraph)
    for gone, place in deleted:
        length = _append(parts, blocks, length, gone, "deleted", place, None)
    return "".join(parts), tuple(blocks)


def _append(
    parts: list[str],
    blocks: list[Block],
    length: int,
    text: str,
    kind: str,
    place: str,
    paragraph: etree._Element | None,
) -> int:
    if parts:
        gap = "\t" if kind == "table-cell" and blocks[-1].kind == "table-cell" else "\n\n"
        parts.append(gap)
        length += len(gap)
    text = text.replace("\r", "\n")
    direction = "rtl" if paragraph is not None and paragraph.find(f"{_W}pPr/{_W}bidi") is not None else None
    blocks.append(Block(Span(length, length + len(text)), kind, place, direction))
    parts.append(text)
    return length + len(text)


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    for paragraph in root.iter(f"{_W}p"):
        # A text box stands twice: as drawing and as fallback for older programs.
        if not any(True for _ in paragraph.iterancestors(f"{_MC}Fallback")):
            yield paragraph


def _text(paragraph: etree._Element, wanted: str) -> str:
    found = []
    for node in paragraph.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(_W) or _owner(node) is not paragraph:
            continue
        name = node.tag.removeprefix(_W)
        if name == wanted:
            found.append(node.text or "")
        elif wanted == "t" and name in _CHARACTERS and _in_run(node):
            found.append(_CHARACTERS[name])
    return "".join(found)


def _in_run(node: etree._Element) -> bool:
    """True inside a run: `w:tab` also stands in paragraph properties, where it is no character."""
    parent = node.getparent()
    return parent is not None and parent.tag == f"{_W}r"


def _owner(node: etree._Element) -> etree._Element | None:
    """The paragraph that a node belongs to: the nearest, since text boxes nest paragraphs."""
    return node if node.tag == f"{_W}p" else next(node.iterancestors(f"{_W}p"), None)


def _kind(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if name.startswith(("heading", "title", "subtitle")):
        return "heading"
    if "quote" in name:
        return "blockquote"
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return "list-item"
    return "table-cell" if any(True for _ in paragraph.iterancestors(f"{_W}tc")) else "paragraph"


def _stated(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    if "docProps/core.xml" not in archive.namelist():
        return ()
    root = parse_xml(archive.read("docProps/core.xml"), "docProps/core.xml")
    names = {"title": "title", "creator": "author", "created": "date", "language": "language"}
    found = {}
    for node in root:
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in names and (node.text or "").strip():
            found[names[name]] = (node.text or "").strip()
    return tuple(found.items())
