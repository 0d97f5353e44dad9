"""Damaged text: torn words and slipped marks are no fault of the author, a changed letter is."""

from __future__ import annotations

import pytest
from tests.verification.conftest import Check


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("َوالْ ُموفُ َون ِبعَ ْه ِد ِه ْم ِإذَا َعا َهدُوا", "exact-spelling"),
        ("َوالْ ُموفُ َون ِبعَ ْه ِد ِه ْم ِإذَا َعا َقدُوا", "altered"),
    ],
)
def test_torn_words_are_compared_by_their_letters(check: Check, words: str, verdict: str) -> None:
    (finding,) = check(f"قال تعالى: ﴿{words}﴾ [البقرة: 177]")
    assert (finding.verdict, finding.reference) == (verdict, "Q 2:177")


def test_the_reasons_say_that_word_breaks_and_marks_were_not_judged(check: Check) -> None:
    (finding,) = check("﴿َوالْ ُموفُ َون ِبعَ ْه ِد ِه ْم ِإذَا َعا َهدُوا﴾ [البقرة: 177]")
    codes = {reason.code for reason in finding.evidence}
    assert {"word-breaks-not-judged", "marks-displaced"} <= codes
