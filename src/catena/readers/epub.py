"""EPUB: the chapters in reading order, each walked as an HTML page, with nothing taken for boilerplate."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from lxml import etree

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.checks import check_zip, parse_xml
from catena.readers.flow import Flow
from catena.readers.html import read_page

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_STATED = {"title": "title", "creator": "author", "date": "date", "language": "language", "publisher": "publisher"}


class Epub:
    """Electronic books."""

    name = "epub"
    version = "1"
    media_type = "application/epub+zip"
    suffixes: tuple[str, ...] = (".epub",)

    def sniff(self, data: bytes) -> bool:
        return data.startswith(b"PK\x03\x04") and b"application/epub+zip" in data[:200]

    def read(self, data: bytes, name: str) -> Document:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_zip(archive)
                return self._read(archive, data, name)
        except (zipfile.BadZipFile, EOFError, KeyError, zlib.error, NotImplementedError, RuntimeError) as error:
            raise ReaderError("open", f"damaged or locked EPUB ({error})", "get the file again") from error

    def _read(self, archive: zipfile.ZipFile, data: bytes, name: str) -> Document:
        container = parse_xml(archive.read(_CONTAINER), _CONTAINER)
        place = next((node.get("full-path") for node in container.iter("{*}rootfile")), None)
        if place is None:
            raise ReaderError("open", "the book does not say where its chapters are", "get the file again")
        package = parse_xml(archive.read(place), place)
        flow = Flow()
        for part in _spine(package, posixpath.dirname(place)):
            page = archive.read(part)
            try:
                flow.take(read_page(page, part), part)
            except ReaderError as error:
                if error.stage == "check":
                    raise
                flow.warnings.append(f"{part} holds no text")  # a cover, or a page of pictures
        return flow.document(self, data, name, steps=("chapters in the order of the book",), stated=_stated(package))


def _spine(package: etree._Element, folder: str) -> list[str]:
    """The members that hold the chapters, in reading order."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    found = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and item.get("media-type") in _PAGES:
            found.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))))
    return found


def _stated(package: etree._Element) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = etree.QName(node).localname
        if name in _STATED and (node.text or "").strip():
            found.setdefault(_STATED[name], (node.text or "").strip())
    return tuple(found.items())
