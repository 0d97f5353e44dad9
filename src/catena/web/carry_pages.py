"""Notes on older texts: what would go where, taken over only when a person says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catena.carrying import STATES, Proposal, leave_behind, list_waiting, take_over
from catena.store import Project, to_paths
from catena.web.api import change_project, get_person, open_project, read_form
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export, export_links

MOST = 300
COLUMNS = (
    Column("document", "Document"), Column("note", "Note"), Column("memo", "Memo"), Column("then", "Words then"),
    Column("now", "Words now"), Column("state", "State"), Column("start", "Start"), Column("end", "End"),
)  # fmt: skip


def carry(request: Request) -> Response:
    """Every note of the reader that stands on an older text."""
    with open_project(request) as project:
        waiting = list_waiting(project, get_person(request))
        paths = to_paths(project.codes(deleted=True))
    counts = Counter(one.state for one in waiting)
    order = sorted(waiting, key=lambda one: (STATES.index(one.state) == 0, one.document.path))
    table = Table("Notes on older texts", COLUMNS, [_row(one, paths) for one in order])
    if given := request.query_params.get("format"):
        return export(table, given, "older-texts")
    return render(
        request, "carry.html", exports=export_links(request, table), waiting=order[:MOST],
        more=max(0, len(order) - MOST), counts=counts, states=STATES,
        paths=paths,
    )  # fmt: skip


def _row(one: Proposal, paths: Mapping[str, str]) -> tuple[Cell, ...]:
    note = one.note
    memo = str(note.value("memo") or note.value("text") or "")
    name = paths.get(str(note.value("code")), str(note.value("relation") or "memo"))
    return (
        one.document.path, name, memo, note.text("content"), one.words, one.state,
        *((one.span.start, one.span.end) if one.span else (None, None)),
    )  # fmt: skip


async def take(request: Request) -> Response:
    """Take over all that is carried, or the one note named; or leave that one behind."""
    form = await read_form(request)
    person = get_person(request)

    def write(project: Project) -> int:
        waiting = list_waiting(project, person)
        if form.get("id"):
            chosen = [one for one in waiting if one.note.id == form["id"]]
            if form.get("leave"):
                return leave_behind(project, person, chosen)
        else:
            chosen = [one for one in waiting if one.state == "carried"]
        return take_over(project, person, chosen)

    await change_project(request, write)
    return RedirectResponse("/carry", 303)
