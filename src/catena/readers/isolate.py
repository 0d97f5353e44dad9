"""One file, one process: whatever a file does to a parser, only that process pays.

The child has limits on memory and processor time, no network and no standard streams, and sends its document back
through a pipe. Where this process has one thread on Linux it is forked, which costs about 5 ms; elsewhere a fresh
interpreter is started.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
import socket
import stat
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from catena.model import Document
from catena.readers.base import ReaderError, on_progress
from catena.readers.checks import MAX_BYTES
from catena.readers.containers.base import Unpacked

STATUSES = ("ok", "rejected", "error", "crash", "timeout")
_Answer = tuple[str, str, str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: memory beyond what the process has, characters of text, and wall time.

    `seconds` is the time without a sign of progress, which readers of many pages give after each; `longest` is the
    time for the whole file.
    """

    seconds: float = 25.0
    longest: float = 600.0
    memory: int = 1_500_000_000
    characters: int = 50_000_000


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of a file. `document` is there when `status` is `ok`; else `reason` is one line with a next step.

    `rejected`: we refuse it; `error`: it cannot be opened, or a parser raised; `crash`: the process died;
    `timeout`: it took too long and was stopped.
    """

    status: str
    stage: str
    reason: str
    document: Document | None
    seconds: float


@dataclass(frozen=True, slots=True)
class UnpackOutcome:
    """What became of a container: `status` and `reason` as for a file that is read."""

    status: str
    stage: str
    reason: str
    unpacked: Unpacked | None


def read_isolated(path: Path, name: str, limits: Limits | None = None) -> ReadOutcome:
    """Read `path` in a process of its own; the document is called `name`. Never raises for what is in the file."""
    limits = limits or Limits()
    began = time.monotonic()
    if _forks() and path.suffix.lower() in (".html", ".htm", ".xhtml"):
        import trafilatura  # noqa: F401  loaded once here, it need not be loaded in every child (50 ms a page)
    status, stage, reason, document = _start(partial(_read, path, name, limits), limits)
    return ReadOutcome(status, stage, reason, document, time.monotonic() - began)


def unpack_isolated(path: Path, label: str, folder: Path, limits: Limits | None = None) -> UnpackOutcome:
    """Lay the members of the container `path` into `folder`, in a process of its own. Never raises for what is in it.

    A file that is no container after all is `ok` without `unpacked`.
    """
    limits = limits or Limits()
    status, stage, reason, unpacked = _start(partial(_unpack, path, label, folder, limits), limits)
    return UnpackOutcome(status, stage, reason, unpacked)


def paint_isolated(
    data: bytes, page: int, limits: Limits | None = None, *, box: tuple[int, int, int, int] | None = None
) -> tuple[bytes | None, str]:
    """A page of the PDF in `data` as PNG, painted in a process of its own; `None` and the reason when it cannot be.

    With `box` (points from the lower left corner: left, bottom, right, top) only that part of the page.
    """
    limits = limits or Limits()
    _, _, reason, picture = _start(partial(_paint, data, page, box), limits)
    return picture, reason


def _forks() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _start(job: Callable[[], _Answer], limits: Limits) -> _Answer:
    forks = _forks()
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(job, limits, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        return _wait(ours, child, limits)
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _wait(ours: Connection, child: multiprocessing.process.BaseProcess, limits: Limits) -> _Answer:
    end = time.monotonic() + limits.longest
    try:
        while True:
            patience = min(limits.seconds, end - time.monotonic())
            if patience <= 0 or not ours.poll(patience):
                allowed = limits.longest if time.monotonic() >= end else limits.seconds
                late = f"not read within {allowed:g} s; split the file or save it in another format"
                return "timeout", "read", late, None
            answer: _Answer | None = ours.recv()
            if answer is not None:
                return answer
    except (EOFError, OSError, pickle.UnpicklingError):
        child.join(5)
        return (
            "crash",
            "read",
            f"the reader died ({_death(child.exitcode)}); save the file in another format",
            None,
        )


def _death(code: int | None) -> str:
    if code is not None and -code in set(signal.Signals):
        return signal.Signals(-code).name
    return f"exit code {code}"


def _work(job: Callable[[], _Answer], limits: Limits, answer: Connection) -> None:
    """In the child: limits first, then the job, then tell."""
    _limit(limits)
    on_progress(lambda: _get_on(answer, limits))
    result = _try(job, limits)
    try:
        answer.send(result)
    except MemoryError:
        answer.send(_short_of_memory(limits))
    answer.close()


def _get_on(answer: Connection, limits: Limits) -> None:
    """Tell the parent that the file is getting on, and allow for as much processor time again."""
    answer.send(None)
    _allow_time(limits)


def _allow_time(limits: Limits) -> None:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime)
    most = int(limits.longest) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (min(used + int(limits.seconds) + 5, most), most))


def _limit(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when Ctrl-C ends us
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # an engine talks over its standard output: no parser may write there
        os.dup2(nothing, stream)
    in_use = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if in_use:
        resource.setrlimit(resource.RLIMIT_AS, (in_use + limits.memory, in_use + limits.memory))
    _allow_time(limits)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket = _NoNetwork  # type: ignore[misc,assignment]


class _NoNetwork:
    """Stands where sockets are made: no reader has business on a network."""

    def __init__(self, *_: object, **__: object) -> None:
        raise PermissionError("a reader tried to use the network")


def _short_of_memory(limits: Limits) -> _Answer:
    return "error", "read", f"needs more than {limits.memory} bytes of memory; split the file", None


def _load(path: Path) -> bytes:
    """The bytes of a regular file. Raises `OSError`, and `ReaderError` for what is no file or is too large."""
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise ReaderError("open", "not a regular file", "give a file, not a folder, pipe or device")
    if facts.st_size > MAX_BYTES:
        raise ReaderError("check", f"{facts.st_size} bytes; up to {MAX_BYTES} are read", "split the file")
    return path.read_bytes()


def _try(job: Callable[[], _Answer], limits: Limits) -> _Answer:
    try:
        return job()
    except ReaderError as error:
        return "rejected", error.stage, str(error), None
    except MemoryError:
        return _short_of_memory(limits)
    except OSError as error:
        return "error", "open", f"{error.strerror or error}; check that the file exists and may be read", None
    except Exception as error:  # noqa: BLE001  whatever a parser raises is told, not thrown
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return "error", "read", f"{reason[:300]}; save the file in another format", None


def _read(path: Path, name: str, limits: Limits) -> _Answer:
    from catena.readers import load_fields, read_bytes

    document = read_bytes(_load(path), name, load_fields(path))
    if len(document.text) > limits.characters:
        reason = f"{len(document.text)} characters; up to {limits.characters} are read; split it"
        return "rejected", "read", reason, None
    return "ok", "read", "", document


def _unpack(path: Path, label: str, folder: Path, limits: Limits) -> _Answer:
    from catena.readers.containers import unpack

    return "ok", "open", "", unpack(path, label, folder)


def _paint(data: bytes, page: int, box: tuple[int, int, int, int] | None) -> _Answer:
    from catena.readers.pdf.picture import paint_page

    return "ok", "read", "", paint_page(data, page, box=box)
