"""Dates with numbers and month names: day, month or year, in the Gregorian, Hijri and Solar Hijri calendars.

Steps: every pattern is tried over the text with plain digits; longer matches win; the order of dd/mm is decided once
a document; a date beside the same day in another calendar is checked against it. A month or a number alone is never
a date here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from catena.anatomy.calendars import YEARS, to_interval
from catena.anatomy.dates.types import Dated, Open
from catena.anatomy.lexicon import DateLexicon
from catena.anatomy.scan import alternation, bare, plain_digits
from catena.model import Evidence, Span

_PAIR_GAP = 30  # code points between two dates of one pair
_PERSIAN = re.compile("[پچژگکی]")


@dataclass(frozen=True)
class _Patterns:
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    months: dict[str, tuple[str, int]]
    eras: dict[str, str]
    pair: re.Pattern[str]


def scan_dates(text: str, lexicon: DateLexicon) -> tuple[Dated, ...]:
    """The dates in `text` in order of place, pairs checked; a day without a year is open."""
    patterns = _patterns(lexicon)
    plain = plain_digits(text)
    day_first = _is_day_first(plain)
    taken: list[Dated] = []
    busy = bytearray(len(text))
    for rule, pattern in patterns.rules:
        for match in pattern.finditer(plain):
            if any(busy[match.start() : match.end()]):
                continue
            read = _read(rule, match, patterns, plain, day_first=day_first)
            if read is not None:
                busy[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                taken.append(read)
    taken.sort(key=lambda one: one.span)
    return tuple(_check_pairs(taken, plain, patterns.pair))


@lru_cache(maxsize=4)
def _patterns(lexicon: DateLexicon) -> _Patterns:
    names = alternation(name for name, _, _ in lexicon.months)
    month = rf"(?P<m>{names})(?:\s?[/(]\s?(?:{names})\)?)?(?![^\W\d_])"
    era = rf"(?:\s?(?P<e>{alternation(word for word, _ in lexicon.eras)})(?!\w))?"
    link = r"(?:\s?(?:من|of|de)\s|\s|-)"
    cue = rf"(?<!\w)(?:{alternation(lexicon.year_cues)})"
    after = alternation(lexicon.year_words_after)
    start = r"(?<![\w./:-])"
    sources = (
        ("iso", rf"{start}(?P<y>\d{{4}})(?P<s>[-/.])(?P<mm>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?![\w/-]|\.\d){era}"),
        ("numeric", rf"{start}(?P<d>\d{{1,2}})(?P<s>[-/.])(?P<mm>\d{{1,2}})(?P=s)(?P<y>\d{{4}})(?![\d/-]|\.\d){era}"),
        ("day-month",
         rf"{start}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|-?го|\.)?{link}{month}"
         rf"(?:[,،]?\s(?:(?:عام|سنة|لعام|سال)\s)?(?P<y>\d{{4}})(?!\d){era})?"),
        ("month-day",
         rf"(?<!\w){month}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[.,:]\d)(?:,?\s(?P<y>\d{{4}})(?!\w){era})?"),
        ("month-year", rf"(?<!\w){month}[,.]?\s(?:(?:عام|سنة|لعام|سال|de|of)\s)?(?P<y>\d{{4}})(?![\d,.]\d|\d){era}"),
        ("year", rf"{cue}[\s-]?(?P<y>\d{{4}})(?:\s(?:{after})(?!\w))?(?![\w]|[.,:/-]\d){era}"),
        # "(1915)" alone in its brackets, and "the 2003 treaty": a year that a noun follows which is not counted.
        ("year-alone", r"(?<=[(])(?P<y>(?:1[5-9]|20)\d\d)(?=[)])"),
        ("year-noun", r"(?<=\b[Tt]he\s)(?P<y>(?:1[5-9]|20)\d\d)(?=\s[^\W\d_]{3,})"),
        ("year-era", rf"{start}(?P<y>\d{{4}})\s?(?P<e>هـ|AH|CE|AD)(?!\w)"),
        ("year-word", rf"{start}(?P<y>\d{{4}})\s(?:{after})(?!\w)"),
    )  # fmt: skip
    return _Patterns(
        rules=tuple((rule, re.compile(source)) for rule, source in sources),
        months={bare(name): (calendar, number) for name, calendar, number in lexicon.months},
        eras={bare(word): calendar for word, calendar in lexicon.eras},
        pair=re.compile(rf"[\s/،,()–=-]*(?:{alternation(lexicon.pair_words)})?[\s/،,()–=-]*"),
    )


def _read(rule: str, match: re.Match[str], patterns: _Patterns, plain: str, *, day_first: bool | None) -> Dated | None:
    """What a match says, or `None` when it is no date after all."""
    span = Span(*match.span())
    got = match.groupdict()
    year, day = int(got.get("y") or 0), int(got.get("d") or 0)
    named = patterns.months.get(bare(got["m"])) if got.get("m") else None
    era = patterns.eras.get(bare(got["e"])) if got.get("e") else None
    calendar = named[0] if named else era or guess_calendar(year, plain)
    if named is None and rule in ("year", "year-noun") and _counts_things(plain, match):
        return None
    if rule == "month-day" and not year and _is_modal(plain, match):
        return None
    if year and year not in YEARS[calendar]:
        return None
    month = named[1] if named else int(got.get("mm") or 0)
    if rule == "numeric" and (month > 12 or (day_first is False and day <= 12)):
        month, day = day, month
    notes: tuple[Evidence, ...] = ()
    if rule == "numeric" and day_first is None and day <= 12 and month != day:
        notes = (Evidence("order-assumed", "day before month: nothing in the document settles it"),)
    precision = "day" if day else "month" if month else "year"
    return _with_interval(Dated(span, calendar, precision, rule, year, month, day, notes=notes))


def _with_interval(one: Dated) -> Dated | None:
    """`one` with its first and last day; `None` when the calendar has no such day."""
    if not one.year:
        waiting = Open("day", month=one.month)
        return replace(one, open=waiting) if 1 <= one.day <= 31 else None
    interval = to_interval(one.calendar, one.year, one.month, one.day)
    return None if interval is None else replace(one, start=interval[0], end=interval[1])


def guess_calendar(year: int, plain: str) -> str:
    """The calendar of a year without an era: 14th- and 15th-century years are Hijri, in Persian text solar."""
    if not 1300 <= year < 1500:
        return "gregorian"
    return "solar" if _PERSIAN.search(plain) else "hijri"


def _counts_things(plain: str, match: re.Match[str]) -> bool:
    """True for "in 1701 cases": the number counts the noun after it."""
    after = re.match(r"\s([a-z]+)", plain[match.end() : match.end() + 30])
    return bool(
        after and after[1].endswith(("s", "people", "men", "women")) and after[1] not in ("was", "has", "is", "as")
    )


def _is_modal(plain: str, match: re.Match[str]) -> bool:
    """True for "May 5 states agree" and "March 3 abreast": a verb that looks like a month."""
    if match["m"] not in ("May", "March"):
        return False
    return bool(re.match(r"\s[a-z]+s\b", plain[match.end() : match.end() + 30]))


def _is_day_first(plain: str) -> bool | None:
    """Day or month first in dd/mm/yyyy, from the dates that leave no choice; `None` when there are none."""
    pairs = [(int(a), int(b)) for a, b in re.findall(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", plain)]
    day, month = sum(a > 12 for a, _ in pairs), sum(b > 12 for _, b in pairs)
    return None if day == month else day > month


def _check_pairs(found: list[Dated], plain: str, between: re.Pattern[str]) -> Iterator[Dated]:
    """A Gregorian date beside one of another calendar is held against it; a pair may lend its year."""
    for number, one in enumerate(found):
        notes = list(one.notes)
        for other in found[max(0, number - 1) : number] + found[number + 1 : number + 2]:
            left, right = sorted((one, other), key=lambda each: each.span)
            gap = plain[left.span.end : right.span.start]
            kinds = {one.calendar, other.calendar}
            if len(gap) > _PAIR_GAP or "gregorian" not in kinds or len(kinds & YEARS.keys()) < 2:
                continue
            if between.fullmatch(gap) and one.start and one.end and other.start and other.end:
                if one.precision != "day" or other.precision != "day":
                    continue
                agrees = one.start <= other.end and other.start <= one.end
                notes.append(Evidence("pair-agrees" if agrees else "pair-differs", "", other.span))
        yield replace(one, notes=tuple(notes))
