"""What a project answers: lists, facets, documents by any name, findings, ledger."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import apsw

from catena.model import Finding, Span
from catena.store.codec import decode, decode_finding, decode_findings, encode, expand
from catena.store.errors import NotFound, StoreError
from catena.store.packing import unpack
from catena.store.search import find_versions
from catena.store.types import Attribution, DocumentRow, FileState, LedgerRow, StoredFinding, Unchecked

FACETS = ("genre", "publisher", "language", "verdict", "status")
ORDERS = {
    "path": "d.path",
    "title": "d.title, d.path",
    "date": "d.date = '', d.date, d.path",
    "newest": "d.date = '', d.date DESC, d.path",
    "number": "d.number",
}
"""Orders of the list, by name; `relevance` is the one more that a text query allows."""

_ROW = (
    "SELECT d.number, t.hash, d.path, d.title, d.date, d.genre, d.publisher, d.language, t.characters,"
    " v.counts, v.verdicts, v.warnings, (SELECT count(*) FROM versions o WHERE o.document = d.number),"
    " f.status, d.version"
    " FROM documents d JOIN versions v ON v.number = d.version JOIN texts t ON t.hash = v.text"
    " JOIN files f ON f.path = d.path"
)
_ID = re.compile(r"[0-9a-f]{6,64}")
CLOSE_MATCHES = 5


def list_documents(
    connection: apsw.Connection,
    *,
    text_query: str | None = None,
    facets: Mapping[str, str],
    order: str,
    limit: int | None,
    offset: int,
    only_annotated: bool = False,
) -> tuple[DocumentRow, ...]:
    """Rows that answer the query and every facet.

    Raises `QueryError`, and `ValueError` for an unknown facet or order.
    """
    if order not in ORDERS and order != "relevance":
        raise ValueError(f"order {order!r} is unknown; allowed: {', '.join(ORDERS)}, relevance")
    wheres, values = _conditions(facets)
    if only_annotated:
        wheres.append("v.text IN (SELECT a.text FROM annotations a WHERE a.active)")
    found: dict[int, int] = {}
    if text_query is not None and text_query.strip():
        found = {version: rank for rank, version in enumerate(find_versions(connection, text_query))}
        wheres.append("d.version IN (SELECT value FROM json_each(?))")
        values.append(str(list(found)))
    where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
    written = f"{_ROW}{where} ORDER BY {ORDERS.get(order, 'd.path')}"
    if order == "relevance" and found:
        rows = sorted(connection.execute(written, values), key=lambda row: found[row[-1]])
        rows = rows[offset : None if limit is None else offset + limit]
    else:
        page = (*values, -1 if limit is None else limit, offset)
        rows = connection.execute(f"{written} LIMIT ? OFFSET ?", page).fetchall()
    return tuple(map(_to_row, rows))


def _conditions(facets: Mapping[str, str]) -> tuple[list[str], list[str]]:
    wheres: list[str] = []
    values: list[str] = []
    for name, value in facets.items():
        if name not in FACETS:
            raise ValueError(f"facet {name!r} is unknown; allowed: {', '.join(FACETS)}")
        if name == "verdict":
            wheres.append("d.version IN (SELECT version FROM findings WHERE verdict = ?)")
        elif name == "status":
            wheres.append("f.status = ?")
        else:
            wheres.append(f"d.{name} = ?")
        values.append(value)
    return wheres, values


def _to_row(row: Sequence[Any]) -> DocumentRow:
    """A row of `_ROW`, whose columns stand in the order of the fields."""
    facts = row[:9]
    counts, verdicts, warnings, versions, status = row[9:14]
    derived = (decode(counts), decode(verdicts), tuple(decode(warnings)), versions, status)
    return DocumentRow(*(*facts, *derived))


def rows_of_versions(connection: apsw.Connection, versions: Collection[int]) -> dict[int, DocumentRow]:
    """The rows of these current versions, by version."""
    rows = connection.execute(f"{_ROW} WHERE d.version IN (SELECT value FROM json_each(?))", (str(list(versions)),))
    return {row[-1]: _to_row(row) for row in rows}


def rows_of_text(connection: apsw.Connection, hash_: str) -> tuple[DocumentRow, ...]:
    """The rows of the paths whose current version has this text, by path."""
    return tuple(map(_to_row, connection.execute(f"{_ROW} WHERE v.text = ? ORDER BY d.path", (hash_,))))


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """What facets count, for every current version: its genre, publisher and language, and the verdicts in it."""

    stated: dict[int, tuple[str, str, str]]
    verdicts: dict[int, tuple[str, ...]]

    def count(self, versions: Iterable[int]) -> dict[str, list[tuple[str, int]]]:
        """For genre, publisher, language and verdict: values with the number of these versions, most frequent first."""
        chosen = list(versions)
        rows = Counter(self.stated[version] for version in chosen if version in self.stated)
        found = {}
        for at, name in enumerate(FACETS[:3]):
            counts: Counter[str] = Counter()
            for row, n in rows.items():
                counts[row[at]] += n
            found[name] = _by_count(counts)
        many = (self.verdicts[version] for version in self.verdicts.keys() & chosen)
        found["verdict"] = _by_count(Counter(verdict for verdicts in many for verdict in verdicts))
        return found


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((value, n) for value, n in counts.items() if value), key=lambda pair: (-pair[1], pair[0]))


def load_facet_index(connection: apsw.Connection) -> FacetIndex:
    """The index of every current version; good for as long as nothing is written."""
    rows: Any = connection.execute(
        "SELECT version, genre, publisher, language FROM documents WHERE version IS NOT NULL"
    ).fetchall()
    held: dict[tuple[str, str, str], tuple[str, str, str]] = {}  # thousands of documents share a few of them
    stated = {version: held.setdefault(facts, facts) for version, *given in rows for facts in (tuple(given),)}
    found: Any = connection.execute(
        "SELECT DISTINCT verdict, version FROM findings INDEXED BY findings_by_verdict WHERE verdict IS NOT NULL"
    ).fetchall()
    verdicts: dict[int, tuple[str, ...]] = {}
    for verdict, version in found:
        if version in stated:
            verdicts[version] = (*verdicts.get(version, ()), verdict)
    return FacetIndex(stated, verdicts)


def list_facets(connection: apsw.Connection) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with the number of documents, most frequent first. Unknown values are left out."""
    index = load_facet_index(connection)
    found = index.count(index.stated)
    status = (
        "SELECT f.status, count(*) AS n FROM documents d JOIN files f ON f.path = d.path"
        " WHERE d.version IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1"
    )
    found["status"] = [(value, n) for value, n in connection.execute(status)]
    return found


