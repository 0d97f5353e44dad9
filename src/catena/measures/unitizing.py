"""Agreement on where passages begin and end: Krippendorff's unitizing alpha.

After Krippendorff (1995, and 2004, "Measuring the reliability of qualitative text analysis data", Quality & Quantity
38). A *continuum* is a text that all coders read from end to end; each cut *units* out of it for each code; between
units lie *gaps*. Disagreement of two units grows with the squares of the distances between their ends, that of a unit
which lies within a gap of the other coder with the square of its length. Units of one coder and code must not overlap:
overlapping ones are joined first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catena.model import Span

Coding: TypeAlias = Mapping[str, Sequence[Span]]
"""The units of one coder by code."""


@dataclass(frozen=True, slots=True)
class Continuum:
    """A text of `length` code points with what each coder marked in it. A coder who marked nothing is an empty one."""

    length: int
    coders: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    start: int
    end: int
    unit: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def alpha_unitizing(continua: Iterable[Continuum], codes: Iterable[str] | None = None) -> float | None:
    """Alpha over `continua` put end to end, over all codes or these; `None` when nobody marked anything.

    Raises `ValueError` when the continua differ in the number of coders, or have fewer than two.
    """
    joined = join(continua)
    if joined is None:
        return None
    wanted = sorted({code for coder in joined.coders for code in coder} if codes is None else set(codes))
    observed = sum(observed_disagreement(joined, code) for code in wanted)
    expected = sum(expected_disagreement(joined, code) for code in wanted)
    return 1 - observed / expected if expected else None


def join(continua: Iterable[Continuum]) -> Continuum | None:
    """One continuum of several, put end to end; `None` when there is none."""
    given = [one for one in continua if one.length]
    if not given:
        return None
    numbers = {len(one.coders) for one in given}
    if len(numbers) > 1 or (numbers < {2} and min(numbers) < 2):
        raise ValueError(f"each text needs the same coders, at least two; found {sorted(numbers)}")
    coders: list[dict[str, list[Span]]] = [{} for _ in given[0].coders]
    at = 0
    for one in given:
        for mine, coder in zip(coders, one.coders, strict=True):
            for code, spans in coder.items():
                mine.setdefault(code, []).extend(span.shift(at) for span in spans)
        at += one.length
    return Continuum(at, tuple(coders))


def observed_disagreement(continuum: Continuum, code: str) -> float:
    """Disagreement seen on one code, averaged over pairs of coders and set against the square of the length."""
    sections = [_sections(coder.get(code, ()), continuum.length) for coder in continuum.coders]
    total = 0.0
    for number, mine in enumerate(sections):
        for theirs in sections[number + 1 :]:
            total += 2 * _distance(mine, theirs)
    coders = len(sections)
    return total / (coders * (coders - 1) * continuum.length**2)


def _distance(mine: Sequence[_Section], theirs: Sequence[_Section]) -> float:
    """The sum over all pairs of sections. Both lists cover the continuum, so that one walk meets every pair."""
    total = 0.0
    first = second = 0
    while first < len(mine) and second < len(theirs):
        a, b = mine[first], theirs[second]
        total += _delta(a, b)
        if a.end <= b.end:
            first += 1
        if b.end <= a.end:
            second += 1
    return total


def _delta(a: _Section, b: _Section) -> float:
    if a.unit and b.unit:
        return (a.start - b.start) ** 2 + (a.end - b.end) ** 2
    if a.unit and not b.unit and b.start <= a.start and a.end <= b.end:
        return a.length**2
    if b.unit and not a.unit and a.start <= b.start and b.end <= a.end:
        return b.length**2
    return 0.0


def expected_disagreement(continuum: Continuum, code: str) -> float:
    """Disagreement that chance would give: the units of all coders laid anywhere on the continuum."""
    sections = [section for coder in continuum.coders for section in _sections(coder.get(code, ()), continuum.length)]
    units = [section.length for section in sections if section.unit]
    gaps = [section.length for section in sections if not section.unit]
    size = len(continuum.coders) * continuum.length
    total = 0.0
    for length in units:
        room = sum(gap - length + 1 for gap in gaps if gap >= length)
        total += (len(units) - 1) / 3 * (2 * length**3 - 3 * length**2 + length) + length**2 * room
    below = size * (size - 1) - sum(length * (length - 1) for length in units)
    return 2 / continuum.length * total / below if below else 0.0


def _sections(spans: Sequence[Span], length: int) -> list[_Section]:
    """Units and gaps in turn, from 0 to `length`; overlapping units are joined, empty ones left out."""
    found: list[_Section] = []
    at = 0
    for span in sorted(spans):
        if not len(span):
            continue
        if found and found[-1].unit and span.start < found[-1].end:
            last = found.pop()
            at = max(last.end, span.end)
            found.append(_Section(last.start, at, True))
            continue
        if span.start > at:
            found.append(_Section(at, span.start, False))
        found.append(_Section(span.start, span.end, True))
        at = span.end
    if at < length:
        found.append(_Section(at, length, False))
    return found
