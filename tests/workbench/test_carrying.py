"""A changed file: notes are offered at the right words, flagged when unsure, and never moved by themselves."""

from __future__ import annotations

import random

import pytest
from starlette.testclient import TestClient
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import WATER, mark

from catena import coding
from catena.carrying import find_places, leave_behind, list_waiting, take_over
from catena.model import Span
from catena.store import Project

OLD = "The lakes stay open. No boat may pass at night. The council meets in May."
SYLLABLES = ("la", "ke", "bo", "har", "du", "co", "tre", "ri", "nor", "so", "win", "mi", "spe", "si", "cal", "dee")
WORDS = [first + second for first in SYLLABLES for second in SYLLABLES[:4]]


def state_of(words: str, new: str, old: str = OLD) -> tuple[str, str]:
    at = old.index(words)
    (place,) = find_places(old, new, [Span(at, at + len(words))])
    return place.state, place.span.of(new) if place.span else ""


@pytest.mark.parametrize(
    ("words", "new", "found"),
    [
        ("stay open", "A new head. " + OLD, ("carried", "stay open")),
        ("stay open", OLD.replace("stay open", "stay  Open"), ("carried", "stay  Open")),
        ("boat may pass", OLD.replace("boat may pass", "boat will pass"), ("changed", "boat will pass")),
        ("boat may pass", OLD.replace("No boat may pass at night. ", ""), ("lost", "")),
        ("stay open", OLD + " " + OLD, ("several", "stay open")),
    ],
)
def test_a_note_is_carried_changed_doubtful_or_lost(words: str, new: str, found: tuple[str, str]) -> None:
    assert state_of(words, new) == found


def test_a_common_word_is_told_from_its_copies_by_what_stands_around_it() -> None:
    old = "First the lakes are calm and blue. Then the lakes are cold and grey. At last the lakes freeze over."
    at = old.index("lakes", 40)
    new = "Now. " + old
    (place,) = find_places(old, new, [Span(at, at + 5)])
    assert place.state == "carried"
    assert place.span == Span(at + 5, at + 10)


def edit(chance: random.Random, words: list[str], share: float) -> tuple[list[str], dict[int, int]]:
    """Words with some left out, put in or replaced, and where each old one that is still there stands now."""
    new: list[str] = []
    where: dict[int, int] = {}
    for at, word in enumerate(words):
        roll = chance.random()
        if roll < share / 3:
            continue
        if roll < 2 * share / 3:
            new.append(chance.choice(WORDS) + "x")
            continue
        if roll < share:
            new.append(chance.choice(WORDS))
        where[at] = len(new)
        new.append(word)
    return new, where


def test_notes_on_edited_documents_are_never_lost_and_hardly_ever_at_a_wrong_place_without_a_word() -> None:
    chance = random.Random(5)
    total = right = wrong = 0
    for _ in range(60):
        words = [chance.choice(WORDS) + chance.choice(["", "s", "ed", "a", "er"]) for _ in range(300)]
        new, where = edit(chance, words, 0.06)
        if chance.random() < 0.3:  # a stretch repeated word for word
            new = [*new, *new[50:110]]
        ranges = [(at, at + chance.randint(1, 12)) for at in (chance.randrange(280) for _ in range(20))]
        starts = [sum(len(word) + 1 for word in words[:at]) for at in range(len(words) + 1)]
        new_starts = [sum(len(word) + 1 for word in new[:at]) for at in range(len(new) + 1)]
        spans = [Span(starts[low], starts[high] - 1) for low, high in ranges]
        places = find_places(" ".join(words), " ".join(new), spans)
        assert len(places) == 20
        for (low, _), place in zip(ranges, places, strict=True):
            total += 1
            if place.state != "carried" or place.span is None:
                continue
            right_place = low in where and place.span.start == new_starts[where[low]]
            right += right_place
            wrong += not right_place
    assert wrong / total <= 0.002
    assert right / total >= 0.60  # of notes up to twelve words long, 6 % edits leave about seven in ten untouched


def test_nothing_moves_until_a_person_takes_it_over_and_that_can_be_undone(project: Project) -> None:
    project.put_codes("Ada", WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    mark(project, "a.txt", "harbour dues", WATER, "Ben")
    fill(project, {"a.txt": "A new first line. The lakes stay open, and the harbour dues will rise."})
    current = project.document("a.txt").document
    assert project.annotations(current.id) == ()
    (mine,) = list_waiting(project, "Ada")
    assert (mine.state, mine.words) == ("carried", "lakes stay")
    assert take_over(project, "Ada", [mine]) == 1
    (moved,) = project.annotations(current.id)
    assert (moved.text("content"), coding.person_of(moved)) == ("lakes stay", "Ada")
    assert list_waiting(project, "Ada") == ()
    assert len(list_waiting(project)) == 1
    project.undo("Ada")
    assert project.annotations(current.id) == ()
    assert len(list_waiting(project, "Ada")) == 1


def test_a_note_is_left_behind_with_a_memo_that_says_so_and_that_can_be_undone(project: Project) -> None:
    project.put_codes("Ada", WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    mark(project, "a.txt", "harbour dues", WATER, "Ben")
    fill(project, {"a.txt": "Other words altogether, on bread and salt."})
    (mine,) = list_waiting(project, "Ada")
    assert mine.state == "lost"
    assert leave_behind(project, "Ada", list_waiting(project)) == 1
    (memo,) = project.annotations(project.document("a.txt").document.id)
    assert memo.value("text") == "Left behind on the older text: lakes stay"
    assert list_waiting(project, "Ada") == ()
    assert len(list_waiting(project)) == 1
    project.undo("Ada")
    assert len(list_waiting(project, "Ada")) == 1


def test_nobody_takes_over_the_notes_of_somebody_else(project: Project) -> None:
    project.put_codes("Ada", WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ben")
    fill(project, {"a.txt": "A new first line. The lakes stay open."})
    assert take_over(project, "Ada", list_waiting(project)) == 0


def test_a_text_that_another_path_still_holds_is_not_outdated(project: Project) -> None:
    project.put_codes("Ada", WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    fill(project, {"copy.txt": TEXTS["a.txt"], "a.txt": "Other words."})
    assert list_waiting(project) == ()


def test_the_page_lists_what_waits_and_takes_it_over(project: Project, client: TestClient) -> None:
    project.put_codes("Ada", WATER)
    mark(project, "a.txt", "lakes stay", WATER, "Ada")
    mark(project, "a.txt", "harbour dues will fall", WATER, "Ada")
    assert "nothing is moved by itself" in client.get("/carry").text
    fill(project, {"a.txt": "A new first line. The lakes stay open, and the harbour dues must rise."})
    page = client.get("/carry").text
    assert "1 stand unchanged" in page
    assert "1 are about words that have changed" in page
    assert "notes on an older text" in client.get("/doc/1").text
    client.post("/carry", data={"all": "yes"})
    assert [note["words"] for note in client.get("/api/documents/1/notes").json()["notes"]] == ["lakes stay"]
