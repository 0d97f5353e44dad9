"""Words in two spellings."""

from __future__ import annotations

import pytest

from catena.verification.spelling import letters_of, same_word, token_of
from catena.verification.vowels import vowels_conflict


@pytest.mark.parametrize(
    ("today", "old"),
    [
        ("الكتاب", "ٱلْكِتَٰبُ"),
        ("الصلاة", "ٱلصَّلَوٰةَ"),
        ("السماوات", "ٱلسَّمَٰوَٰتِ"),
        ("آمنوا", "ءَامَنُوا۟"),
        ("أولئك", "أُو۟لَٰٓئِكَ"),
        ("الليل", "ٱلَّيْلِ"),
        ("رحمة", "رَحْمَتَ"),
        ("يحيي", "يُحْىِۦ"),
        ("فاسأل", "فَسْـَٔلْ"),
        ("رأى", "رَءَا"),
        ("على", "عَلَىٰ"),
        ("داوود", "دَاوُۥدَ"),
        ("شيئا", "شَيْـًٔا"),
        ("هذا", "هَٰذَا"),
    ],
)
def test_a_word_in_todays_spelling_is_the_word_of_the_old_one(today: str, old: str) -> None:
    assert same_word(today, old) is not None


@pytest.mark.parametrize(
    ("quoted", "edition"),
    [
        ("قال", "قُلْ"),
        ("قل", "قَٰلَ"),
        ("لي", "لَا"),
        ("المسلمين", "ٱلْمُؤْمِنِينَ"),
        ("ولا", "لَا"),
        ("علم", "عَلِيمٌ"),
        ("كتب", "كَاتِبٌ"),
    ],
)
def test_words_of_other_letters_stay_different(quoted: str, edition: str) -> None:
    assert same_word(quoted, edition) is None


def test_the_rule_that_joins_two_spellings_is_named() -> None:
    assert same_word("الكتاب", "ٱلْكِتَٰبُ") == ("dagger-alef",)
    assert same_word("الصلاة", "ٱلصَّلَوٰةَ") == ("waw-for-alef",)


def test_latin_words_differ_in_letters_only() -> None:
    assert same_word("Don’t", "don't") == ()
    assert same_word("lake", "lakes") is None


def test_a_dagger_alef_counts_as_a_letter_in_alignment() -> None:
    assert token_of("قَٰلَ") == "قال"
    assert token_of("قُلْ") == "قل"


def test_presentation_forms_and_tatweel_are_the_same_letters() -> None:
    assert letters_of("ﺳﻼم") == letters_of("ســلام") == "سلام"


def test_vowels_conflict_only_where_both_sides_write_them() -> None:
    assert vowels_conflict("مَلَكِ", "مَلِكِ")
    assert not vowels_conflict("ملك", "مَلِكِ")
    assert not vowels_conflict("كِتَابُ", "كِتَٰبٍ", last=True)
