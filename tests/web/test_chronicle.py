"""The pages over the whole collection."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from catena.building import build
from catena.engines import Here
from catena.web import create_app


def client(folder: Path) -> TestClient:
    texts = {
        "a.txt": "The mayor said that 24 people were injured near Varn on 4 May 2015.",
        "b.txt": 'The "Mill" League said that at least 30 people were injured near Varn on 4 May 2015.',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, folder / "p.catena", engine=Here())
    app = create_app(folder / "p.catena", token="t", host="127.0.0.1", port=8000)
    found = TestClient(app, base_url="http://127.0.0.1:8000")
    found.get("/?token=t")
    return found


def test_counts_stand_side_by_side_and_lead_to_their_characters(tmp_path: Path) -> None:
    page = client(tmp_path).get("/figures").text
    assert "counts differ" in page
    assert '<a href="/doc/1#at-20"><bdi>24 people</bdi></a>' in page


def test_the_timeline_lists_events_with_their_reports(tmp_path: Path) -> None:
    page = client(tmp_path).get("/timeline").text
    assert '<time datetime="2015-05-04">' in page
    assert "a.txt" in page
    assert "b.txt" in page
