"""The documents of a project that carry a passage of one of them: their words for collation, their facts for direction.

Nothing is compared anew: the reuse findings say where the passage stands, and alignment says which words of the other
document answer to the words asked for. A passage that many documents carry is linked to a few of them only; the others
are reached through these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from catena.exporters.graphs import Edge as Line
from catena.exporters.graphs import Graph, Node
from catena.lexicons.credits import load_credits
from catena.lexicons.folding import load_fold_table
from catena.model import Document, Finding, Span, cover
from catena.store import DocumentName, Project, SharedPlace
from catena.text import align_words
from catena.transmission import direction
from catena.transmission.archive import Told, find_told, to_instant
from catena.transmission.collation import Text
from catena.transmission.credits import Party, find_sources
from catena.transmission.direction import Carrier, Dates, Edge

WHOLE = 0.8  # of a document's text, above which it is little more than the passage
MOST_WITNESSES = 60  # of one passage: those that share most of it
MOST_OPENED = 24  # documents whose own shared passages are followed
LONGEST = 40_000  # code points of a passage that are lined up; a longer one is cut there
LEAST_OVERLAP = 0.5  # of the passage, or of what another document shares: less is another passage beside it
LEAST_EQUAL = 20  # letters of equal words, or half of a shorter passage: less is chance
MARGIN = 80  # code points around a place that is reckoned and not known
CREDIT_REACH = 400  # code points around a passage in which a credit for it stands


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document has the passage, or a part of it: `pieces` in code points of its text, in order.

    `kind` is that of the finding ("" for the document asked about), `shared_letters` how much was found to be shared.
    `own` covers what answers to it in the passage asked about. A place is `known` when a finding says so, and reckoned
    when it was reached through a third document.
    """

    document: str
    pieces: tuple[Span, ...]
    own: Span
    kind: str = ""
    shared_letters: int = 0
    known: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """One document that carries the passage: its words there, and what speaks for its place in time."""

    number: int
    path: str
    span: Span
    text: Text
    carrier: Carrier
    party: Party
    shared_letters: int = 0
    title: str = ""

    def words(self, most: int) -> str:
        """The first `most` code points of the passage, as printed."""
        before = self.span.start - max(0, self.span.start - CREDIT_REACH)
        return self.party.around[before : before + min(most, len(self.span))]


def find_places(project: Project, document: str, span: Span, most: int = MOST_WITNESSES) -> tuple[Place, ...]:
    """Where else `span` of a document stands, most shared letters first, those that are only reckoned last.

    Reads findings and aligns nothing: the places of a few words inside a long passage are near and not exact.
    """
    found: dict[str, Place] = {}
    for place in _next_places(project, Place(document, (span,), span)):
        if place.document != document:
            found[place.document] = place
    for here in sorted(found.values(), key=_order)[: MOST_OPENED - 1]:
        if len(found) >= most:
            break
        for place in _next_places(project, here):
            if place.document != document and place.document not in found:
                found[place.document] = replace(place, own=here.own, known=False)
    return tuple(sorted(found.values(), key=_order)[:most])


def _order(place: Place) -> tuple[bool, int, str]:
    return not place.known, -place.shared_letters, place.document


def _next_places(project: Project, here: Place) -> Iterator[Place]:
    """Where the passages of one document that lie in the place stand elsewhere."""
    stretches: dict[str, list[tuple[Span, Span, SharedPlace]]] = {}
    for one in project.shared_places(here.document, cover(here.pieces)):
        own = one.span
        for span in here.pieces:
            shared = own.intersect(span)
            if shared and len(shared) >= LEAST_OVERLAP * min(len(own), len(span)):
                stretches.setdefault(one.other, []).append((_over_there(one, shared), shared, one))
    for other, many in stretches.items():
        if len(many) == 1:  # nearly always
            there, own, one = many[0]
            yield Place(other, (there,), own, one.kind, one.shared_letters)
            continue
        letters = sum(one.shared_letters for one in {one.id: one for *_, one in many}.values())
        kinds = Counter(one.kind for *_, one in many)
        own = cover(part for _, part, _ in many)
        yield Place(other, _joined(span for span, *_ in many), own, kinds.most_common(1)[0][0], letters)


