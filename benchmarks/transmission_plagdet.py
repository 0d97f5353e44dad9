"""The PlagDet measure over passages between documents, with a table by kind of change.

PlagDet is F1 over log2(1 + granularity), macro over cases and detections, in code points of both sides (Potthast and
others 2010). The *neutral rule*: a planted passage also resembles other real sources (formulae), so a detection that
lies in a planted region but names another source is neither right nor wrong; the raw value counts it as wrong.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MERGE = 300  # code points between detections of one pair that count as one


@dataclass(frozen=True, slots=True)
class Case:
    """`[start, end)` of document `this` was made from `[other_start, other_end)` of `other`."""

    this: str
    start: int
    end: int
    other: str
    other_start: int
    other_end: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The measure and what it is made of; `recalls` in order of the cases."""

    plagdet: float
    recall: float
    precision: float
    granularity: float
    detections: int
    recalls: tuple[float, ...]


def measure(cases: Sequence[Case], found: Sequence[Case]) -> Measured:
    """PlagDet of `found` against `cases`."""
    cases_of, found_of = _by_pair(cases), _by_pair(found)
    recalls, grains = [], []
    for case in cases:
        hits = [one for one in found_of.get((case.this, case.other), ()) if _meet(case, one)]
        grains += [len(hits)] if hits else []
        recalls.append(_covered(case, hits))
    precisions = [
        _covered(one, [case for case in cases_of.get((one.this, one.other), ()) if _meet(case, one)]) for one in found
    ]
    recall, precision, grain = _mean(recalls), _mean(precisions), _mean(grains) or 1.0
    score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Measured(score / math.log2(1 + grain), recall, precision, grain, len(found), tuple(recalls))


def by_condition(cases: Sequence[Case], recalls: Sequence[float]) -> dict[str, float]:
    """Mean recall of each kind of change, in order of first appearance."""
    of: dict[str, list[float]] = defaultdict(list)
    for case, recall in zip(cases, recalls, strict=True):
        of[case.condition].append(recall)
    return {name: _mean(values) for name, values in of.items()}


def drop_neutral(cases: Sequence[Case], found: Iterable[Case]) -> list[Case]:
    """`found` without detections that lie mostly in planted text and name a source it was not made from."""
    planted: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        planted[case.this].append(case)

    def is_neutral(one: Case) -> bool:
        over = [case for case in planted.get(one.this, ()) if min(one.end, case.end) > max(one.start, case.start)]
        inside = sum(min(one.end, case.end) - max(one.start, case.start) for case in over)
        return inside >= 0.5 * (one.end - one.start) and all(case.other != one.other for case in over)

    return [one for one in found if not is_neutral(one)]


def merge(found: Iterable[Case], within: int = MERGE) -> list[Case]:
    """Detections of one pair that lie within `within` code points of each other on both sides, as one."""
    of: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.this, one.other, one.start, one.other_start)):
        of[one.this, one.other].append([one.start, one.end, one.other_start, one.other_end])
    return [Case(this, a, b, other, c, d) for (this, other), rows in of.items() for a, b, c, d in _joined(rows, within)]


def _joined(rows: list[list[int]], within: int) -> list[list[int]]:
    while True:
        kept: list[list[int]] = []
        for row in rows:
            for one in kept:
                near = row[0] - one[1] <= within and one[0] - row[1] <= within
                if near and row[2] - one[3] <= within and one[2] - row[3] <= within:
                    one[:] = [min(one[0], row[0]), max(one[1], row[1]), min(one[2], row[2]), max(one[3], row[3])]
                    break
            else:
                kept.append(list(row))
        if len(kept) == len(rows):
            return kept
        rows = kept


def _by_pair(many: Iterable[Case]) -> dict[tuple[str, str], list[Case]]:
    of: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for one in many:
        of[one.this, one.other].append(one)
    return of


def _meet(case: Case, other: Case) -> bool:
    here = min(case.end, other.end) > max(case.start, other.start)
    return here and min(case.other_end, other.other_end) > max(case.other_start, other.other_start)


def _covered(case: Case, by: Sequence[Case]) -> float:
    here = _length(case.start, case.end, [(one.start, one.end) for one in by])
    there = _length(case.other_start, case.other_end, [(one.other_start, one.other_end) for one in by])
    return (here + there) / (case.end - case.start + case.other_end - case.other_start)


def _length(start: int, end: int, pieces: Iterable[tuple[int, int]]) -> int:
    total, at = 0, start
    for low, high in sorted(pieces):
        low, high = max(low, at), min(high, end)
        if high > low:
            total, at = total + high - low, high
    return total


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
