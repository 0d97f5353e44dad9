"""What a field of a query selects: versions, and for fields about passages the places in them.

`speaker`, `outlet`, `verdict`, `kind`, `code`, `person` and `figure` select passages: a word searched with them must
stand inside one. `genre`, `language`, `publisher`, `date` and `path` select documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import apsw

from catena.store import codebook
from catena.store.codec import decode, encode
from catena.store.errors import QueryError, StoreError
from catena.store.query import Field
from catena.store.tokens import find_tokens

Pairs: TypeAlias = tuple[tuple[int, int], ...]
Selected: TypeAlias = dict[int, Pairs | None]
"""Version -> starts and ends of passages in order, bare pairs as there may be many thousands; `None`: the whole
document."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_NUMBER = re.compile(r"\d{1,15}")
_BY_SPEAKER = "INDEXED BY findings_by_speaker"  # SQLite would take the index of kinds and read every record
_NEXT = f"SELECT min(json_extract(record, '$.values.speaker')) FROM findings {_BY_SPEAKER} WHERE kind = 'attribution'"
# Jumps from one name to the next in the index; DISTINCT would read every entry.
_SPEAKERS = (
    f"WITH RECURSIVE names(name) AS ({_NEXT} UNION ALL"
    f" SELECT ({_NEXT} AND json_extract(record, '$.values.speaker') > names.name) FROM names"
    " WHERE names.name IS NOT NULL) SELECT name FROM names WHERE name IS NOT NULL"
)
_LAST = "￿"  # after every digit and hyphen: the end of an open date


def select(connection: apsw.Connection, field: Field, within: str | None = None) -> Selected:
    """The versions that `field` selects, wanted or not; only of those in the JSON array `within` when given.

    Raises `QueryError` for a value it cannot read.
    """
    if field.name in _PASSAGES:
        return _PASSAGES[field.name](connection, field, within)
    return _DOCUMENTS[field.name](connection, field)


def are_passages(fields: Sequence[Field]) -> bool:
    """True when a field is about passages: then it pays to know first which versions the words select."""
    return any(field.name in _PASSAGES for field in fields)


def combine(connection: apsw.Connection, fields: Sequence[Field], within: str | None = None) -> Selected | None:
    """What all fields together select; `None` when there are none. Passages of several fields must overlap."""
    if not fields:
        return None
    chosen: Selected | None = None
    for field in sorted(fields, key=lambda one: not one.wanted):
        found = select(connection, field, within if field.wanted else None)
        if chosen is None:
            chosen = found if field.wanted else _all_but(connection, found)
        elif field.wanted:
            chosen = {
                version: _meet(passages, found[version]) for version, passages in chosen.items() if version in found
            }
            chosen = {version: passages for version, passages in chosen.items() if passages is None or passages}
        else:
            chosen = {version: passages for version, passages in chosen.items() if version not in found}
    return chosen


def _all_but(connection: apsw.Connection, found: Selected) -> Selected:
    rows: Any = connection.execute("SELECT version FROM documents WHERE version IS NOT NULL")
    return {version: None for (version,) in rows if version not in found}


def _meet(first: Pairs | None, second: Pairs | None) -> Pairs | None:
    if first is None or second is None:
        return second if first is None else first
    shared = {(max(low, start), min(high, end)) for low, high in first for start, end in second}
    return tuple(sorted((low, high) for low, high in shared if low < high))


def _fact(column: str) -> Callable[[apsw.Connection, Field], Selected]:
    def find(connection: apsw.Connection, field: Field) -> Selected:
        rows: Any = connection.execute(
            f"SELECT DISTINCT {column} FROM documents WHERE version IS NOT NULL AND {column} <> ''"
        ).fetchall()
        fits = [value for (value,) in rows if _holds(value, field.value)]
        found: Any = connection.execute(
            f"SELECT version FROM documents WHERE {column} IN (SELECT value FROM json_each(?))", (encode(fits),)
        )
        return {version: None for (version,) in found if version is not None}

    return find


def _holds(value: str, wanted: str) -> bool:
    """True when the words of `wanted` stand in `value` in a row, in whatever spelling; `*` ends the last one early."""
    words, asked = find_tokens(value)[0], find_tokens(wanted.rstrip("*"))[0]
    if not asked:
        return False
    for at in range(len(words) - len(asked) + 1):
        piece = words[at : at + len(asked)]
        if piece == asked or (wanted.endswith("*") and piece[:-1] == asked[:-1] and piece[-1].startswith(asked[-1])):
            return True
    return False


def _by_date(connection: apsw.Connection, field: Field) -> Selected:
    low, dots, high = field.value.partition("..")
    for given in (low, high):
        if given and not _DATE.fullmatch(given):
            raise QueryError(f"{given!r} is no date", field.position, "write date:2015 or date:2015..2016-06")
    if not dots:
        high = low
    rows: Any = connection.execute(
        "SELECT version FROM documents WHERE version IS NOT NULL AND date <> '' AND date >= ? AND date < ?",
        (low, (high or "") + _LAST),
    )
    return {version: None for (version,) in rows}


