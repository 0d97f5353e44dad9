"""From schema 3 to 4: a kept search has its level and its ticked forms, so that run again it finds the same."""

from __future__ import annotations

import apsw

SEARCHES = """
CREATE TABLE searches_new (
  name      TEXT PRIMARY KEY,
  query     TEXT NOT NULL,
  settings  TEXT NOT NULL,
  who       TEXT NOT NULL,
  made      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO searches_new SELECT name, query, '', who, made FROM searches;
DROP TABLE searches;
ALTER TABLE searches_new RENAME TO searches;
"""


def migrate(connection: apsw.Connection) -> None:
    """Everything in the caller's transaction."""
    connection.execute(SEARCHES)
