"""What people say about a text: a layer each, every step in the event log, undo and redo of everything they do.

Vocabulary: a *step* is one thing a person did. It holds its *changes*: `["annotation", number, active before, active
after]` or `["code", id, row before, row after]`. Undo writes what was before, redo what was after; a step that is
undone when the person does something new is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

import apsw

from catena.model import Finding
from catena.store import codebook
from catena.store.codec import decode, decode_finding, decode_findings, encode, encode_finding, verify
from catena.store.connection import now
from catena.store.errors import NotFound, StoreError
from catena.store.types import Event, StepTaken
from catena.store.writing import log

PREFIX = "person:"
CARRIED_OVER = "carried-over"  # the evidence code of a note that came over from an older text, with its id there
Change: TypeAlias = list[Any]


def add_annotations(connection: apsw.Connection, person: str, findings: Sequence[Finding]) -> None:
    """Put findings on the layer of `person`, as one step.

    Raises `ValueError` for another maker, `NotFound`, `StoreError` for drift.
    """
    changes = [change for finding in findings if (change := _put(connection, person, finding)) is not None]
    record_step(connection, person, "annotation.add", changes)


def replace_annotation(connection: apsw.Connection, person: str, id_: str, findings: Sequence[Finding]) -> None:
    """Take a finding off the layer of `person` and put others in its place (none: remove it), as one step.

    Raises `NotFound` when the person has no such finding.
    """
    rows: Any = connection.execute(
        "SELECT a.number FROM annotations a JOIN layers l ON l.number = a.layer"
        " WHERE l.person = ? AND a.id = ? AND a.active",
        (person, id_),
    ).fetchall()
    if not rows:
        raise NotFound(f"{person} has no note {id_} here; it may have been removed already")
    changes: list[Change] = [["annotation", row[0], 1, 0] for row in rows]
    for _, number, _, after in changes:
        _switch(connection, number, after)
        log(connection, "annotation.remove", id_, {"annotation": number}, who=person)
    changes += [change for finding in findings if (change := _put(connection, person, finding)) is not None]
    record_step(connection, person, "annotation.replace" if findings else "annotation.remove", changes)


def _put(connection: apsw.Connection, person: str, finding: Finding) -> Change | None:
    """Write one finding; `None` when it stands on the layer already."""
    if not person or finding.made_by.name != PREFIX + person:
        raise ValueError(f"finding {finding.id} was made by {finding.made_by.name!r}; need {PREFIX + person!r}")
    text: Any = connection.execute("SELECT unpack(text) FROM texts WHERE hash = ?", (finding.document,)).get
    if text is None:
        raise NotFound(f"finding {finding.id} is on a text that this project does not hold: {finding.document[:12]}")
    verify(finding, text)
    if finding.kind == "link":
        _verify_other(connection, finding)
    layer = find_layer(connection, person)
    held = connection.execute(
        "SELECT 1 FROM annotations WHERE layer = ? AND text = ? AND id = ? AND active",
        (layer, finding.document, finding.id),
    ).get
    if held:
        return None
    place = finding.place
    connection.execute(
        'INSERT INTO annotations (layer, text, id, start, "end", changed, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (layer, finding.document, finding.id, place.start, place.end, now(), encode_finding(finding)),
    )
    number = connection.last_insert_rowid()
    detail = {"annotation": number, "document": finding.document}
    log(connection, "annotation.add", finding.id, detail, who=person)
    return ["annotation", number, 0, 1]


def _verify_other(connection: apsw.Connection, finding: Finding) -> None:
    """Raise `NotFound` or `StoreError` when the other end of a link does not read as the link says."""
    other, start, end = (finding.value(name) for name in ("other", "other_start", "other_end"))
    text: Any = connection.execute("SELECT unpack(text) FROM texts WHERE hash = ?", (other,)).get
    if text is None:
        raise NotFound(f"link {finding.id} leads to a text that this project does not hold: {str(other)[:12]}")
    if start is not None and end is not None and text[int(start) : int(end)] != finding.value("other_text"):
        raise StoreError(f"link {finding.id}: its other end no longer reads {str(finding.value('other_text'))[:40]!r}")


def find_layer(connection: apsw.Connection, person: str) -> int:
    """The number of a person's layer, made when there is none."""
    connection.execute("INSERT OR IGNORE INTO layers (person, made) VALUES (?, ?)", (person, now()))
    return int(connection.execute("SELECT number FROM layers WHERE person = ?", (person,)).get)


def record_step(connection: apsw.Connection, person: str, what: str, changes: Sequence[Change]) -> None:
    """Keep a step, so that it can be undone. Nothing changed: no step."""
    if not changes:
        return
    connection.execute("UPDATE steps SET state = 'gone' WHERE person = ? AND state = 'undone'", (person,))
    connection.execute(
        "INSERT INTO steps (person, state, what, made, changes) VALUES (?, 'done', ?, ?, ?)",
        (person, what, now(), encode(list(changes))),
    )


def load_annotations(connection: apsw.Connection, document: str, person: str | None) -> tuple[Finding, ...]:
    """What people say about a text, by place; of one person, or of all."""
    rows: Any = connection.execute(
        "SELECT a.record FROM annotations a JOIN layers l ON l.number = a.layer"
        " WHERE a.text = ?1 AND a.active AND (?2 IS NULL OR l.person = ?2)"
        ' ORDER BY a.start, a."end", a.number',
        (document, person),
    ).fetchall()
    if not rows:
        return ()
    text = str(connection.execute("SELECT unpack(text) FROM texts WHERE hash = ?", (document,)).get)
    return tuple(decode_findings((record for (record,) in rows), document, text))


