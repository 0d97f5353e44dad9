"""Figures, events and dates of all documents in one list: who counted what, on whose word, and when it is said to be.

Nothing is reconciled: two counts of one event stay two rows. Sorted so that what belongs together stands together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from catena.exporters import Moment, to_timelinejs
from catena.store import QueryError, StoredFinding
from catena.web.api import open_project
from catena.web.render import render
from catena.web.sorting import sort_table
from catena.web.tables import Cell, Column, Table, export, export_links, with_parameters

SHOWN = 300
Values: TypeAlias = Mapping[str, Any]
_WHERE = (
    Column("document", "Document"), Column("published", "Dated"), Column("start", "At"), Column("number", "No"),
)  # fmt: skip
FIGURES = (
    Column("counted", "What is counted"), Column("low", "at least"), Column("high", "at most"),
    Column("fate", "Fate"), Column("voice", "On whose word"), Column("when", "When"), Column("where", "Where"),
    Column("words", "Words"), *_WHERE,
)  # fmt: skip
EVENTS = (
    Column("when", "From"), Column("until", "to"), Column("what", "What"), Column("status", "Status"),
    Column("voice", "On whose word"), Column("where", "Where"), Column("words", "Words"), *_WHERE,
)  # fmt: skip
DATES = (
    Column("when", "From"), Column("until", "to"), Column("precision", "Precision"), Column("words", "Words"), *_WHERE,
)  # fmt: skip


def _place(one: StoredFinding) -> tuple[Cell, ...]:
    return (one.path, one.date, one.start, one.document)


def _words(one: StoredFinding) -> str:
    texts = one.record["texts"].get("content") or one.record["texts"].get("cue") or [""]
    return " … ".join(texts)


def _voice(values: Values) -> str:
    """Who vouches: `not named` when the report names nobody, nothing when the document says it itself."""
    return (str(values["voice"]) if values["voice"] else "not named") if "voice" in values else ""


def figure_row(one: StoredFinding) -> tuple[Cell, ...]:
    """One figure; open ends are empty."""
    values = one.record["values"]
    return (
        str(values.get("counted") or ""), values.get("low"), values.get("high"), str(values.get("fate") or ""),
        _voice(values), str(values.get("when_start") or ""), str(values.get("where") or ""), _words(one), *_place(one),
    )  # fmt: skip


def event_row(one: StoredFinding) -> tuple[Cell, ...]:
    """One event."""
    values = one.record["values"]
    return (
        str(values.get("when_start") or ""), str(values.get("when_end") or ""), str(values.get("type") or ""),
        str(values.get("status") or ""), _voice(values), str(values.get("where") or ""), _words(one), *_place(one),
    )  # fmt: skip


def date_row(one: StoredFinding) -> tuple[Cell, ...]:
    """One date that lies on the calendar."""
    values = one.record["values"]
    return (
        str(values.get("start") or ""), str(values.get("end") or ""), str(values.get("precision") or ""), _words(one),
        *_place(one),
    )  # fmt: skip


Lists: TypeAlias = dict[str, tuple[str, str, tuple[Column, ...], Callable[[StoredFinding], tuple[Cell, ...]], str]]
LISTS: Lists = {
    "figures": (
        "Figures", "figure", FIGURES, figure_row,
        "Every count and amount, by what is counted, where and when. Two counts of one event stay two rows.",
    ),
    "events": ("Events", "event", EVENTS, event_row, "What is reported to have happened, in order of time."),
    "dates": ("Dates", "date", DATES, date_row, "Every date in the texts that lies on the calendar, in order."),
}  # fmt: skip


def ledger(request: Request) -> Response:
    """One of `LISTS`, over the documents that a search chooses or all."""
    show, query = request.query_params.get("show", "figures"), request.query_params.get("q", "").strip()
    if show not in LISTS:
        raise ValueError(f"show={show[:20]!r} is unknown; allowed: {', '.join(LISTS)}")
    title, kind, columns, to_row, method = LISTS[show]
    error = None
    found: tuple[StoredFinding, ...] = ()
    with open_project(request) as project:
        try:
            found = project.stored_findings(kind, project.find_versions(query) if query else None)
        except QueryError as problem:
            error = str(problem)
    rows = sorted(map(to_row, found), key=_order)
    if show == "dates":
        rows = [row for row in rows if row[0]]
    table, heads = sort_table(request, Table(title, columns, rows, method))
    given = request.query_params.get("format")
    if given == "timeline" and show != "figures":
        return _timeline(table)
    if given and not error:
        return export(table, given, show)
    links = export_links(request, table)
    if show != "figures":
        links = (*links, ("timeline", with_parameters(request, format="timeline")))
    return render(
        request, "ledger.html", table=table, show=show, lists=LISTS, asked=query, error=error, exports=links,
        shown=SHOWN, heads=heads, status=400 if error else 200,
    )  # fmt: skip


def _order(row: Sequence[Cell]) -> tuple[tuple[bool, str], ...]:
    """By the columns from left to right; what is not known comes last."""
    return tuple((cell in ("", None), f"{cell:020}" if isinstance(cell, int) else str(cell)) for cell in row)


def _timeline(table: Table) -> Response:
    """The dated rows as TimelineJS 3 reads them."""
    names = [column.name for column in table.columns]
    rows = [{name: str(cell or "") for name, cell in zip(names, row, strict=True)} for row in table.rows]
    moments = (
        Moment(
            (row["when"], row["until"]), row.get("what") or row["words"], (f"{row['words']} ({row['document']})",),
            row.get("what", ""),
        )
        for row in rows
        if row["when"]
    )  # fmt: skip
    name = {"content-disposition": 'attachment; filename="timeline.json"'}
    return Response(to_timelinejs(table.title, table.method, moments), media_type="application/json", headers=name)
