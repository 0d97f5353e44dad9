"""Plain text, in whatever encoding it is."""

from __future__ import annotations

import hashlib

from catena.model import Document, Origin, canonical
from catena.readers.base import ReaderError
from catena.readers.encodings import decode


class Text:
    """Plain text: decoded, line ends made one kind, otherwise as it is."""

    name = "text"
    version = "2"
    media_type = "text/plain"
    suffixes: tuple[str, ...] = (".txt", ".text", ".log")

    def sniff(self, data: bytes) -> bool:
        return False  # anything may be plain text, so it is the last resort

    def read(self, data: bytes, name: str) -> Document:
        decoded = decode(data)
        text = canonical(decoded.text).lstrip("\ufeff")  # some programs write the mark twice
        if not text.strip():
            raise ReaderError("read", "the file holds no text", "check that it was saved whole")
        steps = [f"decoded {decoded.encoding}"]
        if "\r" in decoded.text:
            steps.append("line ends to LF")
        origin = Origin(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=self.media_type,
            reader=self.name,
            reader_version=self.version,
            encoding=decoded.encoding,
            steps=tuple(steps),
        )
        return Document(text, origin, warnings=(decoded.doubt,) if decoded.doubt else ())
