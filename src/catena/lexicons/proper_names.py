"""Load what shows places, organisations and media: `data/anatomy/places.yaml` into a `PlaceLexicon`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from catena.anatomy.lexicon import PlaceLexicon
from catena.anatomy.scan import bare
from catena.lexicons.dates import read_anatomy
from catena.lexicons.yaml_words import parse_yaml

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
    "arabic_ordinals",
    "russian_nouns",
)


OWN = "names.yaml"
"""The file of a library folder with a person's own aliases."""


def load_places(folders: tuple[Path, ...] = ()) -> PlaceLexicon:
    """The lexicon of places, organisations and media, with the aliases of `OWN` in `folders` as they are now.

    Raises `ValueError` for a file that is no list of lists of names.
    """
    places = _load_places()
    own = tuple(group for folder in folders for group in load_own_aliases(folder))
    return replace(places, aliases=(*places.aliases, *own)) if own else places


def load_own_aliases(folder: Path) -> tuple[tuple[str, ...], ...]:
    """The lists of `aliases` in a folder's `OWN`, none without the file.

    Raises `ValueError` where an entry is no list of two names or more.
    """
    path = folder / OWN
    given = parse_yaml(path.read_text(encoding="utf-8")) if path.is_file() else None
    groups = (given.get("aliases") or []) if isinstance(given, dict) else [] if given is None else given
    if not isinstance(groups, list):
        raise ValueError(f"{path}: aliases must be a list of lists of names; see the how-to on word lists")
    for number, group in enumerate(groups, 1):
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(form, str) for form in group):
            raise ValueError(f"{path}: alias {number} reads {group!r}; write a list of two names or more, in quotes")
    return tuple(tuple(group) for group in groups)


@cache
def _load_places() -> PlaceLexicon:
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
        territories=load_territories(),
    )


@cache
def load_territories() -> tuple[tuple[str, str, str, str], ...]:
    """(name, its English name in lower case, code, type) of states, continents, cities and bodies in every language.

    Further names come from `territories_too` and `known` of `places.yaml`; what `not_territories` holds is left out. A
    state goes before a city of its name. Cached.
    """
    raw, listed = read_anatomy("places"), read_anatomy("territories")
    left_out = set(map(str, raw["not_territories"]))
    held: dict[str, tuple[str, str, str]] = {}
    for kind, groups in raw["known"].items():
        for group in groups:
            for name in map(str, group):
                held.setdefault(name, (str(group[0]).lower(), str(group[0]), kind))
    for part in ("territories", "cities"):
        for code, line in listed[part].items():
            names = str(line).split("|")
            kept = (name for name in names if part == "territories" or not _is_short(name))
            for name in (*kept, *map(str, raw["territories_too"].get(code, ()))):
                if _is_name(name) and name not in left_out:
                    held.setdefault(name, (names[0].lower(), str(code), "place"))
    return tuple((name, *told) for name, told in held.items())


_SHORT = 4
"""Letters of a city in Arabic script that are too few: the list writes Chuuk ترك, "he left"."""


def _is_name(name: str) -> bool:
    """False for "Knox, Indiana" and "о-в Вознесения": remarks that no text prints so."""
    return bool(name) and "," not in name and "،" not in name and not name[0].islower()


def _is_short(name: str) -> bool:
    return "\u0600" <= name[0:1] <= "\u06ff" and len(name) <= _SHORT


_KEPT = frozenset((
    "New", "Great", "Old", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central",
    "Upper", "Lower", "Little", "Foreign", "Press",
))  # fmt: skip
"""Words that begin no person's name but may begin a place's or a body's."""
