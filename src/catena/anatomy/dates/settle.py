"""Settle open dates against the day of speaking. What cannot be settled stays open and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from catena.anatomy.calendars import LUNAR_YEAR, read_year, to_interval
from catena.anatomy.dates.stretches import nth_weekday, season_interval, season_notes, to_range
from catena.anatomy.dates.types import Dated, Open
from catena.model import Evidence, Value

Interval = tuple[date, date]
_YEARS = {"year": 1, "decade": 10, "century": 100}
_DAYS = {"day": 1, "week": 7}
_SLACK = {"week": 3, "decade": 731, "century": 3653}  # days on either side of "three weeks ago", "two decades ago"
_SIDED = ("day", "month", "season", "range", "weekday", "nth-weekday")
_SIDES = {"past": "past-assumed", "future": "future-assumed", "": "nearest-assumed"}
_NO_DATE = "no-document-date"
_REASONS = {
    "since-event": ("event-not-dated", "the document does not say when that was"),
    _NO_DATE: (_NO_DATE, "it is counted from the day of speaking, which is not known"),
}


def settle(one: Dated, anchor: date | None) -> Dated:
    """`one` as an interval counted from `anchor`, with the evidence `from-document-date`; narrowed to its third where
    a word such as "early" says so. An open date gets the evidence `unresolved` with its reason; a length has none."""
    if one.start is not None:
        return _narrow(one)
    waiting = one.open
    if waiting is None or waiting.means in ("duration", "age"):
        return one
    if waiting.means == "since-event" or anchor is None:
        code, note = _REASONS[waiting.means if waiting.means in _REASONS else _NO_DATE]
        return replace(one, notes=(*one.notes, Evidence("unresolved", note), Evidence(code)))
    try:
        found = _interval(one, waiting, anchor)
    except (ValueError, OverflowError):  # before the first or after the last year that a calendar knows
        found = None
    if found is None:
        return replace(one, notes=(*one.notes, Evidence("unresolved", "there is no such day near the document's date")))
    notes = [*one.notes, Evidence("from-document-date", f"counted from {anchor.isoformat()}")]
    if waiting.means in _SIDED and waiting.direction == "near":
        notes.append(Evidence(_SIDES[_side(one, waiting)]))
    if waiting.means == "season":
        notes += season_notes(one.calendar)
    return replace(one, start=found[0], end=found[1], notes=tuple(notes))


def lend_years(found: list[Dated], anchor: date | None) -> list[Dated]:
    """`found` (in order of place) with days and months that take the year printed before them.

    Only in a text that prints no date within a year of the day of speaking: such a text tells of the past, and its
    "7 August" is that of the year it has named.
    """
    printed = [one.start.year for one in found if one.start is not None and one.calendar == "gregorian"]
    if anchor is None or not printed or any(abs(year - anchor.year) <= 1 for year in printed):
        return found
    kept: list[Dated] = []
    year = 0
    for one in found:
        waiting = one.open
        if one.start is not None and one.end is not None and one.precision != "century":
            year = one.end.year if one.calendar == "gregorian" else year
        elif year and waiting and waiting.means in ("day", "month") and waiting.direction == "near":
            interval = to_interval(one.calendar, year, one.month, one.day) if one.calendar == "gregorian" else None
            if interval is not None:
                notes = (*one.notes, Evidence("year-told-before", f"the year printed before it is {year}"))
                one = replace(one, start=interval[0], end=interval[1], open=None, notes=notes)
        kept.append(one)
    return kept


def _interval(one: Dated, waiting: Open, anchor: date) -> Interval | None:
    means = waiting.means
    if means == "unit":
        found = _unit(anchor, waiting.unit, waiting.low, waiting.calendar or "gregorian")
        return _third(found, dict(one.more).get("part")) if found else None
    if means == "ago":
        return _ago(anchor, waiting)
    if means == "past-stretch":
        lunar = waiting.lunar or waiting.calendar == "hijri"
        first = _back(anchor, waiting.unit, waiting.high, "hijri")[1] if lunar and waiting.unit in _YEARS else anchor
        return min(_shift(anchor, waiting.unit, waiting.high), first), anchor
    if means == "coming-stretch":
        return anchor, _shift(anchor, waiting.unit, -waiting.high)
    if means == "weekday":
        return _weekday(anchor, waiting, _side(one, waiting))
    year, _ = read_year(one.calendar, anchor)
    return _choose(_years(one, waiting, year), anchor, waiting.direction, _side(one, waiting), year)


def _years(one: Dated, waiting: Open, year: int) -> dict[int, Interval]:
    """The intervals of a day, month, season or range in the years around `year` (29 February may be far)."""
    found = {}
    for each in range(year - 4, year + 5):
        if waiting.means == "season":
            interval = season_interval(one.calendar, waiting.number, each)
        elif waiting.means == "nth-weekday":
            interval = nth_weekday(each, waiting)
        elif waiting.means == "range":
            interval = to_range(one.calendar, each, (one.month, waiting.low), (waiting.month, waiting.high))
        else:
            interval = to_interval(one.calendar, each, one.month, one.day)
        if interval is not None:
            found[each] = _third(interval, dict(one.more).get("part"))
    return found


def _side(one: Dated, waiting: Open) -> str:
    """On which side of the day of speaking an open date lies: by "since", by its verb, by "until" and its like."""
    if one.relation == "since":
        return "past"
    return waiting.tense or ("future" if one.relation in ("until", "before", "by") else "")


def _choose(years: dict[int, Interval], anchor: date, direction: str, side: str, year: int) -> Interval | None:
    named = {"last-year": year - 1, "this-year": year, "next-year": year + 1, "this": year}
    if direction in named:
        return years.get(named[direction])
    found = sorted(years.values())
    if direction == "next":
        return next((one for one in found if one[0] > anchor), None)
    if direction == "past":
        return next((one for one in reversed(found) if one[1] < anchor), None)
    before = next((one for one in reversed(found) if one[0] <= anchor), None)
    after = next((one for one in found if one[1] >= anchor), None)
    if side or before is None or after is None:
        return after if side == "future" else before
    return after if after[0] - anchor < anchor - before[1] else before


def _unit(anchor: date, unit: str, back: int, calendar: str) -> Interval | None:
    """The day, week (from Monday), month, year, decade or century that holds `anchor`, or `back` before it."""
    if unit == "day":
        day = anchor - timedelta(days=back)
        return day, day
    if unit == "week":
        first = anchor - timedelta(days=anchor.weekday() + 7 * back)
        return first, first + timedelta(days=6)
    year, month = read_year(calendar, anchor)
    if unit == "month":
        at = year * 12 + month - 1 - back
        return to_interval(calendar, at // 12, at % 12 + 1)
    if unit == "year":
        return to_interval(calendar, year - back)
    if unit == "decade":
        first_year = year - year % 10 - 10 * back
        return date(first_year, 1, 1), date(first_year + 9, 12, 31)
    first_year = (year - 1) // 100 * 100 + 1 - 100 * back
    return date(first_year, 1, 1), date(first_year + 99, 12, 31)


def _ago(anchor: date, waiting: Open) -> Interval:
    """So many units before `anchor`. In a document that counts in Hijri years both readings lie inside."""
    ends = [_back(anchor, waiting.unit, number, waiting.calendar) for number in (waiting.high, waiting.low)]
    if waiting.lunar and waiting.unit in _YEARS and not waiting.calendar:
        ends += [_back(anchor, waiting.unit, number, "hijri") for number in (waiting.high, waiting.low)]
    return min(one[0] for one in ends), max(one[1] for one in ends)


def _back(anchor: date, unit: str, number: int, calendar: str) -> Interval:
    if unit in _YEARS and calendar == "hijri":
        middle = anchor - timedelta(days=number * _YEARS[unit] * LUNAR_YEAR)
        return middle - timedelta(days=177), middle + timedelta(days=177)
    if unit in ("month", "year"):
        found = _unit(anchor, unit, number, "gregorian")
        if found is None:
            raise ValueError("no such year")
        return found
    middle = _shift(anchor, unit, number)
    slack = timedelta(days=_SLACK.get(unit, 0))
    return middle - slack, middle + slack


def _shift(anchor: date, unit: str, back: int) -> date:
    """The day so many units before `anchor` (after it, below 0)."""
    if unit in _DAYS:
        return anchor - timedelta(days=back * _DAYS[unit])
    months = anchor.year * 12 + anchor.month - 1 - back * 12 * _YEARS.get(unit, 0) - (back if unit == "month" else 0)
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(anchor.day, last.day))


def _weekday(anchor: date, waiting: Open, side: str) -> Interval:
    ahead = (waiting.number - 1 - anchor.weekday()) % 7
    if waiting.direction == "next":
        day = anchor + timedelta(days=ahead or 7)
    elif waiting.direction == "past":
        day = anchor - timedelta(days=(7 - ahead) % 7 or 7)
    elif side == "future":
        day = anchor + timedelta(days=ahead)
    else:
        day = anchor - timedelta(days=(7 - ahead) % 7)
    return day, day


def _narrow(one: Dated) -> Dated:
    """The first, middle or last third of the interval, where a word says so."""
    if one.start is None or one.end is None:
        return one
    start, end = _third((one.start, one.end), dict(one.more).get("part"))
    return replace(one, start=start, end=end)


def _third(interval: Interval, part: Value) -> Interval:
    if not part:
        return interval
    start, end = interval
    after = end + timedelta(days=1)
    if start.day == after.day == 1 and (months := _months(start, after)) >= 12 and months % 3 == 0:
        place = ("early", "mid", "late").index(str(part))
        first, last = _add_months(start, place * months // 3), _add_months(start, (place + 1) * months // 3)
        return first, last - timedelta(days=1)
    third = (end - start + timedelta(days=1)) / 3
    place = ("early", "mid", "late").index(str(part))
    return start + place * third, end if place == 2 else start + (place + 1) * third - timedelta(days=1)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _add_months(start: date, months: int) -> date:
    """The first of the month so many months after that of `start`."""
    at = start.year * 12 + start.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
