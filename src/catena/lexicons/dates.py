"""Load month names and date words: `data/anatomy/dates.yaml` and `date-phrases.yaml` into a `DateLexicon`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from catena.anatomy.lexicon import DateLexicon, DatePhrase
from catena.lexicons.yaml_words import read_yaml

_NAMED = ("units", "unit_calendars", "ordinals", "decades", "suffixes", "parts", "relations")
_PLAIN = ("weekday_blockers", "range_words", "future", "past", "events", "fixed_stops")


def read_anatomy(name: str) -> Any:
    """The parsed YAML file `name` of the anatomy data."""
    return read_yaml(f"anatomy/{name}.yaml")


@cache
def load_dates() -> DateLexicon:
    """Month names, date words and phrases of every language. Cached."""
    raw, words = read_anatomy("dates"), read_anatomy("date-phrases")
    calendars = [("gregorian", many) for many in raw["gregorian"].values()]
    calendars += [("hijri", raw["hijri"]), ("solar", raw["solar"])]
    return DateLexicon(
        months=tuple(
            (name, calendar, number)
            for calendar, many in calendars
            for number, names in enumerate(many, 1)
            for name in names
        ),
        eras=_named(raw["eras"]),
        year_cues=tuple(form for word in raw["year_cues"] for form in dict.fromkeys((word, word.capitalize()))),
        year_words_after=tuple(raw["year_words_after"]),
        pair_words=tuple(raw["pair_words"]),
        numbers=tuple(read_anatomy("figures")["numbers"].items()),
        **_phrase_words(words),
        phrases=tuple(map(_phrase, words["phrases"])),
    )


def _named(raw: Mapping[Any, Sequence[Any]]) -> tuple[tuple[str, Any], ...]:
    """(word, name) for each word of each list."""
    return tuple((str(word), name) for name, many in raw.items() for word in many)


def _phrase_words(words: Any) -> dict[str, Any]:
    return {
        "weekdays": tuple(
            (name, number, language in words["bare_weekdays"])
            for language, week in words["weekdays"].items()
            for number, names in enumerate(week, 1)
            for name in names
        ),
        "seasons": tuple(
            (name, number, "solar" if language == "fa" else "gregorian")
            for language, year in words["seasons"].items()
            for number, names in enumerate(year, 1)
            for name in names
        ),
        "duals": tuple(words["duals"].items()),
        "vague": tuple((form, each["low"], each["high"]) for each in words["vague"] for form in each["words"]),
        "relative": tuple(
            (form, each["unit"], each["back"], each.get("calendar", "gregorian"))
            for each in words["relative"]
            for form in each["words"]
        ),
        "current_units": tuple(
            (form, each["unit"], each.get("calendar", "gregorian"))
            for each in words["current_units"]
            for form in each["words"]
        ),
        **{key: _named(words[key]) for key in _NAMED},
        **{key: tuple(map(str, words[key])) for key in _PLAIN},
        **{key: words[key] for key in ("future_prefix", "past_pattern")},
    }  # fmt: skip


def _phrase(raw: Mapping[str, Any]) -> DatePhrase:
    return DatePhrase(
        means=raw["means"],
        direction=raw.get("direction", "near"),
        relation=raw.get("relation", "at"),
        forms=tuple(raw["forms"]),
        example=(raw["example"]["text"], raw["example"]["found"]),
    )
