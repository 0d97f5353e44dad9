"""Coding: passages and documents marked with codes, memos, and how far the coders agree.

A coding is a finding of kind `coding` on a person's layer: role `content` is the passage (none: the whole document),
value `code` the id of the code, `memo` a note on it. A memo of its own is a finding of kind `memo` with the value
`text`; its parent may be the finding that it is about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catena.measures import (
    Continuum,
    Disagreement,
    Interval,
    Unit,
    alpha_nominal,
    alpha_unitizing,
    bootstrap,
    cohen_kappa,
    find_disagreements,
)
from catena.model import Code, Document, Evidence, Finding, MadeBy, Span, make_finding, trim
from catena.store import DocumentRow, Project, to_paths
from catena.store.people import PREFIX
from catena.text import find_words

DRAWS = 1000
DECIDED = "decided"  # the evidence code of a decision; its notes are the ids it settles


def make_coding(document: Document, span: Span | None, code: str, person: str, memo: str = "") -> Finding:
    """The finding that `person` marked `span` (`None`: the whole document) with `code`.

    Raises `ValueError` for a span without characters, `IndexError` for one past the end.
    """
    if span is not None and not len(span):
        raise ValueError("select some words first")
    values = {"code": code, **({"memo": memo} if memo else {})}
    return make_finding(document, "coding", _roles(span), MadeBy(PREFIX + person), values=values)


def make_memo(document: Document, span: Span | None, text: str, person: str, parent: str | None = None) -> Finding:
    """The finding that `person` wrote `text` about a span, a document, or another finding. Raises `ValueError`."""
    if not text.strip():
        raise ValueError("a memo needs some words")
    return make_finding(
        document, "memo", _roles(span), MadeBy(PREFIX + person), values={"text": text.strip()}, parent=parent
    )


def make_done(document: Document, person: str) -> Finding:
    """The finding that `person` has read and coded the whole document: where nothing is marked, that is a decision."""
    return make_finding(document, "memo", {}, MadeBy(PREFIX + person), values={"done": True})


def _roles(span: Span | None) -> dict[str, Span]:
    return {} if span is None else {"content": span}


def snap(text: str, span: Span) -> Span:
    """`span` without white space at its ends, widened to whole words: a mouse starts in the middle of one.

    >>> snap("the lakes stay", Span(5, 11)).of("the lakes stay")
    'lakes stay'
    """
    span = trim(text, span)
    if not len(span):
        return span
    around = Span(max(0, span.start - 64), min(len(text), span.end + 64))
    touched = [word for word in find_words(text, around) if word.overlaps(span)]
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def person_of(finding: Finding) -> str:
    """Whose layer a finding stands on."""
    return finding.made_by.name.removeprefix(PREFIX)


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """What coders did with one document: for each coder the codings, also none."""

    row: DocumentRow
    length: int
    codings: Mapping[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement of the coders on one code, or on all when `code` is "".

    `kappa` (of two coders) and `alpha` are over documents: was the code used or not. `unitizing` is over characters.
    `counts` tell how many passages agreed, differed in boundary or label, or were missed by one of two coders.
    """

    code: str
    kappa: float | None
    alpha: Interval
    unitizing: Interval
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two coders differ, in a document."""

    document: DocumentRow
    found: Disagreement


def collect(project: Project, coders: Sequence[str]) -> tuple[CodedDocument, ...]:
    """The documents that every one of `coders` worked on: each has at least one note there, or said that it is done.

    A document that only some coders touched is not compared: who never opened it did not disagree. Raises `ValueError`
    for fewer than two coders.
    """
    if len(set(coders)) < 2:
        raise ValueError("agreement needs two coders; have the second one code the same documents")
    found = []
    for row in project.documents():
        layers = {coder: project.annotations(row.id, coder) for coder in coders}
        if all(layers.values()):
            codings = {name: tuple(one for one in layer if one.kind == "coding") for name, layer in layers.items()}
            found.append(CodedDocument(row, row.characters, codings))
    return tuple(found)


def measure_agreement(
    documents: Sequence[CodedDocument], coders: Sequence[str], codes: Iterable[Code], *, draws: int = DRAWS
) -> tuple[CodeAgreement, ...]:
    """Agreement over all codes, then on each code that somebody used, in the order of the codebook."""
    used = {str(finding.value("code")) for one in documents for many in one.codings.values() for finding in many}
    wanted = [code.id for code in codes if code.id in used]
    return tuple(_measure(documents, coders, code, draws) for code in ("", *wanted))


def _measure(documents: Sequence[CodedDocument], coders: Sequence[str], code: str, draws: int) -> CodeAgreement:
    units = [unit for one in documents for unit in _presence(one, coders, code)]
    continua = [_continuum(one, coders, code) for one in documents]
    kappa = cohen_kappa([unit[0] for unit in units], [unit[1] for unit in units]) if len(coders) == 2 else None
    counts: Counter[str] = Counter()
    if len(coders) == 2:
        counts.update(
            one.found.kind
            for one in find_differences(documents, coders, agreed=True)
            if not code or code in (_code(one.found.first), _code(one.found.second))
        )
    return CodeAgreement(
        code,
        kappa,
        bootstrap(units, alpha_nominal, draws=draws),
        bootstrap(continua, alpha_unitizing, draws=draws),
        dict(counts),
    )


def _presence(one: CodedDocument, coders: Sequence[str], code: str) -> list[list[bool]]:
    """Whether each coder used the code in the document; for all codes one row for each that somebody used in it."""
    used = {name: {str(finding.value("code")) for finding in one.codings[name]} for name in coders}
    wanted = [code] if code else sorted(set().union(*used.values()))
    return [[each in used[name] for name in coders] for each in wanted]


def _continuum(one: CodedDocument, coders: Sequence[str], code: str) -> Continuum:
    marked = []
    for name in coders:
        spans: dict[str, list[Span]] = defaultdict(list)
        for finding in one.codings[name]:
            if not code or finding.value("code") == code:
                spans[str(finding.value("code"))] += finding.spans("content")
        marked.append(dict(spans))
    return Continuum(one.length, tuple(marked))


def find_differences(
    documents: Sequence[CodedDocument], coders: Sequence[str], *, agreed: bool = False
) -> tuple[Difference, ...]:
    """Where the first two of `coders` differ, by document and place; with `agreed` also where they do not."""
    first, second = coders[:2]
    return tuple(
        Difference(one.row, found)
        for one in documents
        for found in find_disagreements(_units(one.codings[first]), _units(one.codings[second]))
        if agreed or found.kind != "agreed"
    )


def decide(project: Project, number: int, person: str, ids: Sequence[str], keep: str) -> Finding:
    """Settle a difference: `ids` are the notes that differ, `keep` the one that holds, or "" for neither.

    The decision stands on a layer of its own, `PERSON (decided)`, so that what the coders did stays as it was, and
    can be undone there. Raises `ValueError` when a note is not on this document.
    """
    document = project.document(number).document
    held = {note.id: note for note in project.annotations(document.id)}
    unknown = [id_ for id_ in (*ids, *([keep] if keep else [])) if id_ not in held]
    if unknown or not ids:
        raise ValueError(f"these notes are not on the document, or were removed: {', '.join(unknown) or 'none given'}")
    layer = decided_layer(person)
    chosen = held.get(keep)
    roles = {role: list(spans) for role, spans in chosen.roles} if chosen else {}
    found = make_finding(
        document,
        "coding" if chosen else "memo",
        roles,
        MadeBy(PREFIX + layer),
        values=dict(chosen.values) if chosen else {"text": f"Neither holds: {' '.join(ids)}"},
        evidence=[Evidence(DECIDED, id_) for id_ in ids],
    )
    project.add_annotation(layer, found)
    return found


def decided_layer(person: str) -> str:
    """The name of the layer on which the decisions of `person` stand."""
    return f"{person} (decided)"


def list_coders(project: Project) -> tuple[str, ...]:
    """Everybody with a layer, by name; layers of decisions are no coders."""
    return tuple(name for name, _ in project.people() if not name.endswith(decided_layer("")))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was settled about notes that differ: the id of the one `kept` ("": neither), and the layer it stands on."""

    kept: str
    layer: str