def find_row(connection: apsw.Connection, ref: str | int) -> DocumentRow:
    """The document that `ref` names: number, path, id or its beginning, end of a path or name.

    Raises `NotFound`.
    """
    if isinstance(ref, int):
        return _one(connection, ref, "d.number = ?", ref)
    rows = connection.execute(f"{_ROW} WHERE d.path = ?", (ref,)).fetchall()
    if not rows and ref.isdecimal() and len(ref) < 19:
        rows = connection.execute(f"{_ROW} WHERE d.number = ?", (int(ref),)).fetchall()
    if not rows and _ID.fullmatch(ref.lower()):
        low = ref.lower()
        rows = connection.execute(
            f"{_ROW} WHERE t.hash >= ? AND t.hash < ? ORDER BY d.path", (low, low + "g")
        ).fetchall()
        if len({row[1] for row in rows}) == 1:
            rows = rows[:1]  # one text under several paths: the first stands for all
    if not rows:
        rows = _by_end_of_path(connection, ref)
    if len(rows) == 1:
        return _to_row(rows[0])
    if rows:
        paths = [str(row[2]) for row in rows]
        raise NotFound(
            f"{ref!r} names {len(rows)} documents: {', '.join(paths[:CLOSE_MATCHES])}; give more of it", paths
        )
    raise _not_found(connection, ref)


def _one(connection: apsw.Connection, ref: object, where: str, value: str | int) -> DocumentRow:
    row = connection.execute(f"{_ROW} WHERE {where}", (value,)).fetchone()
    if row is None:
        raise _not_found(connection, ref)
    return _to_row(row)


def _by_end_of_path(connection: apsw.Connection, ref: str) -> list[tuple[Any, ...]]:
    paths = [row[0] for row in connection.execute("SELECT path FROM documents ORDER BY path")]
    wanted = [path for path in paths if path.endswith("/" + ref)]
    wanted = wanted or [path for path in paths if PurePosixPath(path).stem == ref]
    if not wanted:
        return []
    written = f"{_ROW} WHERE d.path IN (SELECT value FROM json_each(?)) ORDER BY d.path"
    return connection.execute(written, (encode(wanted),)).fetchall()


def _not_found(connection: apsw.Connection, ref: object) -> NotFound:
    paths = [row[0] for row in connection.execute("SELECT path FROM documents ORDER BY path")]
    names = {PurePosixPath(path).name: path for path in paths} | {path: path for path in paths}
    close = list(dict.fromkeys(names[name] for name in difflib.get_close_matches(str(ref), names, CLOSE_MATCHES)))
    said = f"; did you mean {', '.join(close)}?" if close else "; `catena list` shows what there is"
    return NotFound(f"no document {ref!r} in this project{said}", close)


