"""Words of the lists stay words, whatever YAML 1.1 takes them for."""

from __future__ import annotations

from pathlib import Path

import pytest

import catena
from catena.lexicons.cues import load_cues
from catena.lexicons.negations import load_negations
from catena.lexicons.yaml_words import parse_yaml

DATA = Path(catena.__file__).parent / "data"


def test_only_true_and_false_are_truth_values() -> None:
    assert parse_yaml("[on, off, yes, no, y, n, true, false]") == ["on", "off", "yes", "no", "y", "n", True, False]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: str(path.relative_to(DATA)))
def test_no_list_of_words_holds_a_truth_value(path: Path) -> None:
    def look(value: object) -> None:
        if isinstance(value, list):
            assert not any(isinstance(item, bool) for item in value), value
            for item in value:
                look(item)
        elif isinstance(value, dict):
            assert not any(isinstance(key, bool) for key in value), value
            for item in value.values():
                look(item)

    look(parse_yaml(path.read_text(encoding="utf-8")))


def test_the_negation_no_and_the_preposition_on_are_in_their_lists() -> None:
    assert "no" in load_negations()["negation"]
    assert {"on", "no"} & load_cues().grammars["en"].stops == {"on"}
