"""Durations and ages: a length in days, between the calendars where the text does not say whose years are meant."""

from __future__ import annotations

from dataclasses import replace

from catena.anatomy.calendars import LUNAR_YEAR
from catena.anatomy.dates.types import Dated, Open
from catena.model import Evidence, Span

_YEAR = 365.2425
DAYS = {"day": 1.0, "week": 7.0, "month": _YEAR / 12, "year": _YEAR, "decade": 10 * _YEAR, "century": 100 * _YEAR}
"""Days of each unit in the Gregorian calendar."""
LUNAR = LUNAR_YEAR / _YEAR
"""How much shorter the months and years of the Hijri calendar are."""
_OF_CALENDAR = ("month", "year", "decade", "century")


def to_length(span: Span, rule: str, unit: str, low: int, high: int, owner: str) -> Dated:
    """A length of `low` to `high` units; `owner` is the calendar the text names, or "".

    Values: `length` (`None` for a vague one), `unit`, `days_low` and `days_high`, whole days rounded outwards.
    """
    factor = LUNAR if owner == "hijri" and unit in _OF_CALENDAR else 1.0
    return Dated(
        span,
        owner or "unstated",
        unit,
        rule,
        open=Open(rule, unit=unit, low=low, high=high, calendar=owner),
        more=(
            ("length", low if low == high else None),
            ("unit", unit),
            ("days_low", int(low * DAYS[unit] * factor)),
            ("days_high", -int(-high * DAYS[unit] * factor // 1)),
        ),
    )


def widen(one: Dated) -> Dated:
    """`one` with both readings, in a document that counts in Hijri years and does not say whose years these are."""
    waiting = one.open
    if waiting is None or one.calendar != "unstated" or waiting.unit not in _OF_CALENDAR:
        return one
    more = dict(one.more)
    more["days_low"] = int(waiting.low * DAYS[waiting.unit] * LUNAR)
    note = Evidence("years-may-be-hijri", "the document counts in Hijri years too, and does not say whose these are")
    return replace(one, more=tuple(more.items()), notes=(*one.notes, note))
