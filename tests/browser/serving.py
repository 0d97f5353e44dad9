"""Projects made and served by the real program, and scripts of walks run on them in a real Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CATENA = [sys.executable, "-u", "-m", "catena"]


def need(found: bool, what: str) -> None:
    """Skip with a plain word on a person's machine; fail where the tests are the gate."""
    if not found:
        message = f"browser tests did not run: {what} is missing; use ./test"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


def catena(*given: str | Path) -> str:
    """Run a command of the program; what it says. Fails with what went wrong."""
    done = subprocess.run([*CATENA, *map(str, given)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextlib.contextmanager
def read(project: Path, person: str = "") -> Iterator[str]:
    """The address of a reader of the project, opened by `person`."""
    need(shutil.which("chromium") is not None, "chromium")
    need(shutil.which("node") is not None, "node")
    need((HERE / "node_modules").is_dir(), "tests/browser/node_modules")
    command = [*CATENA, "open", str(project), "--no-browser", *(["--person", person] if person else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        try:
            assert reader.stdout is not None
            yield reader.stdout.readline().removeprefix("Reading at ").strip()
        finally:
            reader.terminate()


@contextlib.contextmanager
def serve(folder: Path, project: Path) -> Iterator[str]:
    """The address of a reader of a new project of the folder."""
    catena("build", folder, "-o", project)
    with read(project) as address:
        yield address


def write_texts(folder: Path, texts: dict[str, str]) -> Path:
    """The texts as files of a new folder."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def walk(script: str, address: str, **environment: str) -> None:
    """Run a file of walks; every test in it must have run and passed."""
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", str(HERE / script)],
        capture_output=True, text=True, cwd=HERE, env=os.environ | {"READER": address} | environment, timeout=600,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    written = len(re.findall(r"^test\(", (HERE / script).read_text(encoding="utf-8"), re.MULTILINE))
    passed = int(re.findall(r"^# pass (\d+)", done.stdout, re.MULTILINE)[-1])
    assert passed >= written > 0, done.stdout[-2000:]


def wait_for(port: int) -> None:
    """Until somebody listens there; fails after 30 seconds."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail(f"nobody listens at {port}")
