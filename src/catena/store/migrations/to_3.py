"""From schema 2 to 3: long texts are compressed, which takes a file from about 3.2 times its texts to below 2.5.

The pages that become free stay in the file and are used by the next build.
"""

from __future__ import annotations

import apsw

from catena.store.packing import pack


def migrate(connection: apsw.Connection) -> None:
    """Everything in the caller's transaction; foreign keys are off meanwhile and checked after it."""
    connection.execute(
        "CREATE TABLE texts_new (hash TEXT NOT NULL UNIQUE, characters INTEGER NOT NULL, text ANY NOT NULL) STRICT"
    )
    rows = connection.execute("SELECT hash, characters, text FROM texts ORDER BY rowid")
    connection.executemany(
        "INSERT INTO texts_new VALUES (?, ?, ?)", ((hash_, size, pack(str(text))) for hash_, size, text in rows)
    )
    connection.execute("DROP TABLE texts")
    connection.execute("ALTER TABLE texts_new RENAME TO texts")