def load_findings(
    connection: apsw.Connection,
    document: str | int,
    kinds: Collection[str] | None,
    near: Span | None = None,
    text: str | None = None,
) -> tuple[Finding, ...]:
    """Findings on the current version of a document, by place, those that touch `near` when given; give its number
    where paths share a text, and its text when you hold it."""
    column = "d.number" if isinstance(document, int) else "v.text"
    found: Any = connection.execute(
        "SELECT v.number, v.text FROM documents d JOIN versions v ON v.number = d.version"
        f" WHERE {column} = ? ORDER BY d.path LIMIT 1",
        (document,),
    ).fetchone()
    if found is None:
        raise NotFound(f"no document {document!r} in this project; `catena list` shows what there is")
    version, hash_ = found
    records = _records_of(connection, version, kinds, near)
    if not records:
        return ()
    return tuple(decode_findings(records, hash_, text_of(connection, hash_) if text is None else text))


def findings_of(
    connection: apsw.Connection, version: int, hash_: str, text: str, kinds: Collection[str] | None = None
) -> Iterator[Finding]:
    """Findings of one version by place, each checked against its text."""
    yield from decode_findings(_records_of(connection, version, kinds, None), hash_, text)


def _records_of(
    connection: apsw.Connection, version: int, kinds: Collection[str] | None, near: Span | None
) -> list[str]:
    """Records of the findings of one version by place; of these kinds, and those that touch `near`, when given."""
    where, values = "version = ?", [version]
    if near is not None:
        where += ' AND start < ? AND "end" > ?'
        values += [near.end, near.start]
    if kinds is not None:
        # The plus keeps SQLite with the index of places, where few of a document's findings touch a passage.
        where += f" AND {'' if near is None else '+'}kind IN ({', '.join('?' * len(kinds))})"
    rows: Any = connection.execute(
        f'SELECT record FROM findings WHERE {where} ORDER BY start, "end", number', (*values, *(kinds or ()))
    )
    return [record for (record,) in rows]


def iterate_texts(connection: apsw.Connection) -> Iterator[tuple[str, str, str, str]]:
    """(path, id, date, text) of the current version of every document, by path. One text at a time in memory."""
    yield from connection.execute(
        "SELECT d.path, t.hash, d.date, unpack(t.text) FROM documents d JOIN versions v ON v.number = d.version"
        " JOIN texts t ON t.hash = v.text ORDER BY d.path"
    )


def find_without(connection: apsw.Connection, maker: str) -> set[str]:
    """Ids of the documents that hold no finding of `maker` under one of their paths."""
    rows = connection.execute(
        "SELECT v.text FROM documents d JOIN versions v ON v.number = d.version WHERE NOT EXISTS"
        " (SELECT 1 FROM findings f WHERE f.maker = ? AND f.version = d.version)",
        (maker,),
    )
    return {row[0] for row in rows}


def find_stamps(connection: apsw.Connection) -> dict[str, str]:
    """For each document id something that changes when a path with its text comes, goes or is read again."""
    rows: Any = connection.execute(
        "SELECT v.text, group_concat(d.path || ' ' || v.number || ' ' || v.made || ' ' || v.pipeline_version, char(10)"
        " ORDER BY d.path) FROM documents d JOIN versions v ON v.number = d.version GROUP BY v.text"
    )
    return dict(rows)


def iterate_findings(
    connection: apsw.Connection, kinds: Collection[str] | None = None, only: Collection[str] | None = None
) -> Iterator[tuple[str, Finding, str]]:
    """(path, finding, text) over the current version of every document, by path and place; of these kinds and of the
    documents whose ids are in `only`, when given.

    One text at a time in memory.
    """
    numbers: Any = connection.execute(
        "SELECT d.number, v.text FROM documents d JOIN versions v ON v.number = d.version ORDER BY d.path"
    ).fetchall()
    for number, id_ in numbers:
        if only is not None and id_ not in only:
            continue
        found: Any = connection.execute(
            "SELECT d.path, v.number, t.hash, unpack(t.text) FROM documents d JOIN versions v ON v.number = d.version"
            " JOIN texts t ON t.hash = v.text WHERE d.number = ?",
            (number,),
        ).fetchone()
        path, version, hash_, text = found
        for finding in findings_of(connection, version, hash_, text, kinds):
            yield path, finding, text


