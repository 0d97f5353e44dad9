"""Documents that are closed until somebody opens them on purpose: the question, the opening, the log of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catena.store import OPENED_ALL, Project
from catena.web.api import get_document_number, get_person, opened_by, read_form
from catena.web.render import render
from catena.web.tables import Column, Table, export, export_links

LOGGED = ("document.open", OPENED_ALL, "documents.restrict", "account.login", "account.logout", "account.refused")
SHOWN = 300
COLUMNS = (
    Column("when", "When"), Column("who", "Who"), Column("what", "What"), Column("subject", "On what"),
    Column("reason", "Reason"),
)  # fmt: skip


async def open_document(request: Request) -> Response:
    """Open a closed document for this session, with the reason given; written into the log."""
    form = await read_form(request)
    number = get_document_number(request)
    with Project.open(request.app.state.project_path) as project:
        row = project.document(number).row
        project.note_event(get_person(request), "document.open", row.path, {"reason": form.get("reason", "")[:500]})
    opened_by(request).add(number)
    return RedirectResponse(f"/doc/{number}", 303)


def access(request: Request) -> Response:
    """Who opened what, and who came in: the latest first."""
    with Project.open(request.app.state.project_path, read_only=True) as project:
        events = project.events_of(LOGGED, SHOWN)
    rows = [(one.when, one.who, one.what, one.subject, str(one.detail.get("reason", ""))) for one in events]
    table = Table("Access", COLUMNS, rows)
    if given := request.query_params.get("format"):
        return export(table, given, "access")
    return render(request, "access.html", events=events, exports=export_links(request, table))


ROUTES = (Route("/doc/{number:int}/open", open_document, methods=["POST"]), Route("/access", access))
"""The routes of these pages, for the application's list."""
