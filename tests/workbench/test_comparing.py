"""Two documents side by side, and the voices: every word of both is shown, and what differs is marked."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from catena.comparing import Side, compare_texts
from catena.measures.matching import align
from catena.store import Project
from catena.voices import count_voices

FIRST = "The lakes stay open to all.\n\nNo boat may pass at night.\n\nThe council will meet in May."
SECOND = "A new heading\n\nThe lakes stay closed to all.\n\nThe Council will meet in May."
TEXTS = st.lists(st.sampled_from(["lake", "boat", "the", "مَاء", "😀", "\n\n", "\n", "dues,"]), max_size=40).map(
    " ".join
)


def show(side: Side | None) -> list[tuple[str, bool]] | None:
    return None if side is None else [(one.text, one.differs) for one in side.stretches]


def test_paragraphs_that_answer_to_each_other_stand_in_one_row() -> None:
    rows = compare_texts(FIRST, SECOND).rows
    assert [(show(row.first), show(row.second), row.same) for row in rows] == [
        (None, [("A new heading", True)], False),
        (
            [("The lakes stay ", False), ("open ", True), ("to all.", False)],
            [("The lakes stay ", False), ("closed ", True), ("to all.", False)],
            False,
        ),
        ([("No boat may pass at night.", True)], None, False),
        ([("The council will meet in May.", False)], [("The Council will meet in May.", False)], True),
    ]


def test_a_mark_before_the_first_word_and_after_the_last_is_shown() -> None:
    (row,) = compare_texts('  ("Open," they said.)', '("Open," they say.)').rows
    assert show(row.first) == [('  ("Open," they ', False), ("said.)", True)]
    assert show(row.second) == [('("Open," they ', False), ("say.)", True)]


def test_places_lead_back_to_each_document() -> None:
    for row in compare_texts(FIRST, SECOND).rows:
        for side, text in ((row.first, FIRST), (row.second, SECOND)):
            for one in side.stretches if side else ():
                assert one.place.of(text) == one.text


@settings(max_examples=200, derandomize=True, database=None)
@given(TEXTS, TEXTS)
def test_every_word_of_both_texts_is_shown_once_and_in_order(first: str, second: str) -> None:
    found = compare_texts(first, second)
    for text, sides in ((first, [row.first for row in found.rows]), (second, [row.second for row in found.rows])):
        shown = " ".join(one.text for side in sides if side for one in side.stretches)
        words = [word for word in text.replace("😀", " ").split() if word]
        assert [word for word in shown.replace("😀", " ").split() if word] == words
        assert found.shared <= min(found.words)


@settings(max_examples=200, derandomize=True, database=None)
@given(TEXTS)
def test_a_text_compared_with_itself_is_the_same_everywhere(text: str) -> None:
    found = compare_texts(text, text)
    assert all(row.same for row in found.rows)
    assert found.words == (found.shared, found.shared)


def test_pairs_are_of_equal_words_and_never_cross() -> None:
    words = ["a", "b", "c", "d", "e", "f", "g", "a", "b", "c"]
    others = ["x", "b", "c", "d", "y", "f", "g", "a", "b", "z"]
    pairs = align(words, others)
    assert all(words[a] == others[b] for a, b in pairs)
    assert pairs == sorted(pairs)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


def test_the_page_of_two_documents_marks_what_differs(client: TestClient) -> None:
    assert "<select" in client.get("/compare").text
    page = client.get("/compare?a=1&b=2")
    assert page.status_code == 200
    assert "<del>" in page.text
    assert "<ins>" in page.text
    assert client.get("/compare?a=1&b=99").status_code == 404


def test_voices_are_counted_and_lead_to_what_they_say(project: Project, client: TestClient) -> None:
    found = count_voices(project)
    assert [(one.name, one.passages, one.documents) for one in found.counts] == [
        ("Ada Brisk", 1, 1),
        ("Tomas Eld", 1, 1),
    ]
    page = client.get("/voices").text
    assert "/said?voice=Ada%20Brisk" in page
    table = list(csv.reader(io.StringIO(client.get("/voices?format=csv").text)))
    assert table[1][:3] == ["Ada Brisk", "1", "1"]
    assert client.get("/voices?format=gexf").content.startswith(b"<?xml")
