"""Numbers in digits and words, in the scripts and languages of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catena.anatomy.scan import alternation, bare

DIGITS = r"\d{1,3}(?:[,٬،\u00a0\u202f]\d{3})+|\d{1,3}(?: \d{3})* 000(?!\d)|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?"
"""A number in digits, with separators of thousands or decimals."""
_LINK = r"(?:[\s-]|\s?و\s?|\sand\s)"


MASK = "\ue000"
"""Stands for each letter of a number in words, in a `Masked` text."""
MONTH_MASK = "\ue001"
"""Stands for each letter of the name of a month."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text twice, of the same length: with plain digits, and with the numbers in words and the months masked.

    A pattern with a number or month in it need not know the words then: it is a hundredth as long.
    """

    plain: str
    text: str
    values: Mapping[int, int]

    def read(self, place: tuple[int, int]) -> int | None:
        """The number at `place`, in digits or masked; `None` when it is none."""
        start, end = place
        if self.text[start] == MASK:
            return self.values.get(start)
        digits = re.sub(r"\D", "", self.plain[start:end])
        return int(digits) if digits else None


def mask_words(plain: str, words: Mapping[str, int], pattern: re.Pattern[str], months: re.Pattern[str]) -> Masked:
    """`plain` with numbers and `months` masked; `pattern` is what `word_pattern` gives, `words` has bare keys."""
    letters = list(plain)
    for match in months.finditer(plain):
        letters[match.start() : match.end()] = MONTH_MASK * len(match[0])
    values = {}
    for match in pattern.finditer(plain):
        value = read_number(match["number"], words)
        if value is not None:
            start, end = match.span("number")
            letters[start:end] = MASK * (end - start)
            values[start] = value
    return Masked(plain, "".join(letters), values)


def month_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Names of months as whole words, as printed."""
    return re.compile(rf"(?<![\w\u200c])(?:{alternation(names)})(?![\w\u200c])")


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Numbers in words alone; in Arabic the article and a conjunction may stand before them."""
    word = alternation(words)
    number = rf"(?P<number>(?:{word})(?![\w\u200c])(?:{_LINK}(?:{word})(?![\w\u200c]))*)"
    return re.compile(rf"(?<![\w\u200c])(?:[وفبل]?(?:ال)?)??{number}(?!\sشنبه)", re.IGNORECASE)


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
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)  # "400 000"
    for part in re.findall(r"\d[\d,٬،.\u00a0\u202f]*|[^\W\d]+", text):
        if part[0].isdigit():
            try:
                part = part.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", part) else part  # "1,8 mètre"
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
        if number < 0:  # a multiplier: "two dozen"
            current = max(current, 1) * -number
        elif number >= 1000:
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
