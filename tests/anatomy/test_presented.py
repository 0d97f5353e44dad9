"""Every kind of value is shown by the command and by the reader, leads to its characters, is corrected and undone."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.anatomy.presented import Shown, find_shown, list_shown, plain, write_example

from catena.building import build
from catena.cli import cli
from catena.engines import Here
from catena.model import Finding
from catena.store import Project
from catena.web import create_app

ORIGIN = "http://127.0.0.1:8000"
ALL = tuple(list_shown())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the example, built once; what the tests correct they undo."""
    folder = tmp_path_factory.mktemp("presented")
    (folder / "texts").mkdir()
    write_example(folder / "texts")
    build(folder / "texts", folder / "p.catena", engine=Here())
    return folder / "p.catena"


@pytest.fixture(scope="module")
def client(project: Path) -> TestClient:
    app = create_app(project, token="t", host="127.0.0.1", port=8000, person="Ada")
    found = TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN})
    found.get("/?token=t")
    return found


def show(project: Path, *options: str) -> str:
    """What the command prints of the example; lines are not broken."""
    done = CliRunner().invoke(cli, ["show", str(project), "a.docx", "--width", "2000", *options])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("want", ALL, ids=lambda want: want.label)
def test_the_command_shows_it_with_its_place_and_as_json(project: Path, want: Shown) -> None:
    finding, span = find_shown(project, want)
    page = show(project)
    end = find_end(project, finding) if want.kind == "language" else span.end
    start = finding.place.start if want.kind in ("section", "language") else span.start
    end = finding.place.end if want.kind == "section" else end
    assert want.value.casefold() in page.casefold()
    assert f"at {start}-{end}" in page
    records = [json.loads(line) for line in show(project, "--json").splitlines()]
    record = next(one for one in records if one["id"] == finding.id)
    assert str(record["values"][want.name]).casefold() == want.value.casefold()
    assert [span.start, span.end] in [pair for pairs in record["roles"].values() for pair in pairs]
    assert plain(want.words) in [plain(words) for texts in record["texts"].values() for words in texts]


def find_end(project: Path, first: Finding) -> int:
    """Where the run of passages in one language ends that `first` begins."""
    with Project.open(project) as opened:
        found = [one for one in opened.findings(first.document) if one.kind == "language"]
    later = found[found.index(first) + 1 :]
    other = next((place for place, one in enumerate(later) if one.value("language") != first.value("language")), None)
    assert other == 0, "the passage in another language stands alone"
    return first.place.end


@pytest.mark.parametrize("want", ALL, ids=lambda want: want.label)
def test_the_reader_shows_it_and_leads_to_its_characters(client: TestClient, project: Path, want: Shown) -> None:
    finding, span = find_shown(project, want)
    card = cut(client.get(f"/doc/{number(project)}").text, finding)
    assert f'href="#at-{span.start}"' in card
    assert want.value.casefold() in html.unescape(card).casefold()


def cut(page: str, finding: Finding) -> str:
    """The part of a page that belongs to a finding: its line in the head, or its card."""
    start = page.index(f'id="f-{finding.id}"')
    ends = "</dd></div>" if finding.kind in ("layout", "dating") else '<details class="card"|</aside>'
    return re.split(ends, page[start:], maxsplit=1)[0]


def number(project: Path) -> int:
    with Project.open(project) as opened:
        return opened.document("a.docx").row.number


@pytest.mark.parametrize("want", ALL, ids=lambda want: want.label)
def test_it_is_corrected_on_ones_own_layer_and_undone(client: TestClient, project: Path, want: Shown) -> None:
    finding, _ = find_shown(project, want)
    address = f"/doc/{number(project)}"
    form = {"finding": finding.id, "field": want.name, "value": want.corrected}
    shown = f'<span class="corrected">corrected to <strong><bdi>{html.escape(want.corrected)}</bdi></strong></span>'
    line = f"{want.name.replace('_', ' ')} corrected to \u2068{want.corrected}\u2069 by \u2068Ada\u2069"
    assert client.post(f"{address}/correct", data=form, follow_redirects=False).status_code == 303
    assert shown in cut(client.get(address).text, finding)
    assert line in show(project)
    notes = [json.loads(row) for row in show(project, "--json").splitlines()]
    note = next(one for one in notes if one["kind"] == "memo")
    assert (note["parent"], note["values"]["corrects"], note["values"]["value"]) == (
        finding.id,
        want.name,
        want.corrected,
    )
    client.post("/undo", data={"back": address})
    assert shown not in client.get(address).text
    assert line not in show(project)
    with Project.open(project) as opened:
        assert finding in opened.findings(finding.document)


def test_a_line_that_was_not_found_is_added_to_the_head_and_taken_back(client: TestClient, project: Path) -> None:
    address = f"/doc/{number(project)}"
    form = {"field": "author", "value": "Runa Vesk"}
    assert client.post(f"{address}/correct", data=form, follow_redirects=False).status_code == 303
    assert "added: <strong><bdi>Runa Vesk</bdi></strong>" in client.get(address).text
    assert "author corrected to \u2068Runa Vesk\u2069 by \u2068Ada\u2069" in show(project)
    client.post(f"{address}/correct", data={**form, "remove": "yes"})
    assert "added: <strong>" not in client.get(address).text
    refused = client.post(f"{address}/correct", data={"field": "weather", "value": "fair"})
    assert refused.status_code == 400
    assert "no line of the head" in refused.text


def test_a_conflict_of_dates_is_said_with_its_reasons(client: TestClient, project: Path) -> None:
    for page in (show(project), client.get(f"/doc/{number(project)}").text):
        assert "not before" in page
        assert "not after" in page
        assert "conflict" in page.casefold()
        assert "b.txt of 2021-03-01 cites it" in html.unescape(page)


def test_the_command_and_the_pages_show_what_documents_share(client: TestClient, project: Path) -> None:
    page = show(project, "--together")
    assert re.search(r"Union of Boatmen\S* +organisation +\S*Union of Boatmen\S* \(\d\), \S*UB\S* \(2\)", page)
    assert "acronym" in page
    counts = page[page.index("wounded, 2021-03-04, Varn: counts differ") :]
    assert re.search(r"2021-03-01 +\S*24 people", counts)
    assert re.search(r"2021-03-16 +\S*at least 31 people\S* +higher +\S*The mayor", counts)
    event = next(one for one in ALL if one.kind == "event")
    figure = next(one for one in ALL if one.kind == "figure")
    name = next(one for one in ALL if (one.kind, one.value) == ("name", "UB"))
    for want, address, words in (
        (figure, "figures", "counts differ"),
        (event, "timeline", "same days"),
        (name, "names", "the acronym is introduced in brackets"),
    ):
        finding, _ = find_shown(project, want)
        card = cut(client.get(f"/doc/{number(project)}").text, finding)
        assert f'href="/{address}?of={finding.id}"' in card
        whole = client.get(f"/{address}?of={finding.id}").text
        assert words in whole
        assert f'href="/doc/{number(project)}#at-' in whole
