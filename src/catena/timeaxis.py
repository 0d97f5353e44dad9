"""A chain of transmission as a picture: witnesses as points on a time axis, what is known of two as lines between them.

Only numbers leave this module, in units of the picture, so that any page can draw it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catena.transmission.direction import Dates, Edge

WIDTH = 860
LEFT, RIGHT = 40, 40  # room beside the axis: half a day as it is written
TOP, STEP = 34, 22  # room for the years, and between two witnesses
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Point:
    """A witness: `number` is what the list calls it; from `left` to `right` it may have come to be."""

    number: int
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """Between two witnesses, the earlier first where one is `directed`."""

    edge: Edge
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """`ticks` are places and names on the axis."""

    width: int
    height: int
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]


def order_by_time(dates: Sequence[Dates]) -> tuple[list[int], list[int]]:
    """Numbers of the dated ones, earliest first, and of the others, in the order given."""
    dated = [number for number, one in enumerate(dates) if one.earliest or one.latest]
    dated.sort(key=lambda number: (_first(dates[number]), _last(dates[number]), number))
    return dated, [number for number in range(len(dates)) if number not in set(dated)]


def draw(documents: Sequence[str], dates: Sequence[Dates], edges: Sequence[Edge]) -> Picture | None:
    """The dated documents, one below the other in order of time, and the edges between them; `None` without dates.

    Documents are numbered from 1 in the order of `order_by_time`. An open end is drawn as a point.
    """
    order, _ = order_by_time(dates)
    if not order:
        return None
    low = min(_first(dates[number]) for number in order).toordinal()
    high = max(_last(dates[number]) for number in order).toordinal()
    scale = (WIDTH - LEFT - RIGHT) / max(1, high - low)
    points = {
        documents[number]: Point(
            place + 1,
            LEFT + (_first(dates[number]).toordinal() - low) * scale,
            LEFT + (_last(dates[number]).toordinal() - low) * scale,
            TOP + STEP * (place + 0.5),
        )
        for place, number in enumerate(order)
    }
    lines = [
        Line(edge, (one.right, one.top), (other.left, other.top))
        for edge in edges
        for one, other in ((points.get(edge.first), points.get(edge.second)),)
        if one and other and (edge.directed or edge.status == "contradictory")
    ]  # fmt: skip
    ticks = tuple((LEFT + (day.toordinal() - low) * scale, name) for day, name in _ticks(low, high))
    return Picture(WIDTH, TOP + STEP * len(order) + 8, tuple(points.values()), tuple(lines), ticks)


def _first(dates: Dates) -> date:
    return _day(dates.earliest or dates.latest)


def _last(dates: Dates) -> date:
    return _day(dates.latest or dates.earliest)


def _day(iso: str) -> date:
    """The day, or the last of its month when the month is shorter."""
    year, month, day = map(int, iso.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _ticks(low: int, high: int) -> list[tuple[date, str]]:
    """First days of years, months or days, no more than `MOST_TICKS`; the first day at least."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    years = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
    months = [date(one.year, month, 1) for one in years[:3] for month in range(1, 13)]
    days = [date.fromordinal(day) for day in range(low, min(high, low + 400) + 1)]
    for many, form in ((years, "%Y"), (months, "%Y-%m"), (days, "%Y-%m-%d")):
        inside = [day for day in many if low <= day.toordinal() <= high]
        if len(inside) > 1:
            every = -(-len(inside) // MOST_TICKS)
            return [(day, day.strftime(form)) for day in inside[::every]]
    return [(first, first.isoformat())]
