"""Restricted documents outside of the reader: commands, exports, the Python twin, and the tools for language models."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.workbench.conftest import TEXTS, fill
from tests.workbench.test_coding import mark

from catena import api
from catena.cli import cli
from catena.exporters import ARCHIVES, EXPORTERS, FURTHER, PROJECT_FORMATS
from catena.mcp_server import Tools
from catena.model import MadeBy, Span, make_finding
from catena.store import OPENED_ALL, Project, Restricted, new_code, open_or_create, set_patterns

SECRET = ("will fall", "said the harbour", "Lakes are calm", "Ada Brisk")
MEETING = {"type": "meeting", "status": "happened", "when_start": "2015-03-01", "when_end": "2015-03-01"}
CLOSED_PATH = "closed/a.txt"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two statements, the first restricted, coded, with a count, an event and a passage in both."""
    with open_or_create(tmp_path / "p.catena") as project:
        fill(project, {CLOSED_PATH: f"On dues\n\n{TEXTS['a.txt']}", "b.txt": TEXTS["b.txt"]})
        closed, other = project.document(1).document, project.document(2).document
        at = closed.text.index("the harbour dues will fall")
        span = {"content": Span(at, at + 26)}
        project.replace_findings(
            "facts",
            {
                closed.id: (
                    make_finding(closed, "figure", span, MadeBy("facts"), values={"count": 3, "what": "boats"}),
                    make_finding(closed, "event", span, MadeBy("facts"), values=MEETING),
                    make_finding(closed, "attribution", span, MadeBy("facts"), values={"speaker": "Ada Brisk"}),
                )
            },
        )
        shared = {"other": closed.id, "other_name": CLOSED_PATH, "other_text": "harbour dues", "shared_letters": 11}
        reuse = make_finding(other, "reuse", {"content": Span(0, 12)}, MadeBy("shared"), values=shared)
        project.replace_findings("shared", {other.id: (reuse,)})
        code = new_code("Calm")
        project.put_codes("Ada", code)
        mark(project, CLOSED_PATH, "Lakes are calm", code, "Ada")
        set_patterns(project, ["closed/*"], "Ada")
    return tmp_path / "p.catena"


