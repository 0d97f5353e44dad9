"""ZIP archives, and WACZ, which is one that holds web archives."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catena.readers.base import ReaderError
from catena.readers.containers.base import CHUNK, MAX_MEMBERS, Shelf

# What an Office file or a book has and a plain archive has not: those are documents and have readers.
_DOCUMENTS = frozenset(
    ("[Content_Types].xml", "word/document.xml", "mimetype", "META-INF/manifest.xml", "META-INF/container.xml",
     "Index/Document.iwa")
)  # fmt: skip
_PACKAGE, _INDEX = "datapackage.json", "indexes/index.cdx.gz"  # what a WACZ has beside its archives
_CUT = "damaged: {}; get it again"
_BROKEN = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError)
_MAX_PACKAGE = 10_000_000  # bytes of the list that a WACZ gives of its parts


class Zip:
    """ZIP archives; Office files and books are left to their readers."""

    name = "zip"
    suffixes: tuple[str, ...] = (".zip", ".wacz")

    def sniff(self, head: bytes) -> bool:
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def unpack(self, path: Path, label: str, shelf: Shelf) -> bool:
        try:
            with zipfile.ZipFile(path) as archive:
                parts = archive.infolist()
                if any(part.filename in _DOCUMENTS for part in parts[:20]):
                    return False
                if len(parts) > MAX_MEMBERS:
                    raise ReaderError("check", f"{len(parts)} members; up to {MAX_MEMBERS} are read", "split it")
                for part in _chosen(archive, parts, label, shelf):
                    _take(archive, part, shelf)
        except (zipfile.BadZipFile, EOFError) as error:
            raise ReaderError("open", f"damaged ZIP archive ({error})", "get it again") from error
        return True


def _take(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shelf: Shelf) -> None:
    if part.is_dir():
        return
    if part.flag_bits & 1:
        shelf.refuse(part.filename, "locked with a password; unpack the archive with it first")
        return
    if (part.external_attr >> 16) & 0o170000 == 0o120000:
        shelf.notes.append(f"{part.filename} is a link and was not followed")
        return
    try:
        shelf.lay(part.filename, _chunks(archive, part))
    except _BROKEN as error:
        shelf.refuse(part.filename, _CUT.format(error))


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as member:
        while chunk := member.read(CHUNK):
            yield chunk


def _chosen(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], label: str, shelf: Shelf) -> list[zipfile.ZipInfo]:
    """All members; of a WACZ its web archives, each compared with the size that the package states."""
    names = {part.filename for part in parts}
    if not label.lower().endswith(".wacz") and not {_PACKAGE, _INDEX} <= names:
        return parts
    stated = _sizes(archive)
    chosen = [part for part in parts if part.filename.startswith("archive/")]
    for part in chosen:
        said = stated.get(part.filename, part.file_size)
        if said != part.file_size:
            shelf.cuts.append(f"{part.filename} has {part.file_size} of {said} bytes")
    shelf.cuts += [f"{name} is missing" for name in stated if name.startswith("archive/") and name not in names]
    return chosen


def _sizes(archive: zipfile.ZipFile) -> dict[str, int]:
    """The size of each part as the package's own list states it; empty when there is no sound list."""
    try:
        if archive.getinfo(_PACKAGE).file_size > _MAX_PACKAGE:
            return {}
        package: Any = json.loads(archive.read(_PACKAGE))
        pairs = ((one["path"], one["bytes"]) for one in package["resources"])
        return {path: size for path, size in pairs if isinstance(path, str) and isinstance(size, int)}
    except (KeyError, TypeError, RecursionError, *_BROKEN):
        return {}
