from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catena.model import Document, Finding, MadeBy, Origin, Span, make_finding
from catena.store import FileResult, FileStamp, Project, open_or_create


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_or_create(tmp_path / "p.catena") as opened:
        yield opened


def make_document(text: str, name: str = "a.txt", sha256: str = "00") -> Document:
    return Document(text, Origin(name, sha256))


def make_result(
    text: str,
    path: str = "a.txt",
    *,
    findings: Callable[[Document], tuple[Finding, ...]] = lambda document: (),
    sha256: str = "00",
    version: str = "r1",
) -> FileResult:
    document = make_document(text, path, sha256)
    return FileResult(
        FileStamp(path, len(text), 7), sha256, "ok", "read", "", document, findings(document), 0.25, version
    )


def make_failure(path: str, status: str = "rejected") -> FileResult:
    return FileResult(FileStamp(path, 3, 7), "00", status, "open", "it is cut short", None, (), 0.5, "r1")


def first_word(document: Document) -> tuple[Finding, ...]:
    end = document.text.index(" ")
    return (make_finding(document, "name", {"content": Span(0, end)}, MadeBy("names")),)