def run(*arguments: str | Path, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done


COMMANDS = [
    ["find", "dues"], ["find", "brisk", "--json"], ["find", "dues", "--lines"], ["find", "fall", "--level", "exact"],
    ["count", "words"], ["count", "ngrams", "--least", "1", "--length", "2"], ["count", "voices"],
    ["count", "neighbours", "--query", "dues", "--least", "1"], ["count", "trend", "--query", "dues"],
    ["list"], ["list", "--json"], ["voices"], ["voices", "--json"], ["figures", "--json"], ["timeline", "--json"],
    ["collate", "b.txt"], ["collate", "b.txt", "--graph", "csv"], ["show", "b.txt"], ["show", "b.txt", "--json"],
    ["export", "jsonl"], ["export", "csv"], ["export", "w3c"], ["export", "csl"],
    ["export", "jsonl", "--layer", "people"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_repeats_none_of_its_words_and_says_what_it_withholds(path: Path, arguments: list[str]) -> None:
    done = run(arguments[0], path, *arguments[1:])
    assert not [words for words in (*SECRET, CLOSED_PATH) if words in done.stdout]
    assert done.stderr.startswith("withheld: 1 restricted document: title and date only; --open-restricted opens")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_opened_on_purpose_nothing_is_withheld_and_the_log_says_who_did(path: Path, arguments: list[str]) -> None:
    done = run(arguments[0], path, *arguments[1:], "--open-restricted")
    assert "withheld" not in done.stderr
    with Project.open(path) as project:
        events = project.events_of([OPENED_ALL], 9)
    assert [event.subject for event in events] == [f"catena {arguments[0]}"]
    assert events[0].who


def test_a_search_by_command_names_it_without_saying_where(path: Path) -> None:
    assert "?  restricted: document 1  On dues" in run("find", path, "brisk").stdout
    row = json.loads(run("find", path, "brisk", "--json").stdout)
    assert row == {"document": "", "number": 1, "spans": [], "restricted": True, "title": "On dues"}
    assert CLOSED_PATH in run("find", path, "brisk", "--open-restricted").stdout


def test_it_is_listed_with_title_and_date(path: Path) -> None:
    rows = [json.loads(line) for line in run("list", path, "--json").stdout.splitlines()]
    row = next(row for row in rows if row["number"] == 1)
    assert (row["title"], row["date"], row["path"], row["status"]) == ("On dues", "", "", "restricted")


@pytest.mark.parametrize("arguments", [["show", "1"], ["collate", "1"], ["show", "a.txt"]], ids=" ".join)
def test_asked_for_by_name_it_is_refused_with_the_way_to_it(path: Path, arguments: list[str]) -> None:
    done = run(arguments[0], path, *arguments[1:], code=1)
    assert "document 1 is restricted" in done.stderr
    assert "--open-restricted" in done.stderr
    assert not [words for words in SECRET if words in done.output]
    assert run(arguments[0], path, *arguments[1:], "--open-restricted").stdout


def test_a_dossier_leaves_it_out(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    run("dossier", path, "--query", "dues", "-o", page)
    assert "Harbour dues rise" in page.read_text(encoding="utf-8")
    assert not [words for words in SECRET if words in page.read_text(encoding="utf-8")]
    assert "is restricted" in run("dossier", path, "--document", "1", "-o", page, code=1).stderr
    run("dossier", path, "--query", "dues", "-o", page, "--open-restricted")
    assert "will fall" in page.read_text(encoding="utf-8")


def test_verifying_looks_at_it_without_repeating_its_words(path: Path, tmp_path: Path) -> None:
    import apsw

    connection = apsw.Connection(str(path))
    connection.execute("UPDATE texts SET text = 'x' || text WHERE instr(text, 'Ada Brisk')")
    connection.close()
    asked = ("verify", path, "--quick", "--source", tmp_path)
    assert "finding damaged: attribution “”" in run(*asked, code=4).stdout
    assert "the harbour dues will fall" in run(*asked, "--open-restricted", code=4).stdout


FORMATS = [*EXPORTERS, *FURTHER, *PROJECT_FORMATS]


def unpack(data: bytes) -> str:
    """All that stands in a file; of an archive, in its members."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_holds_it_and_each_says_so(path: Path, name: str) -> None:
    out, whole = io.BytesIO(), io.BytesIO()
    said = api.export(path, name, out)
    assert "1 restricted document: title and date only" in said
    assert not [words for words in (*SECRET, CLOSED_PATH) if words in unpack(out.getvalue())]
    with api.open_project(path, opened_by="Ada", subject="a test") as project:
        said = api.export(project, name, whole)
    assert "the restriction of 1 documents: they stand in the file as all others" in said
    assert whole.getvalue() != out.getvalue()


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_holds_the_texts_that_are_open(path: Path, name: str) -> None:
    out = io.BytesIO()
    api.export(path, name, out)
    with zipfile.ZipFile(out) as archive:
        assert len([member for member in archive.namelist() if "texts/" in member]) == 1


def test_in_python_it_is_closed_until_somebody_gives_a_name(path: Path) -> None:
    with api.open_project(path) as project, pytest.raises(Restricted):
        project.document(1)
    with api.open_project(path, opened_by="Ada") as project:
        assert "will fall" in project.document(1).document.text
        assert [(event.who, event.subject) for event in project.events_of([OPENED_ALL], 9)] == [
            ("Ada", "catena.open_project")
        ]


def test_what_people_did_is_merged_and_measured_whole(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.catena"
    copy.write_bytes(path.read_bytes())
    with Project.open(copy) as project:
        mark(project, CLOSED_PATH, "harbour", project.codes()[0], "Bert")
    assert api.merge(path, copy)["notes"] == 1
    assert dict(api.agreement(path, ["Ada", "Bert"]))["all codes"].counts == {"missed": 2}


def answers(tools: Tools) -> list[dict[str, Any]]:
    return [tools.search("dues"), tools.search("brisk"), tools.chain("b.txt", 0, 12), tools.read("b.txt")]


def test_a_model_is_told_title_and_date_and_what_is_withheld(path: Path) -> None:
    tools = Tools(path)
    found = json.dumps(answers(tools))
    assert not [words for words in (*SECRET, CLOSED_PATH) if words in found]
    search = tools.search("brisk")
    assert search["documents"] == [{"number": 1, "title": "On dues", "date": "", "restricted": True}]
    assert search["withheld"] == (
        "1 restricted document: title and date only; a person opens them with: catena mcp --open-restricted"
    )
    with pytest.raises(Restricted):
        tools.read("1")
    with pytest.raises(Restricted):
        tools.chain("1", 0, 4)
    assert "will fall" in Tools(path, opened=True).read("1")["text"]
