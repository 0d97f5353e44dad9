"""The table of benchmarks of verification: what is missing is said in its row, never passed over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.verification import PARTS, Line, main, to_line


@dataclass(frozen=True)
class Row:
    measure: str = "Garbled: marks | blanks"
    known: str = "-"
    reach: str = ".99"
    reached: str = "1.000"


def test_a_row_of_figures_and_a_row_of_texts_become_lines() -> None:
    assert to_line(("task 1", 0.868, 0.89, 0.8646)) == Line("task 1", ".8680", ".8900", ".8646")
    assert to_line(("  F1 isnad", 0.0, 0.0, 1.0)) == Line("F1 isnad", "", "", "1.0000")
    assert to_line(Row()) == Line("Garbled: marks | blanks", "–", ".99", "1.000")


def test_a_line_is_a_row_of_markdown() -> None:
    assert str(to_line(Row())) == "| Garbled: marks \\| blanks | – | .99 | 1.000 |"
    assert str(Line("Speed", "", "", "20 MB/s")) == "| Speed | – | – | 20 MB/s |"


def test_every_part_without_its_data_says_so_and_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "--output", str(tmp_path / "table.md")]) == 1
    printed = capsys.readouterr().out
    assert printed == (tmp_path / "table.md").read_text(encoding="utf-8")
    for part in PARTS:
        assert f"### {part.title}" in printed
        assert f"| {part.title} | – | – | not measured: {tmp_path / part.needs[0]} is missing |" in printed


def test_the_versions_and_the_machine_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(tmp_path), "--only", "peers"])
    head = capsys.readouterr().out.splitlines()[:3]
    assert head[0].startswith("catena ")
    assert ", Python 3." in head[0]
    assert " cores, " in head[1]
    assert head[2] == "Seconds and MB/s are CPU time of one core."


def test_a_part_that_is_not_there_is_said(tmp_path: Path) -> None:
    from benchmarks.verification import Part, lines

    part = Part("tea", "Tea", "verification_tea", ())
    assert [str(line) for line in lines(part, tmp_path)] == [
        "| Tea | – | – | not measured: the module benchmarks.verification_tea is missing |"
    ]