def _over_there(one: SharedPlace, part: Span) -> Span:
    """What answers to a part of the passage over there: reckoned by its share; all of it when it is nearly all."""
    own, (start, end) = one.span, (one.there.start, one.there.end)
    if len(part) >= WHOLE * len(own):
        return one.there
    rate = (end - start) / max(1, len(own))
    low, high = start + int((part.start - own.start) * rate), start + int((part.end - own.start) * rate)
    return Span(max(start, low - MARGIN), min(end, high + MARGIN))


def _joined(spans: Iterator[Span]) -> tuple[Span, ...]:
    """In order, what touches joined."""
    pieces: list[Span] = []
    for one in sorted(spans):
        if pieces and one.start <= pieces[-1].end:
            pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, one.end))
        else:
            pieces.append(one)
    return tuple(pieces)


def find_witnesses(project: Project, ref: str | int, span: Span | None = None) -> tuple[Held, ...]:
    """The document that `ref` names, then those that share `span` of it (all of it when `None`), most letters first.

    Files with the very same text are witnesses each. Of a passage longer than `LONGEST` the beginning is taken. Raises
    `NotFound` when there is no such document and `IndexError` when `span` runs past its text.
    """
    stored = project.document(ref)
    whole = span or Span(0, len(stored.document.text))
    whole.of(stored.document.text)
    whole = Span(whole.start, min(whole.end, whole.start + LONGEST))
    table = load_fold_table()
    places = find_places(project, stored.document.id, whole)
    names = project.names([stored.document.id, *(place.document for place in places)])
    base = Text.of(_siglum(stored.row.path, set()), stored.document, whole, table)
    copies = names[stored.document.id]
    own = next(row for row in copies if row.number == stored.row.number)
    found = [_hold(project, own, stored.document, whole, base, 0)]
    taken = {base.siglum}

    def hold(row: DocumentName, document: Document, place: Place) -> None:
        siglum = _siglum(row.path, taken)
        part = base.inside(Span(max(0, place.own.start - MARGIN), place.own.end + MARGIN))
        text = _answering(part, Text.of_pieces(siglum, document, place.pieces, table), sure=place.known)
        if text.words:
            taken.add(siglum)
            cover = Span(text.spans[0].start, text.spans[-1].end)
            found.append(_hold(project, row, document, cover, text, place.shared_letters))

    for row in copies:
        if row.number != own.number:
            same = project.source(row.number)  # of the same text; its archive may tell something else
            hold(row, same, Place(stored.document.id, (whole,), whole, "whole-document"))
    for place in places:
        pieces = tuple(Span(one.start, min(one.end, one.start + 2 * LONGEST)) for one in place.pieces)
        for row in names.get(place.document, ()):
            if len(found) < MOST_WITNESSES:
                hold(row, project.source(row.number), replace(place, pieces=pieces))
    return tuple(_credited(_told_apart(found)))


def find_edges(held: Sequence[Held]) -> tuple[Edge, ...]:
    """The edges between the witnesses: each with each, without those that follow from others."""
    return direction.find_edges([one.carrier for one in held])


def _hold(project: Project, row: DocumentName, document: Document, span: Span, text: Text, shared: int) -> Held:
    reach = Span(max(0, span.start - CREDIT_REACH), span.end + CREDIT_REACH)
    near = project.findings(row.number, ["quotation", "attribution"], near=reach, text=document.text)
    if not row.date:
        near += project.findings(row.number, ["dating"], text=document.text)
    quoted = any(
        piece.contains(span) or ((one := piece.intersect(span)) is not None and len(one) >= WHOLE * len(span))
        for finding in near
        if finding.kind == "quotation"
        for piece in finding.spans("content")
    )
    whole = len(span) >= WHOLE * len(document.text.strip())
    told = find_told(document.blocks, dict(document.stated), span)
    dates = _sent_dates(told) or find_dates(row, near)
    times = [one.sent for one in told if one.sent] or [row.date]
    sent = to_instant(times[0]) if len(times) == 1 else ""
    carrier = Carrier(document.id, row.path, dates, (), quoted, whole, sent)
    party = _to_party(row, document, span, told, near)
    return Held(row.number, row.path, span, text, carrier, party, shared, row.title)


