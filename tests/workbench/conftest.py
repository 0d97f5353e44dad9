"""A small project of invented statements, and a client that may ask for its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.store.conftest import make_document

from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.store import FileResult, FileStamp, Project, open_or_create
from catena.web import create_app

TEXTS = {
    "a.txt": "The lakes stay open. Ada Brisk said the harbour dues will fall. The Lakes are calm.",
    "b.txt": "Harbour dues rise, said Tomas Eld. The lakes close in winter; the lake is cold.",
    "c.txt": "وقال الوزير إن الكتابَ مفتوح. كتاب الوزير جديد، والكتاب قديم وكتابه معه 😀.",
    "d.txt": "=1+1 formulas, and nothing about water at all. The council met twice.",
}
DATES = {"a.txt": "2015-03-01", "b.txt": "2016-07-09", "c.txt": "2016-08-01", "d.txt": ""}
GENRES = {"a.txt": "speech", "b.txt": "news", "c.txt": "speech", "d.txt": "news"}
ORIGIN = "http://127.0.0.1:8000"


def find_all(path: str, document: Document) -> tuple[Finding, ...]:
    maker = MadeBy("layout")
    found = [
        make_finding(document, "layout", {"content": Span(0, 3)}, maker, values={"field": name, "value": value})
        for name, value in (("genre", GENRES.get(path)), ("date", DATES.get(path)))
        if value
    ]
    said = {"a.txt": ("Ada Brisk", "the harbour dues will fall"), "b.txt": ("Tomas Eld", "Harbour dues rise")}
    if path in said and said[path][1] in document.text:
        speaker, words = said[path]
        at = document.text.index(words)
        roles = {"content": Span(at, at + len(words))}
        found.append(make_finding(document, "attribution", roles, MadeBy("rules"), values={"speaker": speaker}))
    return tuple(found)


def fill(project: Project, texts: dict[str, str] = TEXTS) -> None:
    for number, (path, text) in enumerate(texts.items()):
        document = make_document(text, path, f"{number:064x}")
        stamp = FileStamp(path, len(text), number)
        sha = document.origin.sha256
        project.add(FileResult(stamp, sha, "ok", "read", "", document, find_all(path, document), 0.1, "r1"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project)
    return tmp_path / "p.catena"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        yield opened


@pytest.fixture
def client(path: Path) -> TestClient:
    app = create_app(path, token="t", host="127.0.0.1", port=8000, person="Ada")
    found = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    found.get("/?token=t")
    return found
