"""What the parts of `benchmarks.reading` share: rows of a table, the machine, versions of other programs."""

from __future__ import annotations

import gc
import importlib.metadata
import os
import platform
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catena.version import __version__

GROUPS = ("tuned", "held_out", "fresh")
"""Of the PDFs: looked at while the reader was written, and not."""

INSTALL = "pip install --no-deps -r benchmarks/reading-peers.txt"


class NotMeasured(Exception):
    """A part that cannot run; the message says what it needs."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command was given: paths of texts that are not ours, and where PDFs are made."""

    folder: Path
    verses: Path | None = None
    train: Path | None = None
    others: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()
    texts: Path | None = None
    groups: tuple[str, ...] = GROUPS
    peers: bool = True


@dataclass(slots=True)
class Clock:
    """Processor seconds of this process and its children."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Clock]:
    """Counts what the block costs, without clearing away what other programs left behind: up to a second for some."""
    clock = Clock()
    gc.collect()
    began = _spent()
    try:
        yield clock
    finally:
        clock.seconds = _spent() - began


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def show(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table, each row as soon as it is there."""
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def missing(name: str, columns: int) -> list[str]:
    """The row of a program that is not installed."""
    return [name, f"not installed: `{INSTALL}`" if name != "pdftotext" else "not installed: `poppler-utils` of Debian",
            *[""] * (columns - 2)]  # fmt: skip


@cache
def version(package: str) -> str:
    """The version of a package or of pdftotext or tesseract; "" when it is not installed."""
    if package == "catena":
        return __version__
    if package in ("pdftotext", "tesseract", "soffice", "chromium"):
        return _program_version(package)
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _program_version(name: str) -> str:
    if not shutil.which(name):
        return ""
    said = subprocess.run([name, "-v" if name == "pdftotext" else "--version"], capture_output=True, check=False)
    found = re.search(rb"\d+\.[\d.]*\d", said.stdout + said.stderr)
    return found[0].decode() if found else "?"


def describe_machine() -> str:
    """Date, program, Python, system and processor in one line."""
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text(encoding="utf-8"))
    return (
        f"{date.today().isoformat()}, catena {__version__}, Python {platform.python_version()}, "
        f"{system[1] if system else platform.system()}, {platform.machine()}, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f} at the beginning, LibreOffice {version('soffice') or 'not installed'}, "
        f"Chromium {version('chromium') or 'not installed'}"
    )
