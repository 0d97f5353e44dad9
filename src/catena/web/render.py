"""From a template to a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from catena.correcting import INNER, list_correctable
from catena.margin import NOT_NAMED, narrators, to_confidence, to_sides, tone
from catena.model import Finding
from catena.version import __version__
from catena.web import shelf

WHOLE = {
    "name": ("/names", "all its forms, and why they are one"),
    "figure": ("/figures", "counts of this event side by side"),
    "event": ("/timeline", "this event in all documents"),
}
"""Where a finding stands among those of all documents: the page, and how the card calls it."""


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
    environment.filters["correctable"] = list_correctable
    environment.filters["confidence"] = to_confidence
    environment.filters["piece"] = to_piece
    environment.filters["digits"] = to_digits
    environment.filters["words"] = lambda verdict: str(verdict).replace("-", " ")
    environment.globals.update(version=__version__, NOT_NAMED=NOT_NAMED, INNER=INNER, WHOLE=WHOLE)
    return environment


def to_piece(finding: Finding, role: str, number: int) -> str:
    """The words of one of several places of a role."""
    return " ".join(dict(finding.texts)[role][number].split())


def to_digits(value: object, digits: int | None) -> str:
    """A cell as the page shows it: thousands apart, `digits` after the point, nothing for `None`."""
    if isinstance(value, float):
        return f"{value:,.{2 if digits is None else digits}f}"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template."""
    values.setdefault("query", "")
    values.setdefault("person", getattr(request.state, "person", "") or request.app.state.person)
    values.setdefault("withheld", getattr(request.state, "withheld", ""))
    values.setdefault("team", bool(getattr(request.state, "team", False)))
    return HTMLResponse(_templates().get_template(template).render(status=status, **values), status)


def render_bare(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page that stands outside of the application, such as the one to log in."""
    return HTMLResponse(_templates().get_template(template).render(**values), status)
