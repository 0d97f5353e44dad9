"""Damaged words that the text announces as a work's: told by letters kept in their order, and not by chance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catena.model import Finding

Check = Callable[[str], tuple[Finding, ...]]


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("وكر فإن الذكى تفع المؤنين", "Q 51:55"),  # four letters lost
        ("وذكذ فإن الدكرى تنقع المومتين", "Q 51:55"),  # four letters misread
        ("فقل الذ حاج إرهيم ف رب", None),  # nothing is kept of enough letters
    ],
)
def test_letters_in_their_order_lead_to_the_verse_where_no_word_is_whole(
    words: str, reference: str | None, check: Check
) -> None:
    (found,) = check(f"قال الأمين ﴿{words}﴾ ثم مضى.")
    assert found.reference == reference
    assert found.verdict == ("altered" if reference else "not-found")


def test_an_invented_verse_with_common_words_stays_not_found(check: Check) -> None:
    (found,) = check("قال الأمين ﴿إن الذين يحفظون البحيرات لهم خير كثير في الموانئ﴾ ثم مضى.")
    assert found.verdict == "not-found"


def test_of_two_passages_the_one_that_leaves_less_out_is_named(check: Check) -> None:
    words = "وأطيعوا الل وأيعوا ارسول فإن توليتم إنما على رسولنا البلاغ المبي"
    (found,) = check(f"قال الأمين ﴿{words}﴾ ثم مضى.")
    assert found.reference == "Q 64:12"  # Q 5:92 has three words more in between
