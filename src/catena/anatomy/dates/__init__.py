"""Expressions of time: days and months, stretches, ages, words counted from the day of speaking.

Modules in the order of the steps: `explicit` (numbers and month names), `phrases` (words, by `date-phrases.yaml`, with
`stretches` and `lengths`), `context` (what stands around a date), `settle` (open ones against the document's date).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from catena.anatomy.dates.context import look_around
from catena.anatomy.dates.explicit import scan_dates
from catena.anatomy.dates.lengths import widen
from catena.anatomy.dates.phrases import scan_fixed, scan_phrases
from catena.anatomy.dates.settle import lend_years, settle
from catena.anatomy.dates.types import Dated, Open
from catena.anatomy.lexicon import DateLexicon
from catena.anatomy.numbers import mask_words, month_pattern, word_pattern
from catena.anatomy.scan import bare, find_menus, is_in, plain_digits
from catena.model import Document, Evidence, Finding, MadeBy, Value, make_finding

MADE_BY = MadeBy("dates", "3")
_FIRST = ("nth-weekday", "range", "season-year", "quarter", "half", "decade", "century")
_COUNTED = ("ago", "past-stretch", "coming-stretch")
_LAST = ("since-event", "weekday", "month", "season", "age", "duration")

__all__ = ["MADE_BY", "Dated", "Open", "find_dates", "read_document_date", "scan_dates", "scan_everything"]


def find_dates(
    document: Document, lexicon: DateLexicon, *, document_date: str | None = None, layout: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Findings "date" in order of place; role `content`.

    Values: `start` and `end` (ISO days, both included, `None` while open), `precision` (day, week, month, quarter,
    half, season, year, decade, century, event), `calendar` (gregorian, hijri, solar; relative for what is counted from
    the day of speaking; unstated for a length whose years may be of any), `rule`, and where they apply `partial`
    (`--07-28`, no year is printed), `last` (the same for the end of a range), `relation` (since, until, before,
    after, by), `part` (early, mid, late), `length`, `unit`, `days_low`, `days_high`. Hijri days are intervals of
    ±2 days.

    The day of speaking is `document_date` (ISO), else the date that `layout` found or the file states. It settles
    open dates, with the evidence `from-document-date`; what stays open has the evidence `unresolved`. Raises
    `ValueError` when `document_date` is not an ISO date.
    """
    anchor = date.fromisoformat(document_date) if document_date else read_document_date(document, layout)
    menus = find_menus(document)
    found = scan_everything(document.text, lexicon, anchor)
    return tuple(_finding(document, one) for one in found if not is_in(one.span, menus))


def read_document_date(document: Document, layout: Sequence[Finding] = ()) -> date | None:
    """The day the document bears: as its layout shows, else as the file states; `None` when neither does."""
    shown = [str(one.value("value")) for one in layout if one.kind == "layout" and one.value("field") == "date"]
    for text in (*shown, (document.get_stated("date") or "")[:10]):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def scan_everything(text: str, lexicon: DateLexicon, anchor: date | None = None) -> tuple[Dated, ...]:
    """Every expression of time in `text` in order of place, open ones settled where `anchor` allows."""
    plain = plain_digits(text)
    busy = bytearray(len(text))
    masked = mask_words(plain, *_masks(lexicon))
    found = list(scan_phrases(masked, lexicon, busy, _FIRST))
    for one in scan_dates(text, lexicon):
        if not any(busy[one.span.start : one.span.end]):
            busy[one.span.start : one.span.end] = b"\1" * len(one.span)
            found.append(one)
    found += scan_phrases(masked, lexicon, busy, _COUNTED)
    found += scan_fixed(plain, lexicon, busy)
    found += scan_phrases(masked, lexicon, busy, ("this-unit",))
    found += scan_phrases(masked, lexicon, busy, _LAST)
    found = look_around(sorted(found, key=lambda one: one.span), plain, lexicon)
    found = lend_years(found, anchor)
    lunar = any(one.calendar == "hijri" for one in found)
    return tuple(settle(_lunar(one) if lunar else one, anchor) for one in found)


@lru_cache(maxsize=4)
def _masks(lexicon: DateLexicon) -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    return (
        {bare(word): number for word, number in lexicon.numbers},
        word_pattern(word for word, _ in lexicon.numbers),
        month_pattern(name for name, _, _ in lexicon.months),
    )


def _lunar(one: Dated) -> Dated:
    if one.open is None:
        return one
    return widen(replace(one, open=replace(one.open, lunar=True)))


def _finding(document: Document, one: Dated) -> Finding:
    values: dict[str, Value] = {
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
        "precision": one.precision,
        "calendar": one.calendar,
        "rule": one.rule,
    }
    if one.month and not one.year:
        values["partial"] = f"--{one.month:02d}-{one.day:02d}" if one.day else f"--{one.month:02d}"
    if one.relation != "at":
        values["relation"] = one.relation
    values.update(one.more)
    evidence = (Evidence(one.rule), *one.notes)
    return make_finding(document, "date", {"content": one.span}, MADE_BY, values=values, evidence=evidence)
