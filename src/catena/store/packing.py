"""Texts as they lie in the file: as they are when short, compressed when that takes less room.

Compressed they take about two fifths. A file without them would be smaller still, but a project must be readable when
its folder is gone. zlib and not a better method, because every language reads it from its standard library.
"""

from __future__ import annotations

import zlib
from typing import Any

import apsw

from catena.store.errors import StoreError

SHORT = 600  # bytes of UTF-8 up to which a text is kept as it is, readable with any SQLite tool
_LEVEL = 4  # 6 saves 2 % more of the text and takes twice as long


def pack(text: str) -> str | bytes:
    """`text`, or its UTF-8 compressed when it is longer than `SHORT` and gets shorter."""
    data = text.encode()
    if len(data) <= SHORT:
        return text
    packed = zlib.compress(data, _LEVEL)
    return packed if len(packed) < len(data) else text


def unpack(value: str | bytes) -> str:
    """The text that `pack` was given. Raises `StoreError` for damaged bytes."""
    try:
        return value if isinstance(value, str) else zlib.decompress(value).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(f"a stored text is damaged ({error}); build the project again") from error


def register(connection: apsw.Connection) -> None:
    """Teach the connection the SQL function `unpack(text)`."""

    def call(*given: Any) -> str:
        return unpack(given[0])

    connection.create_scalar_function("unpack", call, 1, deterministic=True)
