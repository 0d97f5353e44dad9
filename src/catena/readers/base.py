"""What every reader offers, and how it says that it cannot read."""

from __future__ import annotations

from typing import Protocol

from catena.model import Document


class ReaderError(Exception):
    """A file that cannot be read: the `stage` it failed at, the `reason`, and the `next_step` for a person."""

    def __init__(self, stage: str, reason: str, next_step: str) -> None:
        super().__init__(f"{reason}; {next_step}")
        self.stage = stage
        self.reason = reason
        self.next_step = next_step

    def __reduce__(self) -> tuple[type[ReaderError], tuple[str, str, str]]:
        return ReaderError, (self.stage, self.reason, self.next_step)


class Reader(Protocol):
    """Bytes to a document. `suffixes` are lower case with the dot; `media_type` goes into the origin."""

    name: str
    version: str
    media_type: str

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def sniff(self, data: bytes) -> bool:
        """True when the bytes are this format beyond doubt."""
        ...

    def read(self, data: bytes, name: str) -> Document:
        """The document in `data`. Raises `ReaderError`."""
        ...
