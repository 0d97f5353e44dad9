"""TAR archives, also packed with gzip, bzip2 or xz."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from catena.readers.base import ReaderError
from catena.readers.containers.base import CHUNK, Shelf
from catena.readers.containers.packed import OPENERS, head_of

_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError)
_MAGIC = slice(257, 262)  # where a TAR archive says "ustar"


class Tar:
    """TAR archives. Only regular files come out: no links, no devices."""

    name = "tar"
    suffixes: tuple[str, ...] = (".tar", ".tgz", ".tbz2", ".txz")

    def sniff(self, head: bytes) -> bool:
        return head[_MAGIC] == b"ustar" or head.startswith(tuple(OPENERS))

    def unpack(self, path: Path, label: str, shelf: Shelf) -> bool:
        if head_of(path)[_MAGIC] != b"ustar":
            return False
        try:
            with tarfile.open(path, mode="r|*") as archive:  # a stream: each byte is unpacked once
                for part in archive:
                    _take(archive, part, shelf)
                    archive.members = []  # type: ignore[attr-defined]  # it remembers all, and would grow
        except ReaderError:
            raise
        except _BROKEN as error:
            shelf.cuts.append(f"cut short or damaged ({error}); what came before was read")
        return True


def _take(archive: tarfile.TarFile, part: tarfile.TarInfo, shelf: Shelf) -> None:
    if part.issym() or part.islnk():
        shelf.notes.append(f"{part.name} is a link and was not followed")
    elif part.isfile():
        held = archive.extractfile(part)
        if held is not None:
            shelf.lay(part.name, _whole(held, part.size))


def _whole(held: IO[bytes], size: int) -> Iterator[bytes]:
    """The bytes of a member. Raises `EOFError` when fewer come than it states."""
    left = size
    while left and (chunk := held.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
    if left:
        raise EOFError(f"{left} bytes of a member are missing")
