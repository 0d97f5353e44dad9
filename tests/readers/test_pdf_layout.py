"""Columns, tables and order of painting: each part of a page is read after the other, as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.builders import make_pdf_streams
from tests.readers.make_fixtures import ARABIC, ENGLISH, ROWS

from catena.readers import read_bytes, read_path

FIXTURES = Path(__file__).parent / "fixtures"


def joined(text: str) -> str:
    return " ".join(text.split())


def test_columns_are_read_one_after_the_other_from_the_right() -> None:
    text = joined(read_path(FIXTURES / "columns.pdf").text)
    assert text == joined(" ".join(("بيان في أمر الميناء", *ARABIC, ARABIC[0])))


def test_two_languages_side_by_side_are_two_texts() -> None:
    found = read_path(FIXTURES / "bilingual.pdf")
    both = [joined(" ".join(words)) for words in (ENGLISH, ARABIC)]
    assert joined(found.text) in (" ".join(both), " ".join(both[::-1]))
    assert {block.direction for block in found.blocks if block.kind == "paragraph"} == {"ltr", "rtl"}


def test_cells_of_a_table_are_read_in_the_direction_of_the_page_parted_by_tabs() -> None:
    text = read_path(FIXTURES / "table.pdf").text
    assert text.split("\n")[-len(ROWS) :] == ["\t".join(row) for row in ROWS]


def test_paragraphs_tell_where_they_stand() -> None:
    boxes = [block.locator.partition(", box ")[2] for block in read_path(FIXTURES / "columns.pdf").blocks]
    places = [tuple(map(int, box.split())) for box in boxes if box]
    assert all(0 < left < right < 420 and 0 < low < high < 595 for left, low, right, high in places)
    assert places[1][0] > places[-2][2]  # the first column stands to the right of the second


def lines(*placed: tuple[int, int, str]) -> bytes:
    """A page with a piece of text at each place (left, baseline), painted in this order."""
    shown = " ".join(f"1 0 0 1 {left} {base} Tm ({words}) Tj" for left, base, words in placed)
    return make_pdf_streams([f"BT /F1 10 Tf {shown} ET".encode()])


LEFT = (
    "The council of Veldania met on Saturday",
    "in the town of Sorin and spoke about the",
    "harbour and the lakes, which shall stay",
    "open to all members until next year.",
)
RIGHT = (
    "Minister Tarek Salim said that members",
    "are all equal, that the dues will not be",
    "raised in the next season, and that the",
    "talks had ended without agreement.",
)


def test_columns_painted_line_by_line_are_read_column_by_column() -> None:
    page = [(left, 700 - 14 * nth, side[nth]) for nth in range(4) for left, side in ((72, LEFT), (320, RIGHT))]
    assert read_bytes(lines(*page), "a.pdf").text == "\n".join((*LEFT, *RIGHT))


def test_a_sign_painted_after_its_line_is_read_in_its_place() -> None:
    page = lines((72, 700, "The lakes stay open"), (170, 700, "to all members."), (163, 700, ","))
    assert read_bytes(page, "a.pdf").text == "The lakes stay open, to all members."


def test_a_letterhead_of_two_lines_side_by_side_is_no_pair_of_columns() -> None:
    page = lines((72, 700, "Council of Veldania"), (400, 700, "9 May 2015"), (72, 686, "Port Amsel"),
                 (400, 686, "No. 12"), (72, 650, "The talks ended."))  # fmt: skip
    assert read_bytes(page, "a.pdf").text == "Council of Veldania 9 May 2015\nPort Amsel No. 12\nThe talks ended."


@pytest.mark.parametrize("gap", [12, 18])
def test_wide_spaces_in_one_line_are_no_gutter(gap: int) -> None:
    page = lines(*((72, 700 - 14 * nth, line) for nth, line in enumerate(LEFT)), (72 + gap, 630, "And so it ends."))
    assert read_bytes(page, "a.pdf").text == "\n".join((*LEFT, "And so it ends."))
