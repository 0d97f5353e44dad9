"""Findings: tied to characters, stable in their identity, loud about drift."""

from __future__ import annotations

import dataclasses

import pytest

from catena.model import Document, MadeBy, Span, check_finding, from_record, make_finding, to_record

TEXT = "He said: “We agree,” and left."
DOCUMENT = Document.of(TEXT)
MAKER = MadeBy("test")


def test_a_finding_keeps_the_characters_under_its_spans() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18), "cue": [Span(3, 7)]}, MAKER)
    assert finding.texts == (("content", ("We agree",)), ("cue", ("said",)))
    assert finding.spans("content") == (Span(10, 18),)
    assert finding.text("cue") == "said"
    assert finding.place == Span(3, 18)


def test_pieces_of_one_role_are_joined_with_dots() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"content": [Span(10, 12), Span(13, 18)]}, MAKER)
    assert finding.text("content") == "We … agree"


def test_a_role_that_is_missing_or_empty_has_no_span_and_no_text() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"source": ()}, MAKER)
    assert finding.roles == ()
    assert finding.spans("source") == ()
    assert finding.text("source") == ""
    assert finding.place == Span(0, 0)


def test_an_unknown_kind_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ValueError, match="'opinion' is unknown; allowed: layout, section"):
        make_finding(DOCUMENT, "opinion", {}, MAKER)


def test_a_span_past_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="runs past"):
        make_finding(DOCUMENT, "quotation", {"content": Span(0, 99)}, MAKER)


def test_values_are_found_by_name() -> None:
    finding = make_finding(DOCUMENT, "figure", {}, MAKER, values={"count": 12, "bound": None})
    assert finding.value("count") == 12
    assert finding.value("bound") is None
    assert finding.value("low") is None


def test_two_runs_give_one_id_and_another_place_another() -> None:
    one = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MadeBy("test", "1"))
    same = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MadeBy("test", "2"))
    other = make_finding(DOCUMENT, "quotation", {"content": Span(10, 17)}, MAKER)
    assert one.id == same.id
    assert one.id != other.id
    assert len(one.id) == 20


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "exact"},
        {"reference": "Q 51:56"},
        {"parent": "x"},
        {"values": (("use", "title"),)},
        {"kind": "date"},
    ],
)
def test_the_id_changes_with_what_is_said(change: dict[str, object]) -> None:
    one = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MAKER)
    assert dataclasses.replace(one, **change).id != one.id  # type: ignore[arg-type]


def test_the_text_under_a_finding_must_still_be_there() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MAKER)
    check_finding(finding, DOCUMENT)
    moved = dataclasses.replace(finding, roles=(("content", (Span(11, 19),)),))
    with pytest.raises(ValueError, match=r"role content at .* no longer reads 'We agree'"):
        check_finding(moved, DOCUMENT)
    past = dataclasses.replace(finding, roles=(("content", (Span(10, 99),)),))
    with pytest.raises(ValueError, match="no longer reads"):
        check_finding(past, DOCUMENT)


def test_a_finding_of_another_document_is_refused() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MAKER)
    with pytest.raises(ValueError, match="belongs to document"):
        check_finding(finding, Document.of(TEXT + " Later."))


def test_a_record_has_the_documented_shape() -> None:
    finding = make_finding(DOCUMENT, "quotation", {"content": Span(10, 18)}, MAKER, values={"use": "speech"})
    assert to_record(finding, "a.txt") == {
        "id": finding.id,
        "document": {"id": DOCUMENT.id, "name": "a.txt"},
        "kind": "quotation",
        "roles": {"content": [[10, 18]]},
        "texts": {"content": ["We agree"]},
        "verdict": None,
        "reference": None,
        "diff": [],
        "values": {"use": "speech"},
        "parent": None,
        "evidence": [],
        "made_by": {"name": "test", "version": "1", "settings": {}},
    }


def test_a_record_that_lacks_a_field_is_refused() -> None:
    record = to_record(make_finding(DOCUMENT, "quotation", {}, MAKER))
    del record["verdict"]
    with pytest.raises(KeyError, match="verdict"):
        from_record(record)
