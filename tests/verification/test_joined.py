"""Verses that an edition joins or parts are found under their own numbers."""

from __future__ import annotations

import pytest

from catena.attribution import find_quotations
from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.marks import load_marks
from catena.lexicons.references import load_reference_systems
from catena.model import Document
from catena.verification import LoadedLibrary, find_citations, load_edition, make_library, verify
from catena.verification.joined import held_verses
from catena.verification.library_view import Edition

PASSAGES = (
    ("Gen 1:1", "In the beginning God created the heaven and the earth."),
    ("Gen 1:2", "And the earth was without form, and void; and darkness was upon the face of the deep."),
    (
        "Gen 1:3-4",
        "And God said, Let there be light: and there was light. And God saw the light, that it was good.",
    ),
    ("Gen 1:5a", "And God called the light Day,"),
    ("Gen 1:5b", "and the darkness he called Night."),
    ("Isa 63:19-64:1", "We have been as those over whom thou never rulest. O that thou wouldest rend the heavens."),
)


@pytest.fixture(scope="module")
def joined() -> LoadedLibrary:
    return make_library([load_edition(Edition("Joined", "bible", "Joined", "en", kind="numbered-verses"), PASSAGES)])


@pytest.mark.parametrize(
    ("text", "verdict", "reference"),
    [
        ("“And God said, Let there be light: and there was light.” (Genesis 1:3)", "exact", "Gen 1:3-4"),
        ("“And God saw the light, that it was good.” (Genesis 1:4)", "exact", "Gen 1:3-4"),
        ("“And God called the light Day, and the darkness he called Night.” (Genesis 1:5)", "exact", "Gen 1:5a-5b"),
        ("“and the darkness he called Night.” (Genesis 1:5)", "exact", "Gen 1:5b"),
        ("“O that thou wouldest rend the heavens.” (Isaiah 64:1)", "exact", "Isa 63:19-64:1"),
        ("“And God saw the light, that it was dim.” (Genesis 1:4)", "altered", "Gen 1:3-4"),
        ("“And God said, Let there be light: and there was light.” (Genesis 1:2)", "wrong-reference", "Gen 1:3-4"),
        ("“and the darkness he called Night.” (Genesis 1:4)", "wrong-reference", "Gen 1:5b"),
    ],
)
def test_a_verse_is_checked_in_the_passage_that_holds_it(
    text: str, verdict: str, reference: str, joined: LoadedLibrary
) -> None:
    document = Document.of(text)
    quotations = tuple(one for one in find_quotations(document, load_marks()) if one.kind == "quotation")
    citations = find_citations(document, load_reference_systems())
    found = verify(document, quotations, citations, joined, load_check_lexicon())
    assert [(one.verdict, one.reference) for one in found] == [(verdict, reference)]


@pytest.mark.parametrize(
    ("references", "held"),
    [
        (("Gen 1:1", "Gen 1:2"), {}),
        (("Ps 13:5-6",), {"Ps 13:5": (0, 0), "Ps 13:6": (0, 0)}),
        (("Ps 51:0a", "Ps 51:0b", "Ps 51:1"), {"Ps 51:0": (0, 1)}),
        (("Q 1:7[1]", "Q 1:7[2]"), {"Q 1:7": (0, 1)}),
        (("Gen 1:3", "Gen 1:3a"), {}),
        (("Gen 1:9-3",), {}),
        (("Gen 1:1-900",), {}),
        (("Lake Charter 7(2)", "S/RES/2513 (2020) 4(a)", "Lake Charter 3-4"), {}),
    ],
)
def test_only_joined_and_parted_verses_are_held(references: tuple[str, ...], held: dict[str, tuple[int, int]]) -> None:
    assert held_verses(references) == held