def find_decisions(project: Project, document_id: str) -> dict[str, Decision]:
    """For each note on a text about which somebody has decided what was decided, by the note's id."""
    held = {note.id: note for note in project.annotations(document_id)}
    found = {}
    for note in held.values():
        ids = [reason.note for reason in note.evidence if reason.code == DECIDED]
        like = (one for one in ids if one in held and _same(held[one], note))
        decision = Decision(next(like, ""), person_of(note))
        found.update(dict.fromkeys(ids, decision))
    return found


def _same(note: Finding, decision: Finding) -> bool:
    """True when the decision repeats the note."""
    return (note.kind, note.roles, note.values) == (decision.kind, decision.roles, decision.values)


def _units(findings: Iterable[Finding]) -> list[Unit]:
    return [Unit(one.place, str(one.value("code")), one.id) for one in findings]


def _code(unit: Unit | None) -> str:
    return unit.code if unit else ""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """One coding with its document and the words of the code from the top of the tree."""

    document: DocumentRow
    finding: Finding
    code: str
    person: str


def list_codings(project: Project, *, person: str | None = None, code: str | None = None) -> tuple[CodedPassage, ...]:
    """Codings by document and place; of one person, and with one code (id) or one below it, when given."""
    codes = project.codes(deleted=True)
    paths = to_paths(codes)
    inside = {code}
    for one in codes:
        if one.parent in inside:
            inside.add(one.id)
    return tuple(
        CodedPassage(
            row, finding, paths.get(str(finding.value("code")), str(finding.value("code"))), person_of(finding)
        )
        for row in project.coded_documents()
        for finding in project.annotations(row.id, person)
        if finding.kind == "coding" and (code is None or finding.value("code") in inside)
        for id_ in (str(finding.value("code")),)
    )
