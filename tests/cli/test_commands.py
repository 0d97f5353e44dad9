"""The commands as a person calls them, on a small folder and a small library of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "docs" / "reference" / "records.schema.json").read_text(encoding="utf-8"))
CHARTER = (
    "Art. 1\tThe members of the League shall keep the five lakes open to the boats of every member.\n"
    "Art. 2\tNo member shall divert a river that feeds the lakes without the written consent of the council.\n"
    "Art. 3\tDisputes between members shall not be settled by force but by the council.\n"
)
STATEMENT = """Press Release

The foreign minister of Ostravia, Tarek Salim, said: "No member shall divert a river that feeds the lakes without
the spoken consent of the council" (League Charter, Art. 2).

The Lakeside Courier reported that at least 12 people were wounded on 9 May 2015.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three statements, one of them unreadable, with a library beside it."""
    root = tmp_path_factory.mktemp("home")
    folder = root / "statements"
    folder.mkdir()
    (folder / "release.txt").write_text(STATEMENT, encoding="utf-8")
    (folder / "reprint.html").write_text(
        "<html><head><title>Reprint</title></head><body><article>"
        + "".join(f"<p>{line}</p>" for line in STATEMENT.replace("\n", " ").split("  "))
        + "</article></body></html>",
        encoding="utf-8",
    )
    (folder / "empty.txt").write_bytes(b"")
    (root / "charter.txt").write_text(CHARTER, encoding="utf-8")
    run(
        "library",
        "add",
        "League Charter",
        str(root / "charter.txt"),
        "--language",
        "en",
        "--to",
        str(root / "library"),
    )
    return root


@pytest.fixture(scope="module")
def project(home: Path) -> Path:
    path = home / "statements.catena"
    run("build", str(home / "statements"), "-o", str(path))
    return path


def run(*arguments: str, code: int = 0, given: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "catena", *arguments], capture_output=True, text=True, input=given, check=False
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout if code == 0 else done.stderr + done.stdout


def records(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def test_build_says_what_was_read_and_what_failed(home: Path, tmp_path: Path) -> None:
    out = run("build", str(home / "statements"), "-o", str(tmp_path / "p.catena"))
    assert "3 files, 3 new, 0 unchanged, 0 missing, 1 failed" in out
    assert "empty.txt" in out


def test_a_second_build_reads_nothing_again(home: Path, project: Path) -> None:
    (report,) = records(run("build", str(home / "statements"), "-o", str(project), "--json"))
    assert (report["new"], report["unchanged"]) == (0, 3)


def test_strict_builds_tell_scripts_about_failures(home: Path, project: Path) -> None:
    run("build", str(home / "statements"), "-o", str(project), "--strict", code=3)


def test_list_gives_documents_and_failures(project: Path) -> None:
    rows = records(run("list", str(project), "--json"))
    assert {row["path"] for row in rows} == {"release.txt", "reprint.html", "empty.txt"}
    assert "not read: empty.txt" in run("list", str(project))


def test_show_sets_the_margin_beside_the_text(project: Path) -> None:
    out = run("show", str(project), "release.txt", "--width", "140")
    assert "Tarek Salim" in out
    assert "altered" in out
    assert "[-\u2068written\u2069-]" in out


def test_show_of_an_unknown_document_names_the_next_step(project: Path) -> None:
    assert "release" in run("show", str(project), "relase.txt", code=1)


def test_an_export_holds_to_the_published_schema(project: Path) -> None:
    rows = records(run("export", str(project), "jsonl"))
    for row in rows:
        jsonschema.validate(row, SCHEMA)
    verdicts = {row["verdict"] for row in rows if row["kind"] == "verification"}
    assert "altered" in verdicts
    assert any(row["kind"] == "reuse" for row in rows)


def test_an_export_in_an_unknown_format_names_the_known_ones(project: Path) -> None:
    assert "jsonl" in run("export", str(project), "xlsx", code=1)


def test_csv_opens_with_the_documented_columns(project: Path) -> None:
    assert run("export", str(project), "csv").splitlines()[0].startswith("document,document_id,finding_id,kind,")


def test_check_prints_speaker_place_and_diff(home: Path) -> None:
    out = run("check", STATEMENT, "--library", str(home / "library"))
    assert "Tarek Salim" in out
    assert "League Charter" in out
    assert re.search(r"quoted +\u2068.*\{\+\u2068spoken\u2069\+\}", out, re.DOTALL)
    assert re.search(r"reference +\u2068.*\[-\u2068written\u2069-\]", out, re.DOTALL)


def test_check_reads_a_file_or_standard_input_alike(home: Path) -> None:
    options = ("--library", str(home / "library"), "--json")
    from_file = records(run("check", str(home / "statements" / "release.txt"), *options))
    from_input = records(run("check", "-", *options, given=STATEMENT))
    assert [row["id"] for row in from_file] == [row["id"] for row in from_input]
    for row in from_file:
        jsonschema.validate(row, SCHEMA)


def test_check_of_a_file_that_cannot_be_read_names_file_and_reason(home: Path) -> None:
    out = run("check", str(home / "statements" / "empty.txt"), code=1)
    assert "empty" in out


def test_check_takes_several_texts_and_goes_on_after_one_that_fails(home: Path) -> None:
    empty = str(home / "statements" / "empty.txt")
    out = run("check", STATEMENT, empty, STATEMENT, "--library", str(home / "library"), "--json", code=3)
    rows = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert len([row for row in rows if row["kind"] == "quotation"]) == 2
    assert "empty" in out
    assert rows[0]["selectors"]["content"][0][1]["exact"] == rows[0]["texts"]["content"][0]


def test_a_folder_that_is_not_there_is_wrong_use() -> None:
    run("build", "no-such-folder", code=2)


def test_voices_lists_who_speaks_and_all_that_one_voice_says(project: Path) -> None:
    listed = records(run("voices", str(project), "--json"))
    salim = next(row for row in listed if row["voice"] == "Tarek Salim")
    assert (salim["direct"], salim["documents"]) == (2, 2)
    said = records(run("voices", str(project), "--only", "salim", "--json"))
    assert len(said) == salim["statements"]
    assert said[0]["words"].startswith("No member shall divert a river")
    assert "Tarek Salim" in run("voices", str(project))


def test_voices_says_what_to_do_when_nobody_has_the_name(project: Path) -> None:
    assert "catena voices" in run("voices", str(project), "--only", "Marek", code=1)