def iterate_unchecked(connection: apsw.Connection) -> Iterator[Unchecked]:
    """The current version of every document by path, with findings and notes as they are stored, nothing checked."""
    numbers: Any = connection.execute("SELECT number FROM documents WHERE version IS NOT NULL ORDER BY path").fetchall()
    for (number,) in numbers:
        found: Any = connection.execute(
            "SELECT d.path, v.number, t.hash, t.text, json_extract(v.origin, '$.sha256'), v.pipeline_version"
            " FROM documents d JOIN versions v ON v.number = d.version JOIN texts t ON t.hash = v.text"
            " WHERE d.number = ?",
            (number,),
        ).fetchone()
        path, version, hash_, packed, sha256, recipe = found
        try:
            text = unpack(packed)
        except StoreError:
            text = ""  # its hash tells
        records: Any = connection.execute(
            'SELECT record FROM findings WHERE version = ? ORDER BY start, "end", number', (version,)
        ).fetchall()
        notes: Any = connection.execute(
            'SELECT record FROM annotations WHERE text = ? AND active ORDER BY start, "end", number', (hash_,)
        ).fetchall()
        findings = tuple(decode_finding(record, hash_) for (record,) in records)
        held = tuple(decode_finding(record, hash_) for (record,) in notes)
        yield Unchecked(number, path, hash_, text, sha256 or "", recipe, findings, held)


def load_states(connection: apsw.Connection, path: str | None = None) -> dict[str, FileState]:
    """What the ledger knows of every file, or of one."""
    where, values = ("", ()) if path is None else (" WHERE path = ?", (path,))
    rows = connection.execute(
        f"SELECT path, size, mtime_ns, sha256, status, pipeline_version FROM files{where}", values
    )
    return {row[0]: FileState(*row[1:]) for row in rows}


def load_ledger(connection: apsw.Connection, *, failed_only: bool) -> tuple[LedgerRow, ...]:
    """The ledger by path and stage; a missing file is no failure."""
    where = " WHERE status NOT IN ('ok', 'missing')" if failed_only else ""
    rows = connection.execute(
        f"SELECT path, stage, status, reason, seconds, made, version FROM ledger{where} ORDER BY path, stage"
    )
    return tuple(LedgerRow(*row) for row in rows)


def text_of_version(connection: apsw.Connection, version: int) -> str:
    """The text of one version."""
    text = connection.execute(
        "SELECT unpack(t.text) FROM versions v JOIN texts t ON t.hash = v.text WHERE v.number = ?", (version,)
    ).get
    if text is None:
        raise StoreError(f"version {version} is in the index but not in the project; build it again")
    return str(text)


def text_of(connection: apsw.Connection, document: str) -> str:
    """The text with this hash. Raises `NotFound`."""
    text = connection.execute("SELECT unpack(text) FROM texts WHERE hash = ?", (document,)).get
    if text is None:
        raise NotFound(f"this project does not hold the text {document[:12]}")
    return str(text)


def texts_of(connection: apsw.Connection, number: int) -> tuple[tuple[str, str], ...]:
    """Every text that a document has had, the oldest first: (hash, when it was first read)."""
    rows: Any = connection.execute(
        "SELECT text, min(made) FROM versions WHERE document = ? GROUP BY text ORDER BY min(number)", (number,)
    ).fetchall()
    return tuple((hash_, made) for hash_, made in rows)


def load_attributions(connection: apsw.Connection) -> tuple[Attribution, ...]:
    """Who is said to speak in every current version, by document and place."""
    rows: Any = connection.execute(
        "SELECT d.number, f.id, json_extract(f.record, '$.parent'), json_extract(f.record, '$.values.speaker'),"
        " json_extract(f.record, '$.texts.outlet[0]') FROM findings f JOIN documents d ON d.version = f.version"
        " WHERE f.kind = 'attribution' ORDER BY d.number, f.start, f.number"
    )
    return tuple(
        Attribution(number, id_, parent, str(speaker or ""), str(outlet or ""))
        for number, id_, parent, speaker, outlet in rows
    )


def load_stored(connection: apsw.Connection, kind: str, versions: Collection[int] | None) -> tuple[StoredFinding, ...]:
    """Findings of one kind over all documents, or over these versions."""
    only = "" if versions is None else " AND d.version IN (SELECT value FROM json_each(?))"
    rows: Any = connection.execute(
        "SELECT d.number, d.path, d.date, f.start, f.record FROM findings f JOIN documents d ON d.version = f.version"
        f" WHERE f.kind = ?{only} ORDER BY d.number, f.start, f.number",
        (kind,) if versions is None else (kind, str(list(versions))),
    )
    return tuple(StoredFinding(number, path, date, start, expand(record)) for number, path, date, start, record in rows)
