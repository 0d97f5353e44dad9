"""Load set phrases, and put together all word lists that checking a quotation needs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from catena.lexicons.negations import load_negations
from catena.lexicons.references import (
    load_bracket_cues,
    load_chain,
    load_collections,
    load_honorifics,
    load_introducing,
    load_labels,
    load_originals,
    load_telling,
)
from catena.lexicons.yaml_words import parse_yaml
from catena.verification.lexicon import CheckLexicon, Formula
from catena.verification.skeleton import skeleton_of

OWN = "formulae.yaml"
"""The file of a library folder with a person's own set phrases, and those of ours that are none there."""


@cache
def load_formulae(folders: tuple[Path, ...] = ()) -> tuple[Formula, ...]:
    """Every set phrase of `data/formulae`, in the order of the files, then those of `OWN` in `folders`.

    The list `not` of such a file takes phrases out. Raises `TypeError` for a field that is missing or unknown.
    """
    found: list[Formula] = []
    bundled = files("catena").joinpath("data", "formulae")
    for path in sorted(bundled.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            given = parse_yaml(path.read_text(encoding="utf-8"))
            found += [Formula(**entry) for entry in given["formulae"]]
    for given in map(_own, folders):
        out = {skeleton_of(text) for text in given.get("not") or ()}
        found = [formula for formula in found if skeleton_of(formula.text) not in out]
        found += [Formula(**entry) for entry in given.get("formulae") or ()]
    return tuple(found)


def own_formulae(folder: Path) -> str:
    """The text of a library folder's own list of set phrases; "" for none."""
    path = folder / OWN
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _own(folder: Path) -> dict[str, Any]:
    given: dict[str, Any] = parse_yaml(own_formulae(folder)) or {}
    return given


@cache
def load_check_lexicon(folders: tuple[Path, ...] = ()) -> CheckLexicon:
    """The lexicon that `catena.verification.verify` takes, with the set phrases of these library folders."""
    lists = load_negations()
    weights: dict[str, str] = {}
    for kind in ("number", "modal", "negation"):  # the last wins: a word in two lists is the weightier
        weights |= dict.fromkeys(lists[kind], kind)
    return CheckLexicon(
        formulae=load_formulae(folders),
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
        originals=load_originals(),
    )
