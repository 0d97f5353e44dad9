"""Rows of the reading page, offsets, and the API's records."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from catena.building import build
from catena.engines import Here
from catena.model import Span
from catena.web import create_app
from catena.web.offsets import from_utf16, to_utf16
from catena.web.reading import LONGEST_ROW, to_rows
from catena.web.searching import to_pieces

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "reference" / "records.schema.json"
TEXTS = st.text(st.sampled_from(list("ab \n\t😀\u0301\u200dقَ﴿\0")), max_size=80)


@settings(max_examples=400, derandomize=True, database=None)
@given(TEXTS)
def test_the_lines_of_a_page_joined_are_the_text(text: str) -> None:
    rows = to_rows(text, ())
    joined = "".join(words for row in rows for _, words in row.lines)
    assert joined == text.replace("\0", "\ufffd")


@settings(max_examples=400, derandomize=True, database=None)
@given(TEXTS)
def test_every_line_knows_where_it_starts(text: str) -> None:
    for row in to_rows(text, ()):
        for start, words in row.lines:
            assert text[start : start + len(words)].replace("\0", "\ufffd") == words


def test_a_paragraph_ends_at_a_blank_line() -> None:
    rows = to_rows("one\ntwo\n\nthree", ())
    assert [[words for _, words in row.lines] for row in rows] == [["one\n", "two\n", "\n"], ["three"]]


def test_a_very_long_paragraph_is_cut_at_line_ends() -> None:
    text = "a line of words\n" * 1000
    rows = to_rows(text, ())
    assert len(rows) > 2
    assert max(sum(len(words) for _, words in row.lines) for row in rows) <= LONGEST_ROW


@settings(max_examples=400, derandomize=True, database=None)
@given(TEXTS, st.integers(0, 80))
def test_utf16_offsets_lead_back_to_code_points(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    units = to_utf16(text, offset)
    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, units) == offset


def test_a_snippet_in_pieces_is_the_snippet() -> None:
    pieces = to_pieces("the lakes stay open", Span(4, 19), (Span(4, 9), Span(15, 19)))
    assert pieces == [("lakes", True), (" stay ", False), ("open", True)]


def test_the_api_gives_the_records_of_the_exports(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text('The minister said: "The lakes stay open." It was on 9 May 2015.', encoding="utf-8")
    build(folder, tmp_path / "p.catena", engine=Here())
    app = create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000)
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    client.get("/?token=t")
    found = client.get("/api/documents/1/findings").json()["findings"]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for record in found:
        jsonschema.validate(record, schema)
    assert {"quotation", "attribution", "date"} <= {record["kind"] for record in found}
    hits = client.get("/api/search?q=lakes").json()
    assert [hit["spans"] for hit in hits["hits"]] == [[[24, 29]]]
    assert client.get("/api/search?q=%22open").status_code == 400


def test_a_card_names_its_voice_so_that_one_voice_can_be_read_alone(tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    text = "Lena Dahl said that the bridge was open.\n\nThe council denied that the cable had been worn.\n"
    (folder / "release.txt").write_text(text, encoding="utf-8")
    build(folder, tmp_path / "p.catena", engine=Here())
    client = TestClient(
        create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000), base_url="http://127.0.0.1:8000"
    )
    client.get("/?token=t")
    page = client.get("/doc/1").text
    assert 'data-voice="Lena Dahl"' in page
    assert "<dt>as</dt><dd>denied</dd>" in page
    assert "<dt>as</dt><dd>asserted</dd>" not in page
