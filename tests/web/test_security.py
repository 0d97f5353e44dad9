"""Who may ask, and that nothing in a document becomes part of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catena.building import build
from catena.engines import Here
from catena.web import create_app

TOKEN = "a-token-of-this-start"
ORIGIN = "http://127.0.0.1:8000"
EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted <b>bold</b>" he said.'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("web")
    folder = root / "in"
    folder.mkdir()
    (folder / "plain.txt").write_text("The council met.\n\nقال الوزير إن البحيرات مفتوحة 😀.", encoding="utf-8")
    (folder / "<img src=x onerror=alert(3)>.txt").write_text(EVIL, encoding="utf-8")
    (folder / "nul.txt").write_bytes(b"before\0after, and more words")
    (folder / "empty.txt").write_bytes(b"")
    build(folder, root / "p.catena", engine=Here())
    return root / "p.catena"


@pytest.fixture
def client(project: Path) -> TestClient:
    app = create_app(project, token=TOKEN, host="127.0.0.1", port=8000)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


@pytest.fixture
def known(client: TestClient) -> TestClient:
    assert client.get(f"/?token={TOKEN}").status_code == 303
    return client


def test_without_the_token_nothing_is_shown(client: TestClient) -> None:
    for path in ("/", "/doc/1", "/api/documents", "/static/reader.js"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "terminal" in answer.text


def test_a_wrong_token_opens_nothing(client: TestClient) -> None:
    assert client.get("/?token=guess").status_code == 403


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(client: TestClient) -> None:
    answer = client.get(f"/?token={TOKEN}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["location"] == "/"


def test_another_host_name_is_refused(known: TestClient) -> None:
    assert known.get("/", headers={"host": "rebound.example:8000"}).status_code == 421


def test_unsafe_requests_from_other_origins_are_refused(known: TestClient) -> None:
    assert known.post("/api/documents", headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert known.post("/api/documents").status_code == 403


def test_an_endless_address_is_refused(known: TestClient) -> None:
    assert known.get("/search?q=" + "a" * 9000).status_code == 414


@pytest.mark.parametrize("path", ["/", "/doc/1", "/search?q=council", "/api/documents", "/nowhere"])
def test_every_answer_carries_the_policy(known: TestClient, path: str) -> None:
    policy = known.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_text_title_and_file_name_are_shown_and_never_run(known: TestClient) -> None:
    pages = [known.get("/").text, known.get("/failures").text]
    pages += [known.get(f"/doc/{row['number']}").text for row in known.get("/api/documents").json()["documents"]]
    pages.append(known.get("/search?q=bold").text)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
    assert any("&lt;script&gt;" in page for page in pages)


def test_paths_do_not_leave_the_static_folder(known: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert known.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/doc/999", "/api/documents/999", "/api/documents/999/findings"])
def test_an_unknown_document_is_not_found(known: TestClient, path: str) -> None:
    assert known.get(path).status_code == 404


@pytest.mark.parametrize("query", ["limit=x", "limit=-1", "limit=100000", "offset=1e9"])
def test_a_malformed_number_is_told(known: TestClient, query: str) -> None:
    answer = known.get(f"/api/documents?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_text_that_is_sent_comes_back_as_findings_and_is_not_stored(known: TestClient) -> None:
    text = "Tarek Salim said: “We will meet again.”"
    before = known.get("/api/documents").json()
    answer = known.post("/api/check", json={"text": text, "name": "answer 1"}, headers={"origin": ORIGIN})
    found = answer.json()["findings"]
    spoken = next(record for record in found if record["kind"] == "attribution")
    assert spoken["values"]["speaker"] == "Tarek Salim"
    assert spoken["document"]["name"] == "answer 1"
    start, end = spoken["roles"]["content"][0]
    assert text[start:end] == "We will meet again."
    assert known.get("/api/documents").json() == before


def test_a_text_from_another_site_or_without_words_is_refused(known: TestClient) -> None:
    assert known.post("/api/check", json={"text": "x"}, headers={"origin": "http://evil.example"}).status_code == 403
    for body in ("{", "[]", '{"name": "x"}'):
        answer = known.post("/api/check", content=body, headers={"origin": ORIGIN})
        assert answer.status_code == 400
        assert "text" in answer.json()["error"]
