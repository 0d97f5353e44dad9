"""Passages that two editions of a work hold letter for letter are searched once and named in both."""

from __future__ import annotations

from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.verification import Edition, LoadedLibrary, find_passages, load_edition, make_library

OLD = [
    ("Lake Psalm 1:1", "The Waters of both lakes are open to all who come in peace and keep the law of the shore."),
    ("Lake Psalm 1:2", "No boat shall be held in the harbour for longer than the council of the lakes has ordered."),
    ("Lake Psalm 1:3", "Whoever mends a net on the sabbath of the fishers shall bring two baskets to the keeper."),
]
NEW = [
    (OLD[0][0], "the waters of both lakes are open to all who come in peace, and keep the law of the shore!"),
    (OLD[1][0], "No boat shall be held in the harbour for longer than the council of the lakes has ordered;"),
    ("Lake Psalm 1:3", "Whoever repairs a net on the day of rest must bring two full baskets of fish to the keeper."),
]


def library() -> LoadedLibrary:
    editions = [
        load_edition(Edition(name, "lake psalms", name, "en", kind="numbered-verses"), pairs)
        for name, pairs in (("old", OLD), ("new", NEW))
    ]
    return make_library(editions)


def test_an_edition_with_the_same_letters_follows_the_first() -> None:
    ((leader, (follower,)),) = library().followers.items()
    assert (leader, follower.edition, follower.same.tolist()) == (0, 1, [True, True, False])


def test_only_passages_of_its_own_are_searched_in_a_follower() -> None:
    loaded = library()
    assert len(loaded.scanned[1].entries) < len(loaded.editions[1].scan.entries) / 2
    assert loaded.scanned[0] is loaded.editions[0].scan


def test_passages_are_found_in_the_leader_and_in_the_follower_s_own() -> None:
    between = "Tea was served at four on the quay while the band played and the children fed the gulls. " * 4
    text = f"The clerk read: {OLD[1][1]} {between} Then he said: {NEW[2][1]}"
    found = find_passages(Document.of(text), library(), load_check_lexicon())
    assert [(one.match.stretch.edition, one.match.comparison.passages, one.match.verdict) for one in found] == [
        (0, (1,), "exact"),
        (1, (2,), "exact"),
    ]


def test_editions_of_other_words_follow_nobody() -> None:
    other = [(reference, " ".join(text.split()[::-1])) for reference, text in OLD]
    editions = [
        load_edition(Edition(name, "lake psalms", name, "en"), pairs) for name, pairs in (("a", OLD), ("b", other))
    ]
    assert make_library(editions).followers == {}