def _sent_dates(told: Sequence[Told]) -> Dates | None:
    """Between which days the messages that hold the passage were sent, as their archive tells."""
    known = [one for one in (Dates.of(each.sent) for each in told) if one.earliest]
    return Dates(min(one.earliest for one in known), max(one.latest for one in known)) if known else None


def _to_party(
    row: DocumentName, document: Document, span: Span, told: tuple[Told, ...], near: Sequence[Finding]
) -> Party:
    """What a document may be called, and what stands about the passage that may name another."""
    names = (row.publisher, document.get_stated("author") or "")
    reach = Span(max(0, span.start - CREDIT_REACH), min(len(document.text), span.end + CREDIT_REACH))
    outlets = (
        str(one.value("outlet") or one.text("outlet"))
        for one in near
        if one.kind == "attribution" and one.place.overlaps(reach)
    )
    return Party(
        document.id,
        row.path,
        tuple(dict.fromkeys(name for name in names if name)),
        document.get_stated("url") or "",
        reach.of(document.text),
        told,
        tuple(dict.fromkeys(outlet for outlet in outlets if outlet)),
    )


def find_dates(row: DocumentName, findings: Sequence[Finding]) -> Dates:
    """The date that a document bears, else the days between which its contents and its citations put it."""
    if row.date:
        return Dates.of(row.date)
    bounds = [one for one in findings if one.kind == "dating" and not one.value("conflict")]
    if not bounds:
        return Dates()
    return Dates(str(bounds[0].value("not_before") or ""), str(bounds[0].value("not_after") or ""))


def _told_apart(found: Sequence[Held]) -> list[Held]:
    """Each under its document's id; files of the same text under the id and their number."""
    many = Counter(one.carrier.document for one in found)

    def named(one: Held) -> Held:
        key = f"{one.carrier.document}:{one.number}"
        return replace(one, carrier=replace(one.carrier, document=key), party=replace(one.party, document=key))

    return [one if many[one.carrier.document] == 1 else named(one) for one in found]


def _credited(found: Sequence[Held]) -> list[Held]:
    """The witnesses with the documents that they say they have the passage from."""
    sources = find_sources([one.party for one in found], load_credits(), load_fold_table())
    return [replace(one, carrier=replace(one.carrier, sources=sources[one.carrier.document])) for one in found]


def _answering(base: Text, text: Text, *, sure: bool) -> Text:
    """The words of `text` from the first to the last that answers to a word of `base`.

    None when the place is not `sure` and too few words are equal to say that it holds the passage.
    """
    steps = [step for step in align_words(base.folded, text.folded, within=True) if step.op not in ("insert", "omit")]
    equal = sum(len(word) for step in steps if step.op == "equal" for word in text.folded[slice(*step.reference)])
    if not steps or (not sure and equal < min(LEAST_EQUAL, sum(map(len, base.folded)) / 2)):
        return Text(text.siglum, (), (), ())
    low, high = steps[0].reference[0], steps[-1].reference[1]
    breaks = frozenset(at - low for at in text.breaks if low < at < high)
    return Text(text.siglum, text.words[low:high], text.folded[low:high], text.spans[low:high], breaks)


def to_graph(held: Sequence[Held], edges: Sequence[Edge]) -> Graph:
    """The chain as a network: documents with the dates between which they came to be, and what is known of two."""
    nodes = tuple(
        Node(one.document, one.name, {}, one.dates.earliest, one.dates.latest)
        for one in (each.carrier for each in held)
    )
    return Graph("Where the passage stands, and which came first", nodes, tuple(_line(edge) for edge in edges))


def _line(edge: Edge) -> Line:
    reasons = "; ".join(f"{reason.code}: {reason.note}" for reason in edge.reasons)
    return Line(edge.first, edge.second, 1, {"status": edge.status, "reasons": reasons}, edge.directed)


def _siglum(path: str, taken: set[str]) -> str:
    """The file's name without its ending, with a number when it is taken."""
    stem = PurePosixPath(path).stem
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)
