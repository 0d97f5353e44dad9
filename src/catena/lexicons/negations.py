"""Load the words whose omission turns or limits a sentence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from catena.lexicons.yaml_words import parse_yaml
from catena.verification.spelling import letters_of

CLASSES = ("negation", "modal", "number", "edge_before", "edge_after")


@cache
def load_negations() -> dict[str, frozenset[str]]:
    """Class -> the letters of its words, all languages together. Raises `KeyError` for a class that is
    missing.
    """
    found: dict[str, set[str]] = {name: set() for name in CLASSES}
    folder = files("catena").joinpath("data", "negations")
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            given = parse_yaml(path.read_text(encoding="utf-8"))
            for name in CLASSES:
                found[name] |= {letters_of(str(word)) for word in given[name]}
    return {name: frozenset(words) for name, words in found.items()}
