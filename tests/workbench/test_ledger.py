"""Figures, events and dates of all documents: every one a row with its voice and place, none reconciled."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.store.conftest import make_document
from tests.workbench.conftest import ORIGIN

from catena.model import MadeBy, Span, Value, make_finding
from catena.store import FileResult, FileStamp, open_or_create
from catena.web import create_app

MAKER = MadeBy("hand")
ROWS: list[tuple[str, str, tuple[int, int], dict[str, Value]]] = [
    ("a.txt", "figure", (0, 9), {"count": 12, "low": 12, "high": 12, "counted": "boats", "voice": "Ada Brisk"}),
    ("a.txt", "figure", (10, 19), {"count": 9, "low": 9, "high": None, "counted": "boats", "voice": None}),
    ("b.txt", "figure", (0, 9), {"count": 3, "low": 3, "high": 3, "counted": "=anglers"}),
    (
        "a.txt",
        "event",
        (0, 9),
        {"type": "meeting", "when_start": "2016-03-01", "when_end": "2016-03-02"},
    ),
    (
        "b.txt",
        "event",
        (0, 9),
        {"type": "agreement", "when_start": "2015-01-01", "when_end": "2015-01-01"},
    ),
    ("b.txt", "event", (10, 19), {"type": "accident", "status": "happened"}),
    ("a.txt", "date", (0, 9), {"start": "2016-03-01", "end": "2016-03-02", "precision": "day"}),
    ("a.txt", "date", (10, 19), {"start": None, "end": None, "precision": "year"}),
]


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    with open_or_create(tmp_path / "p.catena") as project:
        for number, name in enumerate(("a.txt", "b.txt")):
            document = make_document(f"Words of {name} and some more of them.", name, f"{number:064x}")
            found = tuple(
                make_finding(document, kind, {"content": Span(*place)}, MAKER, values=values)
                for path, kind, place, values in ROWS
                if path == name
            )
            stamp = FileStamp(name, 9, number)
            project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, found, 0.1, "r1"))
    app = create_app(tmp_path / "p.catena", token="t", host="127.0.0.1", port=8000, person="Ada")
    found_client = TestClient(app, base_url=ORIGIN)
    found_client.get("/?token=t")
    return found_client


def rows(client: TestClient, **asked: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get("/ledger", params={"format": "csv", **asked}).text)))[1:]


def test_counts_of_one_thing_stand_together_each_with_its_voice(client: TestClient) -> None:
    assert [row[:3] + row[4:5] for row in rows(client)] == [
        ["'=anglers", "3", "3", ""],
        ["boats", "9", "", "not named"],
        ["boats", "12", "12", "Ada Brisk"],
    ]


def test_a_search_narrows_the_list_and_a_mistake_in_it_is_told(client: TestClient) -> None:
    assert len(rows(client, q="path:a.txt")) == 2
    page = client.get("/ledger", params={"q": '"open'})
    assert page.status_code == 400
    assert "not closed" in page.text


def test_events_come_in_order_of_time_the_undated_last(client: TestClient) -> None:
    assert [(row[0], row[2]) for row in rows(client, show="events")] == [
        ("2015-01-01", "agreement"),
        ("2016-03-01", "meeting"),
        ("", "accident"),
    ]


def test_a_timeline_holds_what_is_dated(client: TestClient) -> None:
    first, second = client.get("/ledger?show=events&format=timeline").json()["events"]
    assert first["start_date"] == {"year": 2015, "month": 1, "day": 1}
    assert "end_date" not in first
    assert second["end_date"] == {"year": 2016, "month": 3, "day": 2}
    assert second["text"]["headline"] == "meeting"


def test_dates_that_lie_on_no_calendar_are_left_out_and_each_leads_to_its_place(client: TestClient) -> None:
    assert len(rows(client, show="dates")) == 1
    assert 'href="/doc/1#at-0"' in client.get("/ledger?show=dates").text


def test_an_unknown_list_is_refused(client: TestClient) -> None:
    assert client.get("/ledger?show=everything").status_code == 400
