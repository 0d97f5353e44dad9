"""A second reading of a text that another program damaged: as printed and repaired, line by line, steps named."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.lexicons.repair import load_mark_model
from catena.text.repair import Repaired, find_damage, repair_text
from catena.web.api import open_project
from catena.web.render import render


@dataclass(frozen=True, slots=True)
class Line:
    """A damaged line as it stands and as it reads repaired. `start` is its place in code points."""

    start: int
    printed: str
    repaired: str


def repaired(request: Request) -> Response:
    """The damaged lines of a document beside their repair."""
    number = request.path_params["number"]
    with open_project(request) as project:
        stored = project.document(number)
    text = stored.document.text
    reading = repair_text(text, load_mark_model())
    steps = [(step.name, len(step.edits)) for step in reading.steps]
    return render(request, "repaired.html", row=stored.row, lines=to_lines(text, reading), steps=steps)


def to_lines(text: str, reading: Repaired) -> tuple[Line, ...]:
    """Each damaged line of `text` with what it became; the same twice where nothing could be done."""
    places: dict[int, list[str]] = {}
    damaged = [damage.span for damage in find_damage(text)]
    owner = {place: span.start for span in damaged for place in range(span.start, span.end)}
    for character, source in zip(reading.text, reading.sources, strict=True):
        if source in owner and character != "\n":
            places.setdefault(owner[source], []).append(character)
    return tuple(Line(span.start, span.of(text), "".join(places.get(span.start, []))) for span in damaged)


ROUTES = (Route("/doc/{number:int}/repaired", repaired),)
"""The routes of this page, for the application's list."""
