"""The bidirectional algorithm: what is written comes out as it is painted. Expected orders are worked out by hand."""

from __future__ import annotations

import pytest

from catena.text.bidi import find_levels, visual_order


def painted(text: str, base: str) -> str:
    return "".join(text[place] for place in visual_order(text, base))


# Hebrew letters stand for any that run from right to left, Arabic ones where numbers behave otherwise after them.
@pytest.mark.parametrize(
    ("written", "base", "seen"),
    [
        ("abc", "L", "abc"),
        ("אבג", "R", "גבא"),
        ("a אב b", "L", "a בא b"),
        ("אב a גד", "R", "דג a בא"),
        ("אב 12 גד", "R", "דג 12 בא"),  # a number keeps its own order
        ("אב 12 גד", "L", "דג 12 בא"),
        ("a 12 אב", "R", "בא a 12"),  # after a Latin letter a number belongs to it
        ("קל 1-2", "R", "1-2 לק"),  # a hyphen joins European numbers ...
        ("\u0627 1-2", "R", "2-1 \u0627"),  # ... but not after an Arabic letter
        ("\u0627 1/2", "R", "1/2 \u0627"),  # a slash joins both
        ("אב 25%", "R", "25% בא"),
        ("\u0627 25%", "R", "%25 \u0627"),
        ("a (אב) b", "L", "a (בא) b"),  # a pair takes the paragraph's direction ...
        ("אב (a)", "R", ")a( בא"),  # by code: on paper each bracket has the shape of its twin
        ("a אב (גד)", "L", "a )דג( בא"),  # ... unless what is inside and before both run the other way
        ("אב.", "R", ".בא"),
        ("אב.", "L", "בא."),
    ],
)
def test_a_line_is_painted_as_the_standard_says(written: str, base: str, seen: str) -> None:
    assert painted(written, base) == seen


def test_spaces_at_the_end_of_a_line_have_the_level_of_the_paragraph() -> None:
    assert find_levels("a \u05d0 ", "L") == [0, 0, 1, 0]


def test_a_line_of_a_paragraph_is_painted_in_the_light_of_the_line_before() -> None:
    text = "a \u05d0\u05d1\n[7] b"
    # By itself the second line would read "[7] b" from the left; after Hebrew the brackets and the number belong to it.
    order = visual_order(text, "L", 5)
    assert "".join(text[5 + place] for place in order) == "]7[ b"


def test_no_text_has_no_order() -> None:
    assert visual_order("", "R") == []
