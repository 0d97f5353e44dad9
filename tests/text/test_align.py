"""Word alignment: the operations a careful reader would mark."""

from __future__ import annotations

import random

import pytest

from catena.text import Step, align_words


def marked(quoted: str, reference: str, *, within: bool = False) -> list[tuple[str, str, str]]:
    """(operation, quoted words, reference words) of each step."""
    ours, theirs = quoted.split(), reference.split()
    return [
        (step.op, " ".join(ours[slice(*step.quoted)]), " ".join(theirs[slice(*step.reference)]))
        for step in align_words(ours, theirs, within=within)
    ]


def test_a_dropped_not_is_an_omission() -> None:
    assert marked("we will return", "we will not return") == [
        ("equal", "we will", "we will"),
        ("omit", "", "not"),
        ("equal", "return", "return"),
    ]


def test_an_added_word_is_an_insertion() -> None:
    assert marked("we will surely return", "we will return") == [
        ("equal", "we will", "we will"),
        ("insert", "surely", ""),
        ("equal", "return", "return"),
    ]


def test_a_misprinted_word_is_a_substitution() -> None:
    assert marked("وما خلقت الجن والانث الا ليعبدون", "وما خلقت الجن والانس الا ليعبدون") == [
        ("equal", "وما خلقت الجن", "وما خلقت الجن"),
        ("substitute", "والانث", "والانس"),
        ("equal", "الا ليعبدون", "الا ليعبدون"),
    ]


def test_an_unrelated_word_in_place_of_another_is_a_substitution_too() -> None:
    assert marked("they accept the plan", "they reject the plan")[1] == ("substitute", "accept", "reject")


def test_two_words_printed_as_one_are_a_merge() -> None:
    assert marked("ياايها الناس", "يا ايها الناس") == [
        ("merge", "ياايها", "يا ايها"),
        ("equal", "الناس", "الناس"),
    ]


def test_a_merge_may_lack_one_letter() -> None:
    assert marked("يايها الناس", "يا ايها الناس")[0] == ("merge", "يايها", "يا ايها")


def test_one_word_printed_as_two_is_a_split() -> None:
    assert marked("يا ايها الناس", "ياايها الناس") == [
        ("split", "يا ايها", "ياايها"),
        ("equal", "الناس", "الناس"),
    ]


def test_a_shortened_quotation_shows_one_omission_in_spite_of_a_chance_word() -> None:
    reference = "the council welcomes the report of the inquiry and of the envoy and calls for talks"
    assert marked("the council welcomes and calls for talks", reference) == [
        ("equal", "the council welcomes", "the council welcomes"),
        ("omit", "", "the report of the inquiry and of the envoy"),
        ("equal", "and calls for talks", "and calls for talks"),
    ]


def test_within_leaves_the_rest_of_the_passage_unreported() -> None:
    steps = align_words(
        ["calls", "for", "free", "talks"],
        ["today", "the", "council", "again", "calls", "for", "talks", "in", "spring"],
        within=True,
    )
    assert steps == (
        Step("equal", (0, 2), (4, 6)),
        Step("insert", (2, 3), (6, 6)),
        Step("equal", (3, 4), (6, 7)),
    )


def test_without_within_the_rest_of_the_passage_is_omitted() -> None:
    assert marked("for talks", "calls for talks now") == [
        ("omit", "", "calls"),
        ("equal", "for talks", "for talks"),
        ("omit", "", "now"),
    ]


@pytest.mark.parametrize("within", [False, True])
def test_empty_sides_are_allowed(within: bool) -> None:
    assert align_words([], [], within=within) == ()
    assert align_words(["a", "b"], [], within=within) == (Step("insert", (0, 2), (0, 0)),)


def test_a_reference_without_quotation_is_one_omission() -> None:
    assert align_words([], ["a", "b"]) == (Step("omit", (0, 0), (0, 2)),)


def test_a_text_of_many_thousand_words_is_cut_and_aligned_whole() -> None:
    chance = random.Random(4)
    reference = [f"w{chance.randrange(3000)}" for _ in range(6000)]
    quoted = [*reference[:2000], "added", *reference[2000:4000], *reference[4005:]]
    assert align_words(quoted, reference) == (
        Step("equal", (0, 2000), (0, 2000)),
        Step("insert", (2000, 2001), (2000, 2000)),
        Step("equal", (2001, 4001), (2000, 4000)),
        Step("omit", (4001, 4001), (4000, 4005)),
        Step("equal", (4001, 5996), (4005, 6000)),
    )


def test_a_long_piece_is_found_within_a_longer_text() -> None:
    reference = [f"word{number}" for number in range(5000)]
    assert align_words(reference[1500:3500], reference, within=True) == (Step("equal", (0, 2000), (1500, 3500)),)
