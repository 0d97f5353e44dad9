"""Passages of the library that stand in a text with nothing around them that says so: no marks, cue or citation."""

from __future__ import annotations

from collections.abc import Sequence

from catena.model import Document, Evidence, Finding
from catena.verification.decision import settled
from catena.verification.findings import to_finding
from catena.verification.ladder import HOLDS
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.passages import find_passages

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
        for one in find_passages(document, library, lexicon, taken=taken)
        if one.match.verdict in HOLDS or one.match.comparison.likeness >= CLOSE
    )
