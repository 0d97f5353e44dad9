"""Correcting a value in the margin: a form that works without JavaScript, and one step that undo takes back."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catena.correcting import make_addition, make_correction, read_corrections
from catena.store import NotFound, Project
from catena.web.api import change_project, get_document_number, get_person, read_form


async def correct(request: Request) -> Response:
    """Say what a value of a finding should be (`finding`, `field`, `value`), or take that back (`remove=yes`).

    Without a finding, `field` is a line added to the head of the document.
    """
    form = await read_form(request)
    number, person = get_document_number(request), get_person(request)

    def write(project: Project) -> dict[str, Any]:
        document = project.document(number).document
        wanted, field = form.get("finding", ""), form.get("field", "")
        notes = project.annotations(document.id, person)
        held = read_corrections(notes).get((wanted, field))
        if form.get("remove") == "yes":
            if held is None:
                raise NotFound(f"{person} has corrected no {field[:40]!r} here; it may have been taken back already")
            project.replace_annotation(person, held.note)
            return {"corrected": None}
        finding = next((one for one in project.findings(document.id) if one.id == wanted), None)
        if finding is None and wanted:
            raise NotFound(f"finding {wanted[:40]!r} is not on this document; it may have been built again")
        value = form.get("value", "")
        if finding is None:
            note = make_addition(document, field, value, person)
        else:
            note = make_correction(document, finding, field, value, person)
        if held is None:
            project.add_annotation(person, note)
        elif held.note != note.id:
            project.replace_annotation(person, held.note, note)
        return {"corrected": {"id": note.id, "text": str(note.value("text"))}}

    found = await change_project(request, write)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(found)
    return RedirectResponse(f"/doc/{number}#f-{form.get('finding') or 'head'}", 303)


ROUTES = (Route("/doc/{number:int}/correct", correct, methods=["POST"]),)
"""The route of this form; it goes before the general one of the acts on a document."""
