"""A list that is shown as a page and given away as it is: CSV, JSON Lines; charts as Vega-Lite, SVG and PNG.

What is exported is exactly what is on screen, all rows of it, with the words that say how it was made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from catena.exporters.csv import defuse
from catena.web.pictures import KINDS, can_draw, draw

Cell: TypeAlias = str | int | float | None
FORMATS = ("csv", "jsonl")
CHART_FORMATS = ("vega", *KINDS)
_SPREADSHEET = "text/csv; charset=utf-8; header=present"
VEGA_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` heads the column in exports, `label` on the page; `digits` after the point for numbers."""

    name: str
    label: str
    digits: int | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `method` says how the numbers were made; `chart` names the columns of label and length."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    method: str = ""
    chart: tuple[str, str] | None = None

    def column(self, name: str) -> list[Cell]:
        """The cells of one column."""
        at = [column.name for column in self.columns].index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in units of the picture: `top`, and where it begins and how long it is."""

    label: str
    value: float
    top: int
    left: float
    width: float


BAR_HEIGHT = 22
BARS = 30
LABELS = 190  # room for the labels, and for the bars beside them
ROOM = 400


def to_bars(table: Table) -> tuple[Bar, ...]:
    """The first rows as bars around a common zero."""
    if table.chart is None:
        return ()
    label, value = table.chart
    pairs = [
        (str(name), float(number))
        for name, number in zip(table.column(label), table.column(value), strict=True)
        if isinstance(number, int | float)
    ][:BARS]
    low, high = min([0.0, *(number for _, number in pairs)]), max([0.0, *(number for _, number in pairs)])
    scale = ROOM / (high - low) if high > low else 0.0
    return tuple(
        Bar(name, number, at * BAR_HEIGHT, LABELS + (min(number, 0.0) - low) * scale, abs(number) * scale)
        for at, (name, number) in enumerate(pairs)
    )


def export(table: Table, format_name: str, name: str, shade: str = "light") -> Response:
    """The whole table, or its chart, as a file. Raises `ValueError` for an unknown format."""
    if format_name == "csv":
        body, kind = to_csv([column.name for column in table.columns], table.rows), _SPREADSHEET
    elif format_name == "jsonl":
        names = [column.name for column in table.columns]
        lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in table.rows)
        body, kind = "".join(lines).encode(), "application/jsonl"
    elif format_name == "vega" and table.chart:
        body, kind = json.dumps(to_vega(table), ensure_ascii=False).encode(), "application/json"
    elif format_name in KINDS and table.chart:
        body, kind = draw(to_vega(table), format_name, shade), KINDS[format_name]
    else:
        allowed = (*FORMATS, *CHART_FORMATS) if table.chart else FORMATS
        raise ValueError(f"format={format_name[:20]!r} is unknown here; allowed: {', '.join(allowed)}")
    suffix = "vl.json" if format_name == "vega" else format_name
    return Response(body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}.{suffix}"'})


def to_csv(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(list(header))
    for row in rows:
        writer.writerow(["" if cell is None else defuse(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue().encode()


def to_vega(table: Table) -> dict[str, Any]:
    """The chart as a Vega-Lite specification that holds its own data: the first rows as bars, in the table's order.

    What is below zero is hollow, so that no colour has to be told from another.
    """
    label, value = table.chart or ("", "")
    names = [column.name for column in table.columns]
    labels = {column.name: column.label for column in table.columns}
    below = f"datum['{value}'] < 0"
    return {
        "$schema": VEGA_SCHEMA,
        "title": table.title,
        "description": table.method,
        "width": ROOM,
        "data": {"values": [dict(zip(names, row, strict=True)) for row in table.rows[:BARS]]},
        "mark": "bar",
        "encoding": {
            "y": {"field": label, "type": "nominal", "sort": None, "title": labels.get(label, label)},
            "x": {"field": value, "type": "quantitative", "title": labels.get(value, value)},
            "fillOpacity": {"condition": {"test": below, "value": 0}, "value": 1},
            "strokeWidth": {"condition": {"test": below, "value": 1.5}, "value": 0},
            "stroke": {"value": "#8a6d00"},
        },
    }


def chart_links(request: Request, table: Table) -> tuple[str, str] | None:
    """Addresses of the table's chart as a picture for light and for dark pages; `None` where nothing can draw it."""
    if not (table.chart and table.rows and can_draw()):
        return None
    return with_parameters(request, format="svg"), with_parameters(request, format="svg", shade="dark")


def export_links(request: Request, table: Table) -> tuple[tuple[str, str], ...]:
    """(name, address) of each format of the table on this page. Every page of a list exports all of it."""
    pictures = ("vega", *(KINDS if can_draw() else ())) if table.chart else ()
    return tuple((name, with_parameters(request, format=name)) for name in (*FORMATS, *pictures))


def with_parameters(request: Request, **changes: str) -> str:
    """The address of this page, from its first row, with other parameters; an empty one is left out."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in {*changes, "offset"}]
    return f"{request.url.path}?{urlencode([*kept, *((key, value) for key, value in changes.items() if value)])}"
