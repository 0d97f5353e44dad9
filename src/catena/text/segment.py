"""Segmentation: paragraphs, sentences and words as spans of the text itself.

A *paragraph* ends at a blank line; a single line break is only a line break. A *sentence* ends at `.` `!` `?`
`…` or their Arabic and other sisters, together with the closing marks after them, when something that can
open a sentence follows. A *word* is letters or digits with the marks, joiners and apostrophes inside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from catena.model import Span, trim

# Marks that `\w` leaves out: combining signs, Cyrillic titlo, Hebrew points, Arabic harakat and Quranic
# signs, Syriac points, the Indic blocks' vowel signs, and the variation selectors.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08ca-\u08e1\u08e3-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0b82\u0bbe-\u0bcd\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
# Invisible characters that belong to the letter before them, and those that may stand inside a word but not
# end it.
_JOINERS = "\u00ad\u200c\u200d"
_INVISIBLE = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_APOSTROPHES = "'’ʼ‘ʻʾʿ`´׳״"
_LETTER = "[^\\W_\\d]"
_REST = f"(?:[{_MARKS}{_JOINERS}]|[{_INVISIBLE}]+(?=[^\\W_]|[{_MARKS}{_JOINERS}]))*"
_ATOM = f"(?:{_LETTER}{_REST})"
# In words that begin with a letter nothing stands behind what is repeated, so that nothing is ever given back.
_KEPT = f"(?:[{_MARKS}{_JOINERS}]|[{_INVISIBLE}]++(?=[^\\W_]|[{_MARKS}{_JOINERS}]))*+"
_WORD = re.compile(
    # Digits keep their separators (4,500 · 51.5 · ٤٫٥); letters keep apostrophes between letters (don’t,
    # Qur'an).
    rf"\d(?:{_REST}[.,٫٬/]?\d)*{_REST}(?:{_ATOM}+)?"
    rf"|{_LETTER}++{_KEPT}(?:{_LETTER}++{_KEPT}|\d{_KEPT}|[{_APOSTROPHES}](?={_LETTER}))*+"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_HARD_BREAK = re.compile("[\f\u2029]")  # page break, paragraph separator

_STOPS = ".!?…؟۔‼⁇⁈⁉。！？।"
_CLOSERS = "\"'”’»›)\\]}﴿﴾】」』*_"
_END = re.compile(rf"[{_STOPS}]+[{_CLOSERS}\u200e\u200f]*(?=\s|$|[“«„‘\[(])")
_LAST_WORD = re.compile(r"[^\s(\[“\"«‘—–]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})$")

ABBREVIATIONS: frozenset[str] = frozenset()
"""No abbreviations: the list is data, loaded by `catena.lexicons.folding.load_abbreviations` and passed
in.
"""


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text` in order, without the white space around them; blank ones are left out.

    >>> find_paragraphs("One.\\nTwo.\\n\\n Three.")
    (Span(start=0, end=9), Span(start=12, end=18))
    """
    found = []
    for start, end in _between(text, _BLANK_LINE):
        for low, high in _between(text[start:end], _HARD_BREAK):
            span = trim(text, Span(start + low, start + high))
            if len(span):
                found.append(span)
    return tuple(found)


def find_sentences(
    text: str, span: Span | None = None, *, abbreviations: Collection[str] = ABBREVIATIONS
) -> tuple[Span, ...]:
    """The sentences inside `span` (the whole text when `None`), in order, without white space around them.

    A sentence never runs over a blank line. `abbreviations` are lower case, without their last full stop.
    Initials, decimals, abbreviations and list numbers do not end a sentence; a stop before a small letter
    does not either.

    >>> text = "Dr. A. Noor spoke. 4.5 million came!"
    >>> [s.of(text) for s in find_sentences(text, abbreviations={"dr"})]
    ['Dr. A. Noor spoke.', '4.5 million came!']
    """
    whole = span or Span(0, len(text))
    found: list[Span] = []
    for low, high in _between(whole.of(text), _BLANK_LINE):
        part = text[whole.start + low : whole.start + high]
        start = 0
        for end in (*_sentence_ends(part, abbreviations), len(part)):
            piece = trim(part, Span(start, end))
            if len(piece):
                found.append(piece.shift(whole.start + low))
            start = end
    return tuple(found)


def find_words(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The words inside `span` (the whole text when `None`), in order; punctuation and symbols belong to none.

    >>> [s.of("Don’t pay 4,500!") for s in find_words("Don’t pay 4,500!")]
    ['Don’t', 'pay', '4,500']
    """
    if span is None:
        span = Span(0, len(text))
    return tuple(Span(*found.span()) for found in _WORD.finditer(text, span.start, span.end))


def word_places(text: str) -> list[tuple[int, int]]:
    """Start and end of the words of `text` as bare numbers, for texts that are cut by the thousand.

    >>> word_places("Don’t pay")
    [(0, 5), (6, 9)]
    """
    return [found.span() for found in _WORD.finditer(text)]


def find_word_places(text: str) -> NDArray[np.int64]:
    """The words of `text` as rows of (start, end): what `find_words` gives, in a third of the time."""
    return np.array(word_places(text), np.int64).reshape(-1, 2)


def _between(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in pattern.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _sentence_ends(text: str, abbreviations: Collection[str]) -> Iterator[int]:
    for found in _END.finditer(text):
        if _is_end(text, found, abbreviations):
            yield found.end()


def _is_end(text: str, found: re.Match[str], abbreviations: Collection[str]) -> bool:
    follower = text[found.end() : found.end() + 40].lstrip()[:1]
    if follower.islower():  # “We agree!” he said · approx. ten: scripts without case never get here
        return False
    if found[0][0] != "." or len(found[0].strip(_CLOSERS)) > 1:
        return True
    before = text[max(0, found.start() - 40) : found.start()]
    if _LIST_NUMBER.search(before):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word[0].casefold()
    if last in abbreviations:
        return False
    initial = _INITIALS.match(last) is not None and not word[0][-1].islower()  # A. Noor · U.N. · د. سلمى
    return not (initial and bool(follower))
