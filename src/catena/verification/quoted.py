"""What is to be checked: quotations with the citations beside them, as words with gaps and glosses marked.

A citation belongs to the quotation that it follows within `BESIDE` code points of the same sentence, or else
to the one it introduces. A citation inside the marks is taken out of the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catena.model import Document, Finding, Span, trim
from catena.text.repair import is_damaged
from catena.text.segment import find_words
from catena.verification.lexicon import CheckLexicon
from catena.verification.recited import without_lead, without_tags
from catena.verification.words import QuotedWord

CLOSING = 16  # code points of marks that may close a quotation after the citation inside it
BESIDE = 80  # code points between a quotation and its citation
MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff]")  # what a lost or private letter leaves
_ELLIPSIS = re.compile(r"…|\.\s?\.(?:\s?\.)*|۔۔+")
_BRACKETED = re.compile(r"\[[^\]\n]*\]|\([^)\n]*\)|﴿[٠-٩0-9۰-۹\s]+﴾")
_TAG = re.compile(r"</?[a-zA-Z]+(?:[_-][a-z]+)?>")
_OPENED = re.compile(r"[:：][\s*_>`]*$")  # a colon leads on to the words, over a blank line too
_LETTER_IN_BRACKETS = re.compile(r"\[\w\](?=\w)")
_EDGES = ' \n.,،*_>`()[]"”'
_SLIPPED = re.compile("(?:^|\\s)[\u064b-\u0652\u0670]")  # a vowel mark that no letter carries
_STOP = re.compile(r"[.!?؟۔](?=\s+\S)|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One stretch to check. `lead` and `trail` say that an ellipsis opens or ends it; `displaced` that marks
    slipped; `outer` is the id of the quotation around it."""

    spans: tuple[Span, ...]
    words: tuple[QuotedWord, ...]
    parent: str | None
    citations: tuple[Finding, ...] = ()
    use: str = ""
    style: str = ""
    lead: bool = False
    trail: bool = False
    displaced: bool = False
    outer: str | None = None

    @property
    def text(self) -> str:
        """The words alone, without glosses, joined by spaces."""
        return " ".join(word.text for word in self.words if not word.gloss)


def gather_quoted(
    document: Document, quotations: Sequence[Finding], citations: Sequence[Finding], lexicon: CheckLexicon
) -> tuple[Quoted, ...]:
    """Every quotation with its citations, in the order given; a cue that opens the words inside the marks is no part
    of them.
    """
    ids = {finding.id for finding in quotations}
    held = pair_citations(document.text, quotations, citations)
    found = []
    cut = [span for citation in citations for span in citation.spans("content")]
    for quotation in quotations:
        spans = tuple(span for piece in quotation.spans("content") if (span := _words_alone(document.text, piece, cut)))
        spans = tuple(without_lead(document.text, span, lexicon) if not n else span for n, span in enumerate(spans))
        if spans:
            mine = tuple(citation for citation in citations if held.get(citation.id) == quotation.id)
            mine = tuple(sorted(mine, key=lambda one: one.place.start < quotation.place.start))  # what follows decides
            outer = quotation.parent if quotation.parent in ids else None
            found.append(make_quoted(document.text, spans, quotation, mine, citations, outer))
    return tuple(found)


def _words_alone(text: str, span: Span, cut: Sequence[Span]) -> Span | None:
    """`span` without tags and citations at its ends; `None` when no word is left."""
    changed = True
    while changed:
        before = span
        span = without_tags(text, span)
        for other in cut:
            if other.overlaps(span) and not text[other.end : span.end].strip(_EDGES):
                span = Span(span.start, max(span.start, other.start))
            elif other.overlaps(span) and not text[span.start : other.start].strip(_EDGES):
                span = Span(min(span.end, other.end), span.end)
        span = trim(text, span)
        changed = span != before
    shown = span.of(text)
    return span if MEANINGLESS.search(shown) or any(char.isalnum() for char in shown) else None


