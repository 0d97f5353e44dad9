"""WARC web archives through fastwarc: the pages and documents that a crawler received, with address and time.

Responses with status 200 and resources are taken when they can hold text; the rest is counted in a note. fastwarc
ends silently on a file that is cut short, so that the end of the file is looked at by ourselves.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from catena.readers.base import report_progress
from catena.readers.checks import MAX_BYTES
from catena.readers.containers.base import CHUNK, Shelf
from catena.readers.containers.packed import head_of

# What can hold text, and the suffix it gets where its address has none that fits.
_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "application/pdf": ".pdf", "text/plain": ".txt",
    "application/rtf": ".rtf", "text/rtf": ".rtf", "application/epub+zip": ".epub", "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}  # fmt: skip
_TAIL = b"\r\n\r\n"  # what every whole record ends in
_ODD = re.compile(r"[\s?*:|\"<>]+")
_LONGEST = 180  # characters of the name made from an address


class Warc:
    """Web archives of crawlers (Heritrix, wget, browsertrix, Common Crawl)."""

    name = "warc"
    suffixes: tuple[str, ...] = (".warc",)

    def sniff(self, head: bytes) -> bool:
        return head.startswith((b"WARC/", b"\x1f\x8b"))

    def unpack(self, path: Path, label: str, shelf: Shelf) -> bool:
        if not head_of(path).startswith(b"WARC/"):
            return False
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # here: most folders hold no web archive

        left_out: Counter[str] = Counter()
        kinds = WarcRecordType.response | WarcRecordType.resource
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=kinds, auto_decode="all", max_content_length=MAX_BYTES):
                suffix = _suffix(record, left_out)
                if suffix:
                    address = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
                    shelf.lay(_name(address, suffix), _chunks(record), _facts(record, address))
        shelf.notes += [f"{count} records left out: {what}" for what, count in left_out.most_common()]
        cut = _find_cut(path)
        if cut:
            shelf.cuts.append(f"{cut}; the records before it were read")
        return True


def _suffix(record: Any, left_out: Counter[str]) -> str:
    """The suffix for a record that can hold text, else "" and a count of why not."""
    status = record.http_headers.status_code if record.http_headers is not None else None
    if record.is_http and status != 200:
        left_out[f"status {status}" if status else "no whole answer"] += 1
        return ""
    kind = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""
    kind = kind.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        left_out[kind or "no type stated"] += 1
    return _TYPES.get(kind, "")


def _chunks(record: Any) -> Iterator[bytes]:
    total = 0
    while (chunk := record.reader.read(CHUNK)) and total <= MAX_BYTES:
        total += len(chunk)
        yield chunk


def _facts(record: Any, address: str) -> tuple[tuple[str, str], ...]:
    when = record.record_date
    captured = (("captured", when.strftime("%Y-%m-%dT%H:%M:%SZ")),) if when is not None else ()
    return (("url", address), *captured) if address else captured


def _name(address: str, suffix: str) -> str:
    """A name like the address: host, path, and query behind an `_`.

    >>> _name("https://example.org/news/9?lang=ar", ".html")
    'example.org/news/9_lang=ar.html'
    """
    try:
        parts = urlsplit(address)
        host, path, query = parts.hostname or "", unquote(parts.path), unquote(parts.query)
    except ValueError:
        host, path, query = "", address, ""
    name = f"{host}/{path.strip('/') or 'index'}" + (f"_{query}" if query else "")
    name = _ODD.sub("_", name)[:_LONGEST]
    return name if name.lower().endswith((suffix, ".htm")) else name + suffix


def _find_cut(path: Path) -> str:
    """How the file ends before its last record does; "" when it is whole as far as can be seen."""
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            file.seek(0, 2)
            file.seek(max(0, file.tell() - len(_TAIL)))
            return "" if file.read() == _TAIL else "the file ends inside a record (cut short?)"
        file.seek(0)
        tail, unpacker = b"", None
        while chunk := file.read(CHUNK):
            report_progress()
            while chunk:
                unpacker = unpacker or zlib.decompressobj(wbits=31)
                try:
                    tail = (tail + unpacker.decompress(chunk, CHUNK))[-len(_TAIL) :]
                except zlib.error as error:
                    return f"damaged gzip data ({error})"
                chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                unpacker = None if unpacker.eof else unpacker
    return "" if unpacker is None and tail == _TAIL else "the file ends inside a record (cut short?)"
