"""Values as JSON columns and back. Nothing else knows how a document or a finding is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import msgspec

from catena.model import Block, Document, Finding, Origin, Span, from_record, to_record
from catena.store.errors import StoreError

_EMPTY: dict[str, type[Any] | None] = {
    "roles": dict, "texts": dict, "verdict": None, "reference": None, "diff": list, "values": dict, "parent": None,
    "evidence": list,
}  # fmt: skip
"""Fields that a stored record leaves out when they are empty, with what stands for that."""


def encode(value: Any) -> str:
    """`value` as JSON text, letters of every script as they are."""
    return msgspec.json.encode(value).decode()


def decode(text: str) -> Any:
    """The value of a JSON column."""
    return msgspec.json.decode(text)


def to_columns(document: Document) -> tuple[str, str, str, str]:
    """Origin, blocks, stated facts and warnings as JSON columns."""
    blocks = [
        [b.span.start, b.span.end, b.kind, b.locator, b.direction, b.language, *((b.boxes,) if b.boxes else ())]
        for b in document.blocks
    ]
    return (
        encode(asdict(document.origin)),
        encode(blocks),
        encode(document.stated),
        encode(document.warnings),
    )


def to_document(hash_: str, text: str, origin: str, blocks: str, stated: str, warnings: str) -> Document:
    """The document as it was added. Raises `StoreError` when the text is not the one that was stored."""
    facts = decode(origin)
    document = Document(
        text=text,
        origin=Origin(**{**facts, "steps": tuple(facts["steps"])}),
        blocks=tuple(_to_block(row) for row in decode(blocks)),
        stated=tuple((name, value) for name, value in decode(stated)),
        warnings=tuple(decode(warnings)),
    )
    if document.id != hash_:
        raise StoreError(f"the stored text {hash_[:12]} has changed; the project file is damaged, build it again")
    return document


def _to_block(row: list[Any]) -> Block:
    start, end, kind, locator, direction, language, *boxes = row
    held = tuple(map(tuple, boxes[0])) if boxes else ()
    return Block(Span(start, end), kind, locator, direction, language, held)


def encode_finding(finding: Finding) -> str:
    """The finding's record without its document, which the row names already, its id, which follows, and what is empty.

    A third of the room of a short finding.
    """
    record = to_record(finding)
    del record["document"], record["id"]
    if not record["made_by"]["settings"]:
        del record["made_by"]["settings"]
    return encode({name: value for name, value in record.items() if value or name not in _EMPTY})


def expand(record: str) -> dict[str, Any]:
    """A stored record with its empty fields, still without document and id."""
    given = decode(record)
    given["made_by"].setdefault("settings", {})
    return {**{name: type_() if type_ else None for name, type_ in _EMPTY.items()}, **given}


def decode_finding(record: str, hash_: str) -> Finding:
    """The finding on the text `hash_`."""
    return from_record({**expand(record), "document": {"id": hash_}})


def decode_findings(records: Iterable[str], hash_: str, text: str) -> Iterable[Finding]:
    """The findings on one text, each checked against it. Raises `StoreError` when one no longer fits."""
    for record in records:
        finding = decode_finding(record, hash_)
        verify(finding, text)
        yield finding


def verify(finding: Finding, text: str) -> None:
    """Raise `StoreError` when the words stored with `finding` do not stand in `text` at its spans."""
    stored = dict(finding.texts)
    for role, spans in finding.roles:
        for span, words in zip(spans, stored.get(role, ()), strict=True):
            if text[span.start : span.end] != words:
                raise StoreError(f"finding {finding.id}: role {role} at {span} no longer reads {words[:40]!r}")
