"""The pages. Each is whole HTML that needs no JavaScript to read, search and follow."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from catena.anatomy import LAYOUT_FIELDS
from catena.carrying import propose
from catena.correcting import read_corrections
from catena.margin import to_cards, to_head
from catena.model import Finding, Span
from catena.store import to_paths
from catena.text.repair import find_damage
from catena.web import facsimile, shelf
from catena.web.api import FACETS, get_document_number, get_facets, get_number, get_person, open_project
from catena.web.coding_pages import list_notes
from catena.web.listed import to_documents_table
from catena.web.reading import to_rows
from catena.web.render import render
from catena.web.tables import Column, Table, export, export_links

PAGE = 100  # documents on a page of the list
FAILURES = (
    Column("file", "File"), Column("stage", "Stage"), Column("status", "What happened"), Column("reason", "Reason"),
)  # fmt: skip


def documents(request: Request) -> Response:
    """The list of documents with facets."""
    chosen = get_facets(request)
    offset = get_number(request, "offset", 0, 10**9)
    with open_project(request) as project:
        rows = project.documents(facets=chosen, limit=PAGE + 1, offset=offset)
        given = request.query_params.get("format")
        if given:
            return export(to_documents_table(project.documents(facets=chosen)), given, "documents")
        counts = request.app.state.keeper.facets(project)
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
        chosen=chosen, exports=export_links(request, to_documents_table(())),
    )  # fmt: skip


def _link(chosen: dict[str, str], name: str, value: str) -> str:
    """The list with this facet switched."""
    others = {key: held for key, held in chosen.items() if key != name}
    return "/?" + urlencode(others if chosen.get(name) == value else {**others, name: value})


def document(request: Request) -> Response:
    """The reading page: the untouched text with its margin."""
    number = get_document_number(request)
    with open_project(request) as project:
        stored = project.document(number)
        findings = project.findings(stored.document.id)
        person = get_person(request)
        notes = list_notes(project, stored.document.id, person)
        corrections = read_corrections(project.annotations(stored.document.id, person))
        codes = project.codes()
        relations = project.relations(person)
        outdated = bool(propose(project, number, person))
        neighbours = {id_: names[-1].number for id_, names in project.names(_others(findings)).items()}
        paged = facsimile.has_pages(stored.document)
        beside = next((name for name in ("pages", "lines") if paged and name in request.query_params), "")
        missing = facsimile.why_not(project, stored.row.path, stored.document) if beside else ""
    facts = to_head(findings)
    cuts = facsimile.find_cuts(stored.document) if beside == "lines" else ()
    rows = to_rows(stored.document.text, to_cards(findings), cuts)
    starts = [row.start for row in rows]
    spans = [Span(row.start, row.start + sum(len(words) for _, words in row.lines)) for row in rows]
    return render(
        request,
        "document.html",
        row=stored.row,
        document=stored.document,
        facts=facts,
        rows=rows,
        paged=paged,
        beside=beside,
        shown=request.query_params.get("pages") == "shown",
        missing=missing,
        sheets=facsimile.sheets_by_row(stored.document, starts) if beside == "pages" and not missing else {},
        prints=facsimile.prints_by_row(stored.document, spans) if beside == "lines" and not missing else {},
        damaged=bool(find_damage(stored.document.text)),
        neighbours=neighbours,
        notes=notes,
        corrections=corrections,
        additions=[held for (finding, _), held in corrections.items() if not finding],
        fields=LAYOUT_FIELDS,
        codes=codes,
        relations=relations,
        outdated=outdated,
        paths=to_paths(codes),
        terms=shelf.terms(shelf.folders_of(request)),
    )


def _others(findings: tuple[Finding, ...]) -> set[str]:
    """Ids of the documents that findings lead to: those that share a passage, and possible translations."""
    kinds = ("reuse", "translation")
    return {str(one.value("other")) for one in findings if one.kind in kinds and one.value("other")}


def failures(request: Request) -> Response:
    """Every file that could not be read, with stage and reason."""
    with open_project(request) as project:
        rows = project.ledger(failed_only=True)
    table = Table(
        "Files that could not be read", FAILURES, [(row.path, row.stage, row.status, row.reason) for row in rows]
    )
    if given := request.query_params.get("format"):
        return export(table, given, "not-read")
    return render(request, "failures.html", rows=rows, exports=export_links(request, table))


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
