"""Between which days a document was written, by constraints: never a guessed point.

Not before: the latest day of an event that it reports as past, and the date of a document that it cites (by its
reference number or title) or whose words it reports with the name of their publisher. Not after: the date of a document
that does so with this one. Each bound carries its evidence; bounds that contradict each other, or the date that the
document bears, are shown as a conflict and not settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from catena.anatomy.collection import Source
from catena.anatomy.mentions import Fields, Name, find_fields, find_mentions, find_telling, keep_telling
from catena.anatomy.proper_names import to_plain_key
from catena.anatomy.surroundings import printed_days
from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, make_finding

MADE_BY = MadeBy("dating", "2")
_SHOWN = 8  # bounds of one side that are kept; one is enough, more of them help to judge it


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: `side` is `not-before` or `not-after`, `day` ISO; `span` is the place in this document, if any."""

    side: str
    day: str
    evidence: Evidence
    other: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the dating of a collection looks at in one document, so that not all its findings are held at once.

    `date` is the ISO day that it bears, `names` are its own, `publishers` and the voices in `heard` their keys; `told`
    are the events that it tells as past, `heard` the passages that it gives on the word of voices that are not its
    publisher: (id of the other document, place, voices as printed).
    """

    id: str
    name: str
    date: str | None
    text: str
    names: Fields
    publishers: frozenset[str]
    told: tuple[Bound, ...]
    heard: tuple[tuple[str, Span, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Dating:
    """The tightest bounds of one document, the tightest of each side first, and the `conflicts` in words.

    `further` counts the bounds by side that say less than those.
    """

    basis: Basis
    bounds: tuple[Bound, ...]
    conflicts: tuple[str, ...]
    further: tuple[tuple[str, int], ...] = ()

    def day(self, side: str) -> str | None:
        """The tightest bound of one side."""
        return next((one.day for one in self.bounds if one.side == side), None)


def date_documents(sources: Iterable[Source], telling: Collection[Name] | None = None) -> tuple[Dating, ...]:
    """What bounds the writing of each document, in their order; documents without any bound are left out.

    `telling` are the names that name a document (`find_telling`) in the whole collection, where `sources` are not all
    of it.
    """
    bases = [_make_basis(source) for source in sources]
    bounds = {basis.id: list(basis.told) for basis in bases}
    for later, earlier, evidence, place in _links(bases, telling):
        if earlier.date:
            own = Evidence(evidence.code, evidence.note, place)
            bounds[later.id].append(Bound("not-before", earlier.date, own, earlier.name))
        if later.date:
            bounds[earlier.id].append(Bound("not-after", later.date, evidence, later.name))
    return tuple(_dating(basis, bounds[basis.id]) for basis in bases if bounds[basis.id])


def to_findings(datings: Sequence[Dating], documents: Sequence[Document]) -> dict[str, tuple[Finding, ...]]:
    """Findings "dating" by document id: values `not_before`, `not_after`, `stated` (ISO days or null), `conflict`."""
    by_id = {document.id: document for document in documents}
    return {dating.basis.id: (_finding(dating, by_id[dating.basis.id]),) for dating in datings}


def _finding(dating: Dating, document: Document) -> Finding:
    spans = [bound.evidence.span for bound in dating.bounds if bound.evidence.span is not None]
    values: dict[str, Value] = {
        "not_before": dating.day("not-before"),
        "not_after": dating.day("not-after"),
        "stated": dating.basis.date,
        "conflict": bool(dating.conflicts),
    }
    evidence = [
        Evidence(bound.side, f"{bound.day}: {bound.evidence.code}: {bound.evidence.note}", bound.evidence.span)
        for bound in dating.bounds
    ]
    evidence += [Evidence("further", f"{side}: {count} further, none tighter") for side, count in dating.further]
    evidence += [Evidence("conflict", words) for words in dating.conflicts]
    roles = {"content": sorted(set(spans))} if spans else {}
    return make_finding(document, "dating", roles, MADE_BY, values=values, evidence=evidence)


def _dating(basis: Basis, bounds: list[Bound]) -> Dating:
    # Settled beyond the day, so that the order in which documents came in does not choose what is shown.
    settled = sorted(bounds, key=lambda one: (one.other, one.evidence.note, str(one.evidence.span)))
    before = sorted((one for one in settled if one.side == "not-before"), key=lambda one: one.day, reverse=True)
    after = sorted((one for one in settled if one.side == "not-after"), key=lambda one: one.day)
    conflicts = []
    if before and after and before[0].day > after[0].day:
        conflicts.append(f"not before {before[0].day}, yet not after {after[0].day}")
    if basis.date and before and basis.date < before[0].day:
        conflicts.append(f"it bears the date {basis.date}, yet tells of {before[0].day}")
    if basis.date and after and basis.date > after[0].day:
        conflicts.append(f"it bears the date {basis.date}, yet {after[0].other} of {after[0].day} cites it")
    sides = (("not-before", before), ("not-after", after))
    further = tuple((side, len(many) - _SHOWN) for side, many in sides if len(many) > _SHOWN)
    return Dating(basis, (*before[:_SHOWN], *after[:_SHOWN]), tuple(conflicts), further)


def _events(source: Source) -> Iterator[Bound]:
    """Events told as past, by days that the text prints: a day counted from the document's date proves nothing."""
    printed = printed_days(source.findings)
    for event in source.of("event"):
        place = next(iter(event.spans("when")), None)
        if event.value("status") == "happened" and place in printed:
            evidence = Evidence("event-told", " ".join(event.text("content").split())[:120], place)
            yield Bound("not-before", str(event.value("when_start")), evidence)


