"""Which came first: what dates, credits and marks of quotation say of two documents that share a passage.

An edge is directed only by evidence that stands outside the wording: two dates that exclude each other, or one document
that says it has the passage from the other, in its words or in what its archive tells of it (forwarded from, in reply
to). The wording itself decides nothing: on 22,524 dated pairs of speeches "the longer
one is earlier" held in 51 %, "the more damaged one is later" in 50 %. Such signs are listed and marked as no proof.
Evidence that contradicts itself leaves the edge undirected. The earliest document held is not the origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from catena.model import Evidence

STATUSES = ("dated", "credited", "dated-and-credited", "contradictory", "undetermined")
"""How a direction was reached; the last two have none."""

_CLOCK = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a document was made, at the earliest and at the latest: ISO dates, equally precise; "" when not known."""

    earliest: str = ""
    latest: str = ""

    @classmethod
    def of(cls, date: str) -> Dates:
        """The interval of an ISO date, month, year, or two of them with `/` (`..` where one end is open), of a time its
        day as it was there; unknown for anything else.

        >>> Dates.of("2015-05")
        Dates(earliest='2015-05-01', latest='2015-05-31')
        >>> Dates.of("../2015-05-03")
        Dates(earliest='', latest='2015-05-03')
        """
        low, slash, high = date.partition("/")
        if slash:
            return cls(cls.of(low).earliest, cls.of(high).latest)
        parts = _CLOCK.sub("", date).split("-")
        if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
            return cls()
        return cls("-".join([*parts, "01", "01"][:3]), "-".join([*parts, *("12", "31")[len(parts) - 1 :]][:3]))

    def before(self, other: Dates) -> bool:
        """True when all of this interval lies before all of the other."""
        return bool(self.latest and other.earliest) and self.latest < other.earliest


@dataclass(frozen=True, slots=True)
class Carrier:
    """One document that carries the passage. `sources` are ids of documents that it has it from (a credit, a forwarding
    line, a mail header), each with the reason; `quoted` is true when the passage stands in quotation marks; `whole`
    when the document is little more than the passage; `sent` the instant in UTC that an archive gives, or ""."""

    document: str
    name: str
    dates: Dates = Dates()
    sources: tuple[tuple[str, Evidence], ...] = ()
    quoted: bool = False
    whole: bool = False
    sent: str = ""

    def before(self, other: Carrier) -> bool:
        """True when it was there before the other began: by the instants of both, or else by days. Two zones may put
        one moment on two days."""
        return self.sent < other.sent if self.sent and other.sent else self.dates.before(other.dates)

    def names(self, other: Carrier) -> bool:
        """True when it says that it has the passage from the other."""
        return any(document == other.document for document, _ in self.sources)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two carriers of one passage. `first` came before `second` only when `directed`; otherwise they are in order of
    name. `reasons` say why, and what else was seen; `shared_letters` how much of the passage they share."""

    first: str
    second: str
    directed: bool
    status: str
    reasons: tuple[Evidence, ...]
    shared_letters: int = 0


def find_direction(one: Carrier, other: Carrier, shared_letters: int = 0) -> Edge:
    """The edge between two carriers. Does not depend on their order."""
    first, second, directed, status = _decide(one, other)
    return Edge(first.document, second.document, directed, status, _explain(first, second), shared_letters)


def find_edges(carriers: Sequence[Carrier]) -> tuple[Edge, ...]:
    """The edges of each with each, in the order of `carriers`, without those that follow from others (`find_chain`).

    The same as finding the direction of every pair first; but reasons are only given for the edges that stay, which is
    most of the work where sixty documents have dates. Their documents must differ.
    """
    by_id = {carrier.document: carrier for carrier in carriers}
    bare = []
    for one, other in combinations(carriers, 2):
        first, second, directed, status = _decide(one, other)
        bare.append(Edge(first.document, second.document, directed, status, ()))
    return tuple(replace(edge, reasons=_explain(by_id[edge.first], by_id[edge.second])) for edge in find_chain(bare))


def _decide(one: Carrier, other: Carrier) -> tuple[Carrier, Carrier, bool, str]:
    """The two, the earlier first where it is known and otherwise in order of name; whether it is known, and how."""
    left, right = (one, other) if (one.name, one.document) <= (other.name, other.document) else (other, one)
    dated = left.before(right) - right.before(left)
    forth, back = right.names(left), left.names(right)
    if (forth and back) or dated * (forth - back) < 0:
        return left, right, False, "contradictory"
    if dated and forth != back:
        status = "dated-and-credited"
    else:
        status = "dated" if dated else "credited" if forth != back else "undetermined"
    sign = dated or forth - back
    return (right, left, True, status) if sign < 0 else (left, right, sign > 0, status)


def _explain(first: Carrier, second: Carrier) -> tuple[Evidence, ...]:
    return (*_reasons(first, second), *_reasons(second, first), *_signs(first, second))


def _reasons(first: Carrier, second: Carrier) -> Iterable[Evidence]:
    if first.before(second):
        when = first.sent if first.sent and second.sent else first.dates.latest
        yield Evidence("earlier-date", f"{first.name}: {when} or before; {second.name}: later")
    yield from (reason for document, reason in second.sources if document == first.document)


def _signs(first: Carrier, second: Carrier) -> Iterable[Evidence]:
    """What is consistent with a direction and proves none."""
    for one, other in ((first, second), (second, first)):
        if one.quoted and not other.quoted:
            yield Evidence("in-quotation-marks", f"{one.name} has it in quotation marks, {other.name} not; no proof")
        if one.whole and not other.whole:
            yield Evidence("part-of-more", f"in {other.name} it is part of a longer text; no proof")


def find_chain(edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """The directed edges without those that follow from others by way of a third document; undirected ones all stay.

    Edges that run in a circle stay, too: the page shows the contradiction.
    """
    after: dict[str, set[str]] = {}
    for edge in edges:
        if edge.directed:
            after.setdefault(edge.first, set()).add(edge.second)
    try:
        order = tuple(TopologicalSorter(after).static_order())  # the last of all first
    except CycleError:
        return _find_chain_in_circles(edges, after)
    number = {document: place for place, document in enumerate(order)}
    beyond: dict[str, int] = {}  # by document: the numbers of all that come after it by way of another, as bits
    below: dict[str, int] = {}
    for document in order:
        nearest = after.get(document, ())
        beyond[document] = _union(below[one] for one in nearest)
        below[document] = beyond[document] | _union(1 << number[one] for one in nearest)
    return tuple(edge for edge in edges if not edge.directed or not beyond[edge.first] >> number[edge.second] & 1)


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _find_chain_in_circles(edges: Sequence[Edge], after: Mapping[str, set[str]]) -> tuple[Edge, ...]:
    """The same where edges run in a circle, one search an edge."""

    def reaches(start: str, goal: str) -> bool:
        seen, left = {start}, [one for one in after.get(start, ()) if one != goal]
        while left:
            here = left.pop()
            if goal in after.get(here, ()):
                return True
            if here not in seen:
                seen.add(here)
                left += after.get(here, set()) - seen
        return False

    return tuple(edge for edge in edges if not edge.directed or not reaches(edge.first, edge.second))
