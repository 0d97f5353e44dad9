"""What a build writes: files, versions, findings, index, ledger, events.

Every function runs in the caller's transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from catena.model import Document, Finding
from catena.store.codec import encode, encode_finding, to_columns
from catena.store.connection import now
from catena.store.errors import StoreError
from catena.store.facts import find_facts
from catena.store.packing import pack
from catena.store.search import drop_version, index_version
from catena.store.types import FileResult

DEFAULT_STAGE = "read"


def add_result(connection: apsw.Connection, result: FileResult, known: dict[str, int] | None = None) -> None:
    """One file: its state and ledger row, and if it could be read its version, findings and index entry.

    `known` is the part of the vocabulary that was seen before (see `search.index_version`).
    """
    made = now()
    _write_file(connection, result, made)
    detail = {"status": result.status, "reason": result.reason, "pipeline_version": result.pipeline_version}
    if result.document is not None:
        version = _write_version(connection, result, result.document, made, known)
        detail["version"] = str(version)
    log(connection, "file.add", result.stamp.path, detail, made=made)


def _write_file(connection: apsw.Connection, result: FileResult, made: str) -> None:
    stamp = result.stamp
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size,"
        " mtime_ns = excluded.mtime_ns, sha256 = excluded.sha256, status = excluded.status,"
        " pipeline_version = excluded.pipeline_version",
        (stamp.path, stamp.size, stamp.mtime_ns, result.sha256, result.status, result.pipeline_version),
    )
    connection.execute("DELETE FROM ledger WHERE path = ?", (stamp.path,))
    connection.execute(
        "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)",
        (stamp.path, result.stage or DEFAULT_STAGE, result.status, result.reason, result.seconds, made,
         result.pipeline_version),
    )  # fmt: skip


def _write_version(
    connection: apsw.Connection, result: FileResult, document: Document, made: str, known: dict[str, int] | None
) -> int:
    """The number of the version that holds `document`: the current one when bytes and text are the same."""
    foreign = next((finding for finding in result.findings if finding.document != document.id), None)
    if foreign:
        raise StoreError(f"finding {foreign.id} of {result.stamp.path} belongs to document {foreign.document[:12]}")
    connection.execute(
        "INSERT OR IGNORE INTO texts VALUES (?, ?, ?)", (document.id, len(document.text), pack(document.text))
    )
    connection.execute("INSERT OR IGNORE INTO documents (path) VALUES (?)", (result.stamp.path,))
    found: Any = connection.execute(
        "SELECT number, version FROM documents WHERE path = ?", (result.stamp.path,)
    ).fetchone()
    number, current = found
    version = _same_version(connection, current, document)
    if version is None:
        version = _new_version(connection, number, result, document, made)
        if current is not None:
            drop_version(connection, current)
        index_version(connection, version, document, known)
    else:  # read again with another recipe: what a machine derived may be derived anew
        facts_read = (*to_columns(document), made, result.pipeline_version, version)
        connection.execute(
            "UPDATE versions SET origin = ?, blocks = ?, stated = ?, warnings = ?, made = ?,"
            " pipeline_version = ? WHERE number = ?",
            facts_read,
        )
        connection.execute("DELETE FROM findings WHERE version = ?", (version,))
    _write_findings(connection, version, result.findings)
    facts = find_facts(document, result.findings)
    connection.execute(
        "UPDATE documents SET version = ?, title = ?, date = ?, genre = ?, publisher = ?, language = ?"
        " WHERE number = ?",
        (version, facts.title, facts.date, facts.genre, facts.publisher, facts.language, number),
    )
    count(connection, [version])
    return version


def _same_version(connection: apsw.Connection, current: int | None, document: Document) -> int | None:
    """The current version when it has this text from the same bytes, else `None`."""
    if current is None:
        return None
    found: Any = connection.execute(
        "SELECT text, json_extract(origin, '$.sha256') FROM versions WHERE number = ?", (current,)
    ).fetchone()
    return current if found == (document.id, document.origin.sha256) else None


def _new_version(
    connection: apsw.Connection,
    number: int,
    result: FileResult,
    document: Document,
    made: str,
) -> int:
    connection.execute(
        "INSERT INTO versions (document, text, origin, blocks, stated, warnings, made, pipeline_version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, document.id, *to_columns(document), made, result.pipeline_version),
    )
    return connection.last_insert_rowid()


def _write_findings(connection: apsw.Connection, version: int, findings: Iterable[Finding]) -> None:
    rows = (
        (version, f.id, f.kind, f.verdict, f.place.start, f.place.end, f.made_by.name, encode_finding(f))
        for f in findings
    )
    connection.executemany(
        'INSERT INTO findings (version, id, kind, verdict, start, "end", maker, record)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def count(connection: apsw.Connection, versions: Iterable[int]) -> None:
    """Write down how many findings of each kind and verdict these versions have."""
    for version in versions:
        kinds: Counter[str] = Counter()
        verdicts: Counter[str] = Counter()
        for kind, verdict in connection.execute("SELECT kind, verdict FROM findings WHERE version = ?", (version,)):
            kinds[kind] += 1
            if verdict is not None:
                verdicts[verdict] += 1
        connection.execute(
            "UPDATE versions SET counts = ?, verdicts = ? WHERE number = ?",
            (encode(dict(sorted(kinds.items()))), encode(dict(sorted(verdicts.items()))), version),
        )


def replace_findings(
    connection: apsw.Connection, maker: str, by_document: Mapping[str, Sequence[Finding]], *, only_these: bool = False
) -> None:
    """Put these in the place of every finding of `maker` on current versions. Keys are document ids.

    With `only_these` documents that are not named keep theirs.
    """
    wrong = next((f for many in by_document.values() for f in many if f.made_by.name != maker), None)
    if wrong:
        raise ValueError(f"finding {wrong.id} was made by {wrong.made_by.name!r}, not {maker!r}")
    named = " AND d.version IN (SELECT v.number FROM versions v JOIN json_each(?) n ON n.value = v.text)"
    before: Any = connection.execute(
        "SELECT DISTINCT f.version FROM findings f JOIN documents d ON d.version = f.version WHERE f.maker = ?"
        + (named if only_these else ""),
        (maker, encode(list(by_document))) if only_these else (maker,),
    ).fetchall()
    touched = {row[0] for row in before}
    for version in touched:
        connection.execute("DELETE FROM findings WHERE version = ? AND maker = ?", (version, maker))
    written = 0
    for id_, findings in by_document.items():
        wrong = next((f for f in findings if f.document != id_), None)
        if wrong:
            raise ValueError(f"finding {wrong.id} is on document {wrong.document[:12]}, listed under {id_[:12]}")
        holders: Any = connection.execute(
            "SELECT v.number FROM versions v JOIN documents d ON d.version = v.number WHERE v.text = ?",
            (id_,),
        ).fetchall()
        for (version,) in holders:
            _write_findings(connection, version, findings)
            touched.add(version)
        written += len(findings)
    count(connection, touched)
    log(connection, "findings.replace", maker, {"documents": len(by_document), "findings": written})


def replace_notes(connection: apsw.Connection, stage: str, notes: Mapping[str, str]) -> None:
    """Put these notes in the place of all of `stage` in the ledger: why less was done to a file than could be.

    Keys are document ids; every path that holds the text gets the note, with status `ok`.
    """
    connection.execute("DELETE FROM ledger WHERE stage = ? AND status = 'ok'", (stage,))
    connection.executemany(
        "INSERT OR REPLACE INTO ledger SELECT f.path, ?, 'ok', ?, 0.0, ?, f.pipeline_version FROM documents d"
        " JOIN versions v ON v.number = d.version JOIN files f ON f.path = d.path WHERE v.text = ?",
        [(stage, note, now(), id_) for id_, note in notes.items()],
    )


def mark_missing(connection: apsw.Connection, paths: Iterable[str]) -> None:
    """Say that these files are gone from the folder; what was read from them stays."""
    made = now()
    for path in paths:
        changed = connection.execute(
            "UPDATE files SET status = 'missing' WHERE path = ? AND status <> 'missing' RETURNING pipeline_version",
            (path,),
        ).get
        if changed is None:
            continue
        connection.execute(
            "INSERT OR REPLACE INTO ledger VALUES (?, 'list', 'missing', 'no longer in the folder', 0.0, ?, ?)",
            (path, made, changed),
        )
        log(connection, "file.missing", path, {}, made=made)


def log(
    connection: apsw.Connection,
    what: str,
    subject: str,
    detail: Mapping[str, object],
    *,
    who: str = "",
    made: str | None = None,
) -> None:
    """Add an event."""
    connection.execute(
        "INSERT INTO events (made, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)",
        (made or now(), who, what, subject, encode(dict(detail))),
    )
