"""Checking of quotations, the whole table: `python -m benchmarks.verification --data FOLDER`.

FOLDER holds `editions`, `islamiceval2025`, `islamiceval2026` and `polnear` as their publishers give them; nothing of it
is in the project. Each part is a module of this folder with `rows(folder)`; the peers are measured in the same run. A
part that cannot run (a module, a file or a peer is missing) says so in its row, and the command ends with 1.

Prints Markdown, for docs/reference/benchmarks.md: `--only PART` prints some parts, `--output FILE` also writes a file.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.verification_peers import version
from catena.version import __version__

NOT_MEASURED = "not measured: "


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the table: `module` of this folder has `rows`; `needs` are folders of the data."""

    name: str
    title: str
    module: str
    needs: tuple[str, ...]


PARTS = (
    Part(
        "islamiceval", "Answers of language models (IslamicEval), development halves",
        "verification_islamiceval", ("islamiceval2025", "islamiceval2026", "editions"),
    ),
    Part("peers", "Peers on the same text, in this run", "verification_peers", ("islamiceval2026", "editions")),
    Part("garble", "Garbled text: is the right passage found?", "verification_garble", ("editions",)),
    Part("mutations", "Planted changes, and false “altered”", "verification_mutations", ("editions",)),
    Part("alarms", "False reports; translations that are not loaded", "verification_alarms", ("editions",)),
    Part("speed", "Speed, one core", "verification_speed", ("editions", "polnear")),
    Part("index", "Index: building, cold start, memory", "verification_index", ("editions",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, as text."""

    measure: str
    known: str
    reach: str
    reached: str

    def __str__(self) -> str:
        cells = (cell.replace("|", "\\|") or "–" for cell in (self.measure, self.known, self.reach, self.reached))
        return f"| {' | '.join(cells)} |"


def lines(part: Part, data: Path) -> Iterator[Line]:
    """The rows of one part, or one that says what is missing."""
    for folder in part.needs:
        if not (data / folder).is_dir():
            yield Line(part.title, "", "", f"{NOT_MEASURED}{data / folder} is missing")
            return
    try:
        module = importlib.import_module(f"benchmarks.{part.module}")
        for row in module.rows(data):
            yield to_line(row)
    except ModuleNotFoundError as error:
        yield Line(part.title, "", "", f"{NOT_MEASURED}the module {error.name} is missing")
    except FileNotFoundError as error:
        yield Line(part.title, "", "", f"{NOT_MEASURED}{error.filename} is missing")


def to_line(row: object) -> Line:
    """A row of any part: four values, or an object with these names; figures to four places, none for 0."""
    names = ("measure", "known", "reach", "reached")
    values = row if isinstance(row, tuple) else tuple(getattr(row, name) for name in names)
    measure, known, reach, reached = values
    return Line(str(measure).strip(), _figure(known), _figure(reach), _figure(reached) or "0")


def _figure(value: object) -> str:
    """`.9986` for a share, text as it is; empty for 0, which says that no figure is known."""
    if not isinstance(value, (int, float)):
        return str(value).replace("-", "–") if str(value) == "-" else str(value)
    return f"{value:.4f}".lstrip("0") if value else ""


def surroundings() -> Iterator[str]:
    """What ran where: versions of catena and its peers, Python, machine."""
    used = [version(package) for package in ("numpy", "numba", "rapidfuzz", "QDetect", "pyahocorasick")]
    yield f"catena {__version__}, Python {platform.python_version()}, {', '.join(name for name in used if name)}."
    system = f"{platform.system()} {platform.release()}"
    yield f"{_processor()}, {os.cpu_count()} cores, {system}; {date.today().isoformat()}."
    yield "Seconds and MB/s are CPU time of one core."


def _processor() -> str:
    try:
        said = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        said = []
    named = next((line.partition(":")[2].strip() for line in said if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def table(parts: Iterable[Part], data: Path) -> Iterator[str]:
    """The page's lines, each as soon as it is known."""
    yield from surroundings()
    for part in parts:
        started = time.process_time()
        yield from ("", f"### {part.title}", "", "| Measure | Best known | To reach | Reached |", "|---|---|---|---|")
        yield from map(str, lines(part, data))
        yield from ("", f"`python -m benchmarks.{part.module}`: {time.process_time() - started:.0f} s.")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.verification", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", action="append", choices=[part.name for part in PARTS], default=[])
    parser.add_argument("--output", type=Path)
    given = parser.parse_args(arguments)
    chosen = [part for part in PARTS if not given.only or part.name in given.only]
    printed = []
    for line in table(chosen, given.data):
        print(line, flush=True)
        printed.append(line)
    if given.output:
        given.output.write_text("\n".join(printed) + "\n", encoding="utf-8")
    return 1 if any(NOT_MEASURED in line for line in printed) else 0


if __name__ == "__main__":
    sys.exit(main())
