"""The timeline: events of all documents, the same one grouped, each group with its reasons.

Two reports are of one event when their types go together, their days overlap, and a place or a participant agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from catena.anatomy.collection import Source, first_of, gather, months, overlap, when
from catena.anatomy.proper_names import to_plain_key
from catena.model import Evidence, Finding

TOGETHER = (("accident", "casualties"),)
"""Types that may tell of one event together."""
_LONGEST = 31  # days: a report of "this year" says too little to be the same as another


@dataclass(frozen=True, slots=True)
class Report:
    """One document's report of an event."""

    source: Source
    finding: Finding


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event with its reports, the earliest document first; `when` holds the days that the narrowest names."""

    type: str
    status: str
    when: tuple[str, str] | None
    where: str | None
    participants: tuple[str, ...]
    voices: tuple[str, ...]
    reports: tuple[Report, ...]
    reasons: tuple[Evidence, ...]


def make_timeline(sources: Sequence[Source]) -> tuple[TimelineEvent, ...]:
    """Events by their days; those without a day come last."""
    reports = [Report(source, one) for source in sources for one in source.of("event")]
    bound = {kind: number for number, kinds in enumerate(TOGETHER) for kind in kinds}
    groups = gather(reports, lambda one, other: _same(one.finding, other.finding, bound), lambda one: _keys(one, bound))
    events = (_event([reports[number] for number in group.members], group.reasons) for group in groups)
    return tuple(sorted(events, key=lambda one: (one.when or ("9999", "9999"), one.type)))


def _keys(report: Report, bound: dict[str, int]) -> Iterator[tuple[object, ...]]:
    """Buckets: type and month, with the place, each participant, or the document (its own accident and casualties)."""
    event = report.finding
    kind = str(event.value("type"))
    for month in months(when(event)):
        for what in (event.value("where_key"), *_names(event), event.document):
            if what:
                yield bound.get(kind, kind), month, what


def _same(one: Finding, other: Finding, bound: dict[str, int]) -> tuple[Evidence, ...]:
    mine, theirs = str(one.value("type")), str(other.value("type"))
    if mine != theirs and (mine not in bound or bound[mine] != bound.get(theirs)):
        return ()
    days = when(one), when(other)
    if not overlap(*days) or any(_length(each) > _LONGEST for each in days):
        return ()
    reasons = [Evidence("same-days", f"{max(each[0] for each in days if each)}")]
    here, there = one.value("where_key"), other.value("where_key")
    if here and there:
        if here != there:
            return ()
        reasons.append(Evidence("same-place", str(one.value("where"))))
    common = set(_names(one)) & set(_names(other))
    if common:
        reasons.append(Evidence("same-participant", sorted(common)[0]))
    return tuple(reasons) if len(reasons) > 1 or (one.document == other.document and mine != theirs) else ()


def _length(days: tuple[str, str] | None) -> int:
    if days is None:
        return 10**6
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days + 1


def _names(event: Finding) -> list[str]:
    texts = dict(event.texts).get("participants", ())
    return [to_plain_key(" ".join(text.split())) for text in texts]


def _event(reports: list[Report], reasons: tuple[Evidence, ...]) -> TimelineEvent:
    reports.sort(key=lambda one: (one.source.date or "9999", one.source.name, one.finding.place))
    found = [one.finding for one in reports]
    days = sorted((each for each in map(when, found) if each), key=_length)
    people = {
        to_plain_key(text): " ".join(text.split()) for one in found for text in dict(one.texts).get("participants", ())
    }
    voices = dict.fromkeys(str(one.value("voice")) for one in found if one.value("voice"))
    happened = any(one.value("status") == "happened" for one in found)
    return TimelineEvent(
        type=str(found[0].value("type")),
        status="happened" if happened else "announced",
        when=days[0] if days else None,
        where=first_of(str(one.value("where") or "") for one in found),
        participants=tuple(people.values()),
        voices=tuple(voices),
        reports=tuple(reports),
        reasons=reasons,
    )
