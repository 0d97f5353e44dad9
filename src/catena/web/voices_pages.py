"""Voices, their network, and what one of them says."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from starlette.requests import Request
from starlette.responses import Response

from catena.exporters import GRAPHS
from catena.voices import Voices, count_voices, list_said, name_key, to_graph
from catena.web.api import open_project
from catena.web.render import render
from catena.web.tables import Column, Table, chart_links, export, export_links, to_bars

SHOWN = 300
DRAWN = 18  # nodes of the picture; more cannot be read
MIDDLE, RADIUS = 320, 215


@dataclass(frozen=True, slots=True)
class Dot:
    """A voice in the picture: where it stands, how large it is, and which way its label runs."""

    name: str
    x: float
    y: float
    size: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow of the picture, bent towards the middle; `width` says how often."""

    path: str
    width: float
    label: str


def voices(request: Request) -> Response:
    """Who speaks, how often, and on whose word."""
    with open_project(request) as project:
        found = count_voices(project)
    given = request.query_params.get("format")
    if given in GRAPHS:
        name = {"content-disposition": f'attachment; filename="voices.{given}"'}
        return Response(GRAPHS[given](to_graph(found)), media_type="application/xml", headers=name)
    table = Table(
        "Voices",
        (
            Column("voice", "Voice"), Column("passages", "Passages"), Column("documents", "Documents"),
            Column("reported_by", "On the word of"),
        ),
        [
            (one.name, one.passages, one.documents, "; ".join(f"{name} ({count})" for name, count in one.reporters))
            for one in found.counts
        ],
        "Everybody who is said to speak, by direct and indirect reports. Spellings that differ in case, marks or letter"
        f" forms are one voice. In {found.unnamed} passages no speaker is named.",
        ("voice", "passages"),
    )  # fmt: skip
    if given:
        return export(table, given, "voices", request.query_params.get("shade", "light"))
    dots, lines = draw(found)
    return render(
        request, "voices.html", table=table, bars=to_bars(table), dots=dots, lines=lines, pairs=found.pairs,
        counts=found.counts,
        exports=export_links(request, table), networks=list(GRAPHS), shown=SHOWN,
        picture=chart_links(request, table),
    )  # fmt: skip


SAID = (
    Column("voice", "Voice"), Column("words", "Words"), Column("cue", "Introduced by"),
    Column("reported_by", "On the word of"), Column("document", "Document"), Column("path", "File"),
    Column("date", "Date"), Column("start", "Start"), Column("end", "End"),
)  # fmt: skip


def said(request: Request) -> Response:
    """Only what one voice says, in all documents; with `by` only what it says as somebody reports it."""
    voice, by = (request.query_params.get(name, "").strip() for name in ("voice", "by"))
    with open_project(request) as project:
        found = list_said(project, voice, by) if voice else ()
        counts = count_voices(project).counts
    rows = [
        (
            voice, one.words, one.cue, "; ".join(one.reporters), one.document.title or one.document.path,
            one.document.path, one.document.date, one.span.start, one.span.end,
        )
        for one in found
    ]  # fmt: skip
    table = Table(f"What {voice} says", SAID, rows)
    if given := request.query_params.get("format"):
        return export(table, given, "said")
    reporters = next((one.reporters for one in counts if name_key(one.name) == name_key(voice)), ())
    return render(
        request, "said.html", found=found[:SHOWN], total=len(found), voice=voice, by=by, counts=counts,
        reporters=reporters, exports=export_links(request, table),
    )  # fmt: skip


def draw(found: Voices) -> tuple[list[Dot], list[Line]]:
    """The voices with most reports on a circle, and the arrows between them. The same voices give the same picture."""
    weights: dict[str, int] = {}
    for first, second, count in found.pairs:
        weights[first] = weights.get(first, 0) + count
        weights[second] = weights.get(second, 0) + count
    names = sorted(weights, key=lambda name: (-weights[name], name))[:DRAWN]
    dots = {}
    for number, name in enumerate(names):
        turn = 2 * pi * number / max(1, len(names)) - pi / 2
        x, y = MIDDLE + RADIUS * cos(turn), MIDDLE + RADIUS * sin(turn)
        dots[name] = Dot(
            name, round(x, 1), round(y, 1), min(14.0, 4 + weights[name]), "start" if x >= MIDDLE else "end"
        )
    lines = [
        Line(
            f"M {dots[first].x} {dots[first].y} Q {MIDDLE} {MIDDLE} {dots[second].x} {dots[second].y}",
            min(8.0, 1.0 + count),
            f"{first} reports {second}: {count}",
        )
        for first, second, count in found.pairs
        if first in dots and second in dots
    ]
    return list(dots.values()), lines
