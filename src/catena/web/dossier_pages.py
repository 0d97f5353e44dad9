"""The dossier from the reader: choose passages, see how many there are, take the file."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.dossier import Choice, choose, to_html
from catena.dossier.choosing import KINDS
from catena.store import QueryError, to_paths
from catena.web.api import open_project
from catena.web.render import render


def dossier(request: Request) -> Response:
    """The form with what it would hold; with `format=html` the file itself."""
    given = request.query_params
    choices = [Choice(kind, words) for kind in KINDS for words in given.getlist(kind) if words.strip()]
    title = given.get("title", "")
    error, found = None, None
    with open_project(request) as project:
        paths = to_paths(project.codes())
        verdicts = [name for name, _ in project.facets()["verdict"]]
        try:
            made = datetime.now(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
            found = choose(project, choices, title=title, made=made) if choices else None
        except QueryError as problem:
            error = str(problem)
    if given.get("format") == "html" and found is not None:
        name = {"content-disposition": 'attachment; filename="dossier.html"'}
        return Response(to_html(found), media_type="text/html; charset=utf-8", headers=name)
    chosen = {kind: given.get(kind, "") for kind in KINDS}
    return render(
        request, "dossier.html", title=title, chosen=chosen, found=found, error=error,
        codes=sorted(paths.values()), verdicts=verdicts, status=400 if error else 200,
    )  # fmt: skip


ROUTES = (Route("/dossier", dossier),)
"""The routes of this page, for the application's list."""
