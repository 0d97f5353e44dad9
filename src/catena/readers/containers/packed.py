"""Single files packed with gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catena.readers.base import report_progress
from catena.readers.containers.base import CHUNK, Shelf

OPENERS: dict[bytes, Any] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
"""How a packed file begins, and what opens it."""
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError)


class Packed:
    """One file packed with gzip, bzip2 or xz."""

    name = "packed"
    suffixes: tuple[str, ...] = (".gz", ".bz2", ".xz")

    def sniff(self, head: bytes) -> bool:
        return head.startswith(tuple(OPENERS))

    def unpack(self, path: Path, label: str, shelf: Shelf) -> bool:
        plain = label.rpartition("/")[2]
        plain = plain.rpartition(".")[0] if plain.lower().endswith(self.suffixes) else plain
        shelf.lay(plain or "file", _unpack(path, shelf))
        return True


def head_of(path: Path, size: int = 512) -> bytes:
    """The first bytes of a file as they are once it is unpacked; b"" when it is packed and damaged."""
    with path.open("rb") as file:
        head = file.read(size)
    opener = _opener(head)
    if opener is None:
        return head
    try:
        with opener(path) as inner:
            return bytes(inner.read(size))
    except _BROKEN:
        return b""


def _opener(head: bytes) -> Any:
    return next((opener for mark, opener in OPENERS.items() if head.startswith(mark)), None)


def _unpack(path: Path, shelf: Shelf) -> Iterator[bytes]:
    with path.open("rb") as file:
        opener = _opener(file.read(8))
    try:
        with opener(path) as inner:
            while chunk := inner.read(CHUNK):
                report_progress()
                yield chunk
    except _BROKEN as error:
        shelf.cuts.append(f"cut short or damaged ({error}); what came before was read")
