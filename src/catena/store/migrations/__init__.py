"""How older project files become current ones: one function a step, listed in `MIGRATIONS`.

`MIGRATIONS[n]` takes a file of schema version n to n + 1. It runs inside the transaction that also raises the
version, so that a killed migration leaves the file as it was. A migration is never edited once released.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw

from catena.store.migrations.to_2 import migrate as to_2
from catena.store.migrations.to_3 import migrate as to_3
from catena.store.migrations.to_4 import migrate as to_4

MIGRATIONS: dict[int, Callable[[apsw.Connection], None]] = {1: to_2, 2: to_3, 3: to_4}
