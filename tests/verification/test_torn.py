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


DAMAGED = (
    "قَاَل تَعَاَلى ِفي َسوَرةِ الفَاِتَحة ﴿مَلِكِ يَوْمِ الدِّينِ﴾ [1:4]",  # the line is damaged, the verse in it is whole
    "﴿مَلَكِ َيْومِ الدِّينِ﴾ [1:4]",  # the verse itself is: a word begins with a mark
)


@pytest.mark.parametrize("text", DAMAGED)
def test_on_a_damaged_line_letters_are_judged_and_the_marks_are_called_not_checkable(check: Check, text: str) -> None:
    (finding,) = check(text)
    assert finding.verdict in ("exact", "exact-spelling")
    (reason,) = (one for one in finding.evidence if one.code == "marks-displaced")
    assert "marks are not checkable, letters alone are judged" in reason.note


def test_on_a_damaged_line_a_changed_letter_is_still_told(check: Check) -> None:
    (finding,) = check(DAMAGED[0].replace("الدِّينِ", "الدِّيكِ"))
    assert finding.verdict == "altered"
    assert "marks-displaced" in {one.code for one in finding.evidence}


def test_on_a_sound_line_a_wrong_vowel_is_told_and_no_mark_is_called_not_checkable(check: Check) -> None:
    (finding,) = check("قَالَ تَعَالَى فِي سُورَةِ الفَاتِحَةِ ﴿مَلِكُ يَوْمَ الدِّينِ﴾ [1:4]")
    codes = {one.code for one in finding.evidence}
    assert "marks-displaced" not in codes
    assert finding.verdict != "exact"
