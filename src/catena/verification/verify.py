"""Quotations checked against the editions of the library.

Order of steps: quotations take the citations beside them (`quoted`); each is decided (`decide`); citations
without marks beside them look for their passage in the sentence they end (`unmarked`); decisions become
findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catena.model import Document, Evidence, Finding, cover
from catena.verification.decide import decide
from catena.verification.decision import Decision
from catena.verification.editions import in_named_edition
from catena.verification.findings import to_finding
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import MEANINGLESS, Quoted, gather_quoted, pair_citations
from catena.verification.recited import claimed_works, find_recited
from catena.verification.translated import as_translation
from catena.verification.unmarked import find_unmarked

DAMAGED = 0.1  # share of characters without meaning from which a quotation is unreadable


def verify(
    document: Document,
    quotations: Sequence[Finding],
    citations: Sequence[Finding],
    library: LoadedLibrary,
    lexicon: CheckLexicon | None = None,
) -> tuple[Finding, ...]:
    """Findings of kind `verification`, in order of their place; the verdict is one of `LADDER`.

    Roles: `content`, `citation`. `reference` is where the words really stand; values: `cited`, `edition`,
    `passage` (the reference text), `work`. A quotation that neither cites nor announces a work of the
    library, and is not strongly like a passage, has none. `parent` is the quotation, or the citation when no
    marks stand beside it.
    """
    words = lexicon or CheckLexicon()
    recited = find_recited(document, quotations, citations, words)
    marked = {finding.id for finding in quotations}
    quotations = (*quotations, *recited)
    decided = [
        (quoted, decision)
        for quoted in gather_quoted(document, quotations, citations, words)
        if (decision := _decision(document, quoted, library, words)) is not None
    ]
    inner = {quoted.outer for quoted, _ in decided if quoted.outer}
    decided = [one for one in decided if one[0].style != "block" or not _holds_another(one[0], decided)]
    found = [
        to_finding(
            document, replace(quoted, parent=quoted.parent if quoted.parent in marked else None), decision, words
        )
        for quoted, decision in decided
        if not (quoted.parent in inner and decision.verdict == "altered" and decision.cited is None)
    ]
    held = pair_citations(document.text, quotations, citations)
    loose = [citation for citation in citations if citation.id not in held]
    for quoted in find_unmarked(document, loose, quotations, library):
        decision = decide(quoted, library, words, ())
        if decision is not None:
            found.append(to_finding(document, quoted, decision, words))
    return tuple(sorted(found, key=lambda finding: finding.place))


def _holds_another(block: Quoted, decided: Sequence[tuple[Quoted, Decision]]) -> bool:
    """True when other checked words stand inside the block: they are what it quotes."""
    place = cover(block.spans)
    return any(
        other is not block and place.start <= cover(other.spans).start and cover(other.spans).end <= place.end
        for other, _ in decided
    )


def _decision(document: Document, quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon) -> Decision | None:
    """The decision on one quotation; several citations of several books are not weighed against each
    other.
    """
    announced = _announced(document.text, quoted, library, lexicon)
    shown = "".join(span.of(document.text) for span in quoted.spans)
    if (quoted.citations or announced) and len(MEANINGLESS.findall(shown)) > DAMAGED * len(shown):
        cited = quoted.citations[0] if quoted.citations else None
        return Decision(
            "unreadable", cited=cited, evidence=(Evidence("damaged", "too many characters have no meaning"),)
        )
    decision = decide(quoted, library, lexicon, announced) if quoted.words else None
    if quoted.words:
        decision = as_translation(decision, document.text, quoted, library, lexicon, announced)
    return in_named_edition(decision, document.text, quoted, library, lexicon) if decision else None


def _announced(text: str, quoted: Quoted, library: LoadedLibrary, lexicon: CheckLexicon) -> tuple[str, ...]:
    """The works that the words beside the quotation name, without a place; the nearest first."""
    titles = (
        (one.edition.work, (one.edition.title, *one.edition.names))
        for one in library.editions
        if one.edition.kind != "numbered-verses" and not lexicon.collection(one.edition)[0]
    )
    return claimed_works(text, cover(quoted.spans), (*lexicon.telling, *titles), lexicon.labels)
