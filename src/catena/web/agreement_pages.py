"""Agreement of two coders: the numbers code by code, every place where they differ, and what was settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catena import coding
from catena.measures import Unit
from catena.store import DocumentRow, Project, to_paths
from catena.web.api import change_project, get_person, open_project, read_form
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export, export_links

MOST_DIFFERENCES = 300
KINDS = {"boundary": "other ends", "label": "other code", "missed": "marked by one only"}
AGREEMENT_COLUMNS = (
    Column("code", "Code"), Column("kappa", "Kappa", 2), Column("alpha", "Alpha", 2), Column("alpha_low", "from", 2),
    Column("alpha_high", "to", 2), Column("unitizing", "Unitizing alpha", 2), Column("unitizing_low", "from", 2),
    Column("unitizing_high", "to", 2), Column("agreed", "Same"), Column("boundary", "Other ends"),
    Column("label", "Other code"), Column("missed", "One only"),
)  # fmt: skip
DIFFERENCE_COLUMNS = (
    Column("document", "Document"), Column("difference", "Difference"), Column("first", "First coder"),
    Column("first_code", "Code"), Column("first_words", "Words"), Column("second", "Second coder"),
    Column("second_code", "Code"), Column("second_words", "Words"), Column("settled", "Settled"),
    Column("start", "Start"), Column("end", "End"),
)  # fmt: skip
_METHOD = (
    "Cohen's kappa (1960) and Krippendorff's alpha (2011) ask whether a document has the code. Unitizing alpha"
    " (Krippendorff 1995, 2004) compares the passages, character by character. Intervals: 95 %, bootstrap over"
    " documents, 1000 draws; none below five documents. A dash: not defined."
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder did at a place: the note's id, the code and the words; all "" when nothing was marked."""

    coder: str
    id: str = ""
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference on the page. `settled` says in words what was decided and by whom; "" when nothing was."""

    document: DocumentRow
    kind: str
    start: int
    end: int
    sides: tuple[Side, Side]
    settled: str

    @property
    def ids(self) -> str:
        """The notes that differ, as the form sends them."""
        return " ".join(side.id for side in self.sides if side.id)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two coders (fewer: nothing else is known), the documents that both worked on, the numbers and the places."""

    people: tuple[tuple[str, int], ...]
    coders: tuple[str, ...]
    documents: int = 0
    rows: tuple[coding.CodeAgreement, ...] = ()
    differences: tuple[Shown, ...] = ()
    paths: Mapping[str, str] | None = None


async def agreement(request: Request) -> Response:
    """How far two coders agree, code by code, and every place where they do not."""
    return await run_in_threadpool(_agreement, request)


def _agreement(request: Request) -> Response:
    with open_project(request) as project:
        found = compare(project, request.query_params.getlist("coder"))
    table = Table(f"Agreement of {' and '.join(found.coders)}", AGREEMENT_COLUMNS, _numbers(found), _METHOD)
    places = Table("Where they differ", DIFFERENCE_COLUMNS, [_row(one) for one in found.differences])
    if given := request.query_params.get("format"):
        if request.query_params.get("list") == "differences":
            return export(places, given, "differences")
        return export(table, given, "agreement")
    open_ones = [one for one in found.differences if not one.settled]
    back = "/agreement?" + urlencode([("coder", name) for name in found.coders])
    return render(
        request, "agreement.html", table=table, found=found, differences=open_ones[:MOST_DIFFERENCES], kinds=KINDS,
        more=max(0, len(open_ones) - MOST_DIFFERENCES), settled=[one for one in found.differences if one.settled],
        exports=export_links(request, table), back=back,
        lists=[(name, link + "&list=differences") for name, link in export_links(request, places)],
    )  # fmt: skip


def compare(project: Project, wanted: Sequence[str]) -> Compared:
    """The two of `wanted` who have a layer, else the first two coders by name, held against each other."""
    people = project.people()
    names = [name for name, _ in people]
    coders = tuple(name for name in wanted if name in names) or coding.list_coders(project)[:2]
    if len(set(coders)) < 2:
        return Compared(people, coders)
    book = project.codes(deleted=True)
    paths = to_paths(book)
    documents = coding.collect(project, coders)
    rows = coding.measure_agreement(documents, coders, book) if documents else ()
    decisions = {one.row.id: coding.find_decisions(project, one.row.id) for one in documents}
    texts = {one.row.id: project.text_of(one.row.id) for one in documents}
    shown = tuple(
        _show(one, coders, paths, texts[one.document.id], decisions[one.document.id])
        for one in coding.find_differences(documents, coders)
    )
    return Compared(people, coders, len(documents), rows, shown, paths)


def _show(
    one: coding.Difference, coders: Sequence[str], paths: Mapping[str, str], text: str,
    decisions: Mapping[str, coding.Decision],
) -> Shown:  # fmt: skip
    first, second = (
        _side(unit, name, paths, text)
        for unit, name in zip((one.found.first, one.found.second), coders, strict=False)
    )  # fmt: skip
    decision = next((decisions[side.id] for side in (first, second) if side.id in decisions), None)
    return Shown(
        one.document, one.found.kind, one.found.place.start, one.found.place.end, (first, second),
        _say(decision, (first, second)) if decision else "",
    )  # fmt: skip


def _side(unit: Unit | None, coder: str, paths: Mapping[str, str], text: str) -> Side:
    if unit is None:
        return Side(coder)
    words = unit.span.of(text) if len(unit.span) else "whole document"
    return Side(coder, unit.id, paths.get(unit.code, unit.code), " ".join(words.split()))


def _say(decision: coding.Decision, sides: Sequence[Side]) -> str:
    """What holds now, and on whose layer that stands."""
    kept = next((side for side in sides if side.id and side.id == decision.kept), None)
    return f"{kept.coder}’s holds: {decision.layer}" if kept else f"neither holds: {decision.layer}"


def _numbers(found: Compared) -> list[tuple[Cell, ...]]:
    return [
        (
            (found.paths or {}).get(row.code, "all codes"), row.kappa, row.alpha.value, row.alpha.low, row.alpha.high,
            row.unitizing.value, row.unitizing.low, row.unitizing.high,
            *(row.counts.get(kind, 0) for kind in ("agreed", *KINDS)),
        )
        for row in found.rows
    ]  # fmt: skip


def _row(one: Shown) -> tuple[Cell, ...]:
    sides = [cell for side in one.sides for cell in (side.coder, side.code, side.words)]
    return (one.document.path, KINDS[one.kind], *sides, one.settled, one.start, one.end)


async def decide(request: Request) -> Response:
    """Settle a difference for one coder, for the other, or for neither."""
    form = await read_form(request)
    person = get_person(request)
    ids = [id_ for id_ in form.get("ids", "").split() if id_]
    number = form.get("document", "")
    if not number.isdecimal():
        raise ValueError("name the document by its number")
    await change_project(
        request, lambda project: coding.decide(project, int(number), person, ids, form.get("keep", ""))
    )
    back = urlencode([("coder", name) for name in form.get("coders", "").split("\x1f") if name])
    return RedirectResponse(f"/agreement?{back}", 303)


ROUTES = (Route("/agreement", agreement), Route("/decide", decide, methods=["POST"]))
"""The routes of these pages, for the application's list."""
