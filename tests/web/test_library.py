"""The library page, and what the reader says of the edition beside a verdict."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catena import api
from catena.building import build
from catena.engines import Here
from catena.library import Said, remove_edition
from catena.web import create_app
from catena.web.shelf import size_of

TOKEN = "a-token-of-this-start"
ORIGIN = "http://127.0.0.1:8000"
CHARTER = (
    "# Printed by the League; <b>free</b> for any use.\n"
    "Art. 1\tThe lakes are open to all members of the league.\n"
    "Art. 2\tNo member shall divert a river without a notice of one year.\n"
)
STATEMENT = (
    'The Charter of the Lakes says: "The lakes are open to all members of the league" (Charter of the Lakes, Art. 1).'
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a library beside it, and a user's own library that is empty."""
    monkeypatch.setenv("CATENA_LIBRARY", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "charter.txt").write_text(CHARTER, encoding="utf-8")
    said = Said(language="en", licence="free for any use", url="https://lakes.example/charter")
    api.add_to_library("Charter of the Lakes", tmp_path / "charter.txt", folder=tmp_path / "library", said=said)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "speech.txt").write_text(STATEMENT, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "p.catena", engine=Here(), libraries=(tmp_path / "library",))
    return tmp_path


@pytest.fixture
def client(home: Path) -> TestClient:
    app = create_app(home / "p.catena", token=TOKEN, host="127.0.0.1", port=8000)
    known = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    assert known.get(f"/?token={TOKEN}").status_code == 303
    return known


def test_the_page_lists_each_edition_with_terms_size_and_hash(client: TestClient, home: Path) -> None:
    page = client.get("/library").text
    assert "Charter of the Lakes" in page
    assert "free for any use" in page
    assert "https://lakes.example/charter" in page
    assert f"{len(CHARTER.encode())} B" in page
    assert "2 passages" not in page
    assert "<dt>passages</dt><dd>2</dd>" in page
    assert "6,236" in page
    assert "CHANGING IT IS NOT ALLOWED" in page
    assert "Added or changed after" not in page


def test_a_notice_is_shown_and_never_run(client: TestClient) -> None:
    page = client.get("/library").text
    assert "Printed by the League; &lt;b&gt;free&lt;/b&gt; for any use." in page
    assert "<b>free</b>" not in page


def test_an_edition_added_since_the_build_is_marked(client: TestClient, home: Path) -> None:
    api.add_to_library("Second print", home / "charter.txt", said=Said(language="en", work="Charter of the Lakes"))
    page = client.get("/library").text
    assert page.count("Added or changed after this project was built") == 1
    assert page.index("Second print") < page.index("Added or changed after")


def test_a_broken_edition_is_named_and_the_others_stay(client: TestClient, home: Path) -> None:
    shutil.copytree(home / "library" / "charter-of-the-lakes", home / "library" / "torn")
    (home / "library" / "torn" / "manifest.json").write_text("{", encoding="utf-8")
    page = client.get("/library").text
    assert "manifest.json is no manifest" in page
    assert "Charter of the Lakes" in page


def test_a_verdict_names_its_edition_with_its_licence_and_leads_to_its_notice(client: TestClient) -> None:
    page = client.get("/doc/1").text
    assert '<a href="/library#edition-charter-of-the-lakes"><bdi>Charter of the Lakes</bdi></a>' in page
    assert "<bdi>free for any use</bdi>" in page
    assert 'id="edition-charter-of-the-lakes"' in client.get("/library").text


def _checked(client: TestClient, text: str) -> list[tuple[str, str | None]]:
    answer = client.post("/api/check", json={"text": text, "name": "answer"}, headers={"Origin": ORIGIN})
    assert answer.status_code == 200, answer.text
    found = [one for one in answer.json()["findings"] if one["kind"] == "verification"]
    return [(one["verdict"], one["reference"]) for one in found]


def test_a_text_that_is_sent_is_checked_against_the_library_beside_the_project(client: TestClient) -> None:
    assert _checked(client, STATEMENT) == [("exact", "Charter of the Lakes 1")]
    altered = STATEMENT.replace("to all members", "to some members")
    assert _checked(client, altered) == [("altered", "Charter of the Lakes 1")]


def test_a_text_added_or_removed_while_the_reader_is_open_counts_at_once(client: TestClient, home: Path) -> None:
    (home / "rules.txt").write_text("Rule 1\tBoats keep to the right bank after dusk.\n", encoding="utf-8")
    answer = 'The Harbour Rules say: "Boats keep to the right bank after dusk" (Harbour Rules, Rule 1).'
    assert _checked(client, answer) != [("exact", "Harbour Rules 1")]
    api.add_to_library("Harbour Rules", home / "rules.txt", said=Said(language="en"))
    assert _checked(client, answer) == [("exact", "Harbour Rules 1")]
    remove_edition(home / "own", "Harbour Rules")
    assert _checked(client, answer) != [("exact", "Harbour Rules 1")]


def test_sizes_are_said_for_people(tmp_path: Path) -> None:
    path = tmp_path / "text"
    for size, said in ((999, "999 B"), (1400, "1.4 kB"), (2_000_000, "2.0 MB")):
        path.write_bytes(b"x" * size)
        assert size_of(path) == said
    assert size_of(tmp_path / "none") == "gone"
