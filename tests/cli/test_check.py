"""`catena check` on answers of a language model, against a library of the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHARTER = (
    "Art. 1\tThe lakes are open to all members of the league.\n"
    "Art. 2\tNo member shall divert a river without a notice of one year.\n"
    "Art. 3\tThe council meets every spring at the old harbour.\n"
)
ANSWER = """Here is what the Charter of the Lakes says.

1. Article 1 states: "The lakes are open to all members of the league."
2. "No member shall divert a river without a notice of one month" (Article 2).
3. According to Article 3, "No member shall divert a river without a notice of one year."
4. It also says in Article 9: "Every member pays the same toll at the locks."
"""
EXPECTED = [
    ("exact", "Charter of the Lakes 1"),
    ("altered", "Charter of the Lakes 2"),
    ("wrong-reference", "Charter of the Lakes 2"),
    ("not-found", None),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An answer, a library `L`, and a user's own library that is empty."""
    monkeypatch.setenv("CATENA_LIBRARY", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "charter.txt").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "answer.txt").write_text(ANSWER, encoding="utf-8")
    arguments = ("library", "add", "Charter of the Lakes", str(tmp_path / "charter.txt"), "--language", "en")
    assert run(*arguments, "--to", str(tmp_path / "L")).returncode == 0
    return tmp_path


def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "catena", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=given, check=False)


def verdicts(output: str) -> list[tuple[str, str | None]]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in output.splitlines()]
    return [(row["verdict"], row["reference"]) for row in rows if row["kind"] == "verification"]


def test_every_quotation_of_an_answer_gets_its_verdict(home: Path) -> None:
    done = run("check", str(home / "answer.txt"), "--library", str(home / "L"), "--json")
    assert done.returncode == 0, done.stderr
    assert verdicts(done.stdout) == EXPECTED
    assert done.stderr == ""


def test_the_editions_compared_with_are_named(home: Path) -> None:
    done = run("check", str(home / "answer.txt"), "--library", str(home / "L"))
    assert "checked against Charter of the Lakes (en, sha256" in done.stdout
    assert "not found there does not mean false" in " ".join(done.stdout.split())


def test_a_library_without_a_text_is_said(home: Path) -> None:
    (home / "empty").mkdir()
    done = run("check", str(home / "answer.txt"), "--library", str(home / "empty"))
    assert "empty holds no reference text. Next: catena library add NAME FILE --to FOLDER" in done.stderr
    assert "Charter of the Lakes (en" not in done.stdout


def test_an_edition_whose_file_changed_is_left_out_and_named(home: Path) -> None:
    with (home / "L" / "charter-of-the-lakes" / "passages.jsonl").open("a", encoding="utf-8") as stored:
        stored.write("\n")
    done = run("check", str(home / "answer.txt"), "--library", str(home / "L"))
    assert done.returncode == 0
    assert "passages.jsonl is not the file that was added; add it again" in done.stderr
    assert "Charter of the Lakes (en" not in done.stdout


def test_a_broken_manifest_stops_nothing_and_is_named(home: Path) -> None:
    (home / "L" / "charter-of-the-lakes" / "manifest.json").write_text("{", encoding="utf-8")
    done = run("check", str(home / "answer.txt"), "--library", str(home / "L"), "--json")
    assert done.returncode == 0
    assert "manifest.json is no manifest" in done.stderr
    assert [verdict for verdict, _ in verdicts(done.stdout)] == ["not-found"] * 4


def test_findings_are_printed_before_the_next_text_is_read(home: Path) -> None:
    command = [sys.executable, "-m", "catena", "check", "--json", "--library", str(home / "L")]
    with subprocess.Popen(
        [*command, str(home / "answer.txt"), "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ,
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())  # standard input is still open: nothing of it was read
        assert first["document"]["name"] == "answer.txt"
        running.stdin.write('"The council meets every winter at the old harbour" (Charter of the Lakes, Art. 3).')
        running.stdin.close()
        rest = running.stdout.read()
    assert running.returncode == 0
    assert verdicts(rest)[-1] == ("altered", "Charter of the Lakes 3")
    assert json.loads(rest.splitlines()[-1])["document"]["name"] == "standard input"