def make_quoted(
    text: str,
    spans: Sequence[Span],
    quotation: Finding | None,
    citations: tuple[Finding, ...],
    cut: Iterable[Finding] = (),
    outer: str | None = None,
) -> Quoted:
    """The words of `spans`, without those of the citations in `cut`."""
    out = [span for citation in cut for span in citation.spans("content")]
    words: list[QuotedWord] = []
    lead = trail = trail_before = False
    for number, span in enumerate(spans):
        fresh, opens, trail = _words(text, span, out)
        if number and fresh and (opens or trail_before):
            fresh[0] = QuotedWord(fresh[0].text, fresh[0].span, True, fresh[0].gloss)
        lead = lead or (opens and not number)
        words += fresh
        trail_before = trail
    return Quoted(
        spans=tuple(spans),
        words=tuple(words),
        parent=quotation.id if quotation else None,
        citations=citations,
        use=str(quotation.value("use") or "") if quotation else "",
        style=str(quotation.value("style") or "") if quotation else "",
        lead=lead,
        trail=trail,
        displaced=any(_SLIPPED.search(text, span.start, span.end) or is_damaged(text, span) for span in spans),
        outer=outer,
    )


def _words(text: str, span: Span, out: Sequence[Span]) -> tuple[list[QuotedWord], bool, bool]:
    """The words of one span, and whether an ellipsis opens and ends it."""
    glosses = [Span(*found.span()) for found in _BRACKETED.finditer(text, span.start, span.end)]
    found: list[QuotedWord] = []
    at, lead = span.start, False
    for place in _joined(text, find_words(text, span)):
        if any(place.overlaps(other) for other in out):
            at = place.end
            continue
        between = text[at : place.start]
        gap = _ELLIPSIS.search(between) is not None
        if not found:
            lead = gap
        whole = _LETTER_IN_BRACKETS.match(text, place.start - 1) is not None if place.start else False
        gloss = not whole and any(place.start >= one.start and place.end <= one.end for one in glosses)
        shown = place.of(text).replace("[", "").replace("]", "")
        found.append(QuotedWord(shown, place, gap and bool(found), gloss))
        at = place.end
    return found, lead, _ELLIPSIS.search(text[at : span.end + 1]) is not None


def _joined(text: str, places: Sequence[Span]) -> list[Span]:
    """Words, with a letter that brackets set off from its word put back: `[W]e`."""
    found: list[Span] = []
    for place in places:
        if (
            found
            and len(found[-1]) == 1
            and text[found[-1].end : place.start] == "]"
            and text[found[-1].start - 1] == "["
        ):
            found[-1] = Span(found[-1].start, place.end)
        else:
            found.append(place)
    return found


def pair_citations(text: str, quotations: Sequence[Finding], citations: Sequence[Finding]) -> dict[str, str]:
    """Citation id -> id of the quotation it belongs to; citations beside none are left out."""
    found: dict[str, str] = {}
    by_start = sorted(quotations, key=lambda quotation: quotation.place.start)
    by_end = sorted(quotations, key=lambda quotation: quotation.place.end)
    starts = [quotation.place.start for quotation in by_start]
    ends = [quotation.place.end for quotation in by_end]
    for citation in citations:
        place = citation.place
        best: tuple[int, int, str] | None = None
        low, high = bisect_left(ends, place.start - BESIDE), bisect_right(ends, place.end + CLOSING)
        first, last = bisect_left(starts, place.end), bisect_right(starts, place.end + BESIDE)
        for quotation in (*by_end[low:high], *by_start[first:last]):
            distance = _distance(text, quotation.place, place)
            if distance is not None and (best is None or (distance, len(quotation.place)) < best[:2]):
                best = (distance, len(quotation.place), quotation.id)
        if best:
            found[citation.id] = best[2]
    return found


def _distance(text: str, quotation: Span, citation: Span) -> int | None:
    """How far apart the two stand, a citation before the quotation counting as farther; `None` when not
    beside.
    """
    if quotation.start <= citation.start and citation.end <= quotation.end:
        tail = text[citation.end : quotation.end].strip(" \n.”“\"»«’'﴾﴿)*_>")
        return 0 if not tail else None
    if quotation.end <= citation.start:
        between = _TAG.sub("", text[quotation.end : citation.start])
        bare = not between.strip(" .,;:،؛\n—–-()[]{}”\"»«“'’*_>`﴾﴿")
        near = bare and "\n\n" not in between[:-1]
        return len(between) if near or (len(between) <= BESIDE and not _STOP.search(between)) else None
    if citation.end <= quotation.start:
        between = _OPENED.sub(":", _TAG.sub("", text[citation.end : quotation.start]))
        if text[citation.start] in "[({" and between.lstrip(" .").startswith("\n"):
            return None  # brackets at the end of a line close the words before them
        return BESIDE + len(between) if len(between) <= BESIDE and not _STOP.search(between) else None
    return None
