"""Citations in a document: places that the text itself names, made canonical."""

from __future__ import annotations

from collections.abc import Sequence

from catena.model import Document, Finding, MadeBy, make_finding
from catena.verification.citing import Cited
from catena.verification.sayings import find_collections
from catena.verification.symbols import find_articles, find_symbols
from catena.verification.systems import ReferenceSystem
from catena.verification.verses import find_verses

MAKER = MadeBy("citations")


def find_citations(document: Document, systems: Sequence[ReferenceSystem]) -> tuple[Finding, ...]:
    """Findings of kind `citation`, in order of their place; none overlap (the longer one stays).

    Role `content` is the citation as printed, its brackets included; `reference` is canonical. Values:
    `system`, `work`, `also`. Evidence codes: `no-such-place`, `name-number-differ`, `work-carried-over`,
    `work-not-named`.
    """
    found = list(find_verses(document.text, [system for system in systems if system.kind == "verses"]))
    for system in systems:
        if system.kind == "documents":
            found += find_symbols(document.text, system)
        elif system.kind == "collection":
            found += find_collections(document.text, system)
    articles = [system for system in systems if system.kind == "articles"]
    if articles:
        found += find_articles(document.text, articles)
    return tuple(_finding(document, cited) for cited in _disjoint(found))


def _disjoint(found: Sequence[Cited]) -> list[Cited]:
    """The longest of overlapping citations, in order of their place."""
    kept: list[Cited] = []
    for cited in sorted(found, key=lambda one: (-len(one.span), one.span.start)):
        if not any(cited.span.overlaps(other.span) for other in kept):
            kept.append(cited)
    return sorted(kept, key=lambda one: one.span)


def _finding(document: Document, cited: Cited) -> Finding:
    values = {"system": cited.system, "work": cited.work, "also": cited.also, **dict(cited.values)}
    return make_finding(
        document,
        "citation",
        {"content": cited.span},
        MAKER,
        reference=cited.reference,
        values={name: value for name, value in values.items() if value},
        evidence=cited.evidence,
    )
