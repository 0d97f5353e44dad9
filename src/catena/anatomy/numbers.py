"""Numbers in digits and words, in the scripts and languages of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from catena.anatomy.scan import alternation, bare

DIGITS = r"\d{1,3}(?:[,٬،\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?"
"""A number in digits, with separators of thousands or decimals."""
_LINK = r"(?:[\s-]|\s?و\s?|\sand\s)"


def number_pattern(words: Iterable[str]) -> str:
    """A regular expression for a number in digits (with a word such as "million" behind) or in words."""
    word = alternation(words)
    return rf"(?:(?:{DIGITS})(?:\s(?:{word})(?!\w))?|(?:{word})(?!\w)(?:{_LINK}(?:{word})(?!\w))*)"


def read_number(text: str, numbers: Mapping[str, int]) -> int | None:
    """The whole number that digits or words stand for, or `None`.

    >>> read_number("forty-two", {"forty": 40, "two": 2})
    42
    """
    value = read_amount(text, numbers)
    return None if value is None else int(value)


def read_amount(text: str, numbers: Mapping[str, int]) -> float | None:
    """The number that digits or words stand for, decimals included, or `None`.

    >>> read_amount("2.5 million", {"million": 1_000_000})
    2500000.0
    """
    total, current = 0.0, 0.0
    for part in re.findall(r"\d[\d,٬،.\u00a0\u202f]*|[^\W\d]+", text):
        if part[0].isdigit():
            try:
                value = float(re.sub(r"[,٬،\u00a0\u202f]", "", part).rstrip("."))
            except ValueError:
                return None
            current = value if not current else current + value
            continue
        number = _word(bare(part), numbers)
        if number is None:
            if bare(part) in ("and", "و"):
                continue
            return None
        if number >= 1000:
            total, current = total + max(current, 1) * number, 0
        elif number == 100 and current:
            current *= 100
        else:
            current += number
    return total + current


def _word(word: str, numbers: Mapping[str, int]) -> int | None:
    """The number of one word; Arabic puts "and" (و) and the article before it."""
    for form in (word, word.removeprefix("و"), word.removeprefix("ال"), word.removeprefix("وال")):
        if form in numbers:
            return numbers[form]
    return None
