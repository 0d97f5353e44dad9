"""Two pages over the whole collection: counts of one event side by side, and the timeline of events."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena import api
from catena.web.api import open_project
from catena.web.render import render

SHOWN = 500
"""Events on a page: more would be no page to read, and the exports hold them all."""


def figures(request: Request) -> Response:
    """Counts of one event, those that differ first, or the event `of` one figure; each leads to its characters."""
    of = request.query_params.get("of", "")
    with open_project(request) as project:
        events = [one for one in api.ledger(project) if not of or any(of == each.finding.id for each in one.counts)]
        numbers = project.numbers()
    return render(request, "figures.html", events=events[:SHOWN], more=len(events) - SHOWN, numbers=numbers, of=of)


def timeline(request: Request) -> Response:
    """Events by day, or the event `of` one report; each with its reports and voices."""
    of = request.query_params.get("of", "")
    with open_project(request) as project:
        events = [one for one in api.timeline(project) if not of or any(of == each.finding.id for each in one.reports)]
        numbers = project.numbers()
    return render(request, "timeline.html", events=events[:SHOWN], more=len(events) - SHOWN, numbers=numbers, of=of)


ROUTES = (Route("/figures", figures), Route("/timeline", timeline))
"""The routes of these pages, for the application's list."""
