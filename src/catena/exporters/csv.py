"""CSV: one row a finding, roles laid side by side. RFC 4180: comma, double quotes, CRLF; UTF-8 without BOM.

A cell that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, tab or line break) gets
an apostrophe in front. For exact values take `jsonl`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding, Span

ROLES = ("content", "source", "cue", "outlet", "medium")
"""Roles with columns of their own; the others stand in `other_roles`."""
COLUMNS = (
    "document", "document_id", "finding_id", "kind", "start", "end", "verdict", "reference", "parent",
    *(column for role in ROLES for column in (role, f"{role}_spans")),
    "other_roles", "values", "evidence", "diff", "made_by", "made_by_version",
)  # fmt: skip
"""The columns in order. Documented in docs/reference/records.md; later versions add at the end only."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Csv:
    """A table for spreadsheets: `COLUMNS`, then one row a finding."""

    name = "csv"
    suffix = ".csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the header and one row a finding; returns how many findings."""
        out.write(to_line(COLUMNS))
        written = 0
        for document, finding, _ in rows:
            out.write(to_line(_cells(document, finding)))
            written += 1
        return written


def to_line(cells: tuple[str, ...]) -> bytes:
    """One row in UTF-8, with its line end."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def _cells(document: str, finding: Finding) -> tuple[str, ...]:
    texts = dict(finding.texts)
    place = finding.place
    roles = [cell for role in ROLES for cell in (finding.text(role), _spans(finding.spans(role)))]
    others = {
        role: {"text": list(texts.get(role, ())), "spans": [[s.start, s.end] for s in spans]}
        for role, spans in finding.roles
        if role not in ROLES
    }
    cells = (
        document, finding.document, finding.id, finding.kind, str(place.start), str(place.end),
        finding.verdict or "", finding.reference or "", finding.parent or "", *roles,
        _json(others), _json(dict(finding.values)), " ".join(reason.code for reason in finding.evidence),
        " ".join(f"{step.op}({step.quoted}|{step.reference})" for step in finding.diff if step.op != "equal"),
        finding.made_by.name, finding.made_by.version,
    )  # fmt: skip
    return tuple(map(defuse, cells))


def defuse(cell: str) -> str:
    """`cell`, with an apostrophe in front when a spreadsheet would take it for a formula.

    >>> defuse("=1+1"), defuse("9 May")
    ("'=1+1", '9 May')
    """
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _spans(spans: tuple[Span, ...]) -> str:
    return " ".join(f"{span.start}:{span.end}" for span in spans)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""
