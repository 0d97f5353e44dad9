"""What segmentation promises for every text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from catena.model import Span, canonical
from catena.text import find_paragraphs, find_sentences, find_words
from catena.text.segment import _APOSTROPHES, _ATOM, _LETTER, _REST, word_places

PIECES = [
    *"aZé کتابъ5٤", *".!?؟۔…", *"\"'“”«»’()-,", " ", " ", "\n", "\n\n", "\f", "\u200c", "\u200f", "\u064e",
    "Mr", "U.N.", "\r\n", "\x00", "👩\u200d🚀",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: canonical("".join(pieces)))


PLAIN = re.compile(  # words as first written down, with every way back open
    rf"\d(?:{_REST}[.,٫٬/]?\d)*{_REST}(?:{_ATOM}+)?|{_ATOM}(?:{_ATOM}|\d{_REST}|[{_APOSTROPHES}](?={_LETTER}))*"
)


def left_over(text: str, spans: tuple[Span, ...]) -> str:
    """The characters under no span; fails when spans overlap or are out of order."""
    at, rest = 0, []
    for span in spans:
        assert at <= span.start < span.end
        rest.append(text[at : span.start])
        at = span.end
    return "".join([*rest, text[at:]])


@given(texts)
def test_paragraphs_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    assert not left_over(text, find_paragraphs(text)).strip()


@given(texts)
def test_sentences_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    assert not left_over(text, find_sentences(text)).strip()


@given(texts)
def test_words_are_in_order_and_leave_out_no_letter_and_no_digit(text: str) -> None:
    assert not any(each.isalnum() for each in left_over(text, find_words(text)))


@given(texts)
def test_sentences_of_a_paragraph_stay_inside_it(text: str) -> None:
    for paragraph in find_paragraphs(text):
        sentences = find_sentences(text, paragraph)
        assert all(paragraph.contains(sentence) for sentence in sentences)
        assert sentences[0].start == paragraph.start
        assert sentences[-1].end == paragraph.end


@given(texts)
def test_every_word_holds_a_letter_or_digit_and_no_white_space(text: str) -> None:
    for word in find_words(text):
        found = word.of(text)
        assert any(each.isalnum() for each in found)
        assert not any(each.isspace() for each in found)


@given(texts, st.data())
def test_words_of_a_range_between_words_are_the_words_of_the_text_there(text: str, data: st.DataObject) -> None:
    words = find_words(text)
    low = data.draw(st.integers(0, len(words)))
    high = data.draw(st.integers(low, len(words)))
    if low < high:
        assert find_words(text, Span(words[low].start, words[high - 1].end)) == words[low:high]


@given(texts)
def test_words_cut_without_going_back_are_the_same_words(text: str) -> None:
    places = [found.span() for found in PLAIN.finditer(text)]
    assert word_places(text) == places
    assert [(word.start, word.end) for word in find_words(text)] == places
