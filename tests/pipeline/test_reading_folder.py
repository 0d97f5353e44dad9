"""A folder of mixed files, hostile ones among them, killed half-way: the small version of benchmarks.reading_folder."""

from __future__ import annotations

from pathlib import Path

from benchmarks.make_folder import WRITERS, make_files
from benchmarks.reading_folder import outcome, run_build

COUNT = 2 * len(WRITERS)  # each kind twice
HOSTILE = 7


def test_a_mixed_folder_killed_half_way_comes_to_what_an_unbroken_build_comes_to(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    make_files(folder, COUNT, seed=5)
    whole = run_build(folder, tmp_path / "whole.catena", workers=2)
    killed = run_build(folder, tmp_path / "killed.catena", workers=2, kill_at=COUNT // 3)
    again = run_build(folder, tmp_path / "killed.catena", workers=2)
    assert killed.killed
    assert killed.done < whole.done
    assert outcome(tmp_path / "killed.catena") == outcome(tmp_path / "whole.catena")
    states, findings = outcome(tmp_path / "whole.catena")
    assert again.done == len(states) == COUNT + HOSTILE + 8  # the ZIPs hold two files, TARs and web archives one
    assert sorted(path for path, state in states.items() if state != "ok") == [
        "hostile-bomb.docx", "hostile-bomb.zip", "hostile-empty.txt", "hostile-entities.docx", "hostile-noise.txt",
        "hostile-truncated.pdf", "hostile-unreadable.txt",
    ]  # fmt: skip
    assert len({path for path, _ in findings}) >= COUNT - 6


def test_memory_is_weighed_while_reading_and_while_comparing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    make_files(folder, 8, seed=6)
    seen = run_build(folder, tmp_path / "p.catena", workers=1)
    assert 20e6 < seen.main["reading"] < seen.resident["reading"]
    assert seen.own["reading"] <= seen.resident["reading"]
