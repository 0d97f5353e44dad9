"""`catena verify`: a project whose sources, texts, library or notes have changed since."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner, Result
from tests.pipeline.test_building import write_folder
from tests.readers.builders import make_zip

from catena import api
from catena.building import build
from catena.cli import cli
from catena.coding import make_memo
from catena.engines import ENGINES, Here
from catena.library import Said
from catena.model import Span
from catena.store import Project
from catena.verifying import CODES, VerifyReport, verify_project

QUOTED = "The lakes stay open to all members of the league."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "in", 3)


@pytest.fixture
def project(tmp_path: Path, folder: Path) -> Path:
    build(folder, tmp_path / "p.catena", engine=Here())
    return tmp_path / "p.catena"


def verify(project: Path, **options: object) -> VerifyReport:
    return verify_project(project, **{"engine": Here(), **options})  # type: ignore[arg-type]


def codes(report: VerifyReport, path: str = "s001.txt") -> set[str]:
    return {remark.code for remark in report.remarks if remark.path == path}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["verify", "--engine", "here", *arguments])


def note(project: Path, words: str, path: str = "s001.txt") -> None:
    with Project.open(project) as opened:
        document = opened.document(path).document
        at = document.text.index(words)
        opened.add_annotation("Ada", make_memo(document, Span(at, at + len(words)), "look again", "Ada"))


def test_a_project_whose_sources_are_as_they_were_holds(project: Path) -> None:
    report = verify(project)
    assert report.holds
    assert report.remarks == ()
    assert report.documents == 3
    assert report.held == report.findings > 20


def test_documents_that_came_out_of_an_archive_are_derived_from_it_again(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 1)
    archive = folder / "more.zip"
    archive.write_bytes(make_zip({"a.txt": QUOTED, "b.txt": "The council met on 9 May 2015."}))
    build(folder, tmp_path / "p.catena", engine=Here())
    report = verify(tmp_path / "p.catena")
    assert (report.remarks, report.documents) == ((), 3)
    archive.write_bytes(make_zip({"a.txt": "Something else was said."}))
    report = verify(tmp_path / "p.catena")
    assert {"source-changed", "text-changed"} <= codes(report, "more.zip/a.txt")
    assert codes(report, "more.zip/b.txt") == {"source-missing"}


def test_a_source_with_words_put_before_says_so_and_its_findings_have_moved(project: Path, folder: Path) -> None:
    note(project, QUOTED)
    path = folder / "s001.txt"
    path.write_text("Corrected version\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    report = verify(project)
    assert not report.holds
    assert {"source-changed", "text-changed", "finding-moved", "note-lost"} <= codes(report)
    quotation = next(one for one in report.remarks if one.kind == "quotation" and one.path == "s001.txt")
    assert quotation.code == "finding-moved"
    lost = next(one for one in report.remarks if one.code == "note-lost")
    with Project.open(project) as opened:
        at = opened.document("s001.txt").document.text.index(QUOTED)
    assert lost.detail == f"no longer at {at}; carried at {at + len('Corrected version') + 2}"
    assert codes(report, "s000.txt").isdisjoint({"source-changed", "text-changed", "finding-lost", "note-lost"})


def test_a_quotation_that_was_taken_out_of_the_source_is_lost(project: Path, folder: Path) -> None:
    path = folder / "s001.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{QUOTED}"', "nothing"), encoding="utf-8")
    lost = [one for one in verify(project).remarks if one.code == "finding-lost" and one.path == "s001.txt"]
    assert QUOTED in {one.words for one in lost if one.kind == "quotation"}


def test_a_missing_source_is_told_and_the_others_are_still_compared(project: Path, folder: Path) -> None:
    (folder / "s001.txt").unlink()
    report = verify(project)
    assert codes(report) == {"source-missing"}
    assert not report.holds
    assert not {"source-missing", "source-changed"} & codes(report, "s002.txt")


def test_a_source_that_can_no_longer_be_read_is_told_with_its_reason(project: Path, folder: Path) -> None:
    (folder / "s001.txt").write_bytes(b"")
    report = verify(project)
    assert codes(report) == {"source-changed", "source-unread"}


def test_a_text_changed_inside_the_file_is_damaged_and_so_are_its_findings(project: Path) -> None:
    connection = apsw.Connection(str(project))
    connection.execute("UPDATE texts SET text = 'x' || text WHERE instr(text, 'Statement 1')")
    connection.close()
    report = verify(project, quick=True)
    assert {"text-damaged", "finding-damaged"} <= codes(report)
    assert codes(report, "s000.txt") == set()


def test_a_reference_text_with_other_words_changes_the_verdict(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    words = "Every harbour of the five lakes stays open to every boat in every season."
    (folder / "a.txt").write_text(f'The Charter says (Lake Charter 1): "{words}"\n', encoding="utf-8")
    source, library = tmp_path / "charter.tsv", tmp_path / "library"
    source.write_text(f"1\t{words}\n", encoding="utf-8")
    api.add_to_library("Lake Charter", source, folder=library, said=Said(work="Lake Charter", language="en"))
    build(folder, tmp_path / "p.catena", engine=Here(), libraries=(library,))
    assert verify(tmp_path / "p.catena", libraries=(library,)).remarks == ()
    for path in sorted(library.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    source.write_text("1\t" + words.replace("every season", "the dry season") + "\n", encoding="utf-8")
    api.add_to_library("Lake Charter", source, folder=library, said=Said(work="Lake Charter", language="en"))
    fresh = ENGINES["processes"](1)  # a worker of its own loads the library as it is now
    report = verify(tmp_path / "p.catena", libraries=(library,), engine=fresh)
    changed = [one for one in report.remarks if one.code == "verdict-changed"]
    assert [one.detail.split(",")[0] for one in changed] == ["was exact"]
    assert "library-changed" in codes(report, "")


def test_looking_quickly_derives_nothing(project: Path, folder: Path) -> None:
    (folder / "s001.txt").write_text("Other words.", encoding="utf-8")
    report = verify(project, quick=True)
    assert codes(report) == {"source-changed"}
    assert report.held == 0


def test_a_path_that_leaves_the_folder_is_not_opened(project: Path) -> None:
    connection = apsw.Connection(str(project))
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute("UPDATE documents SET path = '../in/s001.txt' WHERE path = 's001.txt'")
    connection.close()
    assert codes(verify(project, quick=True), "../in/s001.txt") == {"source-unread"}


def test_the_project_is_left_as_it_is(project: Path, folder: Path) -> None:
    (folder / "s001.txt").write_text("Other words.", encoding="utf-8")
    before = project.read_bytes()
    verify(project)
    assert project.read_bytes() == before


def test_the_command_ends_with_0_when_all_holds_and_with_4_when_not(project: Path, folder: Path) -> None:
    done = run(str(project))
    assert done.exit_code == 0, done.output
    assert "everything holds" in done.output
    (folder / "s001.txt").unlink()
    done = run(str(project))
    assert done.exit_code == 4
    assert "s001.txt: source missing" in done.output
    assert "NOT everything holds" in done.output


def test_the_command_prints_one_object_a_line_and_the_sum_last(project: Path, folder: Path) -> None:
    (folder / "s001.txt").unlink()
    rows = [json.loads(line) for line in run(str(project), "--quick", "--json").output.splitlines()]
    assert [(row["code"], row["path"], row["breaks"]) for row in rows[:-1]] == [("source-missing", "s001.txt", True)]
    assert (rows[-1]["holds"], rows[-1]["documents"]) == (False, 3)


def test_moved_sources_are_found_where_the_person_says(project: Path, folder: Path) -> None:
    moved = folder.rename(folder.parent / "elsewhere")
    done = run(str(project))
    assert done.exit_code == 1
    assert "--source" in done.output
    assert run(str(project), "--source", str(moved)).exit_code == 0


def test_members_of_containers_are_unpacked_and_verified(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(folder / "talks.zip", "w") as archive:
        for name in ("one.txt", "two.txt"):
            archive.writestr(name, (folder / "s001.txt").read_text(encoding="utf-8") + name)
    build(folder, tmp_path / "p.catena", engine=Here())
    report = verify(tmp_path / "p.catena")
    assert report.remarks == ()
    assert report.documents == 5
    with zipfile.ZipFile(folder / "talks.zip", "w") as archive:
        archive.writestr("one.txt", "Other words.")
    report = verify(tmp_path / "p.catena", quick=True)
    assert codes(report, "talks.zip/one.txt") == {"source-changed"}
    assert codes(report, "talks.zip/two.txt") == {"source-missing"}


def test_every_code_is_documented() -> None:
    page = (Path(__file__).parent.parent.parent / "docs/reference/commands.md").read_text(encoding="utf-8")
    for code in CODES:
        assert f"`{code}`" in page, code
