"""A table sorted by the column whose head was followed. The order goes into the address, and so into the export."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request

from catena.web.tables import Cell, Table, with_parameters


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: the address that sorts by it, and how it is sorted now (`""`: it is not)."""

    link: str
    sorted: str


def sort_table(request: Request, table: Table) -> tuple[Table, tuple[Head, ...]]:
    """The table by the column that `sort` names (`-NAME`: the other way round), and a head for each column.

    Empty cells stand last either way; rows that are equal keep their order. Raises `ValueError` for an unknown column.
    """
    given = request.query_params.get("sort", "")
    wanted, down = given.removeprefix("-"), given.startswith("-")
    names = [column.name for column in table.columns]
    if wanted and wanted not in names:
        raise ValueError(f"sort={given[:20]!r} is unknown; allowed: {', '.join(names)}")
    heads = tuple(
        Head(
            with_parameters(request, sort="-" + name if name == wanted and not down else name),
            _way(name == wanted, down),
        )
        for name in names
    )
    if not wanted:
        return table, heads
    at = names.index(wanted)
    filled = [row for row in table.rows if row[at] not in ("", None)]
    empty = [row for row in table.rows if row[at] in ("", None)]
    filled.sort(key=lambda row: _rank(row[at]), reverse=down)
    return replace(table, rows=[*filled, *empty]), heads


def _way(chosen: bool, down: bool) -> str:
    return "" if not chosen else "descending" if down else "ascending"


def _rank(cell: Cell) -> tuple[bool, float, str]:
    """Numbers by size and before words, words by their letters whatever the case."""
    return (isinstance(cell, str), 0.0, cell.casefold()) if isinstance(cell, str) else (False, float(cell or 0), "")
