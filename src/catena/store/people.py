"""What people say about a text: a layer each, every step in the event log, undo and redo for each."""

from __future__ import annotations

from typing import Any

import apsw

from catena.model import Finding
from catena.store.codec import decode, decode_finding, encode_finding, verify
from catena.store.connection import now
from catena.store.errors import NotFound
from catena.store.types import Event
from catena.store.writing import log

PREFIX = "person:"


def add_annotation(connection: apsw.Connection, person: str, finding: Finding) -> None:
    """Put a finding on the layer of `person`.

    Raises `ValueError` for another maker, `NotFound`, `StoreError` for drift.
    """
    if not person or finding.made_by.name != PREFIX + person:
        raise ValueError(f"finding {finding.id} was made by {finding.made_by.name!r}; need {PREFIX + person!r}")
    text: Any = connection.execute("SELECT text FROM texts WHERE hash = ?", (finding.document,)).get
    if text is None:
        raise NotFound(f"finding {finding.id} is on a text that this project does not hold: {finding.document[:12]}")
    verify(finding, text)
    connection.execute("INSERT OR IGNORE INTO layers (person, made) VALUES (?, ?)", (person, now()))
    layer = connection.execute("SELECT number FROM layers WHERE person = ?", (person,)).get
    connection.execute("UPDATE annotations SET redoable = 0 WHERE layer = ? AND redoable", (layer,))
    place = finding.place
    connection.execute(
        'INSERT INTO annotations (layer, text, id, start, "end", record) VALUES (?, ?, ?, ?, ?, ?)',
        (layer, finding.document, finding.id, place.start, place.end, encode_finding(finding)),
    )
    number = connection.last_insert_rowid()
    log(
        connection,
        "annotation.add",
        finding.id,
        {"annotation": number, "document": finding.document},
        who=person,
    )


def load_annotations(connection: apsw.Connection, document: str, person: str | None) -> tuple[Finding, ...]:
    """What people say about a text, by place; of one person, or of all."""
    rows: Any = connection.execute(
        "SELECT a.record, t.text FROM annotations a JOIN layers l ON l.number = a.layer"
        " JOIN texts t ON t.hash = a.text"
        " WHERE a.text = ?1 AND a.active AND (?2 IS NULL OR l.person = ?2)"
        ' ORDER BY a.start, a."end", a.number',
        (document, person),
    )
    found = []
    for record, text in rows:
        finding = decode_finding(record, document)
        verify(finding, text)
        found.append(finding)
    return tuple(found)


def undo(connection: apsw.Connection, person: str) -> Finding | None:
    """Take back the latest active annotation of `person`; `None` when there is none."""
    return _flip(connection, person, "a.active", "DESC", (0, 1), "annotation.undo")


def redo(connection: apsw.Connection, person: str) -> Finding | None:
    """Bring back what `person` undid last; `None` when nothing was, or something was added since."""
    # Undo goes from the latest back, so that the earliest undone one was undone last.
    return _flip(connection, person, "a.redoable", "ASC", (1, 0), "annotation.redo")


def _flip(
    connection: apsw.Connection, person: str, which: str, order: str, state: tuple[int, int], what: str
) -> Finding | None:
    row: Any = connection.execute(
        "SELECT a.number, a.text, a.record FROM annotations a JOIN layers l ON l.number = a.layer"
        f" WHERE l.person = ? AND {which} ORDER BY a.number {order} LIMIT 1",
        (person,),
    ).fetchone()
    if row is None:
        return None
    number, text, record = row
    connection.execute("UPDATE annotations SET active = ?, redoable = ? WHERE number = ?", (*state, number))
    finding = decode_finding(record, text)
    log(connection, what, finding.id, {"annotation": number, "document": text}, who=person)
    return finding


def load_history(connection: apsw.Connection, limit: int) -> tuple[Event, ...]:
    """The latest events, newest first."""
    rows: Any = connection.execute(
        "SELECT number, made, who, what, subject, detail FROM events ORDER BY number DESC LIMIT ?", (limit,)
    )
    return tuple(Event(*(*facts, decode(detail))) for *facts, detail in rows)
