"""Load the quotation marks and what they are used for."""

from __future__ import annotations

from functools import cache
from typing import Any

from catena.attribution.lexicon import MarkPair, MarkTable, fold_word, name_key
from catena.lexicons.cues import load_cues
from catena.lexicons.yaml_words import read_yaml


def _fold(phrase: str) -> str:
    return " ".join(fold_word(word) for word in str(phrase).replace("(", "").replace(")", "").split())


def _scriptures() -> frozenset[str]:
    """The chapters of the Qur'an as the reference tables name them."""
    books = read_yaml("references/quran.yaml")["books"]
    return frozenset(name_key(str(name)) for book in books for name in book["names"])


@cache
def load_marks() -> MarkTable:
    """The mark table from `data/attribution/marks.yaml`; reporting words come from the cue lists. Cached."""
    raw: dict[str, Any] = read_yaml("attribution/marks.yaml")
    cues = load_cues()
    return MarkTable(
        pairs=tuple(MarkPair(**pair) for pair in raw["pairs"]),
        hints={use: frozenset(_fold(phrase) for phrase in phrases) for use, phrases in raw["hints"].items()},
        speech=frozenset(
            first
            for first, many in cues.by_first.items()
            if any(len(cue.words) == 1 and cue.kind not in ("before", "predicate") for cue in many)
        )
        | {"according"},
        elisions=frozenset(raw["elisions"]),
        small=frozenset(raw["small"]),
        predicates=frozenset(
            cue.words[0] for many in cues.by_first.values() for cue in many if cue.kind == "predicate"
        ),
        scriptures=_scriptures(),
    )
