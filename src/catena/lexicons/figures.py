"""Load counted words, bounds and number words: `data/anatomy/figures.yaml` into a `FigureLexicon`."""

from __future__ import annotations

from functools import cache

from catena.anatomy.lexicon import FigureLexicon
from catena.lexicons.dates import read_anatomy

_GROUPS = {"counted": "people", "things": "things", "money": "money", "shares": "share", "measures": "measure"}
_TELLING = ("tellers", "clause_joints", "subject_stops", "no_subjects", "voices_again")


@cache
def load_figures() -> FigureLexicon:
    """The figure lexicon of every language. Cached."""
    raw = read_anatomy("figures")
    named = {
        key: tuple((str(word), name) for name, words in raw[key].items() for word in words)
        for key in (*_GROUPS, "fates", "bounds")
    }
    return FigureLexicon(
        counted=tuple(pair for key in _GROUPS for pair in named[key]),
        groups=tuple((name, group) for key, group in _GROUPS.items() for name in raw[key]),
        symbols=tuple(raw["symbols"].items()),
        not_between=tuple(raw["not_between"]),
        not_counted=tuple(raw["not_counted"]),
        fates=named["fates"],
        bounds=named["bounds"],
        numbers=tuple(raw["numbers"].items()),
        vague=tuple((words, each["low"], each["high"]) for each in raw["vague"] for words in each["words"]),
        between=tuple(raw["between"]),
        blockers=tuple(raw["blockers"]),
        fillers=tuple(raw["fillers"]),
        **{key: tuple(map(str, raw[key])) for key in _TELLING},
    )
