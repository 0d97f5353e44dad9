"""A decision on words, written as a finding."""

from __future__ import annotations

from catena.model import Document, Finding, MadeBy, Operation, Span, make_finding
from catena.verification.decision import Decision
from catena.verification.differences import to_operations
from catena.verification.lexicon import CheckLexicon
from catena.verification.quoted import Quoted

MAKER = MadeBy("verification", "2")


def to_finding(document: Document, quoted: Quoted, decision: Decision, lexicon: CheckLexicon) -> Finding:
    """The finding of kind `verification` that says what was decided on the words quoted."""
    diff: tuple[Operation, ...] = ()
    if decision.match is not None and decision.verdict not in ("exact", "reference-text-differs"):
        diff = to_operations(decision.match.comparison, document.text, lexicon)
    values = {
        "cited": decision.cited.reference if decision.cited else None,
        "edition": decision.edition or None,
        "passage": decision.passage or None,
        "work": decision.work or None,
        "claimed": decision.claimed or None,
    }
    citations: list[Span] = [
        span for one in ([decision.cited] if decision.cited else []) for span in one.spans("content")
    ]
    return make_finding(
        document,
        "verification",
        {"content": quoted.spans, "citation": citations},
        MAKER,
        verdict=decision.verdict,
        reference=decision.reference,
        diff=diff,
        values={name: value for name, value in values.items() if value is not None},
        parent=quoted.parent or (decision.cited.id if decision.cited else None),
        evidence=decision.evidence,
    )
