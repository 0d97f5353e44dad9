"""Building a project: what is new is read, what failed is listed, and a kill at any moment loses nothing committed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.readers.builders import make_record, make_tar, make_warc, make_zip

from catena.building import build
from catena.engines import ENGINES, Here
from catena.listing import list_files
from catena.store import Project

SENTENCES = (
    "The council met on 9 May 2015 in Port Amsel.",
    'Minister Tarek Salim said: "The lakes stay open to all members of the league."',
    "The Lakeside Courier reported that at least 12 people were wounded.",
    "وقال الوزير طارق سالم: «ستبقى البحيرات مفتوحة لجميع الأعضاء».",
)


def write_folder(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        lines = [f"Statement {number}", *SENTENCES, f"It is numbered {number} and ends here."]
        (folder / f"s{number:03}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def findings(project: Path) -> set[tuple[str, str]]:
    with Project.open(project) as opened:
        return {(path, finding.id) for path, finding, _ in opened.all_findings()}


def test_hidden_files_and_project_files_are_not_read(tmp_path: Path) -> None:
    for name in ("a.txt", ".hidden", "p.catena", "p.catena-wal", "sub/b.txt", ".git/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text")
    assert [stamp.path for stamp in list_files(tmp_path)] == ["a.txt", "sub/b.txt"]


def test_every_engine_builds_the_same_project(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 6)
    built = []
    for name, make in ENGINES.items():
        project = tmp_path / f"{name}.catena"
        build(folder, project, engine=make(2))
        built.append(findings(project))
    assert built[0] == built[1]
    assert built[0]


def test_a_changed_file_becomes_a_new_version_and_others_are_left(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 3)
    project = tmp_path / "p.catena"
    build(folder, project, engine=Here())
    (folder / "s001.txt").write_text("Something else was said.", encoding="utf-8")
    report = build(folder, project, engine=Here())
    assert (report.new, report.unchanged) == (1, 2)
    with Project.open(project) as opened:
        assert opened.document("s001.txt").row.versions == 2
        assert opened.document("s001.txt").document.text == "Something else was said."


def paths(project: Path) -> list[str]:
    with Project.open(project) as opened:
        return [row.path for row in opened.documents() if row.status == "ok"]


def test_the_members_of_an_archive_become_documents_and_are_left_while_it_stays(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 1)
    archive = folder / "more.zip"
    archive.write_bytes(make_zip({"a.txt": SENTENCES[0], "n/b.txt": SENTENCES[3]}))
    project = tmp_path / "p.catena"
    for name, make in ENGINES.items():
        report = build(folder, tmp_path / f"{name}.catena", engine=make(2))
        assert (report.files, report.new, report.failures) == (4, 4, ()), name
    build(folder, project, engine=Here())
    assert paths(project) == ["more.zip/a.txt", "more.zip/n/b.txt", "s000.txt"]
    assert build(folder, project, engine=Here()).new == 0
    assert paths(project) == ["more.zip/a.txt", "more.zip/n/b.txt", "s000.txt"]
    archive.write_bytes(make_zip({"a.txt": SENTENCES[1], "c.txt": SENTENCES[2]}))
    assert build(folder, project, engine=Here()).missing == 1
    assert paths(project) == ["more.zip/a.txt", "more.zip/c.txt", "s000.txt"]
    archive.unlink()
    build(folder, project, engine=Here())
    assert paths(project) == ["s000.txt"]


def test_a_page_of_a_web_archive_states_where_and_when_it_was_captured(tmp_path: Path) -> None:
    page = f"<!doctype html><p>{SENTENCES[0]}</p>"
    (tmp_path / "crawl.warc.gz").write_bytes(make_warc(make_record("https://example.org/a", page)))
    build(tmp_path / "crawl.warc.gz", tmp_path / "p.catena", engine=Here())
    with Project.open(tmp_path / "p.catena") as opened:
        document = opened.document("crawl.warc.gz/example.org/a.html").document
    assert (document.text, document.get_stated("captured")) == (SENTENCES[0], "2024-03-05T10:00:00Z")


def test_an_archive_cut_short_gives_what_it_holds_and_is_listed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 0)
    archive = make_tar({"a.txt": SENTENCES[0], "b.txt": "x" * 5000})
    (folder / "cut.tar").write_bytes(archive[:3000])
    report = build(folder, tmp_path / "p.catena", engine=Here())
    assert paths(tmp_path / "p.catena") == ["cut.tar/a.txt"]
    assert [(failure.path, failure.status) for failure in report.failures] == [("cut.tar", "error")]
    assert "cut short" in report.failures[0].reason
    (folder / "cut.tar").write_bytes(archive)
    assert build(folder, tmp_path / "p.catena", engine=Here(), retry_failed=True).failures == ()


def test_a_member_that_failed_is_tried_again_when_asked(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 0)
    (folder / "a.zip").write_bytes(make_zip({"a.txt": SENTENCES[0], "empty.txt": ""}))
    project = tmp_path / "p.catena"
    assert [one.path for one in build(folder, project, engine=Here()).failures] == ["a.zip/empty.txt"]
    assert build(folder, project, engine=Here()).new == 0
    assert build(folder, project, engine=Here(), retry_failed=True).new == 2  # the archive and that member


def test_a_file_that_went_away_is_kept_and_listed_as_missing(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 2)
    project = tmp_path / "p.catena"
    build(folder, project, engine=Here())
    (folder / "s000.txt").unlink()
    assert build(folder, project, engine=Here()).missing == 1
    with Project.open(project) as opened:
        assert opened.document("s000.txt").document.text.startswith("Statement 0")


def test_a_damaged_file_never_stops_the_rest(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 2)
    (folder / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    report = build(folder, tmp_path / "p.catena", engine=Here())
    assert {failure.path for failure in report.failures} == {"noise.pdf", "gone.txt"}
    assert all(failure.reason for failure in report.failures)
    assert report.files == 4


def test_building_from_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="give the folder"):
        build(tmp_path / "nowhere", tmp_path / "p.catena", engine=Here())


def test_killed_at_any_moment_a_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", 30)
    whole = tmp_path / "whole.catena"
    build(folder, whole, engine=ENGINES["processes"](2))
    killed = tmp_path / "killed.catena"
    command = [sys.executable, "-m", "catena", "build", str(folder), "-o", str(killed), "--workers", "2"]
    moments = random.Random(7)
    for _ in range(8):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moments.uniform(0.3, 2.5))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert findings(killed) == findings(whole)


def test_documents_that_came_later_share_passages_a_bound_stands_in_the_ledger(tmp_path: Path) -> None:
    folder, project = tmp_path / "in", tmp_path / "p.catena"
    folder.mkdir()
    words = "The envoy told the assembly that the bridges of Varn would be mended before the spring floods."
    (folder / "a.txt").write_text(f"3 May 2015\n\n{words}\n", encoding="utf-8")
    (folder / "song.txt").write_text("and nobody will ever close the harbour " * 400, encoding="utf-8")
    build(folder, project, engine=Here())
    (folder / "b.txt").write_text(f"9 May 2016\n\n{words}\n", encoding="utf-8")
    build(folder, project, engine=Here())
    with Project.open(project) as opened:
        said = {path: one.value("first") for path, one, _ in opened.all_findings(["reuse"])}
        notes = {row.path: row.reason for row in opened.ledger() if row.stage == "compare"}
        assert opened.ledger(failed_only=True) == ()
    assert said == {"a.txt": "this", "b.txt": "other"}
    assert list(notes) == ["song.txt"]
    assert "were not compared" in notes["song.txt"]
