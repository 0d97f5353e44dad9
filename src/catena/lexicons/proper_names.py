"""Load what shows places, organisations and media: `data/anatomy/places.yaml` into a `PlaceLexicon`."""

from __future__ import annotations

import re
from functools import cache

from catena.anatomy.lexicon import PlaceLexicon
from catena.anatomy.scan import bare
from catena.lexicons.dates import read_anatomy

_LISTS = (
    "before",
    "place_heads",
    "place_openers",
    "no_places",
    "nouns",
    "arabic_before",
    "states",
    "media",
    "media_openers",
    "organisations",
    "links",
)


@cache
def load_places() -> PlaceLexicon:
    """The lexicon of places, organisations and media. Cached."""
    raw, layout, names = read_anatomy("places"), read_anatomy("layout"), read_anatomy("names")
    bodies = [str(word) for word in layout["bodies"]]
    return PlaceLexicon(
        **{key: tuple(map(str, raw[key])) for key in _LISTS},
        arabic_bodies=tuple(word for word in bodies if re.match("[\u0600-\u06ff]", word)),
        arabic_states=tuple(bare(str(word)) for word in layout["states"] if re.match("[\u0600-\u06ff]", str(word))),
        arabic_stops=tuple(map(str, names["arabic_stops"])),
        russian_bodies=tuple(word for word in bodies if re.match("[а-я]", word)),
        stops=tuple(word for word in map(str, names["stops"]) if word not in _KEPT),
        aliases=tuple(tuple(map(str, group)) for group in raw["aliases"]),
    )


_KEPT = frozenset((
    "New", "Great", "Old", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central",
    "Upper", "Lower", "Little", "Foreign", "Press",
))  # fmt: skip
"""Words that begin no person's name but may begin a place's or a body's."""
