"""Notes on older texts: what would go where, taken over only when a person says so."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catena.carrying import STATES, list_waiting, take_over
from catena.store import Project, to_paths
from catena.web.api import change_project, get_person, open_project, read_form
from catena.web.render import render

MOST = 300


def carry(request: Request) -> Response:
    """Every note of the reader that stands on an older text."""
    with open_project(request) as project:
        waiting = list_waiting(project, get_person(request))
        paths = to_paths(project.codes(deleted=True))
    counts = Counter(one.state for one in waiting)
    order = sorted(waiting, key=lambda one: (STATES.index(one.state) == 0, one.document.path))
    return render(
        request, "carry.html", waiting=order[:MOST], more=max(0, len(order) - MOST), counts=counts, states=STATES,
        paths=paths,
    )  # fmt: skip


async def take(request: Request) -> Response:
    """Take over all that is carried, or the one note named."""
    form = await read_form(request)
    person = get_person(request)

    def write(project: Project) -> int:
        waiting = list_waiting(project, person)
        if form.get("id"):
            chosen = [one for one in waiting if one.note.id == form["id"]]
        else:
            chosen = [one for one in waiting if one.state == "carried"]
        return take_over(project, person, chosen)

    await change_project(request, write)
    return RedirectResponse("/carry", 303)
