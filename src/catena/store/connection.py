"""Opening the file and writing to it: every connection the store uses is made here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import apsw

from catena.store import packing, schema
from catena.store.errors import StoreError
from catena.store.search import register

# Bytes. A statement of two or three thousand letters fills more than half of SQLite's usual 4096 and wastes the rest.
PAGE_BYTES = 16_384
BUSY_MS = 10_000  # how long a reader or a second writer waits for the one who writes


def connect(path: Path, *, create: bool = False, must_be_new: bool = False, read_only: bool = False) -> apsw.Connection:
    """A checked, current connection. Raises `StoreError` with the next step when the file will not do."""
    if must_be_new and path.exists() and path.stat().st_size:
        raise StoreError(f"{path} exists already; open it, or give another name")
    if not create and not path.is_file():
        raise StoreError(f"{path}: there is no such project file; make one with `catena build FOLDER -o {path.name}`")
    try:
        connection = apsw.Connection(str(path), flags=_flags(create=create, read_only=read_only))
    except apsw.CantOpenError as error:
        raise StoreError(f"{path} cannot be opened: {error}; check the folder and its permissions") from error
    try:
        _prepare(connection, path, create=create, read_only=read_only)
    except apsw.NotADBError as error:
        connection.close()
        raise StoreError(f"{path} is not a catena project; give another name, or build a new one") from error
    except apsw.Error as error:
        connection.close()
        raise StoreError(f"{path} cannot be used: {error}") from error
    except StoreError:
        connection.close()
        raise
    return connection


def _flags(*, create: bool, read_only: bool) -> int:
    if read_only:
        return apsw.SQLITE_OPEN_READONLY
    return apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)


def _prepare(connection: apsw.Connection, path: Path, *, create: bool, read_only: bool) -> None:
    connection.set_busy_timeout(BUSY_MS)
    connection.pragma("foreign_keys", True)
    connection.pragma("schema_version")  # the first look into the file: fails here when it is no database
    register(connection)
    packing.register(connection)
    if create and schema.is_blank(connection):
        connection.pragma("page_size", PAGE_BYTES)
        connection.pragma("journal_mode", "wal")
        with writing(connection):
            if schema.is_blank(connection):  # another process may have been quicker
                schema.create(connection)
    version = schema.check(connection, str(path))
    if read_only:
        if version < schema.SCHEMA_VERSION:
            raise StoreError(
                f"{path} has the older schema {version}; run `catena build` on it once to bring it up to date"
            )
        return
    # In WAL mode NORMAL loses nothing when the process is killed; a power cut may lose the last transactions
    # whole.
    connection.pragma("synchronous", "normal")
    if version < schema.SCHEMA_VERSION:
        # Off while tables are rebuilt, as SQLite's manual advises; what points nowhere is found before the commit.
        connection.pragma("foreign_keys", False)
        with writing(connection):
            schema.migrate(connection, schema.check(connection, str(path)))
            if lost := connection.pragma("foreign_key_check"):
                raise StoreError(
                    f"{path} could not be brought up to date: {lost} points nowhere; it was left as it was"
                )
        connection.pragma("foreign_keys", True)


@contextmanager
def writing(connection: apsw.Connection) -> Iterator[apsw.Connection]:
    """One transaction: all of it is kept, or nothing.

    Takes the writer's lock at once, so that it never fails late.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except apsw.BusyError as error:
        raise StoreError("another process is writing to this project; wait for it to finish") from error
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, apsw.ReadOnlyError):
            raise StoreError("this project was opened for reading only") from error
        raise


def now() -> str:
    """The time, UTC, to the millisecond, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
