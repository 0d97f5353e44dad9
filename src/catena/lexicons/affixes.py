"""Load what may stand before and after a searched word."""

from __future__ import annotations

from functools import cache

from catena.lexicons.folding import load_fold_table
from catena.lexicons.yaml_words import read_yaml
from catena.measures.forms import Affixes
from catena.text import fold


@cache
def load_affixes() -> tuple[Affixes, ...]:
    """The affixes of each language, folded as the index is."""
    table = load_fold_table()

    def slots(given: list[list[str]]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(sorted({fold(entry, table).text for entry in slot})) for slot in given)

    languages = read_yaml("search/affixes.yaml").items()
    return tuple(Affixes(name, slots(given["before"]), slots(given["after"])) for name, given in languages)
