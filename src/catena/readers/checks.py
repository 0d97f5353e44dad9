"""What is refused before it is opened: bombs, and shapes on which parsers hang."""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from catena.readers.base import ReaderError

MAX_BYTES = 200_000_000
MAX_UNPACKED = 200_000_000  # bytes in all members of an archive
MAX_RATIO = 150  # unpacked to packed
MAX_MEMBERS = 5000
MAX_HTML = 25_000_000
MAX_TAG = 100_000  # characters of one tag: parsers take quadratic time over its attributes
MAX_DEPTH = 5000  # elements left open at one place
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d}" % MAX_TAG)
_TAG = re.compile(
    rb"<(/?)(div|span|b|i|p|ul|ol|li|table|tr|td|section|article|font|a|em|strong|blockquote)\b",
    re.IGNORECASE,
)


def check_bytes(data: bytes) -> None:
    """Raises `ReaderError` for an empty or too large file."""
    if not data:
        raise ReaderError("check", "the file is empty", "check that it was saved or downloaded whole")
    if len(data) > MAX_BYTES:
        raise ReaderError("check", f"{len(data)} bytes; up to {MAX_BYTES} are read", "split the file")


def check_html(data: bytes) -> None:
    """Raises `ReaderError` for pages on which parsers hang."""
    if len(data) > MAX_HTML:
        raise ReaderError("check", f"{len(data)} bytes of HTML; up to {MAX_HTML} are read", "split the page")
    if _LONG_TAG.search(data):
        raise ReaderError("check", f"a tag longer than {MAX_TAG} characters", "save the page as text")
    depth = deepest = 0
    for tag in _TAG.finditer(data):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ReaderError("check", f"{deepest} elements nested in each other", "save the page as text")


def check_zip(archive: zipfile.ZipFile) -> None:
    """Raises `ReaderError` when the members are too many, too large, or packed beyond belief."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed + 1_000_000:
        raise ReaderError(
            "check",
            f"{len(members)} parts of {unpacked} bytes packed into {packed} (a ZIP bomb?)",
            "do not trust this file",
        )


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element. Raises `ReaderError` for a document type (no Office file has one) and for broken XML."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise ReaderError(
            "check", f"{name} declares a document type or entities (an XML bomb?)", "do not trust this file"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReaderError("read", f"broken XML in {name}: {error}", "save the file anew") from error
