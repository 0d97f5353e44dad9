"""A list that is shown as a page and given away as it is: CSV, JSON Lines and, for charts, Vega-Lite.

What is exported is exactly what is on screen, all rows of it, with the words that say how it was made.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from catena.exporters.csv import defuse

Cell: TypeAlias = str | int | float | None
FORMATS = ("csv", "jsonl", "vega")
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
    links: Sequence[str] = field(default=())

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


def export(table: Table, format_name: str, name: str) -> Response:
    """The whole table as a file. Raises `ValueError` for an unknown format."""
    if format_name == "csv":
        body, kind = to_csv([column.name for column in table.columns], table.rows), _SPREADSHEET
    elif format_name == "jsonl":
        names = [column.name for column in table.columns]
        lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in table.rows)
        body, kind = "".join(lines).encode(), "application/jsonl"
    elif format_name == "vega" and table.chart:
        body, kind = json.dumps(to_vega(table), ensure_ascii=False).encode(), "application/json"
    else:
        raise ValueError(f"format={format_name[:20]!r} is unknown here; allowed: {', '.join(FORMATS)}")
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
    """The chart as a Vega-Lite specification that holds its own data."""
    label, value = table.chart or ("", "")
    names = [column.name for column in table.columns]
    return {
        "$schema": VEGA_SCHEMA,
        "title": table.title,
        "description": table.method,
        "data": {"values": [dict(zip(names, row, strict=True)) for row in table.rows[:BARS]]},
        "mark": "bar",
        "encoding": {
            "y": {"field": label, "type": "nominal", "sort": None},
            "x": {"field": value, "type": "quantitative"},
        },
    }


def export_links(request: Request, table: Table) -> tuple[tuple[str, str], ...]:
    """(name, address) of each format of the table on this page."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "format"]
    names = FORMATS if table.chart else FORMATS[:2]
    return tuple((name, f"{request.url.path}?{urlencode([*kept, ('format', name)])}") for name in names)
