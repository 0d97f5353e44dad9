"""The witnesses of a passage word by word: a table, an apparatus, and any of them as the base."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catena.transmission.collation import Collation, collate
from catena.web.api import get_document_number, get_number, open_project
from catena.web.chain_pages import FURTHEST, get_span, to_query
from catena.web.render import render
from catena.web.tables import Cell, Column, Table, export
from catena.witnesses import Held, find_witnesses

COLUMNS = 200  # places of the text on one page
FORMATS = ("csv", "jsonl")
_SIGNS = {"omitted": "–", "absent": "·", "joined": "+"}


@dataclass(frozen=True, slots=True)
class Place:
    """One column: its number from 1, the base's words, and what each witness has (words, what it does)."""

    number: int
    base: str
    cells: tuple[tuple[str, str], ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the apparatus: the readings with their witnesses, the base's first."""

    number: int
    readings: tuple[tuple[str, str], ...]


def collation(request: Request) -> Response:
    """The collation of a passage; `base` and `only` are numbers of documents, `from` the first place shown."""
    number = get_document_number(request)
    with open_project(request) as project:
        span = get_span(request, project, number)
        row = project.row(number)
        everyone = find_witnesses(project, number, span)
    held = _chosen(everyone, request.query_params.get("only", ""))
    base = get_number(request, "base", held[0].number, FURTHEST)
    numbers = [one.number for one in held]
    if base not in numbers:
        raise ValueError(f"base={base} is no witness of this passage; allowed: {', '.join(map(str, numbers))}")
    table = collate([one.text for one in held], numbers.index(base))
    wanted = request.query_params.get("format")
    if wanted:
        return _export(table, wanted)
    first = min(get_number(request, "from", 0, FURTHEST), max(0, len(table.columns) - 1)) // COLUMNS * COLUMNS
    columns = range(first, min(first + COLUMNS, len(table.columns)))
    places = [_place(table, column) for column in columns]
    return render(
        request, "collation.html", row=row, span=span, held=held, everyone=everyone, base=base, places=places,
        entries=[_entry(table, column) for column, place in zip(columns, places, strict=True) if place.differs],
        direction=direction_of(table.texts[table.base].words), first=first, total=len(table.columns), step=COLUMNS,
        only=request.query_params.get("only", ""), formats=FORMATS, link=to_query, signs=_SIGNS,
    )  # fmt: skip


def _chosen(held: tuple[Held, ...], only: str) -> tuple[Held, ...]:
    """The witnesses whose numbers stand in `only`, all when it is empty. Raises `ValueError` for anything else."""
    if not only:
        return held
    numbers = only.split(",")
    kept = tuple(one for one in held if str(one.number) in numbers)
    if len(kept) < 2 or len(kept) != len(set(numbers)):
        known = ", ".join(str(one.number) for one in held)
        raise ValueError(f"only={only[:40]!r} must name two or more witnesses of this passage, of: {known}")
    return kept


def _place(table: Collation, column: int) -> Place:
    cells = tuple((table.reading(column, n), cell.op) for n, cell in enumerate(table.columns[column]))
    differs = len(table.readings(column)) > 1
    return Place(column + 1, cells[table.base][0], cells, differs)


def _entry(table: Collation, column: int) -> Entry:
    return Entry(column + 1, tuple((words, ", ".join(many)) for words, many in table.readings(column).items()))


def direction_of(words: Sequence[str]) -> str:
    """`rtl` or `ltr`: the direction of most letters.

    >>> direction_of(["سلام", "UN"])
    'rtl'
    """
    kinds = [unicodedata.bidirectional(letter) for word in words for letter in word]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L") else "ltr"


def _export(table: Collation, name: str) -> Response:
    """All columns: a row for each place, a column for each witness; "" where it has nothing."""
    heads = (Column("place", "Place"), *(Column(one.siglum, one.siglum) for one in table.texts))
    rows: list[list[Cell]] = [
        [column + 1, *(table.reading(column, n) for n in range(len(table.texts)))]
        for column in range(len(table.columns))
    ]
    return export(Table("Collation", heads, rows), name, "collation")


ROUTES = (Route("/collation/{number:int}", collation),)
"""The routes of these pages, for the application's list."""
