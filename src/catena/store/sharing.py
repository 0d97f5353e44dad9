"""Shared passages as an answer to "where else" needs them: places and names, without the rest of findings and rows.

A finding on a shared passage holds both wordings and their diff, nearly two kilobytes; where a passage stands in two
hundred documents an answer reads some hundred of them. Here only the few numbers are taken out of the record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import apsw
import msgspec

from catena.model import Document, Span
from catena.store.codec import encode, to_document
from catena.store.errors import NotFound, StoreError
from catena.store.types import DocumentName, SharedPlace


class _Values(msgspec.Struct):
    """What is read of the values; any type, as a record may come from a detector that is not ours."""

    other: Any = None
    other_start: Any = None
    other_end: Any = None
    shared_letters: Any = None
    kind: Any = None


class _Record(msgspec.Struct):
    roles: dict[str, list[tuple[int, int]]] = {}
    texts: dict[str, list[str]] = {}
    values: _Values = msgspec.field(default_factory=_Values)


_RECORD = msgspec.json.Decoder(_Record)


def load_shared(connection: apsw.Connection, document: str, near: Span) -> Iterator[SharedPlace]:
    """The passages of a text (by its hash) that it shares with others and that touch `near`, in order of place.

    Each is checked against the text. Raises `NotFound`, and `StoreError` when one no longer fits.
    """
    found: Any = connection.execute(
        "SELECT v.number, unpack(t.text) FROM documents d JOIN versions v ON v.number = d.version"
        " JOIN texts t ON t.hash = v.text WHERE v.text = ? ORDER BY d.path LIMIT 1",
        (document,),
    ).fetchone()
    if found is None:
        raise NotFound(f"no document {document!r} in this project; `catena list` shows what there is")
    version, text = found
    # The plus keeps SQLite with the index of places, where few of a document's findings touch a passage.
    rows: Any = connection.execute(
        'SELECT id, start, "end", record FROM findings WHERE version = ? AND start < ? AND "end" > ?'
        " AND +kind = 'reuse' ORDER BY start, \"end\", number",
        (version, near.end, near.start),
    )
    for id_, start, end, written in rows:
        record = _RECORD.decode(written)
        _verify(record, id_, text)
        values = record.values
        if values.other:
            there = Span(int(values.other_start or 0), int(values.other_end or 0))
            letters = int(values.shared_letters or 0)
            yield SharedPlace(id_, Span(start, end), str(values.other), there, letters, str(values.kind))


def _verify(record: _Record, id_: str, text: str) -> None:
    """As `codec.verify` does with a whole finding."""
    for role, places in record.roles.items():
        for (start, end), words in zip(places, record.texts.get(role, ()), strict=True):
            if text[start:end] != words:
                raise StoreError(f"finding {id_}: role {role} at {Span(start, end)} no longer reads {words[:40]!r}")


def load_names(connection: apsw.Connection, hashes: Collection[str]) -> dict[str, tuple[DocumentName, ...]]:
    """For each of these texts the documents whose current version holds it, by path."""
    rows: Any = connection.execute(
        "SELECT v.text, d.number, d.path, d.title, d.date, d.publisher FROM versions v"
        " JOIN documents d ON d.version = v.number WHERE v.text IN (SELECT value FROM json_each(?)) ORDER BY d.path",
        (encode(list(hashes)),),
    )
    found: dict[str, list[DocumentName]] = {}
    for hash_, *facts in rows:
        found.setdefault(hash_, []).append(DocumentName(*facts))
    return {hash_: tuple(many) for hash_, many in found.items()}


def load_numbers(connection: apsw.Connection) -> dict[str, int]:
    """The number of the document for each text, of the last by path where several have it."""
    rows: Any = connection.execute(
        "SELECT v.text, d.number FROM documents d JOIN versions v ON v.number = d.version ORDER BY d.path"
    )
    return dict(rows)


def load_source(connection: apsw.Connection, number: int) -> Document:
    """The current document with this number, without its line in the list. Raises `NotFound`."""
    columns = connection.execute(
        "SELECT t.hash, unpack(t.text), v.origin, v.blocks, v.stated, v.warnings FROM documents d"
        " JOIN versions v ON v.number = d.version JOIN texts t ON t.hash = v.text WHERE d.number = ?",
        (number,),
    ).fetchone()
    if columns is None:
        raise NotFound(f"document {number} is no longer in this project")
    return to_document(*columns)


def load_sources(connection: apsw.Connection, versions: Collection[int]) -> dict[int, tuple[DocumentName, str]]:
    """The names and texts of these current versions."""
    rows: Any = connection.execute(
        "SELECT v.number, unpack(t.text), d.number, d.path, d.title, d.date, d.publisher FROM documents d"
        " JOIN versions v ON v.number = d.version JOIN texts t ON t.hash = v.text"
        " WHERE d.version IN (SELECT value FROM json_each(?))",
        (encode(list(versions)),),
    )
    return {version: (DocumentName(*facts), text) for version, text, *facts in rows}
