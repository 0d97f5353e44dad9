"""Round brackets in a quotation: the quoter's own words are not compared, those of the passage are."""

from __future__ import annotations

import pytest

from catena.lexicons.formulae import load_check_lexicon
from catena.model import Span
from catena.verification import Edition, LoadedLibrary, load_edition, make_library
from catena.verification.decide import decide
from catena.verification.quoted import make_quoted

RULE = (
    "The harbour stays open to every ship of the river states (save those that carry no lamp at night) till the frost."
)


@pytest.fixture(scope="module")
def library() -> LoadedLibrary:
    return make_library([load_edition(Edition("Harbour Rule", "rule", "Harbour Rule", "en"), [("Rule 1", RULE)])])


def judge(text: str, library: LoadedLibrary) -> str:
    decision = decide(make_quoted(text, [Span(0, len(text))], None, ()), library, load_check_lexicon(), ())
    assert decision is not None
    return decision.verdict


def test_brackets_of_the_passage_hold_its_own_words(library: LoadedLibrary) -> None:
    assert judge(RULE, library) == "exact"


@pytest.mark.parametrize(
    ("before", "after"), [("carry no lamp", "carry a lamp"), ("that carry no", "that carry"), ("lamp", "lanp")]
)
def test_a_change_inside_brackets_of_the_passage_is_a_change(library: LoadedLibrary, before: str, after: str) -> None:
    assert judge(RULE.replace(before, after), library) == "altered"


def test_what_a_quoter_puts_in_brackets_is_no_change(library: LoadedLibrary) -> None:
    assert judge(RULE.replace("the river states", "the river states (the league of boatmen)"), library) == "exact"
