"""What a given file holds: itself, what a `.gz` unpacks to, or the members of an archive or folder, in natural order.

Nothing is ever written to disk from an archive. Sizes are limited: a packed file says nothing true about its contents.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from catena.library.model import LibraryError

MAX_UNPACKED = 1_000_000_000  # bytes; the largest library text seen, 17 books of hadith in two languages, has 120 MB
MAX_MEMBERS = 50_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
# ZIP files that are one document: their own readers open them.
_DOCUMENTS = ("word/document.xml", "mimetype", "[Content_Types].xml")
_NUMBERS = re.compile(r"(\d+)")


def unpack(data: bytes, name: str, pattern: str = "") -> tuple[tuple[str, bytes], ...]:
    """`(name, bytes)` of every file in `data`, in natural order of their names; most often `data` itself.

    `pattern` chooses members, as in `*/English/*.xml`; several are parted by commas, one after `!` leaves members out.
    Raises `LibraryError` for a damaged or too large archive, or
    when no member fits.
    """
    try:
        if data.startswith(_GZIP):
            plain = _gunzip(data, name)
            inner = name.removesuffix(".gz").removesuffix(".tgz")
            return unpack(plain, inner, pattern) if _is_tar(plain) else ((inner, plain),)
        if _is_tar(data):
            return _members(name, pattern, _tar_members(data, name, pattern))
        if data.startswith(_ZIP) and not _is_document(data):
            return _members(name, pattern, _zip_members(data, name, pattern))
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, NotImplementedError) as error:
        raise LibraryError(f"{name}: damaged archive ({error}); nothing was added. Next: get it again.") from error
    except RuntimeError as error:  # what zipfile raises for a locked member
        raise LibraryError(f"{name}: {error}; nothing was added. Next: unpack it with its password.") from error
    return ((name, data),)


def pack_folder(folder: Path) -> bytes:
    """A tar of every file in `folder` that depends on nothing but their names and bytes: the source as stored."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()):
            data = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(folder).as_posix())
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def _members(name: str, pattern: str, members: Iterator[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    found = []
    for each in members:
        found.append(each)
        if len(found) > MAX_MEMBERS or sum(len(data) for _, data in found[-1:]) > MAX_UNPACKED:
            raise LibraryError(f"{name} holds too much (an archive bomb?); nothing was added")
    if not found:
        what = f"no file that fits {pattern!r}" if pattern else "no file"
        raise LibraryError(f"{name} holds {what}; nothing was added. Next: mend --members.")
    return tuple(sorted(found, key=lambda member: _natural(member[0])))


def _gunzip(data: bytes, name: str) -> bytes:
    with gzip.open(io.BytesIO(data)) as packed:
        plain = packed.read(MAX_UNPACKED + 1)
    if len(plain) > MAX_UNPACKED:
        raise LibraryError(f"{name} unpacks to more than {MAX_UNPACKED} bytes; nothing was added")
    return plain


def _tar_members(data: bytes, name: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    total = 0
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for member in archive:
            if member.isfile() and _wanted(member.name, pattern):
                total += member.size
                _check_total(total, name)
                opened = archive.extractfile(member)
                yield member.name, opened.read() if opened else b""


def _zip_members(data: bytes, name: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if not member.is_dir() and _wanted(member.filename, pattern):
                total += member.file_size
                _check_total(total, name)
                yield member.filename, archive.read(member)


def _check_total(total: int, name: str) -> None:
    if total > MAX_UNPACKED:
        raise LibraryError(f"{name} unpacks to more than {MAX_UNPACKED} bytes; nothing was added")


def _wanted(name: str, pattern: str) -> bool:
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts if part not in (".", "..")):
        return False
    patterns = [each.strip() for each in pattern.split(",") if each.strip()]
    kept = [each for each in patterns if not each.startswith("!")]
    gone = [each[1:] for each in patterns if each.startswith("!")]
    return (not kept or _fits(name, kept)) and not _fits(name, gone)


def _fits(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, each) or fnmatch(PurePosixPath(name).name, each) for each in patterns)


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _is_document(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name in _DOCUMENTS for name in archive.namelist())


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which `9.xml` stands before `10.xml`."""
    parts = (part for part in _NUMBERS.split(name) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
