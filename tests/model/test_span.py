"""Spans: half-open ranges of code points."""

from __future__ import annotations

import pytest

from catena.model import Span, cover, trim


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_range_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"span \\[{start}, {end}\\) is not a range"):
        Span(start, end)


def test_a_span_counts_code_points_not_bytes_or_utf16_units() -> None:
    assert Span(2, 3).of("👍🏽é") == "é"


def test_a_span_past_the_end_is_refused() -> None:
    with pytest.raises(IndexError, match="runs past the text of 3"):
        Span(1, 4).of("abc")


def test_an_empty_span_is_a_place_and_true() -> None:
    assert len(Span(2, 2)) == 0
    assert Span(2, 2)
    assert Span(2, 2).of("abc") == ""


def test_neighbours_do_not_overlap() -> None:
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert Span(0, 2).intersect(Span(2, 4)) is None
    assert Span(0, 3).intersect(Span(2, 4)) == Span(2, 3)


def test_a_span_contains_itself_and_its_parts() -> None:
    assert Span(1, 5).contains(Span(1, 5))
    assert Span(1, 5).contains(Span(2, 2))
    assert not Span(1, 5).contains(Span(0, 2))
    assert not Span(1, 5).contains(Span(4, 6))


def test_spans_are_in_reading_order() -> None:
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


def test_a_shift_keeps_the_length_and_may_not_leave_the_text() -> None:
    assert Span(3, 5).shift(-3) == Span(0, 2)
    with pytest.raises(ValueError, match="not a range"):
        Span(3, 5).shift(-4)


def test_a_cover_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one span"):
        cover([])


def test_trimming_a_blank_span_leaves_its_start() -> None:
    assert trim("a \n b", Span(1, 4)) == Span(1, 1)
    assert trim("\u00a0ab\u3000", Span(0, 4)) == Span(1, 3)
