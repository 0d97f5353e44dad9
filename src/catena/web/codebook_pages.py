"""The codebook and the list of codings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catena import coding
from catena.exporters.codebooks import CODEBOOKS, read_codebook
from catena.model import Code
from catena.store import Project, new_code, to_paths
from catena.web.api import change_project, get_person, open_project, read_form
from catena.web.coding_pages import Form
from catena.web.render import render
from catena.web.tables import Column, Table, export, export_links

CODING_COLUMNS = (
    Column("document", "Document"), Column("date", "Date"), Column("code", "Code"), Column("words", "Words"),
    Column("start", "Start"), Column("end", "End"), Column("person", "Coder"), Column("memo", "Memo"),
)  # fmt: skip


def codes(request: Request) -> Response:
    """The codebook as a tree, each code with how often it was used; or as a file with `format`."""
    given = request.query_params.get("format")
    with open_project(request) as project:
        found = project.codes()
        used = Counter(str(one.finding.value("code")) for one in coding.list_codings(project))
        people = project.people()
    if given:
        if given not in CODEBOOKS:
            raise ValueError(f"format={given[:20]!r} is unknown; allowed: {', '.join(CODEBOOKS)}")
        book = CODEBOOKS[given]
        name = {"content-disposition": f'attachment; filename="codebook{book.suffix}"'}
        return Response(book.write(found), media_type=book.media_type, headers=name)
    paths = to_paths(found)
    depths = {code.id: paths[code.id].count(" > ") for code in found}
    return render(
        request, "codes.html", codes=found, paths=paths, depths=depths, used=used, people=people, formats=CODEBOOKS,
        saved=request.query_params.get("saved", ""),
    )  # fmt: skip


async def change_codes(request: Request) -> Response:
    """Add, edit or delete a code, or read a codebook in."""
    form = await read_form(request)
    person = get_person(request)
    acts = {"add": _add, "edit": _edit, "delete": _delete, "import": _import}
    name = form.get("act", "")
    if name not in acts:
        raise ValueError(f"act={name[:20]!r} is unknown; allowed: {', '.join(acts)}")
    await change_project(request, lambda project: acts[name](project, person, form))
    return RedirectResponse("/codes", 303)


def _facts(form: Form) -> dict[str, Any]:
    facts = {name: form.get(name, "").strip() for name in ("name", "definition", "examples", "key")}
    return {**facts, "color": "" if form.get("plain") else form.get("color", "").strip()}


def _add(project: Project, person: str, form: Form) -> None:
    parent = form.get("parent") or None
    position = sum(code.parent == parent for code in project.codes())
    project.put_codes(person, new_code(**_facts(form), parent=parent, position=position))


def _edit(project: Project, person: str, form: Form) -> None:
    held = project.code(form.get("id", ""))
    project.put_codes(person, replace(held, **_facts(form), parent=form.get("parent") or None))


def _delete(project: Project, person: str, form: Form) -> None:
    """Delete a code; those below it move up to its place. What was coded with it stays and names it still."""
    held = project.code(form.get("id", ""))
    below = [replace(code, parent=held.parent) for code in project.codes() if code.parent == held.id]
    project.put_codes(person, replace(held, active=False), *below)


def _import(project: Project, person: str, form: Form) -> None:
    import_codes(project, person, read_codebook(form.get("text", "").encode()))


def import_codes(project: Project, person: str, codes: tuple[Code, ...]) -> None:
    """Take codes in, as one step: those that are there already are brought to the state of the file."""
    project.put_codes(person, *codes)


def codings(request: Request) -> Response:
    """Every coding in a list: of one code with those below it, of one person, or all."""
    code, person = request.query_params.get("code") or None, request.query_params.get("person") or None
    with open_project(request) as project:
        book = project.codes()
        found = coding.list_codings(project, person=person, code=project.code(code).id if code else None)
        people = project.people()
    rows = [
        (
            one.document.path, one.document.date, one.code, one.finding.text("content"), one.finding.place.start,
            one.finding.place.end, one.person, str(one.finding.value("memo") or ""),
        )
        for one in found
    ]  # fmt: skip
    table = Table("Codings", CODING_COLUMNS, rows)
    given = request.query_params.get("format")
    if given:
        return export(table, given, "codings")
    return render(
        request, "codings.html", found=found, paths=to_paths(book), codes=book, people=people, chosen=code or "",
        who=person or "", exports=export_links(request, table),
    )  # fmt: skip
