"""Views: from folded characters back to the source, and the other way."""

from __future__ import annotations

import numpy as np

from catena.model import Span, View

# "a", one ligature that gave "xyz", a letter with two marks, a free control, "b": 7 code points of source.
VIEW = View(
    "axyzcb",
    np.array([0, 1, 1, 1, 2, 6], dtype=np.int32),
    np.array([1, 2, 2, 2, 5, 7], dtype=np.int32),
    source_length=7,
)


def test_a_part_of_an_expansion_projects_to_the_whole_character() -> None:
    assert VIEW.project(Span(2, 3)) == Span(1, 2)


def test_a_letter_brings_its_marks_and_not_the_control_after_them() -> None:
    assert VIEW.project(Span(4, 5)) == Span(2, 5)
    assert VIEW.project(Span(4, 6)) == Span(2, 7)


def test_an_empty_range_projects_to_a_place() -> None:
    assert VIEW.project(Span(4, 4)) == Span(2, 2)
    assert VIEW.project(Span(6, 6)) == Span(7, 7)


def test_a_source_range_is_found_in_the_view() -> None:
    assert VIEW.locate(Span(1, 2)) == Span(1, 4)
    assert VIEW.locate(Span(3, 6)) == Span(5, 5)
    assert VIEW.locate(Span(0, 7)) == Span(0, 6)
