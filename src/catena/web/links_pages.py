"""The list of links that people made between passages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.linking import End, Link, list_links
from catena.web.api import open_project
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export, export_links

COLUMNS = (
    Column("document", "Document"), Column("words", "Words"), Column("start", "Start"), Column("end", "End"),
    Column("relation", "Relation"), Column("other", "Other document"), Column("other_words", "Words there"),
    Column("other_start", "Start there"), Column("other_end", "End there"), Column("person", "Coder"),
    Column("memo", "Memo"), Column("state", "State"), Column("other_state", "State there"),
)  # fmt: skip


def links(request: Request) -> Response:
    """Every link in a list: of one relation, of one person, or all."""
    relation, person = request.query_params.get("relation") or None, request.query_params.get("person") or None
    with open_project(request) as project:
        held = list_links(project, person=person)
        people = project.people()
        relations = project.relations(person)
    found = [one for one in held if relation in (None, one.relation)]
    table = Table("Links", COLUMNS, [_row(one) for one in found])
    if given := request.query_params.get("format"):
        return export(table, given, "links")
    return render(
        request, "links.html", found=found, relations=relations, people=people, chosen=relation or "",
        who=person or "", exports=export_links(request, table),
    )  # fmt: skip


def _row(one: Link) -> tuple[Cell, ...]:
    return (
        *_cells(one.origin), one.relation, *_cells(one.target), one.person, one.memo, one.origin.state,
        one.target.state,
    )  # fmt: skip


def _cells(end: End) -> tuple[Cell, ...]:
    places = (end.span.start, end.span.end) if end.span else (None, None)
    return (end.place.path if end.place else "", end.words, *places)


ROUTES = (Route("/links", links),)
"""The route of this page."""
