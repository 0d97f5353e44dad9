"""One date on its way to a finding, and what an open date waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catena.model import Evidence, Span, Value


@dataclass(frozen=True, slots=True)
class Open:
    """What an open date is counted from the document's date by.

    `means` is a word of `date-phrases.yaml` (`ago`, `weekday`, `month` …) or `day` for a day without a year.
    `direction` is `near`, `past`, `next`, `this`, or `last-year`, `this-year`, `next-year`. `low` and `high` count
    `unit`s; `number` is the day of the week or the season, from 1. `tense` is `future`, `past` or
    "", by the verb of its clause.
    `lunar`: the document counts in Hijri years, so that years may be either; `calendar` is the one the words name.
    """

    means: str
    direction: str = "near"
    unit: str = "day"
    low: int = 0
    high: int = 0
    number: int = 0
    month: int = 0
    tense: str = ""
    lunar: bool = False
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date before it becomes a finding. `year` is 0 when none is printed; `start` is `None` while it is open.

    `relation` is `at`, or the side of the date on which something lies (`since`, `until`, `before`, `after`, `by`).
    `more` holds further values of the finding.
    """

    span: Span
    calendar: str
    precision: str
    rule: str
    year: int = 0
    month: int = 0
    day: int = 0
    start: date | None = None
    end: date | None = None
    open: Open | None = None
    relation: str = "at"
    more: tuple[tuple[str, Value], ...] = ()
    notes: tuple[Evidence, ...] = ()
