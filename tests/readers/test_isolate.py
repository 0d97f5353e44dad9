"""One file, one process: what the process may not do, and how each end is told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from catena.readers import Limits, read_isolated


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_document_carries_the_name_given_not_the_path(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"The talks ended.")
    outcome = read_isolated(path, "2021/a.txt")
    assert outcome.document is not None
    assert outcome.document.origin.name == "2021/a.txt"


def test_a_process_with_threads_reads_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"The talks ended.")
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        outcome = read_isolated(path, "a.txt")
    finally:
        done.set()
        other.join()
    assert outcome.document == read_isolated(path, "a.txt").document
    assert outcome.status == "ok"


def test_a_pipe_is_refused_at_once_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    outcome = read_isolated(tmp_path / "a.txt", "a.txt", Limits(seconds=10))
    assert (outcome.status, outcome.stage) == ("rejected", "open")
    assert "regular file" in outcome.reason


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert read_isolated(tmp_path, "folder").status == "rejected"


def test_a_file_that_takes_too_long_is_stopped_and_the_limit_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", b"<html><body>" + b"<p>The talks ended.</p>" * 400_000)
    outcome = read_isolated(path, "a.html", Limits(seconds=0.5))
    assert outcome.status == "timeout"
    assert "0.5 s" in outcome.reason
    assert outcome.seconds < 5


def test_a_file_that_needs_too_much_memory_is_told_and_this_process_lives(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Переговоры. ".encode() * 4_000_000)
    outcome = read_isolated(path, "a.txt", Limits(memory=100_000_000))
    assert outcome.status in ("error", "crash")
    assert outcome.reason


def test_a_reader_can_neither_use_the_network_nor_write_to_our_output(tmp_path: Path) -> None:
    program = (
        "import os, socket, sys\n"
        "from catena.readers.isolate import Limits, _limit\n"
        "kept = os.dup(1)\n"
        "_limit(Limits())\n"
        "os.write(1, b'stray')\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', 9))\n"
        "except PermissionError as error:\n"
        "    os.write(kept, str(error).encode())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout == b"a reader tried to use the network"


def test_a_reader_that_gets_on_may_take_longer_than_one_that_does_not(tmp_path: Path) -> None:
    printed = Path(__file__).parent / "fixtures" / "printed" / "chromium" / "press.Noto-Sans-Arabic.pdf"
    assert read_isolated(printed, "a.pdf", Limits(seconds=20, longest=60)).status == "ok"
    late = read_isolated(printed, "a.pdf", Limits(seconds=20, longest=0.001))
    assert (late.status, "0.001 s" in late.reason) == ("timeout", True)
