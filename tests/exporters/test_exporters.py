"""Every exporter is held to the contract, to its golden file and to the documentation."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from tests.exporters.regenerate import GOLDEN, render
from tests.exporters.samples import NAME, TEXT, make_rows

from catena.exporters import EXPORTERS
from catena.exporters.csv import COLUMNS, defuse
from catena.model import KINDS, from_record

DOCS = Path(__file__).parents[2] / "docs" / "reference"
PAGE = (DOCS / "records.md").read_text(encoding="utf-8")
SCHEMA = json.loads((DOCS / "records.schema.json").read_text(encoding="utf-8"))


def records() -> list[dict[str, object]]:
    return [json.loads(line) for line in render("jsonl").decode().split("\n")[:-1]]


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


WRITTEN = {"brat": 1}
"""Findings of the five that a format takes: brat holds attributions alone."""


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_exporter_writes_its_golden_file(name: str) -> None:
    assert render(name) == (GOLDEN / f"findings{EXPORTERS[name].suffix}").read_bytes()


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_exporter_goes_by_its_key_says_how_many_and_leaves_the_file_open(name: str) -> None:
    exporter = EXPORTERS[name]
    out = io.BytesIO()
    assert exporter.name == name
    assert exporter.suffix.startswith(".")
    assert [one.suffix for one in EXPORTERS.values()].count(exporter.suffix) == 1
    assert exporter.write(iter(make_rows()), out) == WRITTEN.get(name, 5)
    assert not out.closed
    assert exporter.write([], io.BytesIO()) == 0


def test_every_line_of_jsonl_fits_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for record in records():
        validator.validate(record)


@pytest.mark.parametrize(
    "change",
    [{"kind": "rumour"}, {"verdict": "false"}, {"id": "7"}, {"roles": {"content": [[1]]}}, {"made_by": {}}],
)
def test_the_schema_refuses_a_record_that_is_not_one(change: dict[str, object]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert not validator.is_valid({**records()[0], **change})


def test_the_schema_allows_fields_of_later_versions() -> None:
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid({**records()[0], "later": 1})


def test_the_schema_in_the_package_is_the_documented_one() -> None:
    packaged = (resources.files("catena") / "data" / "records.schema.json").read_bytes()
    assert packaged == (DOCS / "records.schema.json").read_bytes()


def test_a_line_of_jsonl_gives_the_finding_back_and_its_spans_read_as_stored() -> None:
    for record, (_, finding, text) in zip(records(), make_rows(), strict=True):
        assert from_record(record) == finding
        for role, spans in record["roles"].items():  # type: ignore[attr-defined]
            assert [TEXT[start:end] for start, end in spans] == record["texts"][role]  # type: ignore[index]
            for (start, end), (position, quote) in zip(spans, record["selectors"][role], strict=True):  # type: ignore[index]
                assert (position["start"], position["end"]) == (start, end)
                around = quote["prefix"] + quote["exact"] + quote["suffix"]
                assert around == text[max(0, start - 32) : end + 32]


def test_csv_reads_back_as_one_row_a_finding() -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv").decode(), newline="")))
    assert [row["kind"] for row in rows] == ["quotation", "attribution", "verification", "name", "problem"]
    assert rows[0]["document"] == NAME
    assert rows[0]["content"] == "We will not\nsign, and we say so."
    assert rows[0]["content_spans"] == "56:88"
    assert rows[1]["source"] == "Foreign Minister … Lena Orsk"
    assert rows[1]["source_spans"] == "0:16 17:26"
    assert rows[1]["evidence"] == "cue-before"
    assert rows[2]["diff"] == "omit(|الْمُؤْمِنِينَ)"
    assert json.loads(rows[2]["other_roles"])["citation"]["text"] == ["[51:55]"]
    assert rows[4]["start"] == rows[4]["end"] == "0"


def test_csv_is_utf_8_without_mark_with_crlf_after_each_row() -> None:
    data = render("csv")
    assert data.startswith(b"document,document_id,")
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert defuse(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "a=b", "9 May", "(-1)", "'x"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert defuse(cell) == cell


def test_no_cell_of_the_golden_table_starts_a_formula() -> None:
    rows = csv.reader(io.StringIO(render("csv").decode(), newline=""))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_the_documentation_lists_every_format_column_kind_field_and_verdict() -> None:
    formats, _, columns = section("Formats").partition("| CSV column |")
    assert first_cells(formats) == list(EXPORTERS)
    assert first_cells(columns) == list(COLUMNS)
    assert first_cells(section("Kinds")) == list(KINDS)
    assert first_cells(section("Fields")) == list(SCHEMA["properties"]) == list(records()[0])
    assert [*first_cells(section("Verdicts")), None] == SCHEMA["properties"]["verdict"]["enum"]
    assert list(KINDS) == SCHEMA["properties"]["kind"]["enum"]
