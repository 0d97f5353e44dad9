"""Load counted words, bounds and number words: `data/anatomy/figures.yaml` into a `FigureLexicon`."""

from __future__ import annotations

from functools import cache

from catena.anatomy.lexicon import FigureLexicon
from catena.lexicons.dates import read_anatomy


@cache
def load_figures() -> FigureLexicon:
    """The figure lexicon of every language. Cached."""
    raw = read_anatomy("figures")
    named = {
        key: tuple((str(word), name) for name, words in raw[key].items() for word in words)
        for key in ("counted", "fates", "bounds")
    }
    return FigureLexicon(
        counted=named["counted"],
        fates=named["fates"],
        bounds=named["bounds"],
        numbers=tuple(raw["numbers"].items()),
        vague=tuple((words, each["low"], each["high"]) for each in raw["vague"] for words in each["words"]),
        between=tuple(raw["between"]),
        blockers=tuple(raw["blockers"]),
        fillers=tuple(raw["fillers"]),
    )
