"""Where else a passage stands: its witnesses on a time axis, what is known of any two, and why."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catena.exporters.graphs import NETWORKS
from catena.model import Span
from catena.store import Project
from catena.timeaxis import draw, order_by_time
from catena.transmission.direction import Edge
from catena.web.api import get_document_number, get_number, open_project
from catena.web.render import render
from catena.witnesses import Held, find_edges, find_places, find_witnesses, to_graph

FURTHEST = 10**9
SHOWN = 400  # code points of a witness in the list
SHOWN_EDGES = 200
KINDS = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness as the list shows it; `number` is its place in it, the same in the picture."""

    number: int
    held: Held
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An edge with the numbers of its witnesses and of their documents."""

    edge: Edge
    numbers: tuple[int, int]
    documents: tuple[int, int]


def get_span(request: Request, project: Project, number: int) -> Span:
    """The range `start` to `end` of the query in code points of the document's text; all of it without them."""
    length = project.row(number).characters
    start, end = get_number(request, "start", 0, FURTHEST), get_number(request, "end", length, FURTHEST)
    if not start < end <= length:
        raise ValueError(f"start={start}, end={end}: give a range inside the text of {length} code points")
    return Span(start, end)


def to_query(span: Span, **more: str | int) -> str:
    """The query that leads back to a passage."""
    named = {"start": span.start, "end": span.end, **more}
    return urlencode({name: value for name, value in named.items() if value != ""})


def chain(request: Request) -> Response:
    """The chain of a passage, or its network as a file (`format=graphml`, `gexf` or `csv`)."""
    number = get_document_number(request)
    with open_project(request) as project:
        span = get_span(request, project, number)
        row = project.row(number)
        held = find_witnesses(project, number, span)
    edges = find_edges(held)
    wanted = request.query_params.get("format")
    if wanted:
        return _export(wanted, held, edges)
    dates = [one.carrier.dates for one in held]
    dated, undated = order_by_time(dates)
    places = {at: place + 1 for place, at in enumerate([*dated, *undated])}
    witnesses = [_show(held[at], places[at]) for at in (*dated, *undated)]
    documents = [one.carrier.document for one in held]
    number_of = {document: places[at] for at, document in enumerate(documents)}
    file_of = {document: held[at].number for at, document in enumerate(documents)}
    shown = [
        Shown(edge, (number_of[edge.first], number_of[edge.second]), (file_of[edge.first], file_of[edge.second]))
        for edge in edges
    ]
    shown.sort(key=lambda one: one.numbers)
    known = [one for one in shown if one.edge.directed or one.edge.status == "contradictory"]
    return render(
        request, "chain.html", row=row, span=span, dated=witnesses[: len(dated)], undated=witnesses[len(dated) :],
        known=known[:SHOWN_EDGES], more=max(0, len(known) - SHOWN_EDGES),
        open_ones=[one for one in shown if one not in known and number in one.documents][:SHOWN_EDGES],
        picture=draw(documents, dates, edges), numbers=number_of, formats=tuple(NETWORKS), link=to_query,
    )  # fmt: skip


def _show(one: Held, number: int) -> Witness:
    low, high = one.carrier.dates.earliest, one.carrier.dates.latest
    when = low if low == high else f"{low or '…'} – {high or '…'}"
    return Witness(number, one, one.words(SHOWN) + (" …" if len(one.span) > SHOWN else ""), when)


def _export(name: str, held: tuple[Held, ...], edges: tuple[Edge, ...]) -> Response:
    if name not in NETWORKS:
        raise ValueError(f"format={name[:20]!r} is unknown here; allowed: {', '.join(NETWORKS)}")
    headers = {"content-disposition": f'attachment; filename="chain.{name}"'}
    return Response(NETWORKS[name](to_graph(held, edges)), media_type=KINDS[name], headers=headers)


def elsewhere(request: Request) -> Response:
    """Where else a passage stands, as data: places in code points, most shared letters first."""
    number = get_document_number(request)
    with open_project(request) as project:
        row = project.row(number)
        length = row.characters
        start = min(get_number(request, "start", 0, FURTHEST), length)
        span = Span(start, max(start, min(get_number(request, "end", length, FURTHEST), length)))
        found = find_places(project, row.id, span) if len(span) else ()
        names = project.names([place.document for place in found])
        places = [
            {
                "number": name.number,
                "path": name.path,
                "date": name.date,
                "spans": [[piece.start, piece.end] for piece in place.pieces],
                "kind": place.kind,
                "shared_letters": place.shared_letters,
                "known": place.known,
            }
            for place in found
            for name in names.get(place.document, ())
        ]
    return JSONResponse({"start": span.start, "end": span.end, "places": places})


ROUTES = (Route("/where/{number:int}", chain), Route("/api/documents/{number:int}/elsewhere", elsewhere))
"""The routes of these pages, for the application's list."""
