"""The application: routes to pages and to the JSON API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from catena.store import NotFound, QueryError, Restricted, StoreError
from catena.web import (
    agreement_pages,
    api,
    care_pages,
    carry_pages,
    chain_pages,
    chronicle_pages,
    codebook_pages,
    coding_pages,
    collation_pages,
    compare_pages,
    correction_pages,
    counts_pages,
    dossier_pages,
    entity_pages,
    facsimile,
    ledger_pages,
    links_pages,
    pages,
    repaired_pages,
    searching,
    voices_pages,
)
from catena.web.description import describe
from catena.web.keeping import Keeper
from catena.web.render import render
from catena.web.security import Guard
from catena.web.starting import Calm, Watch, lifespan

STATIC = Path(__file__).parent / "static"


def create_app(
    project_path: Path,
    *,
    token: str = "",
    host: str = "",
    port: int = 0,
    person: str = "reader",
    guard: Middleware | None = None,
) -> Starlette:
    """The reader of one project. Requests must name `host:port` and carry `token` (see `security`).

    What is coded or saved goes on the layer of `person`. With a `guard` of its own (see `team`) it is the guard that
    says who may ask and whose layer it is.
    """
    calm = Calm()
    app = Starlette(
        routes=[
            Route("/", pages.documents),
            Route("/doc/{number:int}", pages.document),
            Route("/search", searching.search),
            Route("/searches", searching.save_search, methods=["POST"]),
            Route("/concordance", searching.concordance),
            Route("/codes", codebook_pages.codes),
            Route("/codes", codebook_pages.change_codes, methods=["POST"]),
            Route("/codings", codebook_pages.codings),
            *agreement_pages.ROUTES,
            *care_pages.ROUTES,
            *correction_pages.ROUTES,
            *links_pages.ROUTES,
            Route("/doc/{number:int}/{act}", coding_pages.act, methods=["POST"]),
            Route("/undo", coding_pages.turn, methods=["POST"]),
            Route("/redo", coding_pages.turn, methods=["POST"]),
            Route("/carry", carry_pages.carry),
            Route("/carry", carry_pages.take, methods=["POST"]),
            Route("/ledger", ledger_pages.ledger),
            Route("/voices", voices_pages.voices),
            Route("/said", voices_pages.said),
            *compare_pages.ROUTES,
            Route("/words", counts_pages.words),
            Route("/failures", pages.failures),
            Route("/project", pages.project),
            Route("/library", pages.library),
            Route("/help", pages.help_),
            *chronicle_pages.ROUTES,
            *facsimile.ROUTES,
            *repaired_pages.ROUTES,
            *entity_pages.ROUTES,
            *chain_pages.ROUTES,
            *collation_pages.ROUTES,
            *dossier_pages.ROUTES,
            Route("/api/openapi.json", openapi),
            Route("/api/documents", api.documents),
            Route("/api/documents/{number:int}", api.document),
            Route("/api/documents/{number:int}/findings", api.findings),
            Route("/api/documents/{number:int}/marks", api.marks),
            Route("/api/documents/{number:int}/notes", coding_pages.notes),
            Route("/api/search", api.search),
            Route("/api/concordance", searching.concordance_lines),
            Route("/api/check", api.check, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        lifespan=lifespan,
        middleware=[Middleware(Watch, calm=calm), guard or Middleware(Guard, token=token, host=host, port=port)],
        exception_handlers=_answers(),
    )
    app.state.project_path = project_path
    app.state.person = person
    app.state.opened = {}
    app.state.calm = calm
    app.state.keeper = Keeper()
    app.state.pictures = Keeper()
    return app


def _answers() -> dict[Any, Callable[[Request, Any], Response]]:
    """What is told of each kind of error."""
    return {
        QueryError: lambda request, error: _problem(request, 400, str(error)),
        Restricted: _ask_first,
        NotFound: lambda request, error: _problem(request, 404, str(error)),
        StoreError: lambda request, error: _problem(request, 500, str(error)),
        ValueError: lambda request, error: _problem(request, 400, str(error)),
        HTTPException: lambda request, error: _problem(request, error.status_code, error.detail, error.headers),
    }


def openapi(request: Request) -> Response:
    """The description of the JSON API, for programs."""
    return JSONResponse(describe())


def _ask_first(request: Request, error: Exception) -> Response:
    """What may be shown of a restricted document, with the question whether to open it."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": str(error), "status": 403}, 403)
    return render(request, "restricted.html", status=403, row=getattr(error, "row", None))


def _problem(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as JSON for programs and as a page for people; `headers` are such as `Allow`."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message, "status": status}, status, headers=headers)
    page = render(request, "problem.html", status=status, message=message)
    page.headers.update(headers or {})
    return page
