"""Numbering tables: from the references of one edition to the canonical ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.library.verse_counts import CHAPTERS, ENGLISH_PSALMS, GREEK_PSALMS, HEBREW_PSALMS, KUFA, MEDINA

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
    assert shipped_numberings() == (
        "chapters-hebrew-to-english",
        "psalms-greek-to-hebrew",
        "psalms-hebrew-to-english",
        "quran-medina-to-kufa",
    )


@pytest.mark.parametrize(
    ("local", "canonical"),
    [
        ("Q 1:1", "Q 1:2"),
        ("Q 1:6", "Q 1:7a"),
        ("Q 1:7", "Q 1:7b"),
        ("Q 2:1", "Q 2:1-2"),
        ("Q 2:199", "Q 2:200-201"),
        ("Q 2:253", "Q 2:255a"),
        ("Q 2:285", "Q 2:286"),
        ("Q 5:1", "Q 5:1a"),
        ("Q 11:82", "Q 11:82-83"),
        ("Q 56:52", "Q 56:49-50"),
        ("Q 56:53", "Q 56:50b"),
        ("Q 106:4", "Q 106:4a"),
        ("Q 112:1", None),
    ],
)
def test_verses_counted_in_medina_stand_under_the_numbers_of_kufa(local: str, canonical: str | None) -> None:
    assert load_numbering("quran-medina-to-kufa").lookup(local) == canonical


def test_every_verse_counted_in_medina_arrives_at_one_of_kufa_and_none_is_left_over() -> None:
    found = []
    for sura, verses in enumerate(MEDINA, 1):
        found += _arrive("quran-medina-to-kufa", "Q", {sura: verses})
    every = [(sura, verse) for sura, many in enumerate(KUFA, 1) for verse in range(1, many + 1)]
    assert list(dict.fromkeys(found)) == [place for place in every if place != (1, 1)]


@pytest.mark.parametrize(
    ("local", "canonical"),
    [
        ("Gen 32:1", "Gen 31:55"),
        ("Gen 32:2", "Gen 32:1"),
        ("Exod 21:37", "Exod 22:1"),
        ("Num 25:19", "Num 26:1a"),
        ("1Sam 21:1", "1Sam 20:42b"),
        ("Isa 9:5", "Isa 9:6"),
        ("Isa 63:19", "Isa 63:19-64:1"),
        ("Ezek 21:5", "Ezek 20:49"),
        ("Dan 3:31", "Dan 4:1"),
        ("Joel 2:27", None),
        ("Joel 3:1", "Joel 2:28"),
        ("Joel 3:5", "Joel 2:32"),
        ("Joel 4:10", "Joel 3:10"),
        ("Mic 5:1", "Mic 5:2"),
        ("Mal 3:18", None),
        ("Mal 3:19", "Mal 4:1"),
        ("Mal 3:24", "Mal 4:6"),
        ("Matt 5:9", None),
    ],
)
def test_hebrew_chapters_stand_under_english_numbers(local: str, canonical: str | None) -> None:
    assert load_numbering("chapters-hebrew-to-english").lookup(local) == canonical


def _arrive(table: str, book: str, chapters: dict[int, int]) -> list[tuple[int, int]]:
    """Where each verse of `chapters` (chapter -> verses) arrives, in order; a heading (verse 0) is none."""
    numbering = load_numbering(table)
    found = []
    for chapter, verses in chapters.items():
        for verse in range(1, verses + 1):
            local = f"{book} {chapter}:{verse}"
            ends = re.findall(r"(?:(\d+):)?(\d+)", (numbering.lookup(local) or local).removeprefix(book))
            first, last = (int(ends[0][0]), int(ends[0][1])), (int(ends[-1][0] or ends[0][0]), int(ends[-1][1]))
            between = [(first[0], verse) for verse in range(first[1], last[1] + 1)]
            found += between if first[0] == last[0] else [first, last]
    return [place for place in found if place[1]]


@pytest.mark.parametrize(("book", "counts"), CHAPTERS, ids=lambda given: str(given).partition(" ")[0])
def test_every_verse_of_a_hebrew_chapter_arrives_at_an_english_verse(book: str, counts: str) -> None:
    rows = [re.fullmatch(r"(\d+):(\d+)/(\d+)", each) for each in counts.split()]
    chapters = [(int(row[1]), int(row[2]), int(row[3])) for row in rows if row]
    found = _arrive("chapters-hebrew-to-english", book, {chapter: hebrew for chapter, hebrew, _ in chapters})
    english = [(chapter, verse) for chapter, _, many in chapters for verse in range(1, many + 1)]
    # The verse of horses and mules stands in English Bibles only.
    assert list(dict.fromkeys(found)) == [place for place in english if (book, *place) != ("Neh", 7, 68)]


def test_every_hebrew_verse_of_a_psalm_arrives_at_an_english_verse() -> None:
    found = _arrive("psalms-hebrew-to-english", "Ps", dict(enumerate(HEBREW_PSALMS, 1)))
    assert found == [(psalm, verse) for psalm, many in enumerate(ENGLISH_PSALMS, 1) for verse in range(1, many + 1)]


def test_every_greek_verse_of_a_psalm_arrives_at_a_hebrew_verse_of_its_own() -> None:
    found = _arrive("psalms-greek-to-hebrew", "Ps", dict(enumerate(GREEK_PSALMS, 1)))
    assert found == [(psalm, verse) for psalm, many in enumerate(HEBREW_PSALMS, 1) for verse in range(1, many + 1)]


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
    with pytest.raises(LibraryError, match="there are: chapters-hebrew-to-english, psalms-greek-to-hebrew"):
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
