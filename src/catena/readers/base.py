"""What every reader offers, and how it says that it cannot read."""

from __future__ import annotations

from collections.abc import Callable
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


_heard: list[Callable[[], None]] = []


def on_progress(listener: Callable[[], None]) -> None:
    """Have `listener` called whenever a reader gets on with a long file. For the process that reads one file."""
    _heard.append(listener)


def report_progress() -> None:
    """A reader of many pages says after each that it gets on, so that its time begins anew."""
    for listener in _heard:
        listener()


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
