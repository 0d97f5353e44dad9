"""The application: routes to pages and to the JSON API."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from catena.store import NotFound, StoreError
from catena.web import api, chronicle_pages, pages
from catena.web.security import Guard

STATIC = Path(__file__).parent / "static"


def create_app(project_path: Path, *, token: str, host: str, port: int) -> Starlette:
    """The reader of one project. Requests must name `host:port` and carry `token` (see `security`)."""
    app = Starlette(
        routes=[
            Route("/", pages.documents),
            Route("/doc/{number:int}", pages.document),
            Route("/search", pages.search),
            Route("/failures", pages.failures),
            Route("/project", pages.project),
            Route("/library", pages.library),
            Route("/help", pages.help_),
            *chronicle_pages.ROUTES,
            Route("/api/documents", api.documents),
            Route("/api/documents/{number:int}", api.document),
            Route("/api/documents/{number:int}/findings", api.findings),
            Route("/api/documents/{number:int}/marks", api.marks),
            Route("/api/search", api.search),
            Route("/api/check", api.check, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[Middleware(Guard, token=token, host=host, port=port)],
        exception_handlers={
            NotFound: lambda request, error: _problem(request, 404, str(error)),
            StoreError: lambda request, error: _problem(request, 500, str(error)),
            ValueError: lambda request, error: _problem(request, 400, str(error)),
            HTTPException: lambda request, error: _problem(
                request, getattr(error, "status_code", 500), getattr(error, "detail", str(error))
            ),
        },
    )
    app.state.project_path = project_path
    return app


def _problem(request: Request, status: int, message: str) -> Response:
    """An error as JSON for programs and as a page for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message, "status": status}, status)
    return pages.render(request, "problem.html", status=status, message=message)
