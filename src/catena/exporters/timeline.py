"""The timeline of events in two formats: a table for spreadsheets, and the JSON that TimelineJS reads.

The events are put together from the findings of all documents, so that one row may hold several reports.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from catena.anatomy import TimelineEvent, make_timeline, to_sources
from catena.exporters.base import Rows
from catena.exporters.csv import defuse, to_line

COLUMNS = (
    "event", "type", "status", "start", "end", "where", "participants", "voices", "reasons", "document",
    "document_date", "voice", "words", "words_start", "words_end", "finding_id",
)  # fmt: skip
"""The columns of `timeline-csv`: one row a report; rows with the same number in `event` are of one event."""


class TimelineCsv:
    """A table: `COLUMNS`, then one row a report, by the day of its event."""

    name = "timeline-csv"
    suffix = ".csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write the header and one row a report; returns how many reports."""
        out.write(to_line(COLUMNS))
        written = 0
        for number, event in enumerate(make_timeline(to_sources(rows)), 1):
            for cells in _rows(number, event):
                out.write(to_line(tuple(map(defuse, cells))))
                written += 1
        return written


def _rows(number: int, event: TimelineEvent) -> list[tuple[str, ...]]:
    start, end = event.when or ("", "")
    shared = (
        str(number), event.type, event.status, start, end, event.where or "", "; ".join(event.participants),
        "; ".join(event.voices), " ".join(reason.code for reason in event.reasons),
    )  # fmt: skip
    return [
        (
            *shared, report.source.name, report.source.date or "", str(report.finding.value("voice") or ""),
            " ".join(report.finding.text("content").split()), str(report.finding.place.start),
            str(report.finding.place.end), report.finding.id,
        )
        for report in event.reports
    ]  # fmt: skip


class TimelineJs:
    """The JSON of TimelineJS 3: events with a day, each with its reports as the text. Texts are escaped HTML."""

    name = "timelinejs"
    suffix = ".json"
    media_type = "application/json"

    def write(self, rows: Rows, out: BinaryIO) -> int:
        """Write one JSON object; returns how many events it holds."""
        moments = [_moment(event) for event in make_timeline(to_sources(rows)) if event.when]
        out.write(to_timelinejs("Reported events", "As the documents report them; nothing is checked.", moments))
        return len(moments)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: ISO days, a headline, and paragraphs of plain text. `group` and `id` may be ""."""

    days: tuple[str, str]
    headline: str
    paragraphs: tuple[str, ...]
    group: str = ""
    id: str = ""


def to_timelinejs(headline: str, text: str, moments: Iterable[Moment]) -> bytes:
    """The JSON of TimelineJS 3, in UTF-8; all texts are escaped."""
    title = {"text": {"headline": html.escape(headline), "text": html.escape(text)}}
    whole = {"title": title, "events": [_entry(moment) for moment in moments]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _entry(moment: Moment) -> dict[str, Any]:
    start, end = moment.days
    text = "".join(f"<p>{html.escape(one)}</p>" for one in moment.paragraphs)
    made: dict[str, Any] = {"start_date": _day(start), "text": {"headline": html.escape(moment.headline), "text": text}}
    if end and end != start:
        made["end_date"] = _day(end)
    return made | {name: value for name, value in (("group", moment.group), ("unique_id", moment.id)) if value}


def _moment(event: TimelineEvent) -> Moment:
    headline = ", ".join(part for part in (event.type, event.where) if part)
    if event.status == "announced":
        headline += " (announced)"
    reports = tuple(
        f"{' '.join(one.finding.text('content').split())} "
        f"({one.source.name}{_said(str(one.finding.value('voice') or ''))})"
        for one in event.reports
    )
    return Moment(event.when or ("", ""), headline, reports, event.type, event.reports[0].finding.id)


def _said(voice: str) -> str:
    return f"; on the word of {voice}" if voice else ""


def _day(iso: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, iso.split("-")), strict=False))
