"""The codebook: a tree of codes with definitions, examples, colours and keys. A deleted code stays, not active."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import apsw

from catena.store.connection import now
from catena.store.errors import NotFound, StoreError
from catena.store.types import Code
from catena.store.writing import log

FIELDS = ("id", "parent", "name", "definition", "examples", "color", "key", "position", "active")
_SELECT = f"SELECT {', '.join(FIELDS)} FROM codes"
_PATH_SEPARATOR = " > "


def load_codes(connection: apsw.Connection, *, deleted: bool = False) -> tuple[Code, ...]:
    """The codes as a tree read from top to bottom: parents before children, sisters by position and name."""
    rows = [_code(row) for row in connection.execute(_SELECT)]
    known = {code.id for code in rows}
    below: dict[str | None, list[Code]] = {}
    for code in rows:
        below.setdefault(code.parent if code.parent in known else None, []).append(code)
    found: list[Code] = []

    def walk(parent: str | None) -> None:
        for code in sorted(below.get(parent, []), key=lambda one: (one.position, one.name.casefold(), one.id)):
            if code.active or deleted:
                found.append(code)
            walk(code.id)

    walk(None)
    return tuple(found)


def to_paths(codes: Sequence[Code]) -> dict[str, str]:
    """For each code its name after those of its parents: `Tone > Measured`."""
    by_id = {code.id: code for code in codes}
    paths: dict[str, str] = {}
    for code in codes:
        names = [code.name]
        seen = {code.id}
        above = by_id.get(code.parent or "")
        while above is not None and above.id not in seen:
            names.append(above.name)
            seen.add(above.id)
            above = by_id.get(above.parent or "")
        paths[code.id] = _PATH_SEPARATOR.join(reversed(names))
    return paths


def new_code(name: str, **facts: Any) -> Code:
    """A code with a fresh id. Raises `ValueError` for a blank name."""
    return Code(id=str(uuid.uuid4()), name=name, **facts)


def put_code(connection: apsw.Connection, person: str, code: Code) -> list[Any] | None:
    """Write a new code or the new state of one; returns the change, or `None` when nothing differs.

    Raises `StoreError` when it would stand below itself or below a code that is not there, or when a sister or a key
    has the same name.
    """
    before = find_code(connection, code.id)
    if before == code:
        return None
    if code.active:
        _check(connection, code)
    _write(connection, code)
    what = "code.add" if before is None else "code.edit" if code.active else "code.delete"
    log(connection, what, code.id, {"before": before and asdict(before), "after": asdict(code)}, who=person)
    return ["code", code.id, asdict(before or replace(code, active=False)), asdict(code)]


def _check(connection: apsw.Connection, code: Code) -> None:
    above, seen = code.parent, {code.id}
    while above is not None:
        if above in seen:
            raise StoreError(f"the code {code.name!r} cannot stand below itself; choose another place in the tree")
        seen.add(above)
        parent = find_code(connection, above)
        if parent is None:
            raise StoreError(f"the code {code.name!r} would stand below a code that is not there: {above}")
        above = parent.parent
    for other in load_codes(connection):
        if other.id == code.id:
            continue
        if other.parent == code.parent and other.name.casefold() == code.name.casefold():
            raise StoreError(f"there is a code {other.name!r} at this place already; give it another name")
        if code.key and other.key == code.key:
            raise StoreError(f"the key {code.key!r} belongs to {other.name!r}; choose another")


def _write(connection: apsw.Connection, code: Code) -> None:
    values = [getattr(code, name) for name in FIELDS]
    marks = ", ".join("?" for _ in FIELDS)
    settings = ", ".join(f"{name} = excluded.{name}" for name in (*FIELDS[1:], "changed"))
    connection.execute(
        f"INSERT INTO codes ({', '.join(FIELDS)}, changed) VALUES ({marks}, ?)"
        f" ON CONFLICT (id) DO UPDATE SET {settings}",
        (*values, now()),
    )


def restore(connection: apsw.Connection, expected: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Undo or redo a change. Raises `StoreError` when somebody has changed the code since."""
    current = find_code(connection, wanted["id"])
    if current != Code(**expected):
        raise StoreError(
            f"the code {expected['name']!r} has been changed since, by you or someone else; edit it in the codebook"
        )
    code = Code(**wanted)
    if code.active:
        _check(connection, code)
    _write(connection, code)


def find_code(connection: apsw.Connection, id_: str) -> Code | None:
    """The code with this id, deleted or not."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    return None if row is None else _code(row)


def get_code(connection: apsw.Connection, ref: str) -> Code:
    """The active code with this id, path (`Tone > Measured`) or name. Raises `NotFound`, also when several fit."""
    codes = load_codes(connection)
    paths = to_paths(codes)
    low = ref.strip().casefold()
    for fits in (
        [code for code in codes if code.id == ref],
        [code for code in codes if paths[code.id].casefold() == low],
        [code for code in codes if code.name.casefold() == low],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise NotFound(f"{ref!r} names {len(fits)} codes: {', '.join(paths[code.id] for code in fits)}")
    raise NotFound(f"no code {ref!r} in the codebook; there are: {', '.join(paths.values()) or 'none'}")


def _code(row: Sequence[Any]) -> Code:
    facts = dict(zip(FIELDS, row, strict=True))
    return Code(**{**facts, "active": bool(facts["active"])})
