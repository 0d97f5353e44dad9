"""The schema of a project file: its version, its pinned hash, and how a file is recognised and brought up to
date.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

import apsw

from catena.store.errors import StoreError
from catena.store.migrations import MIGRATIONS

APPLICATION_ID = 0x63617465  # "cate": how `file` and we tell a project from any other SQLite file
SCHEMA_VERSION = 4
SCHEMA_HASHES = {
    1: "183c7a3790c1b1cee1de01a94c9405f309638291aef5fcd5ac4b3802e8f6a215",
    2: "5c9d51803d011f10ce0e9fc03d91fc1c1cbdb2f0e63e6175e503923f271cdef0",
    3: "f26eb2f8a8177cf17ce3111f099ad38d9f190be88518e34af0d9b23d99fb22dd",
    4: "c8e32b995451c858b66296d4e96e613ae1de541f925f2a229d5a15208e9d32a3",
}
"""SHA-256 of schema.sql at each version.

A changed schema needs a new version, a migration and a new line here.
"""


@cache
def schema_sql() -> str:
    """The text of schema.sql."""
    return (resources.files("catena.store") / "schema.sql").read_text(encoding="utf-8")


def schema_hash() -> str:
    """The hash of schema.sql as it stands."""
    return hashlib.sha256(schema_sql().encode()).hexdigest()


def is_blank(connection: apsw.Connection) -> bool:
    """True for a file without tables that nobody has claimed: a new one, or one killed while it was being
    made.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").get
    return not tables and not connection.pragma("application_id")


def create(connection: apsw.Connection) -> None:
    """Write the tables and claim the file, in the caller's transaction."""
    connection.execute(schema_sql())
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", SCHEMA_VERSION)


def check(connection: apsw.Connection, path: str) -> int:
    """The schema version of a project file.

    Raises `StoreError` for a file that is not one, or newer than we are.
    """
    if connection.pragma("application_id") != APPLICATION_ID:
        raise StoreError(f"{path} is an SQLite file but not a catena project; give another name, or build a new one")
    version = int(connection.pragma("user_version") or 0)
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was made by a newer catena (schema {version}, this one knows {SCHEMA_VERSION}); update catena"
        )
    return version


def migrate(connection: apsw.Connection, version: int) -> None:
    """Take the file from `version` to the current schema, in the caller's transaction."""
    for step in range(version, SCHEMA_VERSION):
        MIGRATIONS[step](connection)
    connection.pragma("user_version", SCHEMA_VERSION)
