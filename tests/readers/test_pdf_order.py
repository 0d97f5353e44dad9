"""From what a page paints, left to right, to what was written. Painted lines and their readings are set by hand."""

from __future__ import annotations

import pytest

from catena.readers.pdf.order import find_unpaired, order_line
from catena.readers.pdf.tokens import GAP, Token
from catena.readers.pdf.units import direction
from catena.text.bidi import visual_order


def tokens(painted: str) -> list[Token]:
    """One token a character, from left to right as on paper."""
    return [Token(character, direction(character)) for character in painted]


def paint(written: str, base: str) -> list[Token]:
    """The tokens of a line that somebody wrote, as the standard paints it; brackets keep their codes."""
    return tokens("".join(written[place] for place in visual_order(written, base)))


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("قال المندوب: لا", "R"),
        ("وقالت وكالة Lakeside News في 2015/05/09 إن", "R"),
        ("نسبة 25% من 1,250 انظر", "R"),
        ("الهاتف: +961 1 307 500 البريد: info@example.org", "R"),
        ("بين عامي 2013-2014، أي من 40 إلى 45", "R"),
        ("وكالة LNA، 3/1/2014م", "R"),
        ("قال: «لا نطلب» ثم أضاف", "R"),
        ("منظمة Five Lakes Watch (FLW).", "R"),
        ("The Council said: ﴿قال نعم﴾ [18:20] and asked", "L"),
        ("see «قائمة الرسوم», on page 3", "L"),
        ("מועצה (9 במאי 2015, 25% מתוך 1,250).", "R"),
        ("خانه‌های آن‌ها (۲۵٪).", "R"),
    ],
)
def test_a_line_is_read_as_it_was_written(written: str, base: str) -> None:
    found = order_line(paint(written, base), base, mirrored=False)
    assert (found.text, found.confidence) == (written, 1.0)


def test_brackets_that_carry_the_code_of_their_shape_are_turned() -> None:
    # On paper "(" stands left and ")" right; in a line from right to left the right one opens.
    assert order_line(tokens("(ب ا)"), "R", mirrored=True).text == "(ا ب)"


def test_stated_text_is_never_turned() -> None:
    line = [Token("(", "O", stated=True), Token("ا", "R"), Token(")", "O", stated=True)]
    assert order_line(line, "R", mirrored=True).text == ")ا("


def test_the_brackets_of_a_verse_are_never_turned() -> None:
    assert order_line(tokens("\ufd3eب\ufd3f"), "R", mirrored=True).text == "\ufd3fب\ufd3e"


def test_the_line_before_decides_about_a_number_at_the_beginning() -> None:
    first, second = "it says ﴿قال نعم﴾", "[18:20] and asks"
    whole = f"{first}\n{second}"
    start = len(first) + 1
    painted = "".join(whole[start + place] for place in visual_order(whole, "L", start))
    assert painted == "]18:20[ and asks"
    assert order_line(tokens(painted), "L", mirrored=False, before=first).text == second


def test_room_inside_a_bracket_is_no_space_and_room_between_words_is_one() -> None:
    assert order_line(tokens(f"«{GAP}a{GAP}b{GAP}»"), "L", mirrored=False).text == "«a b»"


def test_a_line_that_nobody_could_have_painted_so_is_doubtful_and_keeps_its_characters() -> None:
    # Written alef, 2, bracket, b: the algorithm paints b leftmost. Written alef, b, bracket, 2: it paints b(2.
    found = order_line(tokens("2(b\u0627"), "R", mirrored=False)
    assert found.confidence < 1.0
    assert sorted(found.text) == sorted("2(b\u0627")


@pytest.mark.parametrize(
    ("text", "unpaired"), [("(a) «b»", []), ("a) (b", [")", "("]), ("(a]", ["(", "]"]), ("\ufd3fا\ufd3e", [])]
)
def test_signs_without_a_partner_are_found(text: str, unpaired: list[str]) -> None:
    assert find_unpaired(text) == unpaired
