"""Every number that decides what is found, by name: a memory made under other numbers is not used."""

from __future__ import annotations

import hashlib
from types import ModuleType

from catena.model import MadeBy
from catena.text import FoldTable
from catena.transmission import chain, common, grow, join, memory, passages, seeds, sentences, shared, similar, witness
from catena.transmission.memory import digest

_MODULES: tuple[ModuleType, ...] = (
    chain, common, grow, join, memory, passages, seeds, sentences, shared, similar, witness,
)  # fmt: skip


def list_settings() -> tuple[tuple[str, float], ...]:
    """(module.NAME, value) of every numeric constant of the comparison, in order of name.

    >>> dict(list_settings())["seeds.GRAM"]
    14
    """
    found = [
        (f"{module.__name__.rpartition('.')[2]}.{name}", value)
        for module in _MODULES
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int | float)
    ]
    return tuple(sorted(found))


def find_mark(table: FoldTable, made_by: MadeBy = shared.MADE_BY) -> str:
    """A short digest of the settings, of the fold table and of the version that makes the findings.

    A `Memory` is used again only under the mark that it was made under.
    """
    parts = (table.values, table.expanded, table.bounds, table.kinds)
    folding = [hashlib.sha256(part.tobytes()).hexdigest() for part in parts]
    return digest([list_settings(), folding, repr(made_by)])
