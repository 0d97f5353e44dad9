"""Coding from the reader: every act is a form that works without JavaScript; scripts send the same forms.

A script asks for JSON and gets the notes of the document; a plain form is sent back to the page it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from catena.coding import decided_layer, make_coding, make_done, make_memo, person_of, snap
from catena.linking import End, Link, change_link, list_links, make_link
from catena.model import Document, Finding, Span
from catena.store import Project, to_paths
from catena.web.api import change_project, get_document_number, get_person, open_project, read_form

Form = dict[str, str]
Act = Callable[[Project, str, Form], None]


def list_notes(project: Project, document_id: str, person: str | None) -> list[dict[str, Any]]:
    """The notes on a text in order of place, as the page shows them; links also where they lead to."""
    codes = {code.id: code for code in project.codes(deleted=True)}
    paths = to_paths(tuple(codes.values()))
    found = []
    links = list_links(project, document=document_id, person=person)
    out = {(one.person, one.finding.id): one for one in links if one.origin.document == document_id}
    for finding in project.annotations(document_id, person):
        if finding.kind == "link":
            continue
        code = codes.get(str(finding.value("code")))
        span = finding.spans("content")[0] if finding.spans("content") else None
        found.append(
            {
                "id": finding.id,
                "kind": finding.kind,
                "person": person_of(finding),
                "start": span.start if span else None,
                "end": span.end if span else None,
                "words": finding.text("content"),
                "code": code.id if code else "",
                "name": paths.get(code.id, "") if code else "",
                "color": code.color if code else "",
                "memo": str(finding.value("memo") or finding.value("text") or ""),
                "done": bool(finding.value("done")),
                "corrects": str(finding.value("corrects") or ""),
                "other": None,
            }
        )
    found += [_to_note(one, "to", one.origin, one.target) for one in out.values()]
    found += [_to_note(one, "from", one.target, one.origin) for one in links if one.target.document == document_id]
    return sorted(found, key=lambda note: (note["start"] or 0, note["end"] or 0))


def _to_note(link: Link, direction: str, here: End, there: End) -> dict[str, Any]:
    """A link as one of its ends shows it."""
    return {
        "id": link.finding.id,
        "kind": "link",
        "person": link.person,
        "start": here.span.start if here.span else None,
        "end": here.span.end if here.span else None,
        "words": here.words,
        "code": "",
        "name": link.relation,
        "color": "",
        "memo": link.memo,
        "done": False,
        "corrects": "",
        "other": {
            "direction": direction,
            "number": there.place.number if there.place else None,
            "title": (there.place.title or there.place.path) if there.place else "",
            "start": there.span.start if there.span else None,
            "end": there.span.end if there.span else None,
            "words": there.words,
            "state": there.state,
        },
    }


def notes(request: Request) -> Response:
    """The notes of one document; of the person who reads, or of all with `layers=all`."""
    layers = request.query_params.get("layers", "own")
    if layers not in ("own", "all"):
        raise ValueError(f"layers={layers[:20]!r} is unknown; allowed: own, all")
    person = None if layers == "all" else get_person(request)
    with open_project(request) as project:
        stored = project.document(get_document_number(request))
        return JSONResponse({"notes": list_notes(project, stored.document.id, person)})


def get_span(form: Form, document: Document, prefix: str = "") -> Span | None:
    """The passage a form names, in whole words; `None` for the whole document. Raises `ValueError`."""
    start, end = form.get(f"{prefix}start", ""), form.get(f"{prefix}end", "")
    if not start and not end:
        return None
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text)):
        raise ValueError(f"start={start[:12]!r} end={end[:12]!r} is no passage of this document")
    return snap(document.text, Span(int(start), int(end)))


def code(project: Project, person: str, form: Form, document: Document) -> None:
    """Mark a passage, or the whole document."""
    chosen = project.code(form.get("code", ""))
    finding = make_coding(document, get_span(form, document), chosen.id, person, form.get("memo", "").strip())
    project.add_annotation(person, finding)


def memo(project: Project, person: str, form: Form, document: Document) -> None:
    """Write a memo on a passage, a document or a finding."""
    finding = make_memo(document, get_span(form, document), form.get("text", ""), person, form.get("parent") or None)
    project.add_annotation(person, finding)


def link(project: Project, person: str, form: Form, document: Document) -> None:
    """Say how a passage of the document `origin`, a path or number, stands to one of this document."""
    ref = form.get("origin", "").strip()
    origin = project.document(int(ref) if ref.isdecimal() else ref).document
    if form.get("origin_text") and form["origin_text"] != origin.id:
        raise ValueError("the document of the first end has changed since it was taken; let go of it and take it again")
    ends = (origin, get_span(form, origin, "origin_")), (document, get_span(form, document))
    project.add_annotation(person, make_link(*ends, form.get("relation", ""), person, form.get("memo", "")))


def done(project: Project, person: str, form: Form, document: Document) -> None:
    """Say that the document is coded, or no longer."""
    finding = make_done(document, person)
    if form.get("done") == "no":
        project.replace_annotation(person, finding.id)
    else:
        project.add_annotation(person, finding)


def recode(project: Project, person: str, form: Form, document: Document) -> None:
    """Give a note another code, relation, memo or passage, or remove it (`remove=yes`)."""
    id_ = form.get("id", "")
    if form.get("remove") == "yes":
        project.replace_annotation(person, id_)
        return
    held = next((one for one in project.annotations(document.id, person) if one.id == id_), None)
    if held is None:
        raise ValueError("this note is not on your layer, or was removed already")
    project.replace_annotation(person, id_, _changed(project, person, form, document, held))


def _changed(project: Project, person: str, form: Form, document: Document, held: Finding) -> Finding:
    span = get_span(form, document) or next(iter(held.spans("content")), None)
    if held.kind == "link":
        memo = form.get("memo", str(held.value("memo") or ""))
        return change_link(held, document, form.get("relation", str(held.value("relation"))), memo)
    if held.kind == "memo":
        return make_memo(document, span, form.get("text", form.get("memo", "")), person, held.parent)
    chosen = project.code(form["code"]).id if form.get("code") else str(held.value("code"))
    return make_coding(document, span, chosen, person, form.get("memo", str(held.value("memo") or "")).strip())


ACTS: dict[str, Callable[[Project, str, Form, Document], None]] = {
    "code": code,
    "memo": memo,
    "link": link,
    "done": done,
    "change": recode,
}


async def act(request: Request) -> Response:
    """Do one of `ACTS` on a document."""
    name, number = request.path_params["act"], get_document_number(request)
    if name not in ACTS:
        raise ValueError(f"{name[:20]!r} is unknown; allowed: {', '.join(ACTS)}")
    form = await read_form(request)
    person = get_person(request)

    def write(project: Project) -> list[dict[str, Any]]:
        document = project.document(number).document
        ACTS[name](project, person, form, document)
        return list_notes(project, document.id, person)

    found = await change_project(request, write)
    return _answer(request, form, f"/doc/{number}", {"notes": found})


async def turn(request: Request) -> Response:
    """Undo or redo the latest step of the person, or the latest decision with `layer=decided`."""
    form = await read_form(request)
    person, back = get_person(request), request.url.path == "/undo"
    if form.get("layer") == "decided":
        person = decided_layer(person)

    def write(project: Project) -> dict[str, Any]:
        step = project.undo(person) if back else project.redo(person)
        said = "nothing to undo" if back else "nothing to redo"
        if step is not None:
            words = step.text("content")[:60]
            said = (
                f"{'undone' if back else 'redone'}: {step.what.replace('.', ' ')}{' “' + words + '”' if words else ''}"
            )
        number = form.get("document", "")
        held = list_notes(project, project.document(int(number)).document.id, person) if number.isdecimal() else []
        return {"said": said, "notes": held}

    found = await change_project(request, write)
    return _answer(request, form, "/codes", found)


def _answer(request: Request, form: Form, otherwise: str, value: dict[str, Any]) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(value)
    back = form.get("back", "")
    # Only a path of our own: `//elsewhere` would lead to another site.
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else otherwise
    return RedirectResponse(safe, 303)
