"""One file, one process: whatever a file does to a parser, only that process pays.

The child has limits on memory and processor time, no network, and sends its document back through a pipe. On Linux it
is forked, which costs a few milliseconds; elsewhere a fresh interpreter is started.
"""

from __future__ import annotations

import multiprocessing
import resource
import socket
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from catena.model import Document
from catena.readers.base import ReaderError

STATUSES = ("ok", "rejected", "error", "crash", "timeout")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: wall time, memory beyond what the process has, and characters of text."""

    seconds: float = 25.0
    memory: int = 1_500_000_000
    characters: int = 50_000_000


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of a file. `document` is there when `status` is `ok`; else `reason` is one line with a next step."""

    status: str
    stage: str
    reason: str
    document: Document | None
    seconds: float


def read_isolated(path: Path, name: str, limits: Limits | None = None) -> ReadOutcome:
    """Read `path` in a process of its own; the document is called `name`. Never raises for what is in the file."""
    limits = limits or Limits()
    began = time.monotonic()
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(path, name, limits, theirs), daemon=True)
    child.start()
    theirs.close()
    status, stage, reason, document = _wait(ours, child, limits)
    ours.close()
    return ReadOutcome(status, stage, reason, document, time.monotonic() - began)


def _wait(
    ours: Connection, child: multiprocessing.process.BaseProcess, limits: Limits
) -> tuple[str, str, str, Document | None]:
    try:
        if not ours.poll(limits.seconds):
            return (
                "timeout",
                "read",
                f"not read within {limits.seconds:g} s; split the file or save it in another format",
                None,
            )
        answer: tuple[str, str, str, Document | None] = ours.recv()
        return answer
    except EOFError:
        child.join(5)
        return (
            "crash",
            "read",
            f"the reader died (exit code {child.exitcode}); save the file in another format",
            None,
        )
    finally:
        child.kill()
        child.join()
        child.close()


def _work(path: Path, name: str, limits: Limits, answer: Connection) -> None:
    """In the child: limits first, then read, then tell."""
    _limit(limits)
    answer.send(_read(path, name, limits))
    answer.close()


def _limit(limits: Limits) -> None:
    in_use = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if in_use:
        resource.setrlimit(resource.RLIMIT_AS, (in_use + limits.memory, in_use + limits.memory))
    seconds = int(limits.seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket = _NoNetwork  # type: ignore[misc,assignment]


class _NoNetwork:
    """Stands where sockets are made: no reader has business on a network."""

    def __init__(self, *_: object, **__: object) -> None:
        raise PermissionError("a reader tried to use the network")


def _read(path: Path, name: str, limits: Limits) -> tuple[str, str, str, Document | None]:
    from catena.readers import read_bytes

    try:
        data = path.read_bytes()
    except OSError as error:
        return "error", "open", f"{error.strerror or error}; check that the file exists and may be read", None
    try:
        document = read_bytes(data, name)
    except ReaderError as error:
        return "rejected", error.stage, str(error), None
    except MemoryError:
        return "error", "read", f"needs more than {limits.memory} bytes of memory; split the file", None
    except Exception as error:  # noqa: BLE001  whatever a parser raises is told, not thrown
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return "error", "read", f"{reason[:300]}; save the file in another format", None
    if len(document.text) > limits.characters:
        return (
            "rejected",
            "read",
            f"{len(document.text)} characters; up to {limits.characters} are read; split it",
            None,
        )
    return "ok", "read", "", document
