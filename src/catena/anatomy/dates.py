"""Dates as printed: day, month or year, in the Gregorian, Hijri and Solar Hijri calendars.

Steps: every pattern is tried over the text with plain digits; longer matches win; the order of dd/mm is decided once
a document; a date beside the same day in another calendar is checked against it. A month or a number alone is never
a date. A date without a year and a relative one ("three weeks ago") stay open unless the document's date is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from catena.anatomy.calendars import HIJRI_MARGIN, from_gregorian, from_hijri, from_solar
from catena.anatomy.lexicon import DateLexicon
from catena.anatomy.scan import alternation, bare, find_menus, is_in, plain_digits
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

_MADE_BY = MadeBy("dates", "2")
_PAIR_GAP = 30  # code points between two dates of one pair
_YEARS = {"gregorian": range(1000, 2200), "hijri": range(1, 1600), "solar": range(1200, 1500)}
_PERSIAN = re.compile("[پچژگکی]")


@dataclass(frozen=True, slots=True)
class Dated:
    """One date before it becomes a finding. `year` is 0 when none is printed; `start` is `None` while it is open."""

    span: Span
    calendar: str
    precision: str
    rule: str
    year: int = 0
    month: int = 0
    day: int = 0
    start: date | None = None
    end: date | None = None
    back: tuple[str, int] | None = None
    notes: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class _Patterns:
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    months: dict[str, tuple[str, int]]
    eras: dict[str, str]
    relative: dict[str, tuple[str, int]]
    units: dict[str, str]
    numbers: dict[str, int]
    pair: re.Pattern[str]


def find_dates(document: Document, lexicon: DateLexicon, *, document_date: str | None = None) -> tuple[Finding, ...]:
    """Findings "date" in order of place; role `content`.

    Values: `start` and `end` (ISO days, both included, `None` while open), `precision` (day, month, year),
    `calendar` (gregorian, hijri, solar, relative), `rule`, and `partial` (`--07-28`) when no year is printed. Hijri
    days are intervals of ±2 days. `document_date` (ISO; else what the file states) settles open dates, with the
    evidence `from-document-date`. Raises `ValueError` when `document_date` is not an ISO date.
    """
    anchor = date.fromisoformat(document_date) if document_date else _stated(document)
    menus = find_menus(document)
    found = scan_dates(document.text, lexicon, anchor)
    return tuple(_finding(document, one) for one in found if not is_in(one.span, menus))


def scan_dates(text: str, lexicon: DateLexicon, anchor: date | None = None) -> tuple[Dated, ...]:
    """The dates in `text` in order of place, pairs checked and, with `anchor`, open ones settled."""
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
    return tuple(_settle(one, anchor) for one in _check_pairs(taken, plain, patterns.pair))


@lru_cache(maxsize=4)
def _patterns(lexicon: DateLexicon) -> _Patterns:
    names = alternation(name for name, _, _ in lexicon.months)
    month = rf"(?P<m>{names})(?:\s?[/(]\s?(?:{names})\)?)?(?![^\W\d_])"
    era = rf"(?:\s?(?P<e>{alternation(word for word, _ in lexicon.eras)})(?!\w))?"
    link = r"(?:\s?(?:من|of|de)\s|\s|-)"
    cue = rf"(?<!\w)(?:{alternation(lexicon.year_cues)})"
    unit = alternation(word for word, _ in lexicon.units)
    amount = rf"(?P<n>\d{{1,3}}|{alternation(word for word, _ in lexicon.numbers)})"
    start = r"(?<![\w./:-])"
    sources = (
        ("iso", rf"{start}(?P<y>\d{{4}})(?P<s>[-/.])(?P<mm>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?![\w/-]|\.\d){era}"),
        ("numeric", rf"{start}(?P<d>\d{{1,2}})(?P<s>[-/.])(?P<mm>\d{{1,2}})(?P=s)(?P<y>\d{{4}})(?![\d/-]|\.\d){era}"),
        ("day-month",
         rf"{start}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|-?го|\.)?{link}{month}"
         rf"(?:[,،]?\s(?:(?:عام|سنة|لعام|سال)\s)?(?P<y>\d{{4}})(?!\d){era})?"),
        ("month-day",
         rf"(?<!\w){month}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[.,:]\d)(?:,?\s(?P<y>\d{{4}})(?!\w){era})?"),
        ("month-year", rf"(?<!\w){month}[,.]?\s(?:(?:عام|سنة|لعام|سال|de)\s)?(?P<y>\d{{4}})(?![\d,.]\d|\d){era}"),
        ("year", rf"{cue}\s?(?P<y>\d{{4}})(?![\w]|[.,:/-]\d){era}"),
        ("year-era", rf"{start}(?P<y>\d{{4}})\s?(?P<e>هـ|AH|CE|AD)(?!\w)"),
        ("year-word", rf"{start}(?P<y>\d{{4}})\s(?:{alternation(lexicon.year_words_after)})(?!\w)"),
        ("ago", rf"(?<!\w)(?i:{amount})\s(?P<u>{unit})\s(?:{alternation(lexicon.ago_after)})(?!\w)"),
        ("ago", rf"(?<!\w)(?:{alternation(lexicon.ago_before)})\s{amount}\s(?P<u>{unit})(?!\w)"),
        ("relative", rf"(?<!\w)(?P<r>(?i:{alternation(words for words, _, _ in lexicon.relative)}))(?!\w)"),
    )  # fmt: skip
    return _Patterns(
        rules=tuple((rule, re.compile(source)) for rule, source in sources),
        months={bare(name): (calendar, number) for name, calendar, number in lexicon.months},
        eras={bare(word): calendar for word, calendar in lexicon.eras},
        relative={bare(words): (unit_name, back) for words, unit_name, back in lexicon.relative},
        units={bare(word): unit_name for word, unit_name in lexicon.units},
        numbers={bare(word): number for word, number in lexicon.numbers},
        pair=re.compile(rf"[\s/،,()–=-]*(?:{alternation(lexicon.pair_words)})?[\s/،,()–=-]*"),
    )


def _read(rule: str, match: re.Match[str], patterns: _Patterns, plain: str, *, day_first: bool | None) -> Dated | None:
    """What a match says, or `None` when it is no date after all."""
    span = Span(*match.span())
    got = match.groupdict()
    if rule == "ago":
        number = got["n"]
        amount = int(number) if number.isdigit() else patterns.numbers[bare(number)]
        unit = patterns.units[bare(got["u"])]
        return Dated(span, "relative", unit, rule, back=(unit, amount))
    if rule == "relative":
        unit, back = patterns.relative[bare(got["r"])]
        return Dated(span, "relative", unit, rule, back=(unit, back))
    year, day = int(got.get("y") or 0), int(got.get("d") or 0)
    named = patterns.months.get(bare(got["m"])) if got.get("m") else None
    era = patterns.eras.get(bare(got["e"])) if got.get("e") else None
    calendar = named[0] if named else era or _guess_calendar(year, plain)
    if named is None and rule == "year" and _counts_things(plain, match):
        return None
    if rule == "month-day" and not year and _is_modal(plain, match):
        return None
    if year and year not in _YEARS[calendar]:
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
        return one if 1 <= one.day <= 31 else None
    convert = {"gregorian": from_gregorian, "hijri": from_hijri, "solar": from_solar}[one.calendar]
    first = convert(one.year, one.month or 1, one.day or 1)
    if first is None:
        return None
    after = first + timedelta(days=1)
    if one.precision == "month":
        after = convert(one.year + one.month // 12, one.month % 12 + 1, 1) or first
    elif one.precision == "year":
        after = convert(one.year + 1, 1, 1) or first
    margin = timedelta(days=HIJRI_MARGIN if one.calendar == "hijri" else 0)
    return replace(one, start=first - margin, end=after - timedelta(days=1) + margin)


def _guess_calendar(year: int, plain: str) -> str:
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
            if len(gap) > _PAIR_GAP or "gregorian" not in kinds or len(kinds & _YEARS.keys()) < 2:
                continue
            if between.fullmatch(gap) and one.start and one.end and other.start and other.end:
                if one.precision != "day" or other.precision != "day":
                    continue
                agrees = one.start <= other.end and other.start <= one.end
                notes.append(Evidence("pair-agrees" if agrees else "pair-differs", "", other.span))
        yield replace(one, notes=tuple(notes))


def _settle(one: Dated, anchor: date | None) -> Dated:
    """Open dates against the day of speaking: the latest such day not after it, or so many units before it."""
    if anchor is None or one.start is not None:
        return one
    settled = _go_back(anchor, *one.back) if one.back else _latest(one, anchor)
    if settled is None:
        return one
    note = Evidence("from-document-date", f"counted from {anchor.isoformat()}")
    return replace(one, start=settled[0], end=settled[1], notes=(*one.notes, note))


def _go_back(anchor: date, unit: str, back: int) -> tuple[date, date] | None:
    if unit == "day":
        day = anchor - timedelta(days=back)
        return day, day
    if unit == "week":
        day = anchor - timedelta(weeks=back)
        return day - timedelta(days=3), day + timedelta(days=3)
    months = anchor.year * 12 + anchor.month - 1 - back * (12 if unit == "year" else 1)
    if months < 12:
        return None
    if unit == "year":
        return date(months // 12, 1, 1), date(months // 12, 12, 31)
    first = date(months // 12, months % 12 + 1, 1)
    return first, date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=1)


def _latest(one: Dated, anchor: date) -> tuple[date, date] | None:
    if one.calendar != "gregorian" or not one.day:
        return None
    days = (from_gregorian(year, one.month, one.day) for year in range(anchor.year, anchor.year - 5, -1))
    day = next((day for day in days if day and day <= anchor), None)
    return (day, day) if day else None


def _stated(document: Document) -> date | None:
    try:
        return date.fromisoformat((document.get_stated("date") or "")[:10])
    except ValueError:
        return None


def _finding(document: Document, one: Dated) -> Finding:
    values: dict[str, str | int | float | bool | None] = {
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "precision": one.precision,
        "calendar": one.calendar,
        "rule": one.rule,
    }
    if not one.year and not one.back:
        values["partial"] = f"--{one.month:02d}-{one.day:02d}"
    return make_finding(
        document,
        "date",
        {"content": one.span},
        _MADE_BY,
        values=values,
        evidence=(Evidence(one.rule), *one.notes),
    )
