"""The ledger: all counts of one event side by side, by voice, wording and date.

Two counts belong together when they count the same (or tell the same fate) and their days and places agree. Inside a
document a count without day or place takes them from the nearest count of the same. A passage that documents share
brings the counts in it together, so that one sees how a count changed on its way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from catena.anatomy.collection import Source, gather, months, overlap, when
from catena.model import Evidence, Finding, Span


@dataclass(frozen=True, slots=True)
class Count:
    """One count with its document. `when`, `where` and `what` may be taken from another count of it.

    `lent`: what befell them is taken from the count before.
    """

    source: Source
    finding: Finding
    when: tuple[str, str] | None
    where: str | None
    what: str
    lent: bool = False

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Lowest and highest number meant; the number itself where the wording only says "about"."""
        count, low, high = (self.finding.value(name) for name in ("count", "low", "high"))
        if low is None and high is None:
            low = high = count
        return _number(low), _number(high)


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """Counts of one event, by the date of their document, and why they stand together.

    `differs`: no number fits all of them.
    """

    what: str
    when: tuple[str, str] | None
    where: str | None
    counts: tuple[Count, ...]
    reasons: tuple[Evidence, ...]
    differs: bool

    @property
    def changes(self) -> tuple[str, ...]:
        """How each count stands to the one before it: "" for the first, then `same`, `higher`, `lower`, or `reworded`
        when one number fits both (40 and "at least 30")."""
        pairs = zip(self.counts, self.counts[1:], strict=False)
        return ("", *(_change(before.limits, after.limits) for before, after in pairs))[: len(self.counts)]


_Limits = tuple[float | None, float | None]


def _change(before: _Limits, after: _Limits) -> str:
    if before == after:
        return "same"
    if None not in (before[1], after[0]) and after[0] > before[1]:  # type: ignore[operator]
        return "higher"
    if None not in (before[0], after[1]) and after[1] < before[0]:  # type: ignore[operator]
        return "lower"
    return "reworded"


def make_ledger(sources: Sequence[Source]) -> tuple[LedgerEvent, ...]:
    """Every group of two counts or more, by day; groups whose counts differ come first.

    Only counts of people and things are compared: prices and shares have no event of their own.
    """
    buckets: dict[str, list[Count]] = defaultdict(list)
    for source in sources:
        for count in _of_document(source):
            buckets[count.what].append(count)
    shared = _shared(sources)
    found = []
    for what, counts in buckets.items():
        for group in gather(counts, lambda one, other: _same(one, other, shared), lambda one: _keys(one, shared)):
            if len(group.members) > 1:
                found.append(_event(what, [counts[number] for number in group.members], group.reasons))
    return tuple(sorted(found, key=lambda one: (not one.differs, one.when or ("9999", ""), one.what)))


def _what(figure: Finding) -> str:
    """What two counts must share: the fate of people, else the name of what is counted."""
    return str(figure.value("fate") or figure.value("counted"))


def _of_document(source: Source) -> list[Count]:
    figures = [one for one in source.of("figure") if one.value("measure") in (None, "things")]
    known = [one for one in figures if when(one) or one.value("where_key")]
    counts = []
    for one in figures:
        day, place = when(one), one.value("where_key")
        near = [other for other in known if _what(other) == _what(one)]
        if day is None and place is None and near and one.value("fate"):
            other = min(near, key=lambda each: abs(each.place.start - one.place.start))
            day, place = when(other), other.value("where_key")
        counts.append(Count(source, one, day, str(place) if place else None, _what(one)))
    return list(_lend(counts))


def _lend(counts: list[Count]) -> Iterator[Count]:
    """Of "at least 31 people were injured. The office spoke of 28 people." the second tells the fate of the first."""
    before: Count | None = None
    for one in counts:
        figure = one.finding
        if before is not None and one.when is None and one.where is None and not figure.value("fate"):
            near = figure.place.start - before.finding.place.end <= _NEAR
            if near and before.finding.value("counted") == figure.value("counted"):
                one = Count(one.source, figure, before.when, before.where, before.what, lent=True)
        yield one
        if figure.value("fate") or one.lent:
            before = one


def _keys(count: Count, shared: _Shared) -> Iterator[Hashable]:
    """Buckets: the months it is told of, and each pair of documents that share the passage it stands in."""
    yield from months(count.when)
    for other, here in shared.places.get(count.source.id, ()):
        if here.contains(count.finding.place):
            yield frozenset((count.source.id, other))


def _same(one: Count, other: Count, shared: _Shared) -> tuple[Evidence, ...]:
    for here, there in shared.passages.get((one.source.id, other.source.id), ()):
        if here.contains(one.finding.place) and there.contains(other.finding.place) and _alike(one, other, here, there):
            return (Evidence("same-passage", "both stand in a passage that the documents share"),)
    days = overlap(one.when, other.when)
    places = None if not (one.where and other.where) else one.where == other.where
    if days is False or places is False or not (days or places):
        return ()
    # A shared place alone is not one event: a harbour sees many.
    if not days or not (one.finding.value("fate") or one.lent or places):
        return ()
    reasons = [Evidence("same-days", "the days they are told of agree")]
    return (*reasons, Evidence("same-place", one.where or "")) if places else tuple(reasons)


def _alike(one: Count, other: Count, here: Span, there: Span) -> bool:
    """True when the two stand at the same part of the passage, so that they count the same thing."""
    mine = (one.finding.place.start - here.start) / max(1, len(here))
    theirs = (other.finding.place.start - there.start) / max(1, len(there))
    return abs(mine - theirs) < _DRIFT


_NEAR = 400  # code points between two counts of which the second leaves out what befell the counted
_DRIFT = 0.08
"""Share of a passage by which its middle may move when words are changed; in the examples it moves by 0.02."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """Passages that documents share: by the two documents from each side, and by document with the other one's id."""

    passages: dict[tuple[str, str], list[tuple[Span, Span]]]
    places: dict[str, list[tuple[str, Span]]]


def _shared(sources: Sequence[Source]) -> _Shared:
    found = _Shared(defaultdict(list), defaultdict(list))
    for source in sources:
        for one in source.of("reuse"):
            other, start, end = str(one.value("other")), one.value("other_start"), one.value("other_end")
            if isinstance(start, int) and isinstance(end, int):
                found.passages[source.id, other].append((one.place, Span(start, end)))
                found.places[source.id].append((other, one.place))
    return found


def _event(what: str, counts: list[Count], reasons: tuple[Evidence, ...]) -> LedgerEvent:
    counts.sort(key=lambda one: (one.source.date or "9999", one.source.name, one.finding.place))
    lows = [low for low, _ in (one.limits for one in counts) if low is not None]
    highs = [high for _, high in (one.limits for one in counts) if high is not None]
    days = [one.when for one in counts if one.when]
    narrow = min(days, key=lambda one: (one[1], one[0])) if days else None
    differs = bool(lows and highs and max(lows) > min(highs))
    where = next((str(one.finding.value("where")) for one in counts if one.finding.value("where")), None)
    return LedgerEvent(what, narrow, where, tuple(counts), reasons, differs)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
