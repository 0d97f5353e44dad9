"""Load the quotation marks and what they are used for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from catena.attribution.lexicon import MarkPair, MarkTable, fold_word
from catena.lexicons.cues import load_cues


def _fold(phrase: str) -> str:
    return " ".join(fold_word(word) for word in str(phrase).replace("(", "").replace(")", "").split())


@cache
def load_marks() -> MarkTable:
    """The mark table from `data/attribution/marks.yaml`; reporting words come from the cue lists. Cached."""
    source = files("catena").joinpath("data/attribution/marks.yaml")
    raw: dict[str, Any] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    cues = load_cues()
    return MarkTable(
        pairs=tuple(MarkPair(**pair) for pair in raw["pairs"]),
        hints={use: frozenset(_fold(phrase) for phrase in phrases) for use, phrases in raw["hints"].items()},
        speech=frozenset(
            first
            for first, many in cues.by_first.items()
            if any(len(cue.words) == 1 and cue.kind != "before" for cue in many)
        )
        | {"according"},
        elisions=frozenset(raw["elisions"]),
        small=frozenset(raw["small"]),
    )
