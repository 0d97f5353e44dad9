"""The JSON API: the same records as the exports (docs/reference/api.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catena.api import check as check_text
from catena.model import Document, to_record
from catena.places import libraries_for
from catena.store import CarefulProject, DocumentRow, NotFound, Project, describe_withheld

Result = TypeVar("Result")
FACETS = ("genre", "publisher", "language", "verdict", "status")
MAX_LIMIT = 500
HIGHEST = 10**9
MOST_SESSIONS = 1000
_MARKED = ("content", "source", "cue", "heading", "chain")


def open_project(request: Request) -> Project:
    """The project, opened for this request: each works in a thread of its own. Restricted documents are closed."""
    project = CarefulProject.open(request.app.state.project_path, read_only=True)
    project.close_off(opened_by(request))
    request.state.withheld = describe_withheld(project)  # said on every page
    return project


def get_person(request: Request) -> str:
    """Whose layer is read and written: who logged in, or who opened the reader."""
    return str(getattr(request.state, "person", "") or request.app.state.person)


def opened_by(request: Request) -> set[int]:
    """Numbers of the restricted documents that this session has opened on purpose; add to it to open one."""
    held: dict[str, set[int]] = request.app.state.opened
    key = str(getattr(request.state, "session", ""))
    if key not in held:
        while len(held) >= MOST_SESSIONS:
            held.pop(next(iter(held)))
        held[key] = set()
    return held[key]


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form that a page sent, the last of each name. Raises `ValueError` for a body that is no form."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/x-www-form-urlencoded":
        raise ValueError("send a form: application/x-www-form-urlencoded")
    try:
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=200))
    except UnicodeDecodeError as error:
        raise ValueError("the form is not in UTF-8") from error


async def change_project(request: Request, write: Callable[[Project], Result]) -> Result:
    """What `write` gives on the project opened for writing, in a thread of its own."""
    opened = opened_by(request)

    def work() -> Result:
        with CarefulProject.open(request.app.state.project_path) as project:
            project.close_off(opened)
            return write(project)

    return await run_in_threadpool(work)


def get_number(request: Request, name: str, default: int, highest: int) -> int:
    """A whole number from the query, between 0 and `highest`. Raises `ValueError` for anything else."""
    given = request.query_params.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 19) or int(given) > highest:
        raise ValueError(f"{name}={given[:20]!r} is no number from 0 to {highest}")
    return int(given)


def get_document_number(request: Request) -> int:
    """The number of a document in the address. Raises `NotFound` for one that no document can have."""
    number = int(request.path_params["number"])
    if number > HIGHEST:
        raise NotFound(f"no document {number} in this project")
    return number


def get_facets(request: Request) -> dict[str, str]:
    """The facets chosen in the query."""
    return {name: value for name in FACETS if (value := request.query_params.get(name))}


def documents(request: Request) -> Response:
    """The list of documents."""
    with open_project(request) as project:
        rows = project.documents(
            facets=get_facets(request),
            limit=get_number(request, "limit", 100, MAX_LIMIT),
            offset=get_number(request, "offset", 0, 10**9),
        )
    return JSONResponse({"documents": [_row(row) for row in rows]})


def document(request: Request) -> Response:
    """One document with its text."""
    with open_project(request) as project:
        stored = project.document(get_document_number(request))
    return JSONResponse({**_row(stored.row), "text": stored.document.text, "origin": asdict(stored.document.origin)})


def findings(request: Request) -> Response:
    """The records of one document."""
    with open_project(request) as project:
        stored = project.document(get_document_number(request))
        found = project.findings(stored.document.id)
    return JSONResponse({"findings": [to_record(finding, stored.row.path, stored.document.text) for finding in found]})


def marks(request: Request) -> Response:
    """What the reading page underlines: `[start, end, kind, role, finding id]`, in code points, in order of place."""
    with open_project(request) as project:
        stored = project.document(get_document_number(request))
        found = project.findings(stored.document.id)
    rows = [
        [span.start, span.end, finding.verdict or finding.kind, role, finding.id]
        for finding in found
        if finding.kind not in ("layout", "language")
        for role, spans in finding.roles
        if role in _MARKED
        for span in spans
    ]
    return JSONResponse({"marks": sorted(rows, key=lambda row: (row[0], row[1]))})


def search(request: Request) -> Response:
    """A page of hits with the place of each."""
    with open_project(request) as project:
        page = project.search(
            request.query_params.get("q", ""),
            limit=get_number(request, "limit", 20, MAX_LIMIT),
            offset=get_number(request, "offset", 0, 10**9),
        )
        hits = [
            {
                "document": _row(hit.document),
                "spans": [[span.start, span.end] for span in hit.spans],
                "snippet": [hit.snippet.start, hit.snippet.end],
            }
            for hit in page.hits
        ]
    status = {"status": 400} if page.error else {}
    return JSONResponse({"total": page.total, "hits": hits, "error": page.error, **status}, 400 if page.error else 200)


async def check(request: Request) -> Response:
    """The findings of a text that is sent: `{"text": …, "name": …}`. Nothing is stored."""
    try:
        given = await request.json()
    except ValueError as error:
        raise ValueError('the body is no JSON object such as {"text": "…"}') from error
    text = given.get("text") if isinstance(given, dict) else None
    name = given.get("name", "") if isinstance(given, dict) else None
    if not isinstance(text, str) or not isinstance(name, str):
        raise ValueError('the body needs "text", a string; "name", a string, may be given too')
    document = Document.of(text, name)
    folders = libraries_for(None, request.app.state.project_path)
    found = await run_in_threadpool(check_text, document, libraries=folders)
    records = [to_record(finding, document.origin.name, document.text) for finding in found]
    return JSONResponse({"document": {"id": document.id, "name": document.origin.name}, "findings": records})


def _row(row: DocumentRow) -> dict[str, Any]:
    return asdict(row)
