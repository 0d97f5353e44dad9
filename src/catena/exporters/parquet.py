"""Parquet: one row a finding, complete and typed, for data frames and databases (extra `parquet`).

Spans are lists of structs and not text, texts are lists; only `values` and `diff`, whose shape differs from finding to
finding, are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from catena.exporters.base import Rows
from catena.model import Finding, to_record

ROWS = 5_000  # findings in memory at once
COLUMNS = (
    "document", "document_id", "finding_id", "kind", "start", "end", "verdict", "reference", "parent", "roles",
    "values", "evidence", "diff", "made_by", "made_by_version", "settings",
)  # fmt: skip
"""The columns in order. Documented in docs/reference/records.md; later versions add at the end only."""


class Parquet:
    """A typed table: `COLUMNS`, one row a finding."""

    name = "parquet"
    suffix = ".parquet"
    media_type = "application/vnd.apache.parquet"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the table; returns how many findings. Raises `ImportError` that names the extra to install."""
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise ImportError(
                "the package pyarrow is missing; install it with: pip install 'catena[parquet]'"
            ) from error
        schema = _schema(pyarrow)
        written = 0
        given = iter(rows)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            while many := list(islice(given, ROWS)):
                table = pyarrow.Table.from_pylist([_row(document, finding) for document, finding, _ in many], schema)
                writer.write_table(table)
                written += len(many)
        return written


def _schema(arrow: Any) -> Any:
    text, number = arrow.string(), arrow.int64()
    span = arrow.struct([("start", number), ("end", number)])
    role = arrow.struct([("role", text), ("spans", arrow.list_(span)), ("texts", arrow.list_(text))])
    reason = arrow.struct([("code", text), ("note", text), ("start", number), ("end", number)])
    kinds = {"start": number, "end": number, "roles": arrow.list_(role), "evidence": arrow.list_(reason)}
    return arrow.schema([(name, kinds.get(name, text)) for name in COLUMNS])


def _row(document: str, finding: Finding) -> dict[str, Any]:
    record = to_record(finding)
    place = finding.place
    return {
        "document": document,
        "document_id": finding.document,
        "finding_id": finding.id,
        "kind": finding.kind,
        "start": place.start,
        "end": place.end,
        "verdict": finding.verdict,
        "reference": finding.reference,
        "parent": finding.parent,
        "roles": list(_roles(finding)),
        "values": _json(record["values"]),
        "evidence": [
            {
                "code": reason.code,
                "note": reason.note,
                "start": reason.span.start if reason.span else None,
                "end": reason.span.end if reason.span else None,
            }
            for reason in finding.evidence
        ],
        "diff": _json(record["diff"]),
        "made_by": finding.made_by.name,
        "made_by_version": finding.made_by.version,
        "settings": _json(record["made_by"]["settings"]),
    }


def _roles(finding: Finding) -> Iterator[dict[str, Any]]:
    texts = dict(finding.texts)
    for role, spans in finding.roles:
        places = [{"start": span.start, "end": span.end} for span in spans]
        yield {"role": role, "spans": places, "texts": list(texts.get(role, ()))}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
