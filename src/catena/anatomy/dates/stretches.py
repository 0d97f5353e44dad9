"""Stretches that need no document date: ranges, quarters, halves, seasons of a year, decades, centuries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from catena.anatomy.calendars import YEARS, to_interval
from catena.anatomy.dates.types import Dated, Open
from catena.model import Evidence, Span

_PERSIAN = re.compile("[پچژگکی]")
_DAY = timedelta(days=1)
_LONGEST = 150  # years: a longer stretch of years is rather a pair of numbers


def read_range(span: Span, got: dict[str, str], months: Mapping[str, tuple[str, int]], calendar: str) -> Dated | None:
    """From the first day to the last; without a year it is open, and its values are those of the first day."""
    if "m" not in got:
        return _years(span, int(got["y"]), int(got["y2"]), calendar)
    calendar, first_month = months[got["m"].casefold()] if got["m"].casefold() in months else months[got["m"]]
    last_month = months.get(got.get("m2", "").casefold(), (calendar, first_month))[1]
    first_day, last_day = _number(got.get("d")), _number(got.get("d2"))
    year = int(got.get("y") or 0)
    precision = "day" if last_day else "month"
    if last_day and not (1 <= first_day <= 31 and 1 <= last_day <= 31):
        return None
    if not year:
        more = (("last", f"--{last_month:02d}-{last_day:02d}" if last_day else f"--{last_month:02d}"),)
        waiting = Open("range", month=last_month, low=first_day, high=last_day)
        return Dated(span, calendar, precision, "range", 0, first_month, first_day, open=waiting, more=more)
    found = to_range(calendar, year, (first_month, first_day), (last_month, last_day))
    if found is None:
        return None
    return Dated(span, calendar, precision, "range", year, first_month, first_day, *found)


def to_range(calendar: str, year: int, first: tuple[int, int], last: tuple[int, int]) -> tuple[date, date] | None:
    """The days from `first` to `last` (month, day or 0), which ends in `year`; `None` when it cannot be."""
    begins = year - 1 if first > last else year
    head, tail = to_interval(calendar, begins, *first), to_interval(calendar, year, *last)
    if head is None or tail is None or year not in YEARS[calendar]:
        return None
    return head[0], tail[1]


def _number(text: str | None) -> int:
    found = re.match(r"\d+", text or "")
    return int(found[0]) if found else 0


def _years(span: Span, first: int, last: int, calendar: str) -> Dated | None:
    if not (first < last <= first + _LONGEST and first in YEARS[calendar] and last in YEARS[calendar]):
        return None
    head, tail = to_interval(calendar, first), to_interval(calendar, last)
    if head is None or tail is None:
        return None
    return Dated(span, calendar, "year", "range", first, start=head[0], end=tail[1])


def read_part_of_year(span: Span, means: str, number: int, year: int, calendar: str) -> Dated | None:
    """A quarter or half of a year."""
    length = 3 if means == "quarter" else 6
    if not 1 <= number <= 12 // length or year not in YEARS[calendar]:
        return None
    found = to_range(calendar, year, (length * (number - 1) + 1, 0), (length * number, 0))
    return Dated(span, calendar, means, means, year, start=found[0], end=found[1]) if found else None


def nth_weekday(year: int, waiting: Open) -> tuple[date, date] | None:
    """The n-th Monday (…) of a month; `None` when the month has no fifth one."""
    first = date(year, waiting.month, 1)
    day = first + timedelta(days=(waiting.number - 1 - first.weekday()) % 7 + 7 * (waiting.low - 1))
    return (day, day) if day.month == waiting.month else None


def season_interval(calendar: str, number: int, year: int) -> tuple[date, date] | None:
    """Three months: of the Solar Hijri year as it counts them, else from March on, winter into the next year."""
    if calendar == "solar":
        return to_range("solar", year, (3 * number - 2, 0), (3 * number, 0))
    if number == 4:
        return date(year, 12, 1), date(year + 1, 3, 1) - _DAY
    return to_range("gregorian", year, (3 * number, 0), (3 * number + 2, 0))


def read_season_year(span: Span, number: int, calendar: str, *, year: int) -> Dated | None:
    """The season of a year."""
    calendar = "solar" if calendar == "solar" and year in YEARS["solar"] and year < 1500 else "gregorian"
    if year not in YEARS[calendar]:
        return None
    found = season_interval(calendar, number, year)
    if found is None:
        return None
    return Dated(
        span, calendar, "season", "season-year", year, start=found[0], end=found[1], notes=season_notes(calendar)
    )


def season_notes(calendar: str) -> tuple[Evidence, ...]:
    """Why a season begins when it does."""
    note = "spring is taken from March to May, as north of the equator"
    return () if calendar == "solar" else (Evidence("season-assumed", note),)


def read_decade(span: Span, got: dict[str, str], words: Mapping[str, int], plain: str) -> Dated | None:
    """Ten years; of one named by two digits the century is assumed: the twentieth, in Persian text the Solar 1300s."""
    number = int(got["dd"]) if "dd" in got else words[" ".join(got["dec"].casefold().split())]
    notes: tuple[Evidence, ...] = ()
    calendar = "gregorian"
    if "دهه" in got.get("body", "") and (number < 100 or 1300 <= number < 1500):
        calendar = "solar"
    if number < 100:
        if number < 20 and calendar == "gregorian":
            return None
        number += 1300 if calendar == "solar" else 1900
        notes = (Evidence("century-assumed", f"taken as the {number}s"),)
    head, tail = to_interval(calendar, number), to_interval(calendar, number + 9)
    if number not in YEARS[calendar] or head is None or tail is None:
        return None
    return Dated(span, calendar, "decade", "decade", number, start=head[0], end=tail[1], notes=notes)


def read_century(span: Span, number: int, *, hijri: bool) -> Dated | None:
    """A hundred years from the first year of the century (1801 for the nineteenth)."""
    calendar = "hijri" if hijri else "gregorian"
    if not 1 <= number <= (15 if hijri else 22):
        return None
    first, last = 100 * number - 99, 100 * number
    head, tail = to_interval(calendar, first), to_interval(calendar, last)
    if head is None or tail is None:
        return None
    return Dated(span, calendar, "century", "century", first, start=head[0], end=tail[1])
