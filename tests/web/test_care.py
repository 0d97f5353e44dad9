"""Restricted documents: title and date until they are opened on purpose, and a log of who did."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.workbench.conftest import ORIGIN, TEXTS, fill

from catena.cli import cli
from catena.model import Evidence, MadeBy, Span, make_finding
from catena.store import CarefulProject, Project, Restricted, open_or_create, set_patterns
from catena.web import create_app

WORDS = "Ada Brisk said"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project, {"closed/a.txt": f"On dues\n\n{TEXTS['a.txt']}", "b.txt": TEXTS["b.txt"]})
        set_patterns(project, ["closed/*"], "Ada")
    return tmp_path / "p.catena"


def open_reader(path: Path) -> TestClient:
    app = create_app(path, token="t", host="127.0.0.1", port=8000, person="Ada")
    found = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    found.get("/?token=t")
    return found


@pytest.fixture
def client(path: Path) -> TestClient:
    return open_reader(path)


def test_the_list_shows_that_it_is_there_and_the_page_asks_first(client: TestClient) -> None:
    assert "restricted: opened on purpose only" in client.get("/").text
    answer = client.get("/doc/1")
    assert answer.status_code == 403
    assert "Open it" in answer.text
    assert WORDS not in answer.text
    assert client.get("/doc/2").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/", "/search?q=dues", "/search?q=brisk", "/concordance?q=dues", "/concordance?q=dues&format=csv", "/voices",
        "/ledger", "/figures", "/timeline", "/codings", "/compare?a=1&b=2", "/dossier?query=dues",
        "/dossier?query=dues&format=html", "/dossier?document=1", "/api/documents", "/api/documents/1",
        "/api/documents/1/findings", "/api/documents/1/marks", "/api/documents/1/notes", "/api/search?q=dues",
        "/api/concordance?q=dues", "/where/1", "/where/2", "/collation/1", "/collation/2", "/api/documents/1/elsewhere",
        "/names", "/words?show=ngrams&n=2", "/words?show=collocates&q=harbour", "/words?show=trend&q=dues",
        "/words?show=keyness&target=path:b", "/words?format=csv", "/search?q=harbor&level=affixes", "/project",
        "/carry", "/doc/2", "/doc/1/repaired", "/agreement", "/compare?a=2&b=1", "/where/2?format=csv",
        "/collation/2?format=csv", "/figures?format=csv", "/voices?format=graphml", "/ledger?format=csv",
    ],
)  # fmt: skip
def test_none_of_its_words_stand_on_any_page(client: TestClient, address: str) -> None:
    text = client.get(address).text
    assert "said the harbour" not in text
    assert "will fall" not in text
    assert "Lakes are calm" not in text


def test_no_page_that_opens_by_an_address_alone_repeats_it(path: Path, client: TestClient) -> None:
    routes = [route.path for route in client.app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    for pattern in routes:
        for number in ("1", "2"):
            address = pattern.replace("{number:int}", number).replace("{page:int}", "1").replace("{act}", "memo")
            for found in (client.get(address), client.get(address + "?q=dues&format=csv")):
                assert "said the harbour" not in found.text, address
                assert "will fall" not in found.text, address


def test_counts_leave_out_what_is_closed_and_the_page_says_so(client: TestClient) -> None:
    page = client.get("/words").text
    assert "Withheld here: 1 restricted document" in page
    assert ">brisk<" not in page
    assert ">eld<" in page
    client.post("/doc/1/open", data={"reason": "x"})
    opened = client.get("/words").text
    assert "Withheld here" not in opened
    assert ">brisk<" in opened


def test_two_readers_who_opened_other_documents_count_their_own_words(path: Path) -> None:
    app = create_app(path, token="t", host="127.0.0.1", port=8000, person="Ada")
    with CarefulProject.open(path) as closed, Project.open(path) as whole:
        closed.close_off(())
        for _ in range(2):
            assert len(app.state.keeper.corpus(closed).words) < len(app.state.keeper.corpus(whole).words)
        assert app.state.keeper.corpus(whole) is app.state.keeper.corpus(whole)


def test_the_list_of_what_happened_does_not_name_it(path: Path, client: TestClient) -> None:
    assert "closed/a.txt" not in client.get("/project").text
    client.post("/doc/1/open", data={"reason": "x"})
    assert "closed/a.txt" in client.get("/project").text


def test_a_dating_that_rests_on_it_is_not_shown(path: Path) -> None:
    with Project.open(path) as project:
        other = project.document(2).document
        why = Evidence("reports-words", "it reports words of closed/a.txt on the word of Ada Brisk")
        dated = make_finding(other, "dating", {"content": Span(0, 12)}, MadeBy("dated"), evidence=(why,))
        project.replace_findings("dated", {other.id: (dated,)})
    with CarefulProject.open(path) as project:
        project.close_off(())
        assert project.findings(2, ["dating"]) == ()
        project_open = Project.open(path)
        assert [one.kind for one in project_open.findings(2, ["dating"])] == ["dating"]
        project_open.close()


def test_a_search_finds_it_without_saying_where(client: TestClient) -> None:
    hits = {hit["document"]["number"]: hit for hit in client.get("/api/search?q=dues").json()["hits"]}
    assert hits[1]["spans"] == []
    assert hits[2]["spans"] == [[8, 12]]


def test_opened_on_purpose_it_is_shown_in_this_session_and_written_down(path: Path, client: TestClient) -> None:
    answer = client.post("/doc/1/open", data={"reason": "checking a quotation"})
    assert answer.url.path == "/doc/1"
    assert WORDS in answer.text
    assert "will fall" in client.get("/concordance?q=dues").text
    page = client.get("/access").text
    for words in ("document.open", "closed/a.txt", "checking a quotation", "Ada"):
        assert words in page
    assert WORDS not in open_reader(path).get("/doc/1").text


def test_it_is_not_opened_by_a_link_or_from_another_site(client: TestClient) -> None:
    assert client.get("/doc/1/open").status_code in (404, 405)
    assert client.post("/doc/1/open", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/doc/1").status_code == 403


def test_it_cannot_be_coded_unseen(client: TestClient) -> None:
    assert client.post("/doc/1/memo", data={"text": "x"}).status_code == 403


def test_a_passage_that_it_shares_is_not_shown_beside_the_other_document(path: Path, client: TestClient) -> None:
    with Project.open(path) as project:
        closed, other = project.document(1).document, project.document(2).document
        shared = make_finding(
            other, "reuse", {"content": Span(0, 12)}, MadeBy("shared"),
            values={"other": closed.id, "other_name": "closed/a.txt", "other_text": "harbour dues"},
        )  # fmt: skip
        project.replace_findings("shared", {other.id: (shared,)})
    assert "closed/a.txt" not in client.get("/doc/2").text
    assert client.get("/where/2").status_code == 200
    client.post("/doc/1/open", data={"reason": "x"})
    assert "closed/a.txt" in client.get("/doc/2").text


def test_a_text_that_also_stands_elsewhere_is_no_secret_there(tmp_path: Path) -> None:
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project, {"closed/a.txt": TEXTS["a.txt"], "copy.txt": TEXTS["a.txt"]})
        set_patterns(project, ["closed/*"], "Ada")
    with CarefulProject.open(tmp_path / "p.catena") as project:
        project.close_off(())
        assert project.document(2).document.text == TEXTS["a.txt"]
        with pytest.raises(Restricted):
            project.document(1)
        assert [hit.document.number for hit in project.search("dues").hits if hit.spans] == [2]


def test_the_command_lists_sets_and_lifts_the_patterns(path: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["restrict", str(path), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert run() == "closed/*: 1 document\n"
    assert run("*.txt") == "*.txt: 2 documents\n"
    assert run("--none") == "nothing is restricted\n"
    with Project.open(path) as project:
        assert [event.subject for event in project.events_of(["documents.restrict"], 9)] == [
            "nothing", "*.txt", "closed/*",
        ]  # fmt: skip
