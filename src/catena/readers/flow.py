"""Text and blocks gathered piece by piece, for formats that hold their text in parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from catena.model import Block, Document, Origin, Span, canonical
from catena.readers.base import Reader, ReaderError


@dataclass(slots=True)
class Flow:
    """What was gathered so far. `add` pieces and `take` whole documents, then make one `document` of it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, kind: str, locator: str, *, gap: str = "\n\n", direction: str | None = None) -> None:
        """One block behind the others, parted by `gap`; white space alone is left out."""
        text = canonical(text).lstrip("\ufeff")
        if text.strip():
            start = self._part(gap)
            self.blocks.append(Block(Span(start, start + len(text)), kind, locator, direction))
            self._write(text)

    def take(self, document: Document, prefix: str) -> None:
        """A whole document behind the others; `prefix` stands before the locators of its blocks."""
        if not document.text.strip():
            return
        start = self._part("\n\n")
        blocks = document.blocks or (Block(Span(0, len(document.text)), "paragraph"),)
        for block in blocks:
            span = Span(block.span.start + start, block.span.end + start)
            locator = f"{prefix}, {block.locator}" if block.locator else prefix
            self.blocks.append(replace(block, span=span, locator=locator))
        self.warnings += [f"{prefix}: {warning}" for warning in document.warnings]
        self._write(document.text)

    def document(
        self, reader: Reader, data: bytes, name: str, *, steps: tuple[str, ...], encoding: str | None = None,
        stated: tuple[tuple[str, str], ...] = (),
    ) -> Document:  # fmt: skip
        """The document of all pieces. Raises `ReaderError` when there is no text."""
        if not self.text.strip():
            raise ReaderError("read", "the file holds no text", "check that it was saved whole")
        digest = hashlib.sha256(data).hexdigest()
        origin = Origin(name, digest, reader.media_type, reader.name, reader.version, encoding, steps)
        return Document(self.text, origin, tuple(self.blocks), stated, tuple(self.warnings))

    def _part(self, gap: str) -> int:
        if self.parts:
            self._write(gap)
        return self.length

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
