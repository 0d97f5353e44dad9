"""Numbering tables: from the references of one edition to the canonical ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from catena.library import (
    LibraryError,
    NumberingTable,
    Said,
    add_edition,
    load_numbering,
    load_passages,
    shipped_numberings,
)
from catena.library.numbering import read_tsv


@pytest.mark.parametrize(
    ("local", "canonical"),
    [
        ("Ps 8:5", None),
        ("Ps 9:21", None),
        ("Ps 9:22", "Ps 10:1"),
        ("Ps 9:39", "Ps 10:18"),
        ("Ps 50:12", "Ps 51:12"),
        ("Ps 113:8", "Ps 114:8"),
        ("Ps 113:9", "Ps 115:1"),
        ("Ps 115:1", "Ps 116:10"),
        ("Ps 146:11", "Ps 147:11"),
        ("Ps 147:1", "Ps 147:12"),
        ("Ps 150:6", None),
        ("Gen 1:1", None),
    ],
)
def test_greek_psalms_stand_under_hebrew_numbers(local: str, canonical: str | None) -> None:
    assert load_numbering("psalms-greek-to-hebrew").lookup(local) == canonical


@pytest.mark.parametrize(
    ("local", "canonical"),
    [
        ("Ps 1:1", None),
        ("Ps 3:1", "Ps 3:0"),
        ("Ps 3:9", "Ps 3:8"),
        ("Ps 13:6", "Ps 13:5-6"),
        ("Ps 51:1", "Ps 51:0a"),
        ("Ps 51:2", "Ps 51:0b"),
        ("Ps 51:3", "Ps 51:1"),
        ("Ps 51:21", "Ps 51:19"),
    ],
)
def test_hebrew_verses_stand_under_english_numbers(local: str, canonical: str | None) -> None:
    assert load_numbering("psalms-hebrew-to-english").lookup(local) == canonical


def test_the_shipped_tables_are_these() -> None:
    assert shipped_numberings() == ("psalms-greek-to-hebrew", "psalms-hebrew-to-english")


@pytest.mark.parametrize(
    ("rows", "reference", "expected"),
    [
        ((("Q 1:6-7", "Q 1:7"),), "Q 1:7", "Q 1:7b"),
        ((("Q 2:1", "Q 2:1-2"),), "Q 2:1", "Q 2:1-2"),
        ((("Q 2:2-", "Q 2:3-"),), "Q 2:285", "Q 2:286"),
        ((("Gen 1:1-9", "Gen 1:2-10"),), "Gen 1:3-4", "Gen 1:4-5"),
        ((("premier", "1"),), "premier", "1"),
    ],
)
def test_ranges_are_parted_joined_and_moved(rows: tuple[tuple[str, str], ...], reference: str, expected: str) -> None:
    assert NumberingTable("x", "", rows).lookup(reference) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Q 1:1 Q 1:2\n", "line 1: 1 columns instead of 2"),
        ("# remark\nQ 1:1-3\tQ 1:2-3\n", "row 2: Q 1:1-3 and Q 1:2-3 are not equally long"),
        ("Q 1:1-3\tQ 1:2-4\nQ 1:2\tQ 1:9\n", "row 2: Q 1:2 is in row 1 already"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_with_its_row(text: str, problem: str) -> None:
    with pytest.raises(LibraryError) as raised:
        read_tsv(text, "table.tsv")
    assert problem in str(raised.value)


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LibraryError, match="there are: psalms-greek-to-hebrew"):
        load_numbering("psalms")


def test_an_edition_is_added_under_canonical_numbers_and_keeps_its_own(tmp_path: Path) -> None:
    table = tmp_path / "madani.tsv"
    table.write_text("# count of Medina\nQ 1:1-5\tQ 1:2-6\nQ 1:6-7\tQ 1:7\n", encoding="utf-8")
    file = tmp_path / "sura.txt"
    file.write_text("1|1|one\n1|5|five\n1|6|six\n1|7|seven\n2|1|two\n", encoding="utf-8")
    said = Said(language="ar", reading="Warsh", numbering=(str(table),))
    edition = add_edition(tmp_path / "library", "Reading", file, said=said)
    assert [(one.reference, one.text) for one in load_passages(edition)] == [
        ("Q 1:2", "one"),
        ("Q 1:6", "five"),
        ("Q 1:7a", "six"),
        ("Q 1:7b", "seven"),
        ("Q 2:1", "two"),
    ]
    assert load_passages(edition)[0].local == ("1:1",)
    assert (edition.reading, edition.numbering) == ("Warsh", ("madani.tsv",))
    stored = Path(edition.path).with_name("numbering-1.tsv").read_text(encoding="utf-8")
    assert stored == "Q 1:1-5\tQ 1:2-6\nQ 1:6-7\tQ 1:7\n"


def test_tables_follow_each_other(tmp_path: Path) -> None:
    file = tmp_path / "psalms.txt"
    file.write_text("Ps 50:3\tHave mercy\nPs 1:1\tBlessed\n", encoding="utf-8")
    both = ("psalms-greek-to-hebrew", "psalms-hebrew-to-english")
    edition = add_edition(tmp_path / "library", "Psalms", file, language="en", work="bible", said=Said(numbering=both))
    assert [one.reference for one in load_passages(edition)] == ["Ps 51:1", "Ps 1:1"]


def test_two_passages_under_one_number_are_refused_with_both_places(tmp_path: Path) -> None:
    table = tmp_path / "wrong.tsv"
    table.write_text("Q 1:1\tQ 1:2\n", encoding="utf-8")
    file = tmp_path / "sura.txt"
    file.write_text("1|1|one\n1|2|two\n", encoding="utf-8")
    with pytest.raises(LibraryError) as raised:
        add_edition(tmp_path / "library", "Reading", file, language="ar", said=Said(numbering=(str(table),)))
    assert "sura.txt, line 2: 1:2 is Q 1:2, and so is 1:1 in sura.txt, line 1" in str(raised.value)
    assert not (tmp_path / "library").exists()
