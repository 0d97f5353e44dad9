"""Segmentation of ordinary prose: paragraphs, sentences, words."""

from __future__ import annotations

import pytest

from catena.lexicons.folding import load_abbreviations
from catena.model import Span
from catena.text import find_paragraphs, find_sentences, find_words

ABBREVIATIONS = load_abbreviations()


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(text, abbreviations=ABBREVIATIONS)]


def words(text: str) -> list[str]:
    return [span.of(text) for span in find_words(text)]


def test_a_blank_line_ends_a_paragraph_and_a_line_break_does_not() -> None:
    text = "First line\nsecond line\n \t\nThird line\n\n\n\n"
    assert [span.of(text) for span in find_paragraphs(text)] == ["First line\nsecond line", "Third line"]


def test_a_page_break_ends_a_paragraph() -> None:
    text = "Page one.\fPage two."
    assert [span.of(text) for span in find_paragraphs(text)] == ["Page one.", "Page two."]


def test_a_blank_text_has_no_paragraph_no_sentence_and_no_word() -> None:
    for text in ("", " \n\n \f"):
        assert find_paragraphs(text) == find_sentences(text) == find_words(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met. We agreed.", ["We met.", "We agreed."]),
        ("Why now? Because! Good…", ["Why now?", "Because!", "Good…"]),
        ("She said: “We agree.” Then she left.", ["She said: “We agree.”", "Then she left."]),
        ("“We agree!” he said. They left.", ["“We agree!” he said.", "They left."]),
        ("Dr. A. B. Noor of Narvia spoke. He left.", ["Dr. A. B. Noor of Narvia spoke.", "He left."]),
        ("It cost 4.5 million. No. 7 won.", ["It cost 4.5 million.", "No. 7 won."]),
        ("The U.N. envoy came. All rose.", ["The U.N. envoy came.", "All rose."]),
        ("1. Peace.\n2. Trade.", ["1. Peace.", "2. Trade."]),
        ("Heading\n\nText of it.", ["Heading", "Text of it."]),
        ("هل اتفقوا؟ نعم. انتهى الاجتماع!", ["هل اتفقوا؟", "نعم.", "انتهى الاجتماع!"]),
        ("قال د. سالم: «نعم.» ثم انصرف.", ["قال د. سالم: «نعم.»", "ثم انصرف."]),
        ("اجلاس ختم ہوا۔ سب گئے۔", ["اجلاس ختم ہوا۔", "سب گئے۔"]),
        (
            "Встреча прошла 9 мая 2031 г. в столице. Все ушли.",
            ["Встреча прошла 9 мая 2031 г. в столице.", "Все ушли."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_sentences_of_a_range_keep_the_places_of_the_text() -> None:
    text = "Title\n\nOne. Two."
    assert find_sentences(text, Span(7, 16)) == (Span(7, 11), Span(12, 16))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t sign, it's Qurʾan-based.", ["Don’t", "sign", "it's", "Qurʾan", "based"]),
        ("‘Yes’ and 'no'", ["Yes", "and", "no"]),
        ("4,500 of 51.5 on 9/5.", ["4,500", "of", "51.5", "on", "9/5"]),
        ("the 3rd and B2", ["the", "3rd", "and", "B2"]),
        ("قَالَ «نَعَمْ»، ثم", ["قَالَ", "نَعَمْ", "ثم"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ("٤٫٥ و١٢٣", ["٤٫٥", "و١٢٣"]),
        ("צה״ל e\u0301te\u0301", ["צה״ל", "e\u0301te\u0301"]),
        ("snake_case @name #tag 👍", ["snake", "case", "name", "tag"]),
    ],
)
def test_words_hold_marks_joiners_and_apostrophes_and_nothing_else(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_never_ends_in_a_bidi_control() -> None:
    text = "نعم\u200f، ك\u200eت"
    assert find_words(text) == (Span(0, 3), Span(6, 9))


def test_words_of_a_range_stay_inside_it() -> None:
    assert find_words("one two three", Span(4, 7)) == (Span(4, 7),)
