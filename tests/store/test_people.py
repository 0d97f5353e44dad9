"""Layers of people: kept apart from the machine's, each step in the log, undo and redo."""

from __future__ import annotations

import pytest
from tests.store.conftest import first_word, make_document, make_result

from catena.model import Finding, MadeBy, Span, make_finding
from catena.store import NotFound, Project

TEXT = "One two three"


def note(place: tuple[int, int], person: str = "Ada") -> Finding:
    return make_finding(make_document(TEXT), "name", {"content": Span(*place)}, MadeBy(f"person:{person}"))


@pytest.fixture
def filled(project: Project) -> Project:
    project.add(make_result(TEXT, findings=first_word))
    return project


def texts(project: Project, person: str | None = None) -> list[str]:
    return [finding.text("content") for finding in project.annotations(make_document(TEXT).id, person)]


def test_a_persons_findings_stand_beside_the_machines_and_survive_a_new_reading(filled: Project) -> None:
    filled.add_annotation("Ada", note((4, 7)))
    filled.add(make_result(TEXT, version="r2"))
    filled.add(make_result("Other words now", sha256="02"))
    assert texts(filled) == ["two"]


def test_each_person_has_a_layer(filled: Project) -> None:
    filled.add_annotation("Ada", note((4, 7)))
    filled.add_annotation("Ben", note((0, 3), "Ben"))
    assert texts(filled) == ["One", "two"]
    assert texts(filled, "Ada") == ["two"]
    assert texts(filled, "Cid") == []


def test_undo_and_redo_go_back_and_forth_one_step_at_a_time(filled: Project) -> None:
    for place in ((0, 3), (4, 7), (8, 13)):
        filled.add_annotation("Ada", note(place))
    assert [f.text("content") for f in (filled.undo("Ada"), filled.undo("Ada")) if f] == ["three", "two"]
    assert texts(filled) == ["One"]
    assert [f.text("content") for f in (filled.redo("Ada"), filled.redo("Ada")) if f] == ["two", "three"]
    assert texts(filled) == ["One", "two", "three"]
    assert filled.redo("Ada") is None


def test_what_was_undone_cannot_come_back_after_something_new(filled: Project) -> None:
    filled.add_annotation("Ada", note((0, 3)))
    filled.undo("Ada")
    filled.add_annotation("Ada", note((4, 7)))
    assert filled.redo("Ada") is None
    assert texts(filled) == ["two"]


def test_undo_touches_nobody_elses_layer(filled: Project) -> None:
    filled.add_annotation("Ada", note((0, 3)))
    assert filled.undo("Ben") is None
    assert texts(filled) == ["One"]


def test_the_log_tells_who_did_what_and_replaying_it_gives_the_layers(filled: Project) -> None:
    filled.add_annotation("Ada", note((0, 3)))
    filled.add_annotation("Ada", note((4, 7)))
    filled.undo("Ada")
    filled.undo("Ada")
    filled.redo("Ada")
    events = [event for event in reversed(filled.history()) if event.who == "Ada"]
    assert [event.what.removeprefix("annotation.") for event in events] == [
        "add",
        "add",
        "undo",
        "undo",
        "redo",
    ]
    active: set[object] = set()
    for event in events:
        (active.discard if event.what == "annotation.undo" else active.add)(event.subject)
    assert active == {finding.id for finding in filled.annotations(make_document(TEXT).id)}


def test_a_finding_of_a_machine_or_of_someone_else_is_refused(filled: Project) -> None:
    with pytest.raises(ValueError, match="was made by 'person:Ben'; need 'person:Ada'"):
        filled.add_annotation("Ada", note((0, 3), "Ben"))
    assert texts(filled) == []


def test_a_finding_on_a_text_that_is_not_here_is_refused(project: Project) -> None:
    with pytest.raises(NotFound, match="does not hold"):
        project.add_annotation("Ada", note((0, 3)))
