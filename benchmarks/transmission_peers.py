"""passim and TextPAIR on the input that catena gets, in the same run: quality by the same scorer, CPU, memory.

passim 2 (MIT, Python on Spark) is installed from its source; it pins a Spark of its own and runs on the one that
`catena[cluster]` brings:

    pip install --no-deps git+https://github.com/dasmiq/passim intervaltree sortedcontainers graphframes-py networkx

Its last step, clustering, needs a Java library from Maven and is not run: the process is ended when all aligned pairs
are written, so that its cost is counted without it. TextPAIR's core is a Go program: its `compareNgrams` is looked for
on the path. A peer that is not installed has a row that says so.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.transmission_plagdet import Case

WORKERS = 2  # of Spark
PARTS = 8  # files of the input, which are Spark's parts
HEAP = "4g"
POLL = 0.5  # seconds between two looks at the processes
LEAST_ALIKE = 0.6  # of aligned letters: the best of the settings that were tried for passim, beside its own default
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """What a peer found, each with its share of letters alike, and what it took: CPU seconds and bytes at most."""

    rows: tuple[tuple[Case, float], ...]
    seconds: float
    memory: int


def missing_passim() -> str:
    """Why passim cannot run here; "" when it can."""
    lacking = [name for name in ("passim", "pyspark", "graphframes", "intervaltree") if not _is_there(name)]
    if lacking:
        return f"not installed ({', '.join(lacking)})"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "no Java"


def missing_textpair() -> str:
    """Why TextPAIR cannot run here; "" when its core is on the path."""
    return "" if shutil.which("compareNgrams") else "not installed (compareNgrams, a Go program, is not on the path)"


def name_passim() -> str:
    """passim with its version and Spark's."""
    try:
        return f"passim {version('passim')} on Spark {version('pyspark')}"
    except PackageNotFoundError:
        return "passim"


def run_passim(texts: Mapping[str, str], *options: str) -> Run:
    """All aligned pairs of these texts. Raises `RuntimeError` with the end of its output when it writes none."""
    with tempfile.TemporaryDirectory(prefix="passim-") as folder:
        given, made = Path(folder) / "in", Path(folder) / "out"
        given.mkdir()
        lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
        for part in range(PARTS):
            (given / f"{part}.json").write_text("\n".join(lines[part::PARTS]) + "\n", encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "passim.seriatim",
            "--all-pairs",
            "--pairwise",
            *options,
            str(given),
            str(made),
        ]
        seconds, memory, said = _watch(command, made / "align.json" / "_SUCCESS", Path(folder) / "log")
        rows = [json.loads(line) for path in sorted((made / "align.json").glob("part-*")) for line in path.open()]
    if not rows:
        raise RuntimeError(f"passim wrote no pairs: {said[-2000:]}")
    return Run(tuple(_case(row) for row in rows), seconds, memory)


def _case(row: Mapping[str, str | int]) -> tuple[Case, float]:
    case = Case(
        str(row["id"]), int(row["begin"]), int(row["end"]), str(row["id2"]), int(row["begin2"]), int(row["end2"])
    )
    return case, int(row["matches"]) / max(1, len(str(row["s1"])))


def turned(rows: Sequence[tuple[Case, float]], least: float = 0.0) -> list[Case]:
    """Pairs of a host and a source, the host first, of which at least this share of letters is alike."""
    kept = [one for one, share in rows if share >= least]
    sides = [
        one if one.this[0] == "H"
        else Case(one.other, one.other_start, one.other_end, one.this, one.start, one.end)
        for one in kept
    ]  # fmt: skip
    return [one for one in sides if one.this[0] == "H" and one.other[0] == "S"]


def _watch(command: Sequence[str], done: Path, log: Path) -> tuple[float, int, str]:
    """Run until the command ends or `done` is there: CPU seconds and memory of its whole tree, and its output."""
    settings = f"--master local[{WORKERS}] --driver-memory {HEAP} --conf spark.ui.enabled=false pyspark-shell"
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": settings, "PYSPARK_PYTHON": sys.executable}
    spent: dict[int, float] = {}
    most = 0
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)
        while process.poll() is None and not done.exists():
            here = _measure(process.pid)
            spent |= {number: seconds for number, (seconds, _) in here.items()}
            most = max(most, sum(size for _, size in here.values()))
            time.sleep(POLL)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    return sum(spent.values()), most, log.read_text(encoding="utf-8", errors="replace")


def _measure(session: int) -> dict[int, tuple[float, int]]:
    """CPU seconds and resident bytes of each process of a session (Linux)."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[3]) == session:
            found[int(path.parent.name)] = ((int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * PAGE)
    return found


def _is_there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
