"""Adds files to a project, one transaction each, until all are there. Killed at random by test_kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

from catena.model import Document, MadeBy, Origin, Span, make_finding
from catena.store import FileResult, FileStamp, open_or_create

FILES = 400


def make_result(number: int) -> FileResult:
    text = f"Statement {number} of the Northern Council. " * 40
    document = Document(text, Origin(f"{number}.txt", f"{number:064x}"))
    findings = tuple(
        make_finding(document, "figure", {"content": Span(at, at + 9)}, MadeBy("figures"), values={"count": number})
        for at in range(0, 200, 10)
    )
    stamp = FileStamp(f"{number}.txt", len(text), number)
    return FileResult(stamp, f"{number:064x}", "ok", "read", "", document, findings, 0.0, "r1")


def main() -> None:
    with open_or_create(Path(sys.argv[1])) as project:
        known = project.file_states()
        for number in range(FILES):
            if f"{number}.txt" not in known:
                project.add(make_result(number))
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
