"""Speakers that the form of the page names: the turns of a transcript, and a name under a quotation.

Both name the speaker without any verb: `ANNA DAHL: Good evening.` and `“The dues are fair.” — Tarek Salim`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from catena.attribution.clauses import Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import fold_word
from catena.attribution.sources import Source
from catena.model import Evidence, Finding, Span, trim

TURNS_LEAST = 3
"""Labelled paragraphs of a transcript; fewer are headings (Place: Merrow)."""
CREDIT_WORDS = 8
"""Words of a name with its office under a quotation; longer lines were sentences."""
_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.'’\-]*"
_LABEL = re.compile(
    rf"[\"“]?((?:{_WORD}(?: {_WORD}){{0,4}}|[\u0621-\u064a]+(?: [\u0621-\u064a]+){{0,3}}))\s?:\s+(?=\S)"
)
_CREDIT = re.compile(
    r"[ \t\u00a0]*(?:[-–—―]{1,2}|\n\s*(?:[–—―]|--))[ \t\u00a0]*(?=[^\W\d_])"
    r"([^\n“”\"«»:;?!]{2,90}?)[ \t\u00a0.]*(?=\n|$)"
)


def find_turns(reading: Reading) -> list[Draft]:
    """A statement for each turn of a transcript, its paragraph without the label; nothing where there is none.

    A transcript has at least `TURNS_LEAST` paragraphs that open with a name and a colon, one name of them twice. Names
    in small letters count only when they come again: `Place:` and `Subject:` stand once. `Question:` is a turn too, of
    nobody named.
    """
    found = []
    for paragraph in reading.paragraphs:
        label = _LABEL.match(reading.text, paragraph.start, paragraph.end)
        if label is not None and (_is_turn(reading, label[1]) or not _is_heading(reading, label[1])):
            found.append((label, paragraph))
    often = Counter(label[1] for label, _ in found)
    kept = [(label, paragraph) for label, paragraph in found if often[label[1]] > 1 or label[1].isupper()]
    if len(kept) < TURNS_LEAST or max(often[label[1]] for label, _ in kept) < 2:
        return []
    return [_turn(reading, label, paragraph) for label, paragraph in kept]


def _is_turn(reading: Reading, name: str) -> bool:
    """QUESTION, Q: a turn of somebody who is not named."""
    return " ".join(fold_word(word) for word in name.split()) in reading.lexicon.turns


def _is_heading(reading: Reading, name: str) -> bool:
    """“Date:” is no speaker, and a verb before the colon names nobody."""
    words = [fold_word(word) for word in name.split()]
    return " ".join(words) in reading.lexicon.labels or any(word in reading.lexicon.by_first for word in words)


def _turn(reading: Reading, label: re.Match[str], paragraph: Span) -> Draft:
    name = Span(label.start(1), label.end(1))
    content = trim(reading.text, Span(label.end(), paragraph.end))
    colon = reading.text.index(":", name.end)
    if _is_turn(reading, label[1]):
        draft = Draft(None, "direct", (content,), cue=Span(colon, colon + 1))
        draft.evidence.append(Evidence("turn-label", "a transcript: the label names a turn, and nobody", name))
        return draft
    draft = Draft(None, "direct", (content,), Source(name, name), cue=Span(colon, colon + 1))
    draft.speaker, draft.source_type = label[1], "named"
    draft.evidence.append(Evidence("speaker-label", "a transcript: the paragraph opens with a name and a colon", name))
    return draft


def without_transcripts(drafts: Sequence[Draft], turns: Sequence[Draft]) -> list[Draft]:
    """The drafts without nameless utterances that run through several turns: their marks open each paragraph anew."""

    def runs_through(draft: Draft) -> bool:
        whole = draft.content
        inside = sum(any(turn.content[0].overlaps(piece) for piece in whole) for turn in turns)
        return draft.cue is None and draft.source is None and inside > 0

    return [draft for draft in drafts if not runs_through(draft)]


def credit_after(reading: Reading, quotation: Finding) -> Draft | None:
    """“…” — Tarek Salim, harbour pilot: a dash and a name to the end of the line, on the same line or the next."""
    text, end = reading.document.text, quotation.place.end  # the lines as printed: the next may open with a mark
    found = _CREDIT.match(text, end, min(len(text), end + 120))
    if found is None or not _names(found[1]):
        return None
    following = text[found.end() : found.end() + 4].lstrip()
    if "\n" in text[end : found.start(1)] and following[:1] in ("-", "–", "—", "―"):
        return None  # the first item of a list
    if any(fold_word(word) in reading.lexicon.by_first for word in found[1].split()):
        return None  # — Salim said …
    span = Span(found.start(1), found.end(1))
    head = Span(span.start, span.start + len(re.split(r"[,،(]", found[1])[0].rstrip()))
    cue = trim(text, Span(end, span.start))
    draft = Draft(None, "direct", quotation.spans("content"), Source(span, head), quotation, cue=cue)
    draft.speaker, draft.source_type = head.of(text), "named"
    draft.evidence.append(Evidence("name-under-quotation", "a dash and a name after the words", span))
    return draft


def _names(line: str) -> bool:
    words = line.split()
    return len(words) <= CREDIT_WORDS and not words[0][0].islower()
