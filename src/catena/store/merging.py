"""Bringing the work of another copy of a project into this one, with nothing lost.

Coders work in copies of one file, blind to each other, and are merged later. Notes join by person, text and id; codes
by their UUID. Where the two copies differ about one thing, the later change holds and the report says so. Texts that
only the other copy has come along with their documents. Merging twice changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import apsw

from catena.model import Code
from catena.store import codebook
from catena.store.codec import to_document
from catena.store.connection import now
from catena.store.packing import pack
from catena.store.people import find_layer
from catena.store.search import index_version
from catena.store.writing import count, log


@dataclass(slots=True)
class MergeReport:
    """What came in. `decided` lists, in words, where the two copies differed and which state was kept."""

    notes: int = 0
    withdrawn: int = 0
    codes: int = 0
    documents: int = 0
    searches: int = 0
    people: set[str] = field(default_factory=set)
    decided: list[str] = field(default_factory=list)


def merge(ours: apsw.Connection, theirs: apsw.Connection, name: str) -> MergeReport:
    """Bring everything that people did in `theirs` into `ours`, in the caller's transaction; `name` is for the log."""
    report = MergeReport()
    _merge_codes(ours, theirs, report, name)
    _merge_texts(ours, theirs, report)
    _merge_notes(ours, theirs, report)
    _merge_searches(ours, theirs, report)
    _merge_events(ours, theirs)
    facts = {"notes": report.notes, "withdrawn": report.withdrawn, "codes": report.codes, "documents": report.documents}
    log(ours, "merge", name, {**facts, "decided": report.decided})
    return report


def _merge_codes(ours: apsw.Connection, theirs: apsw.Connection, report: MergeReport, name: str) -> None:
    columns = ", ".join((*codebook.FIELDS, "changed"))
    for code in codebook.load_codes(theirs, deleted=True):  # parents before children
        changed: Any = theirs.execute("SELECT changed FROM codes WHERE id = ?", (code.id,)).get
        held = codebook.find_code(ours, code.id)
        if held == code:
            continue
        if held is not None:
            mine: Any = ours.execute("SELECT changed FROM codes WHERE id = ?", (code.id,)).get
            later = changed > mine
            kept = code if later else held
            report.decided.append(
                f"code {held.name!r} and {code.name!r} are one code in two states; kept the later one, {kept.name!r}"
                + ("" if kept.active else " (deleted)")
            )
            if not later:
                continue
        shown, key = make_room(ours, code, report.decided, name)
        values = [getattr(code, field_) for field_ in codebook.FIELDS]
        values[codebook.FIELDS.index("name")], values[codebook.FIELDS.index("key")] = shown, key
        ours.execute(
            f"INSERT OR REPLACE INTO codes ({columns}) VALUES ({', '.join('?' * (len(values) + 1))})",
            (*values, changed),
        )
        report.codes += 1


def make_room(ours: apsw.Connection, code: Code, decided: list[str], name: str) -> tuple[str, str]:
    """Name and key for a code that comes in: a sister of the same name, or a taken key, makes it give way."""
    shown, key = code.name, code.key
    for other in codebook.load_codes(ours) if code.active else ():
        if other.id == code.id:
            continue
        if other.parent == code.parent and other.name.casefold() == code.name.casefold():
            shown = f"{code.name} ({name})"
            decided.append(f"two codes are called {code.name!r}; the one that came in is now {shown!r}")
        if key and other.key == key:
            decided.append(f"the key {key!r} stays with {other.name!r}; {code.name!r} has none now")
            key = ""
    return shown, key


def _merge_texts(ours: apsw.Connection, theirs: apsw.Connection, report: MergeReport) -> None:
    """Texts with notes, or that links lead to, that we do not hold, with one document each."""
    rows: Any = theirs.execute(
        "SELECT text FROM annotations UNION SELECT json_extract(record, '$.values.other') FROM annotations"
        " WHERE instr(record, '\"link\"') AND json_extract(record, '$.kind') = 'link'"
    ).fetchall()
    for (hash_,) in rows:
        if ours.execute("SELECT 1 FROM texts WHERE hash = ?", (hash_,)).get:
            continue
        found: Any = theirs.execute(
            "SELECT t.characters, unpack(t.text), v.origin, v.blocks, v.stated, v.warnings, v.made, v.pipeline_version,"
            " d.path, d.title, d.date, d.genre, d.publisher, d.language, v.number"
            " FROM texts t JOIN versions v ON v.text = t.hash JOIN documents d ON d.number = v.document"
            " WHERE t.hash = ? ORDER BY d.version = v.number DESC, v.number DESC LIMIT 1",
            (hash_,),
        ).fetchone()
        if found is None:
            continue
        _add_document(ours, theirs, hash_, found)
        report.documents += 1