def _by_path(connection: apsw.Connection, field: Field) -> Selected:
    rows: Any = connection.execute(
        "SELECT version FROM documents WHERE version IS NOT NULL AND instr(lower(path), lower(?))", (field.value,)
    )
    return {version: None for (version,) in rows}


def _by_speaker(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    fits = [name for (name,) in connection.execute(_SPEAKERS) if name and _holds(str(name), field.value)]
    return _passages(
        connection,
        "f.kind = 'attribution' AND json_extract(f.record, '$.values.speaker') IN (SELECT value FROM json_each(?))",
        encode(fits),
        within,
        _BY_SPEAKER,
    )


def _by_outlet(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    rows: Any = connection.execute(
        "SELECT DISTINCT json_extract(record, '$.texts.outlet[0]') FROM findings WHERE kind = 'attribution'"
        " AND json_extract(record, '$.texts.outlet[0]') IS NOT NULL"
    ).fetchall()
    fits = [name for (name,) in rows if _holds(name, field.value)]
    said = _passages(
        connection,
        "f.kind = 'attribution' AND json_extract(f.record, '$.texts.outlet[0]') IN (SELECT value FROM json_each(?))",
        encode(fits),
        within,
    )
    return {**said, **_fact("publisher")(connection, field)}


def _by_verdict(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    return _passages(connection, "f.verdict = ?", field.value.lower().replace(" ", "-"), within)


def _by_kind(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    return _passages(connection, "f.kind = ?", field.value.lower(), within)


def _by_figure(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    low, dots, high = field.value.partition("..")
    high = high if dots else low
    for given in (low, high):
        if given and not _NUMBER.fullmatch(given):
            raise QueryError(f"{given!r} is no number", field.position, "write figure:12 or figure:10..20")
    return _passages(
        connection,
        "f.kind = 'figure' AND json_extract(f.record, '$.values.count') BETWEEN"
        " coalesce(json_extract(?1, '$[0]'), 0) AND coalesce(json_extract(?1, '$[1]'), 9e15)",
        encode([int(low) if low else None, int(high) if high else None]),
        within,
    )


def _passages(connection: apsw.Connection, where: str, value: str, within: str | None, index: str = "") -> Selected:
    """Contents of the findings that fit; `where` has one `?`."""
    # Versions that words select are current: the index holds no others.
    only = " AND f.version IN (SELECT value FROM json_each(?))"
    joined, only = (" JOIN documents d ON d.version = f.version", "") if within is None else ("", only)
    rows: Any = connection.execute(
        "SELECT f.version, json_extract(f.record, '$.roles.content'), f.start, f.\"end\""
        f" FROM findings f {index}{joined} WHERE {where}{only}",
        (value,) if within is None else (value, within),
    ).fetchall()
    # One list is read five times as fast as its members.
    contents = decode(f"[{','.join(content or f'[[{start},{end}]]' for _, content, start, end in rows)}]")
    return _gather(zip((row[0] for row in rows), contents, strict=True))


def _by_code(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    """Passages with the code, or with one below it."""
    try:
        top = codebook.get_code(connection, field.value)
    except StoreError as error:
        raise QueryError(str(error), field.position, "the page of the codebook lists the names") from error
    inside = {top.id}
    for code in codebook.load_codes(connection):  # parents come before their children
        if code.parent in inside:
            inside.add(code.id)
    return _annotated(
        connection, "json_extract(a.record, '$.values.code') IN (SELECT value FROM json_each(?))", encode(list(inside))
    )


def _by_person(connection: apsw.Connection, field: Field, within: str | None) -> Selected:
    return _annotated(connection, "a.layer IN (SELECT number FROM layers WHERE person = ?)", field.value)


def _annotated(connection: apsw.Connection, where: str, value: str) -> Selected:
    rows: Any = connection.execute(
        'SELECT v.number, a.start, a."end" FROM annotations a JOIN versions v ON v.text = a.text'
        f" JOIN documents d ON d.version = v.number WHERE a.active AND {where}",
        (value,),
    )
    return _gather((version, [[start, end]]) for version, start, end in rows)


def _gather(rows: Iterable[tuple[int, Iterable[Sequence[int]]]]) -> Selected:
    """Pairs by version, in order, each once; an empty one stands for the whole document."""
    bounds: dict[int, list[Sequence[int]]] = defaultdict(list)
    for version, pairs in rows:
        bounds[version] += pairs
    return {version: _in_order(found) for version, found in bounds.items()}


def _in_order(found: Sequence[Sequence[int]]) -> Pairs | None:
    if len(found) == 1:  # most often
        ((start, end),) = found
        return None if start == end else ((start, end),)
    pairs = sorted({(start, end) for start, end in found})
    return None if any(start == end for start, end in pairs) else tuple(pairs)


_DOCUMENTS: dict[str, Callable[[apsw.Connection, Field], Selected]] = {
    "publisher": _fact("publisher"),
    "genre": _fact("genre"),
    "language": _fact("language"),
    "date": _by_date,
    "path": _by_path,
}
_PASSAGES: dict[str, Callable[[apsw.Connection, Field, str | None], Selected]] = {
    "speaker": _by_speaker,
    "outlet": _by_outlet,
    "verdict": _by_verdict,
    "kind": _by_kind,
    "code": _by_code,
    "person": _by_person,
    "figure": _by_figure,
}
