"""Passages of the library that stand in a text with nothing around them that says so: no marks, cue or citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catena.model import Document, Evidence, Finding, Span
from catena.text import find_words
from catena.verification.decision import settled
from catena.verification.findings import to_finding
from catena.verification.judge import judge
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.passages import FoundPassage, find_passages
from catena.verification.quoted import make_quoted

CLOSE = 0.85  # likeness from which such words are a passage with changes, not the writer's own
TAKEN = ("quotation", "verification", "isnad")
UNMARKED = Evidence("unmarked", "no marks, cue or citation: the words alone show where they stand")


def find_unannounced(
    document: Document, around: Sequence[Finding], library: LoadedLibrary, lexicon: CheckLexicon
) -> tuple[Finding, ...]:
    """Findings of kind `verification` with the evidence `unmarked`, in order of place.

    `around` is what was found before: words in marks, words checked, and chains of narrators are left to it. Words that
    nobody sets off may follow a text freely: they are reported only while they keep close to it.
    """
    taken = [span for one in around if one.kind in TAKEN for _, spans in one.roles for span in spans]
    return tuple(
        to_finding(document, one.quoted, settled(one.match, library, extra=(UNMARKED,)), lexicon)
        for found in find_passages(document, library, lexicon, taken=taken)
        for one in (_without_edges(document.text, found, library, lexicon),)
        if one.match.verdict in HOLDS or one.match.comparison.likeness >= CLOSE
    )


def _without_edges(text: str, found: FoundPassage, library: LoadedLibrary, lexicon: CheckLexicon) -> FoundPassage:
    """The passage without first and last words that are not its own, when the rest then holds.

    Where no mark shows where words begin, a neighbour that is like a word of the passage is the writer's own.
    """
    held = found.match.comparison
    inner = [step for step in held.steps if step.op == "equal"]
    if found.match.verdict in HOLDS or not inner or (held.steps[0] is inner[0] and held.steps[-1] is inner[-1]):
        return found
    words = [word.span for word in held.quoted[inner[0].quoted[0] : inner[-1].quoted[1]]]
    starts, ends = (
        set(edges) for edges in zip(*((word.start, word.end) for word in find_words(text, found.span)), strict=True)
    )
    words = [word for word in words if word.start in starts and word.end in ends]
    if not words:
        return found
    span = Span(words[0].start, words[-1].end)
    quoted = make_quoted(text, [span], None, ())
    match = judge(quoted, found.match.stretch, library, lexicon)
    return replace(found, span=span, quoted=quoted, match=match) if match and match.verdict in HOLDS else found
