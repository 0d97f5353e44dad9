"""What documents, findings and records promise for every text."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from catena.model import (
    KINDS,
    Document,
    Evidence,
    Finding,
    MadeBy,
    Operation,
    Span,
    canonical,
    check_finding,
    cover,
    from_record,
    make_finding,
    to_record,
    trim,
)

PIECES = [
    *"aZé بׁאя5 \n\t\x00“”",
    "\r\n",
    "\r",
    "\ufeff",
    "e\u0301\u0323",
    "\u200d",
    "\u200f",
    "ﻻ",
    "ﷺ",
    "👩\u200d🚀",
    "👍🏽",
]
raw_texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
words = st.text(max_size=8)
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), words)


def spans(length: int) -> st.SearchStrategy[Span]:
    pairs = st.tuples(st.integers(0, length), st.integers(0, length))
    return pairs.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def findings(draw: st.DrawFn) -> tuple[Document, Finding]:
    document = Document.of(draw(raw_texts.filter(lambda text: not canonical(text).startswith("\ufeff"))))
    place = spans(len(document.text))
    operations = st.builds(
        Operation, st.sampled_from(["equal", "omit", "insert"]), words, words, st.none() | place, words
    )
    return document, make_finding(
        document,
        draw(st.sampled_from(KINDS)),
        draw(st.dictionaries(st.sampled_from(["source", "cue", "content"]), st.lists(place, max_size=3), max_size=3)),
        MadeBy(draw(words), draw(words), tuple(draw(st.dictionaries(words, values, max_size=2)).items())),
        verdict=draw(st.none() | words),
        reference=draw(st.none() | words),
        diff=draw(st.lists(operations, max_size=3)),
        values=draw(st.dictionaries(words, values, max_size=3)),
        parent=draw(st.none() | words),
        evidence=draw(st.lists(st.builds(Evidence, words, words, st.none() | place), max_size=2)),
    )


@given(raw_texts)
@example("\r\n\r\n")
@example("a\r\r\nb\x00")
def test_canonical_text_is_canonical_and_keeps_every_other_character(text: str) -> None:
    clean = canonical(text)
    assert "\r" not in clean
    assume(not clean.startswith("\ufeff"))  # two byte order marks: refused by Document, a reader's business
    assert canonical(clean) == clean
    rest = text.removeprefix("\ufeff").replace("\r", "").replace("\n", "")
    assert clean.replace("\n", "") == rest


@given(raw_texts)
def test_the_same_text_has_the_same_id_whatever_its_name_and_line_ends(text: str) -> None:
    assume(not canonical(text).startswith("\ufeff"))
    one, other = Document.of(text, "one.txt"), Document.of(canonical(text).replace("\n", "\r\n"), "other.txt")
    assert one.id == other.id
    assert one.text == other.text


@given(findings())
def test_the_slices_of_a_finding_are_its_stored_texts(found: tuple[Document, Finding]) -> None:
    document, finding = found
    for (role, places), (same_role, texts) in zip(finding.roles, finding.texts, strict=True):
        assert role == same_role
        assert tuple(document.text[place.start : place.end] for place in places) == texts
    check_finding(finding, document)


@given(findings())
def test_a_record_gives_the_finding_back_after_a_trip_through_json(found: tuple[Document, Finding]) -> None:
    _, finding = found
    record = json.loads(json.dumps(to_record(finding, "a.txt"), ensure_ascii=False))
    assert from_record(record) == finding
    assert from_record(record).id == finding.id
    assert to_record(from_record(record), "a.txt") == record


@given(findings())
def test_a_finding_on_another_text_is_refused(found: tuple[Document, Finding]) -> None:
    document, finding = found
    with pytest.raises(ValueError, match="belongs to document"):
        check_finding(finding, Document.of(document.text + "!"))


@given(findings(), st.data())
def test_drift_of_a_stored_quote_fails_loudly(found: tuple[Document, Finding], data: st.DataObject) -> None:
    document, finding = found
    held = [(role, at) for role, places in finding.roles for at, place in enumerate(places) if len(place)]
    assume(held)
    role, at = data.draw(st.sampled_from(held))
    record = to_record(finding)
    start, end = record["roles"][role][at]
    record["roles"][role][at] = [start, end + 1]
    with pytest.raises(ValueError, match="no longer reads"):
        check_finding(from_record(record), document)


@given(findings())
def test_the_id_rests_on_what_is_said_and_not_on_the_version_of_the_maker(
    found: tuple[Document, Finding],
) -> None:
    _, finding = found
    record = to_record(finding)
    record["made_by"]["version"] += "+1"
    record["evidence"] = []
    assert from_record(record).id == finding.id
    record["made_by"]["name"] += "+1"
    assert from_record(record).id != finding.id


@given(findings())
def test_the_place_of_a_finding_holds_each_of_its_spans(found: tuple[Document, Finding]) -> None:
    _, finding = found
    every = [place for _, places in finding.roles for place in places]
    assert all(finding.place.contains(place) for place in every)
    assert finding.place == (cover(every) if every else Span(0, 0))


@given(raw_texts, st.data())
def test_trimming_takes_white_space_only_and_all_of_it(text: str, data: st.DataObject) -> None:
    span = data.draw(spans(len(text)))
    inner = trim(text, span)
    assert span.contains(inner)
    assert inner.of(text) == span.of(text).strip()


@given(spans(30), spans(30))
def test_two_spans_overlap_exactly_when_they_share_a_place(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    common = one.intersect(other)
    assert one.overlaps(other) == other.overlaps(one)
    assert (set(range(common.start, common.end)) if common else set()) == shared
