"""The fold table and the abbreviation list: what `catena.text` needs and must not read itself.

The table comes from the file that `tools/make_fold_table.py` generates from the YAML beside it.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from catena.text import FoldTable

TABLE = "data/folding/table.bin"
ABBREVIATIONS = "data/folding/words/abbreviations.yaml"


@cache
def load_fold_table() -> FoldTable:
    """The bundled fold table; read once a process, in a few milliseconds."""
    return FoldTable.from_bytes((resources.files("catena") / TABLE).read_bytes())


@cache
def load_abbreviations() -> frozenset[str]:
    """The abbreviations of all languages, lower case, without their last full stop; for `find_sentences`."""
    from catena.lexicons.yaml_words import parse_yaml  # here, so that folding alone does not load it

    text = (resources.files("catena") / ABBREVIATIONS).read_text(encoding="utf-8")
    lists: dict[str, list[str]] = parse_yaml(text)
    return frozenset(word.casefold() for words in lists.values() for word in words)
