"""Two pages over the whole collection: counts of one event side by side, and the timeline of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena import api
from catena.anatomy import LedgerEvent, TimelineEvent
from catena.web.api import open_project
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export, export_links

SHOWN = 500
"""Events on a page: more would be no page to read, and the exports hold them all."""
_EVENT = (Column("event", "Event"), Column("from", "From"), Column("until", "to"), Column("where", "Where"))
_REPORT = (
    Column("words", "Words"), Column("voice", "On the word of"), Column("document", "Document"),
    Column("published", "Dated"), Column("start", "At"), Column("number", "No"),
)  # fmt: skip
FIGURES = (
    *_EVENT, Column("what", "What is counted"), Column("differ", "Counts differ"),
    Column("change", "Against the one before"), *_REPORT,
)  # fmt: skip
TIMELINE = (
    *_EVENT, Column("what", "What"), Column("status", "Status"), Column("participants", "Who took part"), *_REPORT,
)  # fmt: skip


def figures(request: Request) -> Response:
    """Counts of one event, those that differ first, or the event `of` one figure; each leads to its characters."""
    of, only = request.query_params.get("of", ""), request.query_params.get("differ", "")
    with open_project(request) as project:
        events = [
            one
            for one in api.ledger(project)
            if (not of or any(of == each.finding.id for each in one.counts)) and (one.differs or not only)
        ]
        numbers = project.numbers()
    table = Table("Figures side by side", FIGURES, list(_counts(events, numbers)))
    if given := request.query_params.get("format"):
        return export(table, given, "figures")
    return render(
        request, "figures.html", events=events[:SHOWN], more=len(events) - SHOWN, numbers=numbers, of=of, only=only,
        exports=export_links(request, table),
    )  # fmt: skip


def timeline(request: Request) -> Response:
    """Events by day, or the event `of` one report; each with its reports and voices."""
    of = request.query_params.get("of", "")
    with open_project(request) as project:
        events = [one for one in api.timeline(project) if not of or any(of == each.finding.id for each in one.reports)]
        numbers = project.numbers()
    table = Table("Timeline of reported events", TIMELINE, list(_reports(events, numbers)))
    if given := request.query_params.get("format"):
        return export(table, given, "timeline")
    return render(
        request, "timeline.html", events=events[:SHOWN], more=len(events) - SHOWN, numbers=numbers, of=of,
        exports=export_links(request, table),
    )  # fmt: skip


def _counts(events: Sequence[LedgerEvent], numbers: Mapping[str, int]) -> Iterator[tuple[Cell, ...]]:
    """A row for each count, events in the order of the page."""
    for at, event in enumerate(events, 1):
        for count, change in zip(event.counts, event.changes, strict=True):
            finding, source = count.finding, count.source
            yield (
                at, *_when(event), event.where or "", event.what, "yes" if event.differs else "no", change,
                finding.text("content"), str(finding.value("voice") or ""), source.name, source.date or "",
                finding.spans("content")[0].start, numbers[source.id],
            )  # fmt: skip


def _reports(events: Sequence[TimelineEvent], numbers: Mapping[str, int]) -> Iterator[tuple[Cell, ...]]:
    """A row for each report, events in the order of the page."""
    for at, event in enumerate(events, 1):
        for report in event.reports:
            finding, source = report.finding, report.source
            yield (
                at, *_when(event), event.where or "", event.type, event.status, "; ".join(event.participants),
                finding.text("content"), str(finding.value("voice") or ""), source.name, source.date or "",
                finding.place.start, numbers[source.id],
            )  # fmt: skip


def _when(event: LedgerEvent | TimelineEvent) -> tuple[str, str]:
    return event.when or ("", "")


ROUTES = (Route("/figures", figures), Route("/timeline", timeline))
"""The routes of these pages, for the application's list."""
