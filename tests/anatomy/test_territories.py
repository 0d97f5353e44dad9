"""The list of states and cities: what it holds in every language, and that it is what its tool makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catena.anatomy.territories import find_territories, is_demonym
from catena.lexicons.proper_names import load_places, load_territories

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "src" / "catena" / "data" / "anatomy" / "territories.yaml"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They left Syria.", "Syria"),
        ("غادروا سوريا أمس", "سوريا"),
        ("سفر وزیر به سوریه پایان یافت", "سوریه"),
        ("Делегация вернулась из Сирии.", "Сирии"),
        ("Ils sont en Syrie.", "Syrie"),
        ("Heyet Suriye'de kaldı.", "Suriye"),
    ],
)
def test_a_state_has_one_key_in_every_language(text: str, name: str) -> None:
    found = [(one.span.of(text), one.key, one.code) for one in find_territories(text, load_places())]
    assert found == [(name, "syria", "SY")]


def test_the_longest_name_wins_and_a_sentence_end_parts_words() -> None:
    text = "From South Sudan to the United Arab Emirates. United. Kingdom of heaven."
    assert [one.span.of(text) for one in find_territories(text, load_places())] == [
        "South Sudan",
        "United Arab Emirates",
    ]


@pytest.mark.parametrize("word", ["Iraqi", "Syrian", "Jordanians", "Italian"])
def test_a_demonym_is_told_from_a_state(word: str) -> None:
    assert is_demonym(word, load_places())


@pytest.mark.parametrize("word", ["Iraq", "Oman", "Varn", "Iran"])
def test_a_state_is_no_demonym(word: str) -> None:
    assert not is_demonym(word, load_places())


def test_no_entry_is_a_short_word_of_arabic_script_that_only_names_a_small_city() -> None:
    cities = [name for name, _, code, _ in load_territories() if "/" in code and len(name) <= 4 and name > "\u0600"]
    assert sorted(cities) == sorted(
        [
            "دمشق",
            "عدن",
            "غزة",
            "غزه",
            "غزہ",
            "دبي",
            "دبی",
            "دبئی",
            "کابل",
            "مسقط",
            "باكو",
            "باکو",
            "ریاض",
            "لندن",
            "مسکو",
            "روما",
            "برلن",
        ]
    )


def test_the_list_is_what_its_tool_makes() -> None:
    babel = pytest.importorskip("babel")
    if f"Babel {babel.__version__} " not in FILE.read_text(encoding="utf-8"):
        pytest.skip("the list was made with another Babel")
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "make_territories.py"), "--check"], check=False)
    assert done.returncode == 0
