"""Killing the process at any moment loses nothing committed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import apsw

from catena.store import Project

WORKER = Path(__file__).with_name("crash_worker.py")
FILES = 400
ROUNDS = 14


def run_until_killed(path: Path, seconds: float) -> list[str]:
    """Paths that the worker said were committed before it was killed."""
    with subprocess.Popen([sys.executable, WORKER, path], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        head = worker.stdout.readline()  # past start-up, so that every round dies while it writes
        time.sleep(seconds)
        worker.kill()
        return [f"{line}.txt" for line in (head + worker.stdout.read()).split("\n")[:-1] if line]


def check_whole(path: Path, committed: set[str]) -> None:
    raw = apsw.Connection(str(path))
    assert raw.execute("PRAGMA integrity_check").get == "ok"
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    with Project.open(path) as project:
        states = project.file_states()
        rows = project.documents()
        assert committed <= set(states)
        assert {row.path for row in rows} == set(states)
        assert all(row.counts == {"figure": 20} for row in rows)
        for row in rows[:: max(1, len(rows) // 10)]:
            assert len(project.findings(row.id)) == 20
        assert project.search("northern council").total == len(rows)
        assert len(project.ledger()) == len(rows)


def test_a_process_killed_at_random_loses_nothing_committed_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    chance = random.Random(51)
    committed: set[str] = set()
    for _ in range(ROUNDS):
        committed |= set(run_until_killed(path, chance.uniform(0, 0.03)))
        check_whole(path, committed)
    assert 0 < len(committed) < FILES
    subprocess.run([sys.executable, WORKER, path], check=True, capture_output=True, timeout=120)
    check_whole(path, {f"{number}.txt" for number in range(FILES)})


def test_a_file_killed_while_it_was_being_made_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    raw = apsw.Connection(str(path))
    raw.pragma("journal_mode", "wal")  # the first thing written; the tables come in one transaction after it
    raw.close()
    subprocess.run([sys.executable, WORKER, path], check=True, capture_output=True, timeout=120)
    check_whole(path, {f"{number}.txt" for number in range(FILES)})
