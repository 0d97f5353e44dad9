"""From schema 1 to 2: texts in a table with row numbers (half the size), a vocabulary to count with, the codebook,
and steps that take back everything a person does, where before only the adding of a finding could be.
"""

from __future__ import annotations

import json
from typing import Any

import apsw

from catena.store.tokens import locate_tokens, pack_numbers, pack_places

_TABLES = """
CREATE TABLE texts_new (
  hash        TEXT NOT NULL UNIQUE,
  characters  INTEGER NOT NULL,
  text        TEXT NOT NULL
) STRICT;
INSERT INTO texts_new SELECT hash, characters, text FROM texts;
DROP TABLE texts;
ALTER TABLE texts_new RENAME TO texts;
CREATE INDEX documents_by_version ON documents (version);
CREATE INDEX findings_by_speaker ON findings (json_extract(record, '$.values.speaker'), version)
  WHERE kind = 'attribution';
ALTER TABLE annotations ADD COLUMN changed TEXT NOT NULL DEFAULT '';
CREATE INDEX annotations_by_code ON annotations (json_extract(record, '$.values.code')) WHERE active;
CREATE TABLE codes (
  id          TEXT PRIMARY KEY,
  parent      TEXT REFERENCES codes(id),
  name        TEXT NOT NULL,
  definition  TEXT NOT NULL DEFAULT '',
  examples    TEXT NOT NULL DEFAULT '',
  color       TEXT NOT NULL DEFAULT '',
  key         TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,
  active      INTEGER NOT NULL DEFAULT 1,
  changed     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE steps (
  number   INTEGER PRIMARY KEY,
  person   TEXT NOT NULL,
  state    TEXT NOT NULL,
  what     TEXT NOT NULL,
  made     TEXT NOT NULL,
  changes  TEXT NOT NULL
) STRICT;
CREATE INDEX steps_by_person ON steps (person, state, number);
CREATE TABLE searches (
  name   TEXT PRIMARY KEY,
  query  TEXT NOT NULL,
  who    TEXT NOT NULL,
  made   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE words (
  number  INTEGER PRIMARY KEY,
  word    TEXT NOT NULL UNIQUE
) STRICT;
DROP TABLE offsets;
CREATE TABLE offsets (
  version  INTEGER PRIMARY KEY REFERENCES versions(number),
  places   BLOB NOT NULL,
  words    BLOB NOT NULL
) STRICT;
"""


def migrate(connection: apsw.Connection) -> None:
    """Everything in the caller's transaction; foreign keys are off meanwhile and checked after it."""
    connection.execute(_TABLES)
    _carry_steps(connection)
    connection.execute("ALTER TABLE annotations DROP COLUMN redoable")
    _index_again(connection)


def _carry_steps(connection: apsw.Connection) -> None:
    """Each annotation becomes the step that added it, in the state in which it was left."""
    rows: Any = connection.execute(
        "SELECT a.number, l.person, a.active, a.redoable,"
        " coalesce((SELECT max(made) FROM events e WHERE e.subject = a.id AND e.who = l.person), l.made)"
        " FROM annotations a JOIN layers l ON l.number = a.layer ORDER BY a.number"
    ).fetchall()
    for number, person, active, redoable, made in rows:
        state = "done" if active else ("undone" if redoable else "gone")
        changes = json.dumps([["annotation", number, 0, 1]])
        connection.execute(
            "INSERT INTO steps (person, state, what, made, changes) VALUES (?, ?, 'annotation.add', ?, ?)",
            (person, state, made, changes),
        )
        connection.execute("UPDATE annotations SET changed = ? WHERE number = ?", (made, number))


def _index_again(connection: apsw.Connection) -> None:
    """Places and word numbers of every current version."""
    numbers: dict[str, int] = {}
    rows: Any = connection.execute(
        "SELECT v.number, t.text FROM documents d JOIN versions v ON v.number = d.version"
        " JOIN texts t ON t.hash = v.text"
    )
    for version, text in rows.fetchall():
        tokens, places = locate_tokens(text)
        for token in tokens:
            numbers.setdefault(token, len(numbers) + 1)
        connection.execute(
            "INSERT INTO offsets VALUES (?, ?, ?)",
            (version, pack_places(places), pack_numbers([numbers[token] for token in tokens])),
        )
    connection.executemany("INSERT INTO words (word, number) VALUES (?, ?)", numbers.items())
