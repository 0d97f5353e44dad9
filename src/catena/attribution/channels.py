"""On whose word and through what: the outlet and the medium of a statement."""

from __future__ import annotations

import re

from catena.attribution.clauses import Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import CueLexicon, fold_word
from catena.attribution.regions import iter_words
from catena.attribution.sources import Source
from catena.model import Evidence, Span

_DOMAIN = re.compile(
    r"\s*[\[(]?\s*((?:[a-z0-9-]+\.)+(?:com|org|net|info|news|ru|ae|uk|de|fr|eu|int|example|test))\b",
    re.IGNORECASE,
)
NEAR = 300
"""Code points round a cue searched for an outlet or a medium."""
_BRACKET = re.compile(r"[\s.,،]*[\[(]\s*([^()\[\]\n]{3,60}?)\s*[\])]")
_DATELINE = re.compile(r"[^\n()]{2,60}\(\s*([^()\n]{2,40}?)\s*\)\s*[-–—:]")
_LATIN_NAME = re.compile(r"(?:[A-ZА-ЯЁ][\w'’\-]*[ \u00a0]+){0,4}[A-ZА-ЯЁ][\w'’\-]*")


def add_channels(reading: Reading, draft: Draft, dateline: Span | None) -> None:
    """Set outlet and medium of `draft` from its clause and from what stands after its content."""
    clause = _clause(reading, draft)
    if clause is not None:
        draft.outlet = _outlet_in(reading, clause, draft)
        _add_medium(reading, clause, draft)
    trailing = _trailing(reading, draft)
    if trailing is not None:
        draft.outlet = draft.outlet or trailing
        draft.evidence.append(Evidence("outlet-follows", "an outlet is named after the words", trailing))
        if draft.cue is None and draft.source is None:
            draft.source = Source(trailing, trailing)  # nobody else is named: they are the outlet's own words
            draft.speaker, draft.source_type = trailing.of(reading.text), "named"
    if dateline is not None and draft.outlet is None:
        note = dateline.of(reading.text)
        draft.evidence.append(Evidence("dateline-outlet", f"the dateline names {note}", dateline))
    if draft.hit is not None and not draft.medium_value:
        draft.medium_value = draft.hit.cue.medium


def find_dateline_outlet(reading: Reading) -> Span | None:
    """LAKE CITY, 9 May (Marble Agency) — : the outlet a document opens with, within its first 400 code
    points."""
    for paragraph in reading.paragraphs[:4]:
        if paragraph.start > 400:
            break
        found = _DATELINE.match(reading.text, paragraph.start, min(paragraph.end, paragraph.start + 160))
        if found and is_outlet(found[1], reading.lexicon):
            return Span(found.start(1), found.end(1))
    return None


def is_outlet(name: str, lexicon: CueLexicon) -> bool:
    """True when a printed name is listed, ends with an outlet word (Latin, Cyrillic) or begins with one
    (Arabic)."""
    words = [word for word, _, _ in iter_words(name, 0, len(name))]
    if not words or len(words) > 6:
        return False
    folded = [fold_word(word) for word in words]
    if " ".join(folded) in lexicon.outlets:
        return True
    latin_tail = words[-1][0].isupper() and folded[-1] in lexicon.outlet_words and len(words) > 1
    latin_tail = latin_tail or (
        len(words) > 1 and folded[0] in lexicon.outlet_heads and words[0][0].isupper() and words[1][0].isupper()
    )
    first = folded[0] if folded[0] in lexicon.outlet_words else folded[0].removeprefix("ل")
    return latin_tail or (first in lexicon.outlet_words and not words[0][0].isupper() and len(words) > 1)


def _clause(reading: Reading, draft: Draft) -> Span | None:
    """The words around the cue, up to its content."""
    if draft.cue is None:
        return None
    level = reading.level_of(draft.cue.start)
    low = reading.left_edge(level, draft.cue.start)
    high = reading.right_edge(level, draft.cue.end)
    for content in draft.content:
        if content.start >= draft.cue.end:
            high = min(high, content.start)
        elif content.end <= draft.cue.start:
            low = max(low, min(content.end, draft.cue.start))
    low, high = max(low, draft.cue.start - NEAR), min(high, draft.cue.end + NEAR)
    return Span(low, max(low, high))


def _outlet_in(reading: Reading, clause: Span, draft: Draft) -> Span | None:
    text = reading.text
    own = draft.source.span if draft.source else Span(0, 0)
    if draft.source is not None and is_outlet(_plain(own.of(text)), reading.lexicon):
        return own if draft.hit is not None and draft.hit.cue.kind == "relay" else None
    for found in _LATIN_NAME.finditer(text, clause.start, clause.end):
        span = Span(found.start(), found.end())
        if not span.overlaps(own) and is_outlet(found[0], reading.lexicon):
            return span
    first, last = reading.words_in(clause.start, clause.end)
    words = [(word.folded, word.start, word.end) for word in reading.words[first:last]]
    for index, (folded, start, end) in enumerate(words[:-1]):
        bare = folded.removeprefix("ل")
        arabic = "\u0600" < folded[0] < "\u06ff" and (
            folded in reading.lexicon.outlet_words or bare in reading.lexicon.outlet_words
        )
        if arabic and not Span(start, end).overlaps(own):
            return Span(start + (folded not in reading.lexicon.outlet_words), words[index + 1][2])
    return None


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


def _add_medium(reading: Reading, clause: Span, draft: Draft) -> None:
    own = draft.source.span if draft.source else None
    first, last = reading.words_in(clause.start, clause.end)
    for word in reading.words[first:last]:
        value = reading.lexicon.media.get(word.folded)
        if not value:
            continue
        span = Span(word.start, word.end)
        if (
            draft.cue is not None
            and draft.hit is not None
            and draft.hit.cue.kind != "verb"
            and draft.cue.overlaps(span)
        ):
            continue  # به گزارش: the noun is the cue
        if not (own and own.overlaps(span)) and not (draft.outlet and draft.outlet.overlaps(span)):
            draft.medium, draft.medium_value = span, value
            return


def _trailing(reading: Reading, draft: Draft) -> Span | None:
    """(Marble Agency) or a web domain straight after the words or after their cue."""
    text = reading.text
    ends = {draft.quotation.place.end} if draft.quotation else {span.end for span in draft.content[-1:]}
    if draft.cue is not None:
        ends.add(reading.sentence_end(reading.level_of(draft.cue.start), draft.cue.end))
    for end in sorted(ends):
        bracket = _BRACKET.match(text, end, min(len(text), end + 90))
        if bracket:
            name = re.split(r"[,،]", bracket[1])[0].rstrip()  # (Marble Agency, 26 March 2021)
            if is_outlet(name, reading.lexicon):
                return Span(bracket.start(1), bracket.start(1) + len(name))
        domain = _DOMAIN.match(text, end, min(len(text), end + 70))
        if domain:
            return Span(domain.start(1), domain.end(1))
    return None
