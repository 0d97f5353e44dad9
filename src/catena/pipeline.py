"""The order of steps, known here and nowhere else.

A document goes through the detectors in the order of `STEPS`; each sees what came before. A detector that fails on a
document costs its own findings only: a `problem` finding says so, and the next one goes on. `process_file` is the
unit of work of an engine; `relate` compares whole documents after all were read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catena.anatomy import (
    Source,
    date_documents,
    find_dates,
    find_events,
    find_figures,
    find_languages,
    find_layout,
    find_names,
    find_proper_names,
    find_sections,
    to_dating_findings,
)
from catena.attribution import find_attributions, find_quotations
from catena.kit import Kit, load_kit
from catena.model import Document, Evidence, Finding, MadeBy, make_finding
from catena.readers import Limits, read_isolated
from catena.store import FileResult, FileStamp
from catena.transmission import (
    READ_FROM,
    Join,
    Memory,
    Profile,
    Shared,
    find_pairs,
    join_here,
    make_profile,
    to_translations,
    update_shared,
)
from catena.verification import find_citations, find_isnads, find_unannounced, verify

Step = Callable[[Document, Kit, tuple[Finding, ...]], tuple[Finding, ...]]


def _of(kind: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.kind == kind)


STEPS: dict[str, Step] = {
    "layout": lambda doc, kit, found: find_layout(doc, kit.layout),
    "sections": lambda doc, kit, found: find_sections(doc, kit.layout),
    "languages": lambda doc, kit, found: find_languages(doc, kit.identify),
    "quotations": lambda doc, kit, found: find_quotations(doc, kit.marks),
    "attributions": lambda doc, kit, found: find_attributions(doc, _of("quotation", found), kit.cues, kit.tagger),
    "citations": lambda doc, kit, found: find_citations(doc, kit.systems),
    "isnads": lambda doc, kit, found: find_isnads(doc, _of("quotation", found), _of("citation", found), kit.check),
    "verification": lambda doc, kit, found: verify(
        doc, _of("quotation", found), _of("citation", found), kit.library, kit.check
    ),
    "unannounced passages": lambda doc, kit, found: find_unannounced(doc, found, kit.library, kit.check),
    "dates": lambda doc, kit, found: find_dates(doc, kit.dates, layout=_of("layout", found)),
    "names": lambda doc, kit, found: find_names(doc, kit.names, around=_of("layout", found)),
    "proper names": lambda doc, kit, found: find_proper_names(doc, kit.places, kit.names, around=found),
    "figures": lambda doc, kit, found: find_figures(doc, kit.figures, around=found),
    "events": lambda doc, kit, found: find_events(doc, kit.events, around=found),
}
"""Every step over one document, in order."""

CHECK_STEPS = ("quotations", "attributions", "citations", "isnads", "verification", "unannounced passages")
"""What `catena check` needs; the rest is left out to keep a cold start short."""


DATED_BY = ("layout", "language", "event", "reuse")
"""The kinds of findings that `date_collection` looks at; a language is found in nearly every document."""
DATED_WITH = ("attribution", "date")
"""Kinds that it looks at, too, in documents with one of `DATED_WITH_ANY`: there are many of them."""
DATED_WITH_ANY = ("event", "reuse")


@dataclass(frozen=True, slots=True)
class FileTask:
    """One file to read and analyse: `stamp.path` is relative to `root`.

    A member of a container lies unpacked at `source`, and `stated` is what its container says of it.
    """

    root: str
    stamp: FileStamp
    recipe: str
    libraries: tuple[str, ...]
    limits: Limits
    source: str = ""
    stated: tuple[tuple[str, str], ...] = ()


def analyse(document: Document, kit: Kit, steps: Sequence[str] = tuple(STEPS)) -> tuple[Finding, ...]:
    """Every finding of `steps` on one document, in the order of the steps."""
    found: tuple[Finding, ...] = ()
    for name in steps:
        try:
            found += STEPS[name](document, kit, found)
        except Exception as error:  # noqa: BLE001  one detector must not silence the others
            found += (_failed_step(document, name, error),)
    return found


def check_document(document: Document, kit: Kit) -> tuple[Finding, ...]:
    """Quotations, attributions, citations, chains and verdicts of one document, in order of their place."""
    return tuple(sorted(analyse(document, kit, CHECK_STEPS), key=lambda finding: (finding.place, finding.kind)))


def process_file(task: FileTask) -> FileResult:
    """Read one file in a process of its own and analyse it. Never raises for what is in the file."""
    kit = load_kit(tuple(Path(folder) for folder in task.libraries))
    path = Path(task.source) if task.source else Path(task.root) / task.stamp.path
    outcome = read_isolated(path, task.stamp.path, task.limits)
    document = _add_stated(outcome.document, task.stated) if outcome.document else None
    findings = analyse(document, kit) if document else ()
    return FileResult(
        stamp=task.stamp,
        sha256=document.origin.sha256 if document else "",
        status=outcome.status,
        stage=outcome.stage,
        reason=outcome.reason,
        document=document,
        findings=findings,
        seconds=outcome.seconds,
        pipeline_version=task.recipe,
    )


def _add_stated(document: Document, stated: tuple[tuple[str, str], ...]) -> Document:
    """The document with what its container says of it, where it does not say so itself."""
    added = tuple((name, value) for name, value in stated if document.get_stated(name) is None)
    return replace(document, stated=(*document.stated, *added)) if added else document


def relate(documents: Sequence[Document], names: Sequence[str], kit: Kit) -> Mapping[str, tuple[Finding, ...]]:
    """Passages that documents share: findings by document id, on both sides."""
    return relate_more(documents, names, kit, Memory.empty()).findings


def relate_more(
    documents: Sequence[Document],
    names: Sequence[str],
    kit: Kit,
    memory: Memory,
    *,
    dates: Mapping[str, str] | None = None,
    join: Join = join_here,
) -> Shared:
    """`relate` at the cost of what `memory` does not know; `dates` by document id say which of two came first.

    `join` is an engine's: where the documents meet.
    """
    return update_shared(documents, names, kit.fold, memory, dates=dates, join=join)


def date_collection(
    documents: Sequence[Document],
    sources: Iterable[Source],
    telling: Collection[tuple[str, str]] | None = None,
) -> Mapping[str, tuple[Finding, ...]]:
    """Between which days each document was written, by all that was found: findings by document id.

    `telling` are the names that name a document, where `sources` are not the whole collection. Of each source only what
    dating needs is kept, so that they can be read one at a time.
    """
    return to_dating_findings(date_documents(sources, telling), documents)


def pair_collection(
    documents: Sequence[Document], names: Sequence[str], found: Mapping[str, Iterable[Finding]]
) -> Mapping[str, tuple[Finding, ...]]:
    """Which documents may translate each other, by what was `found` in each: findings by document id."""
    profiles = {
        document.id: make_profile(document, [one for one in found.get(document.id, ()) if one.kind in READ_FROM])
        for document in documents
    }
    return pair_profiles(documents, names, profiles)


def pair_profiles(
    documents: Sequence[Document], names: Sequence[str], profiles: Mapping[str, Profile]
) -> Mapping[str, tuple[Finding, ...]]:
    """The same from what is remembered of each document, by its id."""
    by_id = {document.id: document for document in documents}
    named = dict(zip((document.id for document in documents), names, strict=True))
    ordered = [profiles[key] for key in by_id]
    return to_translations(find_pairs(ordered), ordered, named, by_id)


def _failed_step(document: Document, name: str, error: Exception) -> Finding:
    note = f"the step {name} failed on this document: {type(error).__name__}: {' '.join(str(error).split())}"
    return make_finding(
        document,
        "problem",
        {},
        MadeBy("pipeline"),
        values={"code": "step-failed", "step": name},
        evidence=[Evidence("step-failed", note[:500])],
    )
