"""A folder of mixed files: time, memory, `kill -9` half-way. `python -m benchmarks.reading_folder [--count N …]`.

For each count a folder is made (`benchmarks.make_folder`) and built by `catena build` with all cores: once without a
break, and once killed with `kill -9` (all its processes) when half of the files are done and started again; both must
end with the same files, states and findings. `--no-whole` leaves the first out. Memory is that of the program and all
its workers and readers together, looked at twice a second, apart for reading and for comparing: *resident* counts pages
that several processes share in each of them, *own* shares them out (Linux' PSS). The main process alone is given, too.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.make_folder import make_files
from benchmarks.reading_table import describe_machine, show
from catena.store import Project

LOOK = 0.5  # seconds between two looks at memory


@dataclass(slots=True)
class Watched:
    """One run of `catena build`: wall and processor seconds, files done, largest memory in bytes by stage."""

    seconds: float = 0.0
    spent: float = 0.0
    done: int = 0
    killed: bool = False
    resident: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    main: dict[str, int] = field(default_factory=dict)


def run_build(folder: Path, project: Path, *, workers: int = 0, kill_at: int = 0) -> Watched:
    """Build, and look at the memory meanwhile; at `kill_at` files done all its processes are killed."""
    command = [sys.executable, "-m", "catena", "build", str(folder), "-o", str(project), "--json"]
    seen = Watched()
    began, spent = time.monotonic(), _spent()
    child = subprocess.Popen(
        [*command, "--workers", str(workers)], stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while child.poll() is None:
            seen.done = _look(project)
            _weigh(seen, child.pid)
            if kill_at and seen.done >= kill_at:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                seen.killed = True
                break
            time.sleep(LOOK)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    seen.seconds, seen.spent = time.monotonic() - began, _spent() - spent
    seen.done = _look(project)
    if child.returncode and not seen.killed:
        raise RuntimeError(f"catena build ended with {child.returncode}")
    return seen


def _spent() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _look(project: Path) -> int:
    """Files that are done."""
    try:
        with sqlite3.connect(f"file:{project}?mode=ro", uri=True, timeout=1) as opened:
            done = opened.execute("SELECT count(*) FROM files").fetchone()[0]
    except sqlite3.Error:
        return 0
    return int(done)


def _weigh(seen: Watched, group: int) -> None:
    resident = own = 0
    processes = _processes(group)
    # Comparing begins when the workers have ended: the main process is alone, but for the beginning.
    stage = "comparing" if len(processes) == 1 and seen.done else "reading"
    for pid in processes:
        try:
            facts = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue  # it ended
        sizes = {name: int(size.split()[0]) * 1024 for name, _, size in (line.partition(":") for line in facts[1:])}
        resident += sizes.get("Rss", 0)
        own += sizes.get("Pss", 0)
        if pid == group:
            seen.main[stage] = max(seen.main.get(stage, 0), sizes.get("Rss", 0))
    seen.resident[stage] = max(seen.resident.get(stage, 0), resident)
    seen.own[stage] = max(seen.own.get(stage, 0), own)


def _processes(group: int) -> list[int]:
    """The processes of a session: the program, its workers, and the readers that they start."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                facts = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(facts[3]) == group:
                found.append(int(path.name))
    return found


def outcome(project: Path) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """What a build came to: the state of every file, and every finding by path and id."""
    with Project.open(project) as opened:
        states = {path: state.status for path, state in opened.file_states().items()}
        return states, {(path, finding.id) for path, finding, _ in opened.all_findings()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each count. Exit code 1 when a resumed build came to something else."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", type=Path, default=Path("/tmp/catena-reading/folder"))
    options.add_argument("--count", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--workers", type=int, default=0, help="0: one a core")
    options.add_argument("--no-whole", action="store_true", help="no build without a break")
    given = options.parse_args(arguments)
    print(f"Measured {describe_machine()}.", flush=True)
    same = True
    for count in given.count:
        folder = given.folder / f"in-{count}"
        if not folder.exists():
            make_files(folder, count, seed=2)
        print(f"\n{count:,} files\n", flush=True)
        same = measure(folder, given.folder, count, workers=given.workers, whole=not given.no_whole) and same
    return 0 if same else 1


def measure(folder: Path, out: Path, count: int, *, workers: int, whole: bool) -> bool:
    """Print the table for one folder; `False` when the resumed build is not what the unbroken one is."""
    runs: dict[str, Watched] = {}
    unbroken, broken = out / f"whole-{count}.catena", out / f"killed-{count}.catena"
    for path in (*out.glob(f"{unbroken.name}*"), *out.glob(f"{broken.name}*")):
        path.unlink()
    if whole:
        runs["without a break"] = run_build(folder, unbroken, workers=workers)
    runs["killed half-way"] = run_build(folder, broken, workers=workers, kill_at=count // 2)
    runs["started again"] = run_build(folder, broken, workers=workers)
    show(
        ("run", "files done", "seconds", "processor seconds", "stage", "resident MB", "own MB", "main process MB"),
        (
            [name, f"{run.done:,}", f"{run.seconds:.0f}", f"{run.spent:.0f}", stage,
             *(f"{held[stage] / 1e6:.0f}" for held in (run.resident, run.own, run.main))]
            for name, run in runs.items() for stage in run.own
        ),
    )  # fmt: skip
    if not whole:
        return True
    same = outcome(unbroken) == outcome(broken)
    print(f"\nThe same files, states and findings after the kill: {'yes' if same else 'NO'}", flush=True)
    return same


if __name__ == "__main__":
    raise SystemExit(main())
