"""Load month names and date words: `data/anatomy/dates.yaml` into a `DateLexicon`."""

from __future__ import annotations

from functools import cache
from typing import Any

from catena.anatomy.lexicon import DateLexicon
from catena.lexicons.yaml_words import read_yaml


def read_anatomy(name: str) -> Any:
    """The parsed YAML file `name` of the anatomy data."""
    return read_yaml(f"anatomy/{name}.yaml")


@cache
def load_dates() -> DateLexicon:
    """Month names and date words of every language. Cached."""
    raw = read_anatomy("dates")
    calendars = [("gregorian", many) for many in raw["gregorian"].values()]
    calendars += [("hijri", raw["hijri"]), ("solar", raw["solar"])]
    return DateLexicon(
        months=tuple(
            (name, calendar, number)
            for calendar, many in calendars
            for number, names in enumerate(many, 1)
            for name in names
        ),
        eras=tuple((word, calendar) for calendar, words in raw["eras"].items() for word in words),
        year_cues=tuple(form for word in raw["year_cues"] for form in dict.fromkeys((word, word.capitalize()))),
        year_words_after=tuple(raw["year_words_after"]),
        pair_words=tuple(raw["pair_words"]),
        relative=tuple((word, each["unit"], each["back"]) for each in raw["relative"] for word in each["words"]),
        units=tuple((word, unit) for unit, words in raw["units"].items() for word in words),
        ago_after=tuple(raw["ago_after"]),
        ago_before=tuple(raw["ago_before"]),
        numbers=tuple(read_anatomy("figures")["numbers"].items()),
    )
