"""Every entry of the word lists does what its list says, in an example made of it."""

from __future__ import annotations

import re

import pytest

from catena.anatomy import find_dates, find_figures, find_layout
from catena.anatomy.territories import find_territories
from catena.lexicons.dates import load_dates
from catena.lexicons.figures import load_figures
from catena.lexicons.layout import load_layout
from catena.lexicons.proper_names import load_places, load_territories
from catena.model import Document

BODY = "\n\nThe list of dues hangs in no harbour, and nobody has asked the boatmen about it, so they ask for it here.\n"


def test_every_genre_form_on_a_line_of_its_own_is_its_genre() -> None:
    lexicon = load_layout()
    wrong = {}
    for form, genre in lexicon.genres:
        found = [
            one.value("value")
            for one in find_layout(Document.of(f"{form.capitalize()}{BODY}"), lexicon)
            if one.value("field") == "genre"
        ]
        if found != [genre]:
            wrong[form] = found
    assert wrong == {}


def test_every_month_name_makes_a_day_of_its_month() -> None:
    lexicon = load_dates()
    years = {"gregorian": "2015", "hijri": "1436", "solar": "1394"}
    wrong = {}
    for name, calendar, month in lexicon.months:
        found = find_dates(Document.of(f"5 {name} {years[calendar]}"), lexicon)
        if [one.value("calendar") for one in found] != [calendar] or (
            calendar == "gregorian" and found[0].value("start") != f"2015-{month:02d}-05"
        ):
            wrong[name, calendar] = [dict(one.values) for one in found]
    assert wrong == {}


def test_every_counted_word_is_counted_under_its_name() -> None:
    lexicon = load_figures()
    held = dict(lexicon.counted)
    wrong = {}
    for form in held:
        found = find_figures(Document.of(f"12 {form}"), lexicon)
        if [one.value("counted") for one in found] != [held[form]]:
            wrong[form] = [one.value("counted") for one in found]
    assert wrong == {}


def test_every_bound_bounds() -> None:
    lexicon = load_figures()
    wrong = {}
    for form, bound in lexicon.bounds:
        if re.match("[A-Za-z]", form):
            found = find_figures(Document.of(f"{form} 12 boats"), lexicon)
            if [one.value("bound") for one in found] != [bound]:
                wrong[form] = [one.value("bound") for one in found]
    assert wrong == {}


@pytest.mark.parametrize("kind", ["place", "organisation", "media"])
def test_every_name_of_the_lists_is_found_under_its_key(kind: str) -> None:
    places = load_places()
    wrong = {}
    for name, key, _, held in load_territories():
        if held == kind:
            found = [(one.span.of(name), one.key) for one in find_territories(name, places)]
            if (name, key) not in found and [one for _, one in found] != [key]:
                wrong[name] = found
    assert wrong == {}
