"""A page put together from units that stand where the test puts them: marks, joiners, strokes, words, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from catena.readers.pdf.rebuild import rebuild_page
from catena.readers.pdf.units import Unit, compose, is_marks, unfold_forms

SIZE = 10.0


def unit(text: str, left: float, right: float, *, y: float = 700.0, ink: float | None = None) -> Unit:
    """A unit of ten points; `ink` is the middle of what it paints."""
    at = (left + right) / 2 if ink is None else ink
    made = Unit(text, left, right, y, SIZE, 0, left, at if ink else left, at if ink else right)
    made.mark, made.space, made.filler = is_marks(text), text == " ", not text
    return made


def page(units: Sequence[Unit]) -> str:
    for place, one in enumerate(units):
        one.place = place
    return rebuild_page(units).text


def word(letters: str, left: float, *, y: float = 700.0) -> list[Unit]:
    """Letters painted from left to right, five points each: the first stands leftmost."""
    return [unit(letter, left + 5 * nth, left + 5 * nth + 5, y=y) for nth, letter in enumerate(letters)]


def test_letters_painted_from_left_to_right_are_written_from_right_to_left() -> None:
    assert page(word("لاق", 100)) == "قال"


def test_a_mark_painted_before_its_letter_comes_behind_it() -> None:
    # fatha over qaf and alef plain, painted mark first: the ink tells that it lies over qaf
    units = [unit("ل", 100, 105), unit("ا", 105, 110), unit("\u064e", 110, 110, ink=112), unit("ق", 110, 115)]
    assert page(units) == "ق\u064eال"


def test_a_mark_painted_after_its_letter_stays_behind_it() -> None:
    units = [unit("ل", 100, 105), unit("ا", 105, 110), unit("ق", 110, 115), unit("\u064e", 115, 115, ink=112)]
    assert page(units) == "ق\u064eال"


def test_a_joiner_stands_between_the_letters_it_was_painted_between() -> None:
    # می‌خ: the joiner's place is off by a tenth of a point, as LibreOffice rounds it
    units = [unit("خ", 100, 105), unit("\u200c", 105.1, 107), unit("ی", 105, 110), unit("م", 110, 115)]
    assert page(units) == "می\u200cخ"


def test_an_alef_without_width_comes_behind_the_lam_it_lies_on() -> None:
    units = [unit("م", 100, 105), unit("أ", 105.3, 105.3), unit("ل", 105, 110), unit("ا", 110, 115)]
    assert page(units) == "الأم"


def test_strokes_that_stretch_a_word_are_left_out_and_a_written_tatweel_stays() -> None:
    stretched = [unit("ن", 100, 105), unit("ـ", 104, 107), unit("ـ", 105, 108), unit("م", 107, 112)]
    assert page(stretched) == "من"
    written = [unit("ن", 100, 105), unit("ـ", 105, 108), unit("م", 108, 113)]
    assert page(written) == "مـن"


def test_a_stroke_without_text_is_no_gap_between_words() -> None:
    assert page([unit("ن", 100, 105), unit("", 105, 112), unit("م", 112, 117)]) == "من"


def test_a_gap_parts_words_where_no_space_is_painted() -> None:
    assert page([*word("نم", 100), *word("وه", 113)]) == "هو من"


def test_pieces_laid_over_each_other_stay_whole() -> None:
    under, over = word("دحا", 100), [unit(" ", 108, 112), *word("مهنم", 112)]  # the first ends at 115
    assert page([*over, *under]) == "منهم احد"


def test_lines_come_from_top_to_bottom_and_pieces_of_one_line_together() -> None:
    assert page([*word("نم", 100, y=600), *word("لاق", 100, y=700)]) == "قال\nمن"


def test_a_short_line_ends_a_paragraph_and_each_paragraph_has_its_direction() -> None:
    units = [*word("abcdefghijkl", 100, y=700), *word("abc", 100, y=688), *word("لاق", 145, y=676)]
    for place, one in enumerate(units):
        one.place = place
    found = rebuild_page(units)
    assert [(paragraph.text, paragraph.direction) for paragraph in found.paragraphs] == [
        ("abcdefghijkl\nabc", "ltr"), ("قال", "rtl"),
    ]  # fmt: skip
    assert found.doubtful == 0


def test_the_marks_of_a_ligature_are_shared_out_from_right_to_left() -> None:
    one = unit("لا", 100, 110)
    one.marks = [unit("\u064e", 108, 108, ink=108), unit("\u0653", 102, 102, ink=102)]
    assert compose(one) == "ل\u064eا\u0653"


def test_presentation_forms_become_letters_and_signs_for_whole_words_stay() -> None:
    assert unfold_forms("\ufefb \ufdfa \ufdf2") == "لا \ufdfa \ufdf2"
