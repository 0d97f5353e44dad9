"""The pages. Each is whole HTML that needs no JavaScript to read, search and follow."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from catena.margin import NOT_NAMED, narrators, to_cards, to_sides
from catena.model import Finding, Span
from catena.version import __version__
from catena.web import shelf
from catena.web.api import FACETS, get_facets, get_number, open_project
from catena.web.reading import to_rows

PAGE = 100  # documents on a page of the list
HITS = 20
PLAIN = ("exact", "exact-spelling", "other-edition", "formula")
OPEN = ("variant", "not-found", "ambiguous", "unreadable")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tone"] = tone
    environment.filters["anchor"] = shelf.anchor_of
    environment.filters["sides"] = to_sides
    environment.filters["narrators"] = narrators
    environment.filters["words"] = lambda verdict: str(verdict).replace("-", " ")
    environment.globals.update(version=__version__, NOT_NAMED=NOT_NAMED)
    return environment


def tone(verdict: str | None) -> str:
    """How a verdict is coloured: `holds`, `open` (not settled) or `differs`. The words say it too."""
    if verdict in PLAIN:
        return "holds"
    return "open" if verdict in OPEN else "differs"


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template."""
    values.setdefault("query", "")
    return HTMLResponse(_templates().get_template(template).render(status=status, **values), status)


def documents(request: Request) -> Response:
    """The list of documents with facets."""
    chosen = get_facets(request)
    offset = get_number(request, "offset", 0, 10**9)
    with open_project(request) as project:
        rows = project.documents(facets=chosen, limit=PAGE + 1, offset=offset)
        counts = project.facets()
        failed = len(project.ledger(failed_only=True))
    facets = [
        (
            name,
            [
                (value, count, _link(chosen, name, value), chosen.get(name) == value)
                for value, count in counts[name][:12]
            ],
        )
        for name in FACETS
        if counts.get(name)
    ]
    later = "/?" + urlencode({**chosen, "offset": offset + PAGE}) if len(rows) > PAGE else ""
    earlier = "/?" + urlencode({**chosen, "offset": max(0, offset - PAGE)}) if offset else ""
    return render(
        request, "documents.html", rows=rows[:PAGE], facets=facets, failed=failed, later=later, earlier=earlier,
        chosen=chosen,
    )  # fmt: skip


def _link(chosen: dict[str, str], name: str, value: str) -> str:
    """The list with this facet switched."""
    others = {key: held for key, held in chosen.items() if key != name}
    return "/?" + urlencode(others if chosen.get(name) == value else {**others, name: value})


def document(request: Request) -> Response:
    """The reading page: the untouched text with its margin."""
    number = request.path_params["number"]
    with open_project(request) as project:
        stored = project.document(number)
        findings = project.findings(stored.document.id)
        neighbours = {row.id: row.number for row in project.documents()} if _has_reuse(findings) else {}
    facts = [finding for finding in findings if finding.kind == "layout"]
    return render(
        request,
        "document.html",
        row=stored.row,
        document=stored.document,
        facts=facts,
        rows=to_rows(stored.document.text, to_cards(findings)),
        neighbours=neighbours,
        terms=shelf.terms(shelf.folders_of(request)),
    )


def _has_reuse(findings: tuple[Finding, ...]) -> bool:
    return any(finding.kind == "reuse" for finding in findings)


def search(request: Request) -> Response:
    """Documents that match, each with its first hits in their surroundings."""
    query = request.query_params.get("q", "").strip()
    offset = get_number(request, "offset", 0, 10**9)
    hits, total, error = [], 0, None
    if query:
        with open_project(request) as project:
            page = project.search(query, limit=HITS, offset=offset)
            total, error = page.total, page.error
            for hit in page.hits:
                text = project.document(hit.document.number).document.text
                hits.append((hit.document, len(hit.spans), to_pieces(text, hit.snippet, hit.spans)))
    later = "/search?" + urlencode({"q": query, "offset": offset + HITS}) if total > offset + HITS else ""
    return render(
        request, "search.html", query=query, hits=hits, total=total, error=error, later=later,
        status=400 if error else 200,
    )  # fmt: skip


def to_pieces(text: str, snippet: Span, spans: tuple[Span, ...]) -> list[tuple[str, bool]]:
    """The snippet in pieces, each with whether it is a hit; joined they are the snippet."""
    pieces = []
    at = snippet.start
    for span in spans:
        if span.start < at or span.end > snippet.end:
            continue
        pieces += [(text[at : span.start], False), (span.of(text), True)]
        at = span.end
    return [piece for piece in (*pieces, (text[at : snippet.end], False)) if piece[0]]


def failures(request: Request) -> Response:
    """Every file that could not be read, with stage and reason."""
    with open_project(request) as project:
        rows = project.ledger(failed_only=True)
    return render(request, "failures.html", rows=rows)


def project(request: Request) -> Response:
    """Where the project comes from, and the reference texts with their notices."""
    with open_project(request) as opened:
        libraries = (opened.get_meta("libraries") or "").splitlines()
        notices = (opened.get_meta("notices") or "").split("\f")
        source = opened.get_meta("source") or ""
        history = opened.history(limit=50)
    return render(request, "project.html", libraries=libraries, notices=notices, source=source, history=history)


def library(request: Request) -> Response:
    """Works and editions with their terms, and what is left out."""
    with open_project(request) as opened:
        built_with = (opened.get_meta("libraries") or "").splitlines()
    folders = shelf.folders_of(request)
    return render(request, "library.html", works=shelf.shelve(folders, built_with), problems=shelf.problems(folders))


def help_(request: Request) -> Response:
    """Keys, search syntax, and what the verdicts mean."""
    return render(request, "help.html")
