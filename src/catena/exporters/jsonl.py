"""JSON Lines in UTF-8: one record a line (docs/reference/records.md), letters of every script as they are."""

from __future__ import annotations

import json
from typing import BinaryIO

from catena.exporters.base import Rows
from catena.model import to_record


class JsonLines:
    """One JSON object a line. Nothing is left out: `from_record` gives the finding back."""

    name = "jsonl"
    suffix = ".jsonl"
    media_type = "application/jsonl"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write one line a finding; returns how many."""
        written = 0
        for document, finding, text in rows:
            out.write(json.dumps(to_record(finding, document, text), ensure_ascii=False).encode() + b"\n")
            written += 1
        return written
