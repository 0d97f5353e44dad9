"""What every exporter offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Protocol, TypeAlias

from catena.model import Finding

Rows: TypeAlias = Iterable[tuple[str, Finding, str]]
"""(document name, finding, the document's text), in the order to be written."""


class Exporter(Protocol):
    """Writes findings in one format. `name` is the key in `EXPORTERS`; `suffix` starts with a dot."""

    name: str
    suffix: str
    media_type: str

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write `rows` to `out` as they come, without closing it; returns how many findings were written."""
        ...
