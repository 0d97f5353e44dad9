"""The names of all documents, grouped to entities: every form, the evidence that groups them, and each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena import api
from catena.anatomy import Entity
from catena.web import shelf
from catena.web.api import open_project
from catena.web.render import render
from catena.web.tables import Column, Table, export, export_links

SHOWN = 200
"""Entities on a page: more would be no page to read, and the exports hold them all."""
PLACES = 40
"""Places of one entity on the page."""
REASONS = {
    "same-key": "the same spelling key: forms that differ in case, marks, transliteration or script alone",
    "acronym": "the acronym is introduced in brackets behind the name",
    "last-name-again": "a last name stands again for the one longer name of its document",
    "ends-longer-name": "it ends the one longer name of its document",
    "begins-longer-name": "it begins the one longer name of its document",
    "alias-list": "a list of aliases says so",
}
_METHOD = (
    "Forms are one entity by evidence alone, never by likeness: a shared spelling key, an acronym in brackets, a last"
    " name that ends one longer name, or your own names.yaml."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entity on the page: its forms with their counts, why they are one, and (document, path, start, words)."""

    type: str
    name: str
    forms: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str], ...]
    documents: int
    places: tuple[tuple[int, str, int, str], ...]
    more: int


def entities(request: Request) -> Response:
    """Every entity, those with most mentions first; one type, those that hold some words, or the one `of` a mention."""
    kind, asked = request.query_params.get("type", ""), request.query_params.get("q", "").strip()
    of = request.query_params.get("of", "")
    with open_project(request) as project:
        found = api.entities(project, libraries=shelf.folders_of(request))
        numbers = project.numbers()
    types = sorted({one.type for one in found})
    wanted = [one for one in found if kind in ("", one.type) and _holds(one, asked) and _mentioned(one, of)]
    given = request.query_params.get("format")
    table = _table(wanted, numbers)
    if given:
        return export(table, given, "names")
    return render(
        request, "entities.html", table=table, types=types, kind=kind, asked=asked, query="", total=len(wanted),
        entities=[_show(one, numbers) for one in wanted[:SHOWN]], exports=export_links(request, table),
    )  # fmt: skip


def _holds(entity: Entity, asked: str) -> bool:
    return any(asked.casefold() in form.casefold() for form in (entity.name, *entity.forms))


def _mentioned(entity: Entity, of: str) -> bool:
    return not of or any(one.id == of for _, one in entity.mentions)


def _show(entity: Entity, numbers: Mapping[str, int]) -> Shown:
    counts = Counter(str(one.value("name")) for _, one in entity.mentions)
    places = tuple(
        (numbers[source.id], source.name, one.spans("content")[0].start, " ".join(one.text("content").split()))
        for source, one in entity.mentions
    )
    reasons = tuple((REASONS.get(one.code, one.code.replace("-", " ")), one.note) for one in entity.reasons)
    return Shown(
        entity.type, entity.name, tuple(counts.most_common()), reasons, len({place[0] for place in places}),
        places[:PLACES], max(0, len(places) - PLACES),
    )  # fmt: skip


def _table(found: Sequence[Entity], numbers: Mapping[str, int]) -> Table:
    """One row a form and document, so that the table can be sorted and joined elsewhere."""
    rows = []
    for entity in found:
        held = Counter((str(one.value("name")), source.id, source.name) for source, one in entity.mentions)
        why = "; ".join(dict.fromkeys(one.code for one in entity.reasons))
        rows += [
            (entity.name, entity.type, form, count, numbers[id_], path, why)
            for (form, id_, path), count in sorted(held.items(), key=lambda one: (one[0][0], numbers[one[0][1]]))
        ]
    columns = (
        Column("entity", "Entity"), Column("type", "Type"), Column("form", "Form"), Column("mentions", "Mentions"),
        Column("document", "Document"), Column("path", "Path"), Column("evidence", "Evidence"),
    )  # fmt: skip
    return Table("Names", columns, rows, _METHOD)


ROUTES = (Route("/names", entities),)
"""The route of this page, for the application's list."""