def _add_document(ours: apsw.Connection, theirs: apsw.Connection, hash_: str, found: Any) -> None:
    characters, text, *columns, made, recipe, path, title, date, genre, publisher, language, number = found
    ours.execute("INSERT INTO texts VALUES (?, ?, ?)", (hash_, characters, pack(text)))
    held: Any = ours.execute("SELECT number FROM documents WHERE path = ?", (path,)).get
    if held is None:
        ours.execute("INSERT OR IGNORE INTO files VALUES (?, -1, 0, '', 'missing', ?)", (path, recipe))
        ours.execute(
            "INSERT INTO documents (path, title, date, genre, publisher, language) VALUES (?, ?, ?, ?, ?, ?)",
            (path, title, date, genre, publisher, language),
        )
        held = ours.last_insert_rowid()
        current = True
    else:  # another version of a path that we have: it becomes an older one
        current = False
    ours.execute(
        "INSERT INTO versions (document, text, origin, blocks, stated, warnings, made, pipeline_version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (held, hash_, *columns, made, recipe),
    )
    version = ours.last_insert_rowid()
    rows: Any = theirs.execute(
        'SELECT id, kind, verdict, start, "end", maker, record FROM findings WHERE version = ?', (number,)
    )
    ours.executemany(
        'INSERT INTO findings (version, id, kind, verdict, start, "end", maker, record)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(version, *row) for row in rows],
    )
    count(ours, [version])
    if current:
        ours.execute("UPDATE documents SET version = ? WHERE number = ?", (version, held))
        index_version(ours, version, to_document(hash_, text, *columns))


def _merge_notes(ours: apsw.Connection, theirs: apsw.Connection, report: MergeReport) -> None:
    rows: Any = theirs.execute(
        'SELECT l.person, a.text, a.id, a.start, a."end", a.active, a.changed, a.record FROM annotations a'
        " JOIN layers l ON l.number = a.layer ORDER BY a.number"
    ).fetchall()
    for person, text, id_, start, end, active, changed, record in rows:
        layer = find_layer(ours, person)
        held: Any = ours.execute(
            "SELECT number, active, changed FROM annotations WHERE layer = ? AND text = ? AND id = ?"
            " ORDER BY changed DESC LIMIT 1",
            (layer, text, id_),
        ).fetchone()
        if held is None:
            ours.execute(
                'INSERT INTO annotations (layer, text, id, start, "end", active, changed, record)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (layer, text, id_, start, end, active, changed, record),
            )
            report.people.add(person)
            report.notes += active
        elif held[1] != active and changed > held[2]:
            ours.execute("UPDATE annotations SET active = ?, changed = ? WHERE number = ?", (active, changed, held[0]))
            report.people.add(person)
            report.notes += active
            report.withdrawn += not active


def _merge_searches(ours: apsw.Connection, theirs: apsw.Connection, report: MergeReport) -> None:
    rows: Any = theirs.execute("SELECT name, query, settings, who, made FROM searches").fetchall()
    for name, query, settings, who, made in rows:
        held = ours.execute("SELECT query, settings FROM searches WHERE name = ?", (name,)).fetchone()
        if held == (query, settings):
            continue
        shown = name if held is None else f"{name} ({who})"
        ours.execute(
            "INSERT OR IGNORE INTO searches VALUES (?, ?, ?, ?, ?)", (shown, query, settings, who, made or now())
        )
        report.searches += ours.changes()


def _merge_events(ours: apsw.Connection, theirs: apsw.Connection) -> None:
    """What people did stands in the log of both."""
    rows: Any = theirs.execute(
        "SELECT made, who, what, subject, detail FROM events WHERE who <> '' ORDER BY number"
    ).fetchall()
    known: Any = ours.execute("SELECT made, who, what, subject FROM events WHERE who <> ''").fetchall()
    held = set(known)
    for row in rows:
        if row[:4] not in held:
            ours.execute("INSERT INTO events (made, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)", row)
