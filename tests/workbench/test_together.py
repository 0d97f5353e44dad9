"""Several at once: two readers who code and a build that writes lose nothing; hostile requests change nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.workbench.conftest import ORIGIN

from catena.building import build
from catena.engines import Here
from catena.store import Project
from catena.web import create_app

JSON = {"accept": "application/json"}
EACH = 25


def open_client(path: Path, person: str) -> TestClient:
    app = create_app(path, token="t", host="127.0.0.1", port=8000, person=person)
    client = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    client.get("/?token=t")
    return client


def test_two_readers_and_a_build_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = " ".join(f"word{number}" for number in range(400))
    (folder / "a.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "p.catena"
    build(folder, path, engine=Here())
    clients = {name: open_client(path, name) for name in ("Ada", "Ben")}
    clients["Ada"].post("/codes", data={"act": "add", "name": "Water"})
    answers: list[int] = []

    def code(name: str) -> None:
        for number in range(EACH):
            at = text.index(f"word{number * 7} ")
            form = {"code": "Water", "start": str(at), "end": str(at + 4), "memo": f"{name} {number}"}
            answers.append(clients[name].post("/doc/1/code", data=form, headers=JSON).status_code)

    def write() -> None:
        for number in range(6):
            (folder / f"b{number}.txt").write_text(f"The lakes of year {number} stay open.", encoding="utf-8")
            build(folder, path, engine=Here())

    threads = [threading.Thread(target=code, args=(name,)) for name in clients] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=240)
    assert answers == [200] * (2 * EACH)
    with Project.open(path) as project:
        for name in clients:
            memos = {str(note.value("memo")) for note in project.annotations(project.document(1).document.id, name)}
            assert memos == {f"{name} {number}" for number in range(EACH)}
        assert len(project.documents()) == 7
        assert project.search("lakes").total == 6
        steps = 0
        while project.undo("Ben"):
            steps += 1
        assert steps == EACH
        assert len(project.annotations(project.document(1).document.id)) == EACH


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/doc/1/code", {"code": "' OR 1=1 --"}),
        ("/doc/1/code", {"code": "../../etc/passwd", "start": "0", "end": "3"}),
        ("/doc/1/erase", {}),
        ("/doc/999/code", {"code": "Water"}),
        ("/codes", {"act": "drop", "name": "x"}),
        ("/codes", {"act": "add", "name": ""}),
        ("/codes", {"act": "edit", "id": "nobody", "name": "x"}),
        ("/codes", {"act": "import", "text": "<a" + "<b>" * 2000}),
        ("/searches", {"name": "", "query": ""}),
        ("/doc/1/change", {"id": "nothing"}),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_words_and_changes_nothing(
    client: TestClient, address: str, form: dict[str, str]
) -> None:
    before = client.get("/codes?format=json").content
    answer = client.post(address, data={**form, "x": "y"})
    assert answer.status_code in (400, 404, 409), answer.status_code
    assert 'role="alert"' in answer.text
    assert client.get("/codes?format=json").content == before
    assert client.get("/api/documents/1/notes").json()["notes"] == []


def test_more_than_can_be_sent_is_refused(client: TestClient) -> None:
    answer = client.post("/codes", data={"act": "import", "text": "x" * 5_100_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "address", ["/search", "/concordance", "/words", "/codings", "/compare", "/agreement", "/voices"]
)
def test_hostile_words_in_an_address_never_become_part_of_a_page(client: TestClient, address: str) -> None:
    evil = '"><script>alert(1)</script>'
    page = client.get(address, params=dict.fromkeys(("q", "target", "reference", "person", "coder", "code", "a"), evil))
    assert "<script>alert" not in page.text
    assert page.status_code < 500
