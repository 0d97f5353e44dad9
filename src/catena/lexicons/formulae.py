"""Load set phrases, and put together all word lists that checking a quotation needs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from catena.lexicons.negations import load_negations
from catena.lexicons.references import (
    load_bracket_cues,
    load_chain,
    load_collections,
    load_honorifics,
    load_introducing,
    load_labels,
    load_telling,
)
from catena.lexicons.yaml_words import parse_yaml
from catena.verification.lexicon import CheckLexicon, Formula


@cache
def load_formulae() -> tuple[Formula, ...]:
    """Every set phrase of `data/formulae`, in the order of the files. Raises `TypeError` for a field that is
    missing.
    """
    found: list[Formula] = []
    folder = files("catena").joinpath("data", "formulae")
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            given = parse_yaml(path.read_text(encoding="utf-8"))
            found += [Formula(**entry) for entry in given["formulae"]]
    return tuple(found)


@cache
def load_check_lexicon() -> CheckLexicon:
    """The lexicon that `catena.verification.verify` takes."""
    lists = load_negations()
    weights: dict[str, str] = {}
    for kind in ("number", "modal", "negation"):  # the last wins: a word in two lists is the weightier
        weights |= dict.fromkeys(lists[kind], kind)
    return CheckLexicon(
        formulae=load_formulae(),
        weights=weights,
        edge_before=lists["edge_before"],
        edge_after=lists["edge_after"],
        telling=load_telling(),
        labels=load_labels(),
        bracket_cues=load_bracket_cues(),
        introducing=load_introducing(),
        honorifics=load_honorifics(),
        collections=load_collections(),
        chain=load_chain(),
    )
