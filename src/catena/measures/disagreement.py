"""Where two coders differ, and how: the difference matters more than the coefficient.

Units of the two are paired, best overlap first. A pair with one label and one place agrees; with one label and other
ends it differs in the *boundary*; with another label in the *label*; what has no partner was *missed* by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catena.model import Span

KINDS = ("agreed", "boundary", "label", "missed")


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that one coder marked with a code. `id` leads back to it."""

    span: Span
    code: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair of units, or one without partner. `kind` is one of `KINDS`; `first` and `second` are the coders'."""

    kind: str
    first: Unit | None
    second: Unit | None

    @property
    def place(self) -> Span:
        """Where to look: the passage of the first, else of the second."""
        unit = self.first or self.second
        return unit.span if unit else Span(0, 0)


def find_disagreements(first: Sequence[Unit], second: Sequence[Unit]) -> tuple[Disagreement, ...]:
    """Every unit of both in exactly one pair or alone, by place.

    >>> a, b = Unit(Span(0, 5), "praise"), Unit(Span(0, 7), "praise")
    >>> [one.kind for one in find_disagreements([a], [b])]
    ['boundary']
    """
    pairs = sorted(
        (_rank(one, other), number, against)
        for number, one in enumerate(first)
        for against, other in enumerate(second)
        if one.span.overlaps(other.span) or one.span == other.span
    )
    firsts: dict[int, int] = {}
    seconds: set[int] = set()
    for _, number, against in pairs:
        if number not in firsts and against not in seconds:
            firsts[number] = against
            seconds.add(against)
    found = [_pair(one, second[firsts[number]] if number in firsts else None) for number, one in enumerate(first)]
    found += [Disagreement("missed", None, other) for number, other in enumerate(second) if number not in seconds]
    return tuple(sorted(found, key=lambda one: (one.place, KINDS.index(one.kind))))


def _rank(one: Unit, other: Unit) -> tuple[int, float]:
    """The same label before another one; within that, the larger share of common characters first."""
    shared = one.span.intersect(other.span)
    union = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    likeness = len(shared) / union if shared and union else 1.0
    return (int(one.code != other.code), -likeness)


def _pair(one: Unit, other: Unit | None) -> Disagreement:
    if other is None:
        return Disagreement("missed", one, None)
    if one.code != other.code:
        return Disagreement("label", one, other)
    return Disagreement("agreed" if one.span == other.span else "boundary", one, other)
