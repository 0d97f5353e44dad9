"""Words in a translation that is not loaded: candidates named when the ranking tells, and never on plain speech."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from catena.attribution import find_quotations
from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.marks import load_marks
from catena.model import Document, Finding
from catena.verification import Edition, LoadedLibrary, load_edition, make_library, rank_passages, verify

Check = Callable[[str], tuple[Finding, ...]]
LETTERS = "bcdfghklmnprstvw"
COMMON = [
    "the",
    "lake",
    "and",
    "our",
    "boats",
    "will",
    "come",
    "to",
    "you",
    "with",
    "many",
    "good",
    "days",
    "for",
    "all",
]


def _note(finding: Finding, code: str = "translation-not-loaded") -> str:
    return next((reason.note for reason in finding.evidence if reason.code == code), "")


@pytest.fixture(scope="module")
def large() -> LoadedLibrary:
    """2,000 passages of 14 words, half of them common ones; the others stand in this passage alone."""
    draw = random.Random(1)
    passages = []
    for number in range(2_000):
        rare = ["".join(draw.choices(LETTERS, k=6)) for _ in range(7)]
        words = draw.sample(COMMON, 7) + rare
        draw.shuffle(words)
        passages.append((f"Gen {number // 50 + 1}:{number % 50 + 1}", " ".join(words)))
    return make_library([load_edition(Edition("First", "bible", "First", "en", kind="numbered-verses"), passages)])


def _checked(text: str, library: LoadedLibrary) -> tuple[Finding, ...]:
    document = Document.of(text)
    quotations = tuple(one for one in find_quotations(document, load_marks()) if one.kind == "quotation")
    return verify(document, quotations, (), library, load_check_lexicon())


def test_candidates_are_named_best_first_and_at_most_five(check: Check) -> None:
    (found,) = check("“For everything there is a season, and under heaven a time for each purpose” (Eccl 3:1)")
    names = _note(found).rpartition(": ")[2].split("; ")
    assert names[0] == "Eccl 3:1"
    assert len(names) <= 5
    assert found.reference is None  # a likely passage is no place found
    assert str(found.value("passage")).startswith("To every thing")


def test_an_invented_verse_under_a_real_reference_is_no_translation(check: Check) -> None:
    (found,) = check("“All fishermen of the eastern quay shall mend their nets before the frost” (Eccl 3:1)")
    assert found.verdict == "reference-text-differs"
    assert _note(found) == ""


def test_a_text_in_its_own_language_has_no_other_translation(check: Check) -> None:
    (found,) = check(
        "“Members may never at any time lease fishing rights to firms without a seat” (Lake Charter, Art. 5)"
    )
    assert _note(found) == ""


def test_words_that_nothing_announces_are_named_when_the_ranking_tells_much(large: LoadedLibrary) -> None:
    words = large.editions[0].texts[777].split()
    rare = [word for word in words if word not in COMMON]
    other = f"{rare[0]} brought {rare[1]} down and {rare[2]} before {rare[3]} with {rare[5]} at {rare[4]}"
    (found,) = _checked(f"He read aloud “{other}” to us.", large)
    assert found.verdict == "not-found"
    assert _note(found).rpartition(": ")[2].split("; ")[0] == large.editions[0].references[777]


def test_plain_speech_in_common_words_leads_nowhere(large: LoadedLibrary) -> None:
    assert (
        _checked("“We will come to the lake with our boats for many good days,” she told the reporters.", large) == ()
    )


def test_the_passage_with_the_words_in_order_comes_before_one_with_the_same_words() -> None:
    passages = [
        ("Gen 1:1", "the herons rest upon the silver reeds and the keeper counts them"),
        ("Gen 1:2", "them counts keeper the and reeds silver the upon rest herons the"),
        ("Gen 1:3", "winter closes the harbour"),
    ]
    library = make_library([load_edition(Edition("First", "bible", "First", "en"), passages)])
    ranked = rank_passages("the herons sleep upon silver reeds while the keeper counts them", library)
    assert [one.reference for one in ranked][:2] == ["Gen 1:1", "Gen 1:2"]
