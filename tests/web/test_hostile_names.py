"""Names that people and files give are shown on every page and run on none; a table takes no formula from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.workbench.conftest import ORIGIN, fill
from tests.workbench.test_coding import mark

from catena.coding import make_memo
from catena.model import Span
from catena.store import Project, new_code, open_or_create
from catena.web import create_app

EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
FORMULA = "=HYPERLINK(1)"
SKIPPED = {"/static", "/api/openapi.json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("hostile") / "p.catena"
    with open_or_create(path) as project:
        fill(
            project, {f"{EVIL.replace('/', '')}.txt": "The lakes stay open. Ada Brisk said so.", "b.txt": "The lakes."}
        )
        make_notes(project)
    app = create_app(path, token="t", host="127.0.0.1", port=8000, person=EVIL)
    found = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    found.get("/?token=t")
    return found


def make_notes(project: Project) -> None:
    code = new_code(EVIL, definition=EVIL)
    formula = new_code(FORMULA)
    project.put_codes(EVIL, code, formula)
    row = project.documents()[0]
    mark(project, row.path, "lakes stay", code, EVIL)
    mark(project, row.path, "Ada Brisk", formula, "=2+2")
    document = project.document(row.number).document
    project.add_annotation(EVIL, make_memo(document, Span(4, 9), EVIL, EVIL))
    project.save_search(EVIL, EVIL, "lakes")
    project.note_event(EVIL, "document.open", EVIL, {"reason": EVIL})


def addresses() -> list[str]:
    """Every page that can be asked for, with what it needs."""
    app = create_app(Path("none.catena"), token="t", host="h", port=1)
    paths = [route.path for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    queries = {
        "/search": f"?q=lakes&form={EVIL}", "/concordance": "?q=lakes", "/compare": "?a=1&b=2", "/words": f"?q={EVIL}",
        "/dossier": f"?query=lakes&title={EVIL}", "/api/search": "?q=lakes", "/api/concordance": "?q=lakes",
    }  # fmt: skip
    found = [path.replace("{number:int}", "1") + queries.get(path, "") for path in paths if path not in SKIPPED]
    return [*found, f"/search?q={EVIL}", f"/concordance?q={EVIL}", f"/nowhere/{EVIL}", f"/search?level={EVIL}"]


@pytest.mark.parametrize("address", addresses())
def test_a_hostile_name_is_text_on_every_page(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 400, 404), answer.text[:500]
    if "json" in answer.headers["content-type"]:
        return
    assert "<img" not in answer.text
    assert not re.search(r"<script>alert", answer.text)


def test_the_names_are_there_to_be_read(client: TestClient) -> None:
    for address in ("/codes", "/codings", "/access", "/search?q=lakes", "/doc/1"):
        assert "&lt;img src=x" in client.get(address).text, address


def test_a_table_of_codings_takes_no_formula_from_a_name(client: TestClient) -> None:
    written = client.get("/codings?format=csv").text
    assert f"'{FORMULA}" in written
    assert "'=2+2" in written
    assert not re.search(r"(?m)(^|,)\"?=", written)
