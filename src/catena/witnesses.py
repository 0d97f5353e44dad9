"""The documents of a project that carry a passage of one of them: their words for collation, their facts for direction.

Nothing is compared anew: the reuse findings say where the passage stands, and alignment says which words of the other
document answer to the words asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePosixPath

from catena.exporters.graphs import Edge as Line
from catena.exporters.graphs import Graph, Node
from catena.lexicons.folding import load_fold_table
from catena.model import Document, Finding, Span
from catena.store import Project
from catena.text import align_words, fold_letters
from catena.transmission.collation import Text
from catena.transmission.direction import Carrier, Dates, Edge, find_chain, find_direction

WHOLE = 0.8  # of a document's text, above which it is little more than the passage
MOST_WITNESSES = 60  # of one passage: those that share most of it


@dataclass(frozen=True, slots=True)
class Held:
    """One document that carries the passage: its words there, and what speaks for its place in time."""

    number: int
    path: str
    span: Span
    text: Text
    carrier: Carrier
    shared_letters: int = 0


def find_witnesses(project: Project, ref: str | int, span: Span | None = None) -> tuple[Held, ...]:
    """The document that `ref` names, then those that share `span` of it (all of it when `None`), most letters first.

    Raises `NotFound` when there is no such document and `IndexError` when `span` runs past its text.
    """
    stored = project.document(ref)
    whole = span or Span(0, len(stored.document.text))
    whole.of(stored.document.text)
    base = Text.of(_siglum(stored.row.path, []), stored.document, whole, load_fold_table())
    found = [_hold(project, stored.document, whole, base, 0)]
    stretches: dict[str, list[Finding]] = {}
    for finding in project.findings(stored.row.number, ["reuse"]):
        other = finding.value("other")
        if other and other != stored.document.id and finding.place.overlaps(whole):
            stretches.setdefault(str(other), []).append(finding)
    size = {key: sum(int(one.value("shared_letters") or 0) for one in many) for key, many in stretches.items()}
    for key in sorted(stretches, key=lambda key: (-size[key], key))[: MOST_WITNESSES - 1]:
        other_document = project.document(key)
        siglum = _siglum(other_document.row.path, [one.text.siglum for one in found])
        text = Text.of_pieces(siglum, other_document.document, _pieces(stretches[key]), load_fold_table())
        text = _answering(base, text)
        if text.words:
            place = Span(text.spans[0].start, text.spans[-1].end)
            found.append(_hold(project, other_document.document, place, text, size[key]))
    return tuple(_credited(project, found))


def find_edges(held: tuple[Held, ...]) -> tuple[Edge, ...]:
    """The edges between the witnesses: each with each, without those that follow from others."""
    return find_chain([find_direction(one.carrier, other.carrier) for one, other in combinations(held, 2)])


def _hold(project: Project, document: Document, span: Span, text: Text, shared: int) -> Held:
    row = project.document(document.id).row
    quoted = any(
        piece.contains(span) or ((one := piece.intersect(span)) is not None and len(one) >= WHOLE * len(span))
        for finding in project.findings(row.number, ["quotation"])
        for piece in finding.spans("content")
    )
    whole = len(span) >= WHOLE * len(document.text.strip())
    carrier = Carrier(document.id, row.path, Dates.of(row.date), frozenset(), quoted, whole)
    return Held(row.number, row.path, span, text, carrier, shared)


def _credited(project: Project, found: list[Held]) -> list[Held]:
    """The witnesses with the documents that their texts name as where they have the passage from."""
    table = load_fold_table()
    names: dict[str, str] = {}
    for one in found:
        row = project.document(one.carrier.document).row
        if row.publisher:
            names[one.carrier.document] = fold_letters(row.publisher, table).text
    credited = []
    for one in found:
        own = names.get(one.carrier.document)
        said = {
            fold_letters(str(finding.value("outlet") or finding.text("outlet")), table).text
            for finding in project.findings(one.number, ["attribution"])
            if finding.place.overlaps(Span(max(0, one.span.start - 400), one.span.end + 400))
        }
        sources = frozenset(key for key, name in names.items() if name in said and name != own)
        old = one.carrier
        carrier = Carrier(old.document, old.name, old.dates, sources, old.quoted, old.whole)
        credited.append(Held(one.number, one.path, one.span, one.text, carrier, one.shared_letters))
    return credited


def _pieces(findings: list[Finding]) -> list[Span]:
    """Where the other document has the passages: in order, what touches joined."""
    pieces: list[Span] = []
    for one in sorted(Span(int(one.value("other_start") or 0), int(one.value("other_end") or 0)) for one in findings):
        if pieces and one.start <= pieces[-1].end:
            pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, one.end))
        else:
            pieces.append(one)
    return pieces


def _answering(base: Text, text: Text) -> Text:
    """The words of `text` from the first to the last that answers to a word of `base`."""
    steps = [step for step in align_words(base.folded, text.folded, within=True) if step.op not in ("insert", "omit")]
    if not steps:
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


def _siglum(path: str, taken: list[str]) -> str:
    """The file's name without its ending, with a number when it is taken."""
    stem = PurePosixPath(path).stem
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)