def _make_basis(source: Source) -> Basis:
    layout = source.of("layout")
    publishers = {to_plain_key(str(one.value("value"))) for one in layout if one.value("field") == "publisher"}
    heard = []
    for passage in source.of("reuse"):
        voices = [voice for voice in _voices(source, passage.place) if to_plain_key(voice) not in publishers]
        if voices:
            heard.append((str(passage.value("other")), passage.place, tuple(voices)))
    told = tuple(_events(source))
    names = find_fields(layout)
    return Basis(source.id, source.name, source.date, source.text, names, frozenset(publishers), told, tuple(heard))


def _voices(source: Source, place: Span) -> Iterator[str]:
    """On whose word a place stands."""
    for one in source.of("attribution"):
        if any(span.contains(place) for span in one.spans("content")):
            yield from filter(None, (str(one.value("speaker") or ""), one.text("outlet")))


_Link = tuple[Basis, Basis, Evidence, Span | None]


def _links(bases: Sequence[Basis], telling: Collection[Name] | None) -> Iterator[_Link]:
    """(later, earlier, why, place in the later one): who cites whom."""
    by_id = {basis.id: basis for basis in bases}
    yield from _named(bases, telling)
    for basis in bases:
        for id_, place, voices in basis.heard:
            other = by_id.get(id_)
            voice = next((one for one in voices if other and to_plain_key(one) in other.publishers), "")
            if other is not None and voice:
                note = f"it reports words of {other.name} on the word of {voice}"
                yield basis, other, Evidence("reports-words", note), place


def _named(bases: Sequence[Basis], telling: Collection[Name] | None) -> Iterator[_Link]:
    """Documents that print the reference number or the title of another, which is not their own."""
    by_id = {basis.id: basis for basis in bases}
    fields = {basis.id: basis.names for basis in bases}
    named = keep_telling(fields, find_telling(fields) if telling is None else telling)
    for mention in find_mentions([(basis.id, basis.text) for basis in bases], named, fields):
        earlier = by_id[mention.earlier]
        note = f"it names {mention.field.replace('-', ' ')} {mention.value[:60]!r} of {earlier.name}"
        evidence = Evidence(f"names-{mention.field}", note)
        yield by_id[mention.later], earlier, evidence, mention.place
