"""Findings as plain records: the shape that exports, the API and `--json` share (docs/reference/records.md)."""

from __future__ import annotations

from typing import Any

from catena.model.finding import Evidence, Finding, MadeBy, Operation
from catena.model.span import Span

Record = dict[str, Any]


CONTEXT = 32
"""Code points of the text before and after a span that a quote selector holds."""


def to_record(finding: Finding, name: str = "", text: str | None = None) -> Record:
    """A JSON-ready record of `finding`; offsets are `[start, end]` in code points of the document's text.

    `name` is the document's name (its path in the collection), given beside its hash. With the document's `text` the
    record also holds `selectors`: for each span of each role the two selectors of the W3C Web Annotation Data Model
    that find it again, by position (in code points) and by its words with the words around it.
    """
    record: Record = {
        "id": finding.id,
        "document": {"id": finding.document, "name": name},
        "kind": finding.kind,
        "roles": {role: [[s.start, s.end] for s in spans] for role, spans in finding.roles},
        "texts": {role: list(texts) for role, texts in finding.texts},
        "verdict": finding.verdict,
        "reference": finding.reference,
        "diff": [_operation(step) for step in finding.diff],
        "values": dict(finding.values),
        "parent": finding.parent,
        "evidence": [_evidence(reason) for reason in finding.evidence],
        "made_by": {
            "name": finding.made_by.name,
            "version": finding.made_by.version,
            "settings": dict(finding.made_by.settings),
        },
    }
    if text is not None:
        record["selectors"] = {role: [_selectors(text, span) for span in spans] for role, spans in finding.roles}
    return record


def _selectors(text: str, span: Span) -> list[Record]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - CONTEXT) : span.start],
            "suffix": text[span.end : span.end + CONTEXT],
        },
    ]


def from_record(record: Record) -> Finding:
    """The finding a record was made from; `from_record(to_record(f)) == f`. Raises `KeyError` for a missing field."""
    maker = record["made_by"]
    return Finding(
        document=record["document"]["id"],
        kind=record["kind"],
        roles=tuple((role, tuple(Span(*pair) for pair in pairs)) for role, pairs in record["roles"].items()),
        texts=tuple((role, tuple(texts)) for role, texts in record["texts"].items()),
        made_by=MadeBy(maker["name"], maker["version"], tuple(maker["settings"].items())),
        verdict=record["verdict"],
        reference=record["reference"],
        diff=tuple(
            Operation(step["op"], step["quoted"], step["reference"], _span(step["span"]), step["what"])
            for step in record["diff"]
        ),
        values=tuple(record["values"].items()),
        parent=record["parent"],
        evidence=tuple(
            Evidence(reason["code"], reason["note"], _span(reason["span"])) for reason in record["evidence"]
        ),
    )


def _operation(step: Operation) -> Record:
    return {
        "op": step.op,
        "quoted": step.quoted,
        "reference": step.reference,
        "span": _pair(step.span),
        "what": step.what,
    }


def _evidence(reason: Evidence) -> Record:
    return {"code": reason.code, "note": reason.note, "span": _pair(reason.span)}


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
