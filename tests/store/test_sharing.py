"""Shared passages and names in few words say what findings and rows say."""

from __future__ import annotations

import pytest
from tests.store.conftest import make_document, make_result

from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.store import NotFound, Project, Restricted, StoreError, set_patterns
from catena.store.careful import CarefulProject

HERE = "The harbour stays open, said the council of Port Varn."
THERE = "We heard that the harbour stays open until spring."
OTHER = make_document(THERE).id


def shared(document: Document) -> tuple[Finding, ...]:
    values = {
        "other": OTHER, "other_start": 14, "other_end": 36, "shared_letters": 19, "kind": "altered", "first": "self",
    }  # fmt: skip
    passage = make_finding(document, "reuse", {"content": Span(0, 22)}, MadeBy("shared-passages"), values=values)
    alone = make_finding(document, "reuse", {"content": Span(0, 11)}, MadeBy("shared-passages"))
    name = make_finding(document, "name", {"content": Span(44, 53)}, MadeBy("names"))
    return passage, alone, name


@pytest.fixture
def filled(project: Project) -> Project:
    project.add(make_result(HERE, "a.txt", findings=shared, sha256="01"))
    project.add(make_result(THERE, "z/b.txt", sha256="02"))
    project.add(make_result(THERE, "c.txt", sha256="03"))
    return project


def test_a_shared_passage_says_where_it_stands_here_and_there(filled: Project) -> None:
    (place,) = filled.shared_places(make_document(HERE).id, Span(3, 5))
    assert (place.span, place.other, place.there) == (Span(0, 22), OTHER, Span(14, 36))
    assert (place.shared_letters, place.kind) == (19, "altered")
    (finding,) = [one for one in filled.findings(make_document(HERE).id, ["reuse"]) if one.value("other")]
    assert place.id == finding.id


def test_only_passages_that_touch_the_range_are_given(filled: Project) -> None:
    assert filled.shared_places(make_document(HERE).id, Span(22, 40)) == ()
    assert len(filled.shared_places(make_document(HERE).id, Span(21, 40))) == 1


def test_findings_near_a_range_are_those_of_the_kinds_asked_for(filled: Project) -> None:
    id_ = make_document(HERE).id
    assert [one.kind for one in filled.findings(id_, ["name", "reuse"], near=Span(40, 50))] == ["name"]
    assert filled.findings(id_, ["quotation"], near=Span(0, 50)) == ()
    assert filled.findings(id_, ["name"], text=HERE) == filled.findings(id_, ["name"])


def test_a_shared_passage_that_no_longer_fits_its_text_fails_loudly(filled: Project) -> None:
    filled._connection.execute("UPDATE findings SET record = replace(record, 'The harbour stays', 'The harbour sinks')")
    with pytest.raises(StoreError, match="no longer reads"):
        filled.shared_places(make_document(HERE).id, Span(0, 5))


def test_passages_of_a_text_that_is_not_there_are_not_found(filled: Project) -> None:
    with pytest.raises(NotFound):
        filled.shared_places("0" * 64, Span(0, 5))


def test_every_document_with_a_text_is_named_by_path(filled: Project) -> None:
    names = filled.names([OTHER, "0" * 64])
    assert [(one.number, one.path) for one in names[OTHER]] == [(3, "c.txt"), (2, "z/b.txt")]
    assert list(names) == [OTHER]
    assert [one.number for one in names[OTHER]] == [row.number for row in filled.copies(OTHER)]


def test_a_source_is_the_document_without_its_row(filled: Project) -> None:
    assert filled.source(1) == filled.document(1).document
    assert filled.row(1) == filled.document(1).row
    with pytest.raises(NotFound):
        filled.source(9)


def test_what_is_closed_is_neither_named_nor_given(filled: Project) -> None:
    set_patterns(filled, ["z/*", "c.txt"], "Ada")
    with CarefulProject.open(filled.path, read_only=True) as careful:
        careful.close_off(())
        assert careful.shared_places(make_document(HERE).id, Span(0, 5)) == ()
        assert careful.names([OTHER]) == {}
        with pytest.raises(Restricted):
            careful.source(2)
        with pytest.raises(Restricted):
            careful.row("z/b.txt")
        careful.close_off([3])  # opened on purpose: its text is no secret any more, its other path is
        assert [one.path for one in careful.names([OTHER])[OTHER]] == ["c.txt"]
        assert len(careful.shared_places(make_document(HERE).id, Span(0, 5))) == 1


def test_the_number_of_a_text_is_that_of_its_last_path(filled: Project) -> None:
    assert filled.numbers() == {make_document(HERE).id: 1, OTHER: 2}
