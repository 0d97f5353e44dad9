"""What the steps over a whole collection share: findings with the document they stand in, and joining in groups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from catena.model import Evidence, Finding

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the collection with all that was found in it. `date` is its ISO day as its layout shows it."""

    id: str
    name: str
    date: str | None
    findings: tuple[Finding, ...]
    text: str = ""

    def of(self, kind: str) -> tuple[Finding, ...]:
        """The findings of one kind, in order of place."""
        return tuple(sorted((one for one in self.findings if one.kind == kind), key=lambda one: one.place))


def to_sources(rows: Iterable[tuple[str, Finding, str]]) -> tuple[Source, ...]:
    """The documents of a collection from its findings: (document's name, finding, document's text), in any order."""
    held: dict[str, tuple[str, str, list[Finding]]] = {}
    for name, finding, text in rows:
        held.setdefault(finding.document, (name, text, []))[2].append(finding)
    return tuple(Source(number, name, _date(found), tuple(found), text) for number, (name, text, found) in held.items())


def _date(findings: Iterable[Finding]) -> str | None:
    shown = (one.value("value") for one in findings if one.kind == "layout" and one.value("field") == "date")
    return first_of(map(str, shown))


@dataclass(frozen=True, slots=True)
class Group:
    """Members (by their number) that are one, and why: each reason holds for at least one pair."""

    members: tuple[int, ...]
    reasons: tuple[Evidence, ...] = ()


def gather(
    items: Sequence[Item],
    same: Callable[[Item, Item], tuple[Evidence, ...]],
    keys: Callable[[Item], Iterable[Hashable]],
) -> tuple[Group, ...]:
    """`items` in groups, in order of their first member; `same` gives the reasons why two are one, or nothing.

    Only items that share one of their `keys` are compared, so that the work grows with the buckets and not with the
    square of the collection.
    """
    buckets: dict[Hashable, list[int]] = {}
    for number, item in enumerate(items):
        for key in dict.fromkeys(keys(item)):
            buckets.setdefault(key, []).append(number)
    home = list(range(len(items)))
    reasons: dict[int, dict[str, Evidence]] = {}

    def root(number: int) -> int:
        while home[number] != number:
            home[number] = home[home[number]]
            number = home[number]
        return number

    for many in buckets.values():
        for left, right in combinations(many, 2):
            if root(left) != root(right) and (why := same(items[left], items[right])):
                first, second = sorted((root(left), root(right)))
                home[second] = first
                held = reasons.setdefault(first, {})
                for reason in (*reasons.pop(second, {}).values(), *why):
                    held.setdefault(reason.code, reason)
    members: dict[int, list[int]] = {}
    for number in range(len(items)):
        members.setdefault(root(number), []).append(number)
    return tuple(Group(tuple(many), tuple(reasons.get(first, {}).values())) for first, many in members.items())


def overlap(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool | None:
    """True when two intervals of ISO days share a day, `None` when one is not known."""
    if one is None or other is None:
        return None
    return one[0] <= other[1] and other[0] <= one[1]


def when(finding: Finding) -> tuple[str, str] | None:
    """The days that a figure or event is told of."""
    start, end = finding.value("when_start"), finding.value("when_end")
    return (str(start), str(end)) if start and end else None


def months(days: tuple[str, str] | None) -> list[str]:
    """The months (`2015-05`) that an interval of ISO days touches, as buckets to compare within; at most ten years."""
    if days is None:
        return []
    first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in days)
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, min(last, first + 120) + 1)]


def first_of(values: Iterable[str | None]) -> str | None:
    """The first value that is known."""
    return next((value for value in values if value), None)
