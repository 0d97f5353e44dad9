"""What a parser of citations hands over, and the digits and separators that all parsers share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catena.model import Evidence, Span

DIGIT = "0-9٠-٩۰-۹"
NUMBER = f"[{DIGIT}]{{1,3}}"
_UNWRITTEN = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]")
_ALEFS = str.maketrans("أإآٱىی", "اااايي")
OPENERS, CLOSERS = "([{﴿«", ")]}﴾»"
_PAIRS = dict(zip(OPENERS, CLOSERS, strict=True)) | {"﴾": "﴿"}


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as parsed: where it stands, what it names, and what is odd about it.

    `reference` is canonical (`Q 51:55`); `also` are other ways the library may write it (`Psalm 23:1; Psalms 23:1`);
    `work` is "" when the text does not say which work is meant.
    """

    span: Span
    system: str
    work: str
    reference: str
    also: str = ""
    evidence: tuple[Evidence, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


def number(printed: str) -> int:
    """The value of printed digits, Arabic-Indic and Persian ones included. Raises `ValueError` for other
    characters.

    >>> number("١٤٤")
    144
    """
    return int(printed)


def western(printed: str) -> str:
    """`printed` with every digit written 0 to 9 and no white space."""
    return re.sub(rf"[{DIGIT}]", lambda found: str(int(found[0])), re.sub(r"\s+", "", printed))


def in_brackets(text: str, span: Span) -> Span:
    """`span` widened by the brackets that hold nothing else, or by the end of a bracket that opens in it; else
    `span` itself.
    """
    inside = span.of(text)
    if inside.count("(") > inside.count(")") and text[span.end : span.end + 1] == ")":
        span = Span(span.start, span.end + 1)
    left, right = span.start, span.end
    while left and text[left - 1] in " \u00a0\u200e\u200f":
        left -= 1
    while right < len(text) and text[right] in " .\u00a0\u200e\u200f":
        right += 1
    if left and right < len(text) and _PAIRS.get(text[left - 1]) == text[right]:
        return Span(left - 1, right + 1)
    return span


def bracketed(text: str, span: Span) -> bool:
    """True when brackets stand around `span` and hold nothing else."""
    around = in_brackets(text, span)
    return around.start < span.start and around.end > span.end


def after_closing_mark(text: str, place: int) -> bool:
    """True when the last visible character before `place` closes a quotation or a verse."""
    before = text[max(0, place - 12) : place].rstrip(" .,،!؟?*_>\u00a0\u200e\u200f\n")
    return before.endswith(("”", "’", '"', "»", "﴾", "﴿", "}", "'", "۝"))


def plain_of(text: str) -> str:
    """`text` for the look-up of phrases: no vowel marks, one alef, one ya, case folded; spaces and signs stay.

    >>> plain_of("قَالَ الله"), plain_of("The Prophet SAID")
    ('قال الله', 'the prophet said')
    """
    return _UNWRITTEN.sub("", text).translate(_ALEFS).casefold()


def plain_map(text: str) -> tuple[str, list[int]]:
    """`plain_of(text)` and, for each of its characters, its place in `text`."""
    kept = [(char, place) for place, char in enumerate(text) if _UNWRITTEN.match(char) is None]
    folded = [(part, place) for char, place in kept for part in char.translate(_ALEFS).casefold()]
    return "".join(part for part, _ in folded), [place for _, place in folded]
