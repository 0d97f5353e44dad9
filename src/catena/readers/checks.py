"""What is refused before it is opened: bombs, shapes on which parsers hang, and formats that no reader knows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from catena.readers.base import ReaderError

MAX_BYTES = 200_000_000
MAX_UNPACKED = 200_000_000  # bytes in all members of an archive
MAX_RATIO = 150  # unpacked to packed
MAX_MEMBERS = 5000
SMALL = 1_000_000  # bytes: an archive that unpacks to less harms nobody, whatever its ratio
MAX_HTML = 25_000_000  # characters of a page
MAX_TAG = 100_000  # characters of one tag outside its quoted values: parsers take quadratic time over attributes
MAX_DEPTH = 2000  # elements left open at one place
MAX_XML_DEPTH = 200  # Word nests a text box in a table in a table about 60 deep

_BUILD = "build a project from it (catena build), which reads what is inside"
_KNOWN = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old or locked Office file",
        "save it as DOCX without a password",
    ),
    (b"\x1f\x8b", "a compressed file", _BUILD),
    (b"7z\xbc\xaf", "an archive", "unpack it first"),
    (b"Rar!", "an archive", "unpack it first"),
    (b"PK\x03\x04", "a ZIP archive or an Office file that no reader knows", f"{_BUILD}, or save it as DOCX"),
    (b"SQLite format 3\0", "a database", "export its texts first"),
)
# Possessive: what was matched is never tried again, so that the time stays linear.
# A quote opens a value only behind an equals sign; elsewhere it is a slip of the pen, which browsers pass over.
_VALUE = r"""=\s*+(?:"[^"]*+"|'[^']*+')"""
_TAG = re.compile(rf"""<!--|<(/?)([a-zA-Z][^\s/>]*)((?:[^"'<>=]++|{_VALUE}|[="'])*+)>?""")
_UNPARSED = frozenset(("script", "style", "textarea", "title"))  # what looks like a tag in them is none
_QUOTED = re.compile(_VALUE)
# Elements without an end tag, or whose end tag people leave out; they do not nest.
_FLAT = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rb", "rt",
     "rtc", "rp", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr",
     "param", "html", "head", "body")
)  # fmt: skip


def check_bytes(data: bytes) -> None:
    """Raises `ReaderError` for an empty or too large file."""
    if not data:
        raise ReaderError("check", "the file is empty", "check that it was saved or downloaded whole")
    if len(data) > MAX_BYTES:
        raise ReaderError("check", f"{len(data)} bytes; up to {MAX_BYTES} are read", "split the file")


def check_known(data: bytes) -> None:
    """Raises `ReaderError` that names the format, for bytes that no reader claimed and that are certainly no text."""
    for mark, what, step in _KNOWN:
        if data.startswith(mark):
            raise ReaderError("check", f"this is {what}", step)


def check_html(source: str) -> None:
    """Raises `ReaderError` for pages on which parsers hang. `source` is the decoded page."""
    if len(source) > MAX_HTML:
        raise ReaderError("check", f"{len(source)} characters of HTML; up to {MAX_HTML} are read", "split the page")
    depth = deepest = 0
    for tag in _tags(source):
        inside = tag[3]
        # An image inside `src="data:…"` is long and harmless; 200,000 attributes are not.
        if len(inside) > MAX_TAG and len(_QUOTED.sub("", inside)) > MAX_TAG:
            raise ReaderError("check", f"a tag longer than {MAX_TAG} characters", "save the page as text")
        if tag[2].lower() not in _FLAT and not inside.endswith("/"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ReaderError("check", f"{deepest} elements nested in each other", "save the page as text")


def _tags(source: str) -> Iterator[re.Match[str]]:
    """The tags of a page; comments, and what stands in scripts and styles, are passed over."""
    at = 0
    while (tag := _TAG.search(source, at)) is not None:
        at = tag.end()
        name = (tag[2] or "").lower()
        if name:
            yield tag
        if not name or (name in _UNPARSED and not tag[1]):
            end = re.compile(f"</{name}" if name else "-->", re.IGNORECASE).search(source, at)
            if end is None:
                return  # as in a browser, all the rest is the script or the comment
            at = end.start() if name else end.end()


def check_zip(archive: zipfile.ZipFile) -> None:
    """Raises `ReaderError` when the members are too many, too large, or packed beyond belief."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed + SMALL:
        raise ReaderError(
            "check",
            f"{len(members)} parts of {unpacked} bytes packed into {packed} (a ZIP bomb?)",
            "do not trust this file",
        )


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element. Raises `ReaderError` for a document type (no Office file has one) and for broken XML."""
    plain = data.replace(b"\0", b"")  # UTF-16 hides its markup between NULs
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ReaderError(
            "check", f"{name} declares a document type or entities (an XML bomb?)", "do not trust this file"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReaderError("read", f"broken XML in {name}: {error}", "save the file anew") from error
    _check_depth(root, name)
    return root


def _check_depth(root: etree._Element, name: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_XML_DEPTH:
            raise ReaderError("check", f"{name} nests more than {MAX_XML_DEPTH} elements", "save the file anew")
