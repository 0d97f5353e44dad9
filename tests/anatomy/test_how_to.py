"""What the how-to on word lists shows, done as it shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from catena.anatomy import find_dates, find_figures, find_layout, group_names, to_sources
from catena.kit import load_kit
from catena.lexicons.dates import load_dates
from catena.lexicons.figures import load_figures
from catena.lexicons.layout import load_layout
from catena.lexicons.proper_names import load_places
from catena.model import Document
from catena.pipeline import analyse

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "extend-the-word-lists.md"


def block(heading: str) -> Any:
    """The YAML under a heading of the page."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert found is not None, heading
    return yaml.safe_load(found[1])


def test_a_genre_is_one_entry() -> None:
    lexicon = load_layout()
    document = Document.of("Obituary\n\nThe guild mourns its oldest pilot, who knew every rock of the bay.")
    assert [one for one in find_layout(document, lexicon) if one.value("field") == "genre"] == []
    entry = tuple((form, genre) for genre, forms in block("A genre")["genres"].items() for form in forms)
    found = find_layout(document, replace(lexicon, genres=(*lexicon.genres, *entry)))
    assert [one.value("value") for one in found if one.value("field") == "genre"] == ["obituary"]


def test_a_month_name_is_one_entry() -> None:
    months = block("A month name")["ar"][0]
    known = tuple(one for one in load_dates().months if one[0] != "جانفي")
    document = Document.of("اجتمع المجلس في 5 جانفي 2015 في فارن.")
    before = find_dates(document, replace(load_dates(), months=known))
    assert "2015-01-05" not in [one.value("start") for one in before]
    after = find_dates(document, replace(load_dates(), months=(*known, (months[2], "gregorian", 1))))
    assert [one.value("start") for one in after] == ["2015-01-05"]


def test_a_verb_that_gives_counts_is_one_entry() -> None:
    document = Document.of("The Lighthouse Trust puts the cost at 24 boats.")
    lexicon = load_figures()
    assert find_figures(document, replace(lexicon, tellers=("said",)))[0].value("voice") is None
    entry = tuple(block("Who gives a count")["tellers"])
    assert find_figures(document, replace(lexicon, tellers=entry))[0].value("voice") == "The Lighthouse Trust"


def test_a_name_alias_is_one_entry_in_a_file_of_ones_own(tmp_path: Path) -> None:
    documents = [
        Document.of(text, name)
        for name, text in (
            ("a.txt", "The Union of Boatmen met in Varn."),
            ("b.txt", "The Boatmen's Union met in Varn."),
        )
    ]
    rows = [
        (document.origin.name, one, document.text)
        for document in documents
        for one in analyse(document, load_kit(), ("layout", "names", "proper names"))
    ]
    (tmp_path / "names.yaml").write_text(yaml.safe_dump(block("A name alias"), allow_unicode=True), encoding="utf-8")
    apart = [one.forms for one in group_names(to_sources(rows), load_places()) if one.type == "organisation"]
    joined = [one for one in group_names(to_sources(rows), load_places((tmp_path,))) if one.type == "organisation"]
    assert apart == [("Boatmen's Union",), ("Union of Boatmen",)]
    assert [one.forms for one in joined] == [("Union of Boatmen", "Boatmen's Union")]
    assert "alias-list" in [one.code for one in joined[0].reasons]


@pytest.mark.parametrize("heading", ["An expression of time", "A counted word, a unit, a currency"])
def test_the_other_entries_of_the_page_are_in_the_lists(heading: str) -> None:
    shown = block(heading)
    if "phrases" in shown or isinstance(shown, list):
        wanted = (shown if isinstance(shown, list) else shown["phrases"])[0]
        assert wanted["example"]["found"] in [phrase.example[1] for phrase in load_dates().phrases]
    else:
        held = dict(load_figures().counted)
        for name, forms in shown["measures"].items():
            assert {held[form] for form in forms} == {name}
