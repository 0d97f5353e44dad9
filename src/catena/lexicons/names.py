"""Load titles, stop words and the spelling key: `data/anatomy/names.yaml` and `name-forms.yaml` into a `NameLexicon`.

Bodies, genres, reporting verbs and the books that statements cite are taken from their own lists.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from catena.anatomy.lexicon import NameLexicon
from catena.anatomy.scan import plain
from catena.lexicons.dates import read_anatomy
from catena.lexicons.proper_names import load_territories
from catena.lexicons.yaml_words import read_yaml

_LISTS = ("titles", "surnames_too", "particles", "stops", "things", "russian_offices")
_ARABIC_LISTS = (
    "courtesies",
    "offices",
    "offices_of",
    "arabic_stops",
    "arabic_links",
    "arabic_adjectives",
    "arabic_particles",
    "arabic_that",
)


@cache
def load_names() -> NameLexicon:
    """The name lexicon. Cached."""
    raw, forms, layout = read_anatomy("names"), read_anatomy("name-forms"), read_anatomy("layout")
    places = read_anatomy("places")
    lists = {key: tuple(str(word) for word in raw[key]) for key in _LISTS}
    lists["stops"] += _genre_words(layout)
    arabic = {key: tuple(plain(str(word)) for word in raw[key]) for key in _ARABIC_LISTS}
    bodies = [str(word) for word in (*layout["bodies"], *layout["periodicals"])]
    arabic["arabic_bodies"] = tuple(plain(word) for word in bodies if re.match("[\u0600-\u06ff]", word))
    return NameLexicon(
        **lists,
        **arabic,
        organisations=(
            *map(str, raw["organisations"]),
            *(str(word) for key in ("media", "organisations") for word in places[key] if re.match("[A-Z]", str(word))),
            *(word.capitalize() for word in bodies if re.match("[a-zà-ÿ]", word)),
        ),
        organisation_stems=tuple(word for word in bodies if re.match("[а-я]", word)),
        works=_works(),
        arabic_verbs=tuple(plain(form) for form in _verbs()),
        territories=tuple(
            name for name, *_ in load_territories() if " " in name and not "\u0600" <= name[0] <= "\u06ff"
        ),
        given=tuple((str(form), name) for name, many in forms["given"].items() for form in (name, *many)),
        plain=tuple(forms["plain"].items()),
        articles=tuple(forms["articles"]),
        shapes=tuple((pattern, shape) for pattern, shape in forms["shapes"]),
        letters=tuple((str(pattern), str(key)) for pattern, key in forms["letters"]),
    )


def _genre_words(layout: Any) -> tuple[str, ...]:
    """The words of the genres in Latin and Cyrillic script with a capital: "Open Letter" is no person."""
    words = {word for many in layout["genres"].values() for form in many for word in str(form).split() if len(word) > 3}
    return tuple(sorted(word.capitalize() for word in words if not re.match("[\u0600-\u06ff]", word)))


def _works() -> tuple[str, ...]:
    """Titles of collections that statements cite and that look like names of people."""
    return tuple(str(name) for book in read_yaml("references/hadith.yaml")["books"] for name in book["names"])


def _verbs() -> tuple[str, ...]:
    """Verbs of one word that report speech in Arabic and Persian."""
    return tuple(
        str(form)
        for language in ("ar", "fa")
        for cue in read_yaml(f"attribution/cues.{language}.yaml")["cues"]
        if cue.get("kind") is None
        for form in cue["forms"]
        if " " not in str(form)
    )
