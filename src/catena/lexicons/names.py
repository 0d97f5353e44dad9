"""Load titles, stop words and the spelling key: `data/anatomy/names.yaml` into a `NameLexicon`."""

from __future__ import annotations

from functools import cache

from catena.anatomy.lexicon import NameLexicon
from catena.lexicons.dates import read_anatomy


@cache
def load_names() -> NameLexicon:
    """The name lexicon. Cached."""
    raw = read_anatomy("names")
    lists = {key: tuple(str(word) for word in raw[key]) for key in ("titles", "particles", "stops", "organisations")}
    return NameLexicon(letters=tuple((str(one), str(key)) for one, key in raw["letters"]), **lists)