def find_annotation(connection: apsw.Connection, id_: str) -> tuple[Finding, ...]:
    """The active notes with this id."""
    rows: Any = connection.execute("SELECT record, text FROM annotations WHERE id = ? AND active", (id_,))
    return tuple(decode_finding(record, text) for record, text in rows)


def load_links(connection: apsw.Connection, document: str | None, person: str | None) -> tuple[Finding, ...]:
    """Links with an end on a text (its hash), or all; of one person, or of all; in the order they were made."""
    rows: Any = connection.execute(
        "SELECT a.record, a.text FROM annotations a JOIN layers l ON l.number = a.layer"
        # Looking for the word first spares reading the JSON of every other note.
        " WHERE a.active AND instr(a.record, '\"link\"') AND json_extract(a.record, '$.kind') = 'link'"
        " AND (?1 IS NULL OR a.text = ?1 OR json_extract(a.record, '$.values.other') = ?1)"
        " AND (?2 IS NULL OR l.person = ?2) ORDER BY a.number",
        (document, person),
    )
    return tuple(decode_finding(record, text) for record, text in rows)


def load_relations(connection: apsw.Connection, person: str | None) -> tuple[str, ...]:
    """The relations that links have, the most used first; of one person, or of all."""
    rows: Any = connection.execute(
        "SELECT json_extract(a.record, '$.values.relation') AS relation FROM annotations a"
        " JOIN layers l ON l.number = a.layer WHERE a.active AND instr(a.record, '\"link\"')"
        " AND json_extract(a.record, '$.kind') = 'link' AND (?1 IS NULL OR l.person = ?1)"
        " GROUP BY relation ORDER BY count(*) DESC, relation",
        (person,),
    )
    return tuple(relation for (relation,) in rows)


_OLDER = (
    " FROM documents d JOIN versions v ON v.document = d.number JOIN versions c ON c.number = d.version"
    " WHERE v.text <> c.text AND EXISTS (SELECT 1 FROM annotations a WHERE a.text = v.text AND a.active)"
    " AND NOT EXISTS (SELECT 1 FROM documents o JOIN versions w ON w.number = o.version WHERE w.text = v.text)"
)


def find_older_texts(connection: apsw.Connection, number: int) -> tuple[str, ...]:
    """Earlier texts of a document with notes; one that another path still holds is not outdated."""
    rows: Any = connection.execute(
        f"SELECT v.text{_OLDER} AND d.number = ? GROUP BY v.text ORDER BY min(v.number)", (number,)
    )
    return tuple(row[0] for row in rows)


def find_outdated(connection: apsw.Connection) -> tuple[int, ...]:
    """Documents with notes on an earlier text."""
    rows: Any = connection.execute(f"SELECT DISTINCT d.number{_OLDER} ORDER BY d.number")
    return tuple(row[0] for row in rows)


def list_people(connection: apsw.Connection) -> tuple[tuple[str, int], ...]:
    """Everybody with a layer and how many notes stand on it, by name."""
    rows: Any = connection.execute(
        "SELECT l.person, (SELECT count(*) FROM annotations a WHERE a.layer = l.number AND a.active)"
        " FROM layers l ORDER BY l.person"
    ).fetchall()
    return tuple((person, count) for person, count in rows)


def undo(connection: apsw.Connection, person: str) -> StepTaken | None:
    """Take back the latest step of `person`; `None` when there is none."""
    return _turn(connection, person, back=True)


def redo(connection: apsw.Connection, person: str) -> StepTaken | None:
    """Bring back what `person` undid last; `None` when nothing was, or something was done since."""
    return _turn(connection, person, back=False)


def _turn(connection: apsw.Connection, person: str, *, back: bool) -> StepTaken | None:
    # Undo goes from the latest back, so that the earliest undone one was undone last.
    which, order, state = ("done", "DESC", "undone") if back else ("undone", "ASC", "done")
    row: Any = connection.execute(
        f"SELECT number, what, changes FROM steps WHERE person = ? AND state = ? ORDER BY number {order} LIMIT 1",
        (person, which),
    ).fetchone()
    if row is None:
        return None
    number, what, written = row
    changes = decode(written)
    found = []
    for table, key, before, after in reversed(changes) if back else changes:
        old, new = (after, before) if back else (before, after)
        if table == "code":
            codebook.restore(connection, old, new)
            continue
        _switch(connection, key, new)
        record: Any = connection.execute("SELECT record, text FROM annotations WHERE number = ?", (key,)).fetchone()
        if record is None:
            raise StoreError(f"note {key} of {person} is gone; the project file is damaged")
        found.append(decode_finding(*record))
    connection.execute("UPDATE steps SET state = ? WHERE number = ?", (state, number))
    subject = found[0].id if found else str(changes[0][1])
    name = "undo" if back else "redo"
    log(
        connection,
        f"annotation.{name}" if found else f"code.{name}",
        subject,
        {"step": number, "what": what},
        who=person,
    )
    return StepTaken(what, tuple(found))


def _switch(connection: apsw.Connection, number: int, active: int) -> None:
    connection.execute("UPDATE annotations SET active = ?, changed = ? WHERE number = ?", (active, now(), number))


def load_history(connection: apsw.Connection, limit: int, kinds: Collection[str] = ()) -> tuple[Event, ...]:
    """The latest events, newest first; of these kinds when any are given."""
    only = " WHERE what IN (SELECT value FROM json_each(?))" if kinds else ""
    rows: Any = connection.execute(
        f"SELECT number, made, who, what, subject, detail FROM events{only} ORDER BY number DESC LIMIT ?",
        (encode(list(kinds)), limit) if kinds else (limit,),
    )
    return tuple(Event(*(*facts, decode(detail))) for *facts, detail in rows)
