"""Utterances that no cue introduces: they go on in the voice named beside the utterance before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from catena.attribution.clauses import Hit, Reading
from catena.attribution.drafts import Draft
from catena.model import Evidence, Finding, Span

SAME_VOICE = 400
"""Code points between two quotations of a paragraph that one speaker is taken to go on through."""
SENTENCE_REST = 250
"""Code points of the sentence that names the speaker, from the name to the next mark; longer ones told more."""


def same_voice(reading: Reading, quotation: Finding, previous: Draft | None, hits: Sequence[Hit]) -> Draft | None:
    """The utterance with the source of the one before it, or `None` where somebody else may speak."""
    return (
        _same_speaker(reading, quotation, previous)
        or _goes_on(reading, quotation, previous, hits)
        or _next_paragraph(reading, quotation, previous, hits)
    )


def _same_speaker(reading: Reading, quotation: Finding, previous: Draft | None) -> Draft | None:
    """“…,” Salim said. “…” — the second piece goes on in the same voice, in the same paragraph."""
    if previous is None or previous.quotation is None or previous.cue is None or previous.source is None:
        return None
    if previous.quotation.parent != quotation.parent or previous.cue.start < previous.quotation.place.end:
        return None
    end = max(previous.cue.end, previous.source.span.end)
    between = reading.text[end : quotation.place.start]
    rest = between.rstrip(" \u00a0.!?…;,:—–-")
    if end >= quotation.place.start or len(between) > SENTENCE_REST or "\n" in between:
        return None
    if reading.has_stop(end, end + len(rest)):
        return None
    draft = Draft(previous.hit, "direct", quotation.spans("content"), previous.source, quotation, cue=previous.cue)
    draft.evidence.append(Evidence("same-speaker", "goes on after the words that name the speaker", previous.cue))
    return draft


def _goes_on(reading: Reading, quotation: Finding, previous: Draft | None, hits: Sequence[Hit]) -> Draft | None:
    """“…,” Salim said, adding that … “…”: later in the paragraph, with nobody else speaking in between."""
    if previous is None or previous.quotation is None or previous.source is None or previous.quotation.parent:
        return None
    start, end = quotation.place.start, previous.quotation.place.end
    if quotation.parent or quotation.value("use") != "speech" or not 0 <= start - end <= SAME_VOICE:
        return None
    lead = reading.text[end:start].rstrip()
    if reading.paragraph_of(start) != reading.paragraph_of(end - 1) or lead[-1:] not in (".", "!", "?", "؟"):
        return None
    if _others_speak(hits, previous, start):
        return None
    draft = Draft(previous.hit, "direct", quotation.spans("content"), previous.source, quotation, cue=previous.cue)
    note = "the same paragraph goes on, and nobody else is named"
    draft.evidence.append(Evidence("same-speaker", note, previous.source.span))
    return draft


def _others_speak(hits: Sequence[Hit], previous: Draft, start: int) -> bool:
    """True when a cue of another voice stands between an utterance and the offset `start`; participles go on."""
    if previous.quotation is None:
        return False
    first = bisect_left(hits, previous.quotation.place.end, key=lambda hit: hit.span.start)
    last = bisect_left(hits, start, key=lambda hit: hit.span.start)
    return any(hit.span != previous.cue and not hit.cue.words[-1].endswith("ing") for hit in hits[first:last])


def _next_paragraph(reading: Reading, quotation: Finding, previous: Draft | None, hits: Sequence[Hit]) -> Draft | None:
    """“…,” Salim said. New paragraph: “…” — wholly in marks, so that the same voice goes on.

    Not after a question: there somebody answers. Not after a name and a colon: there each turn has its label.
    """
    if previous is None or previous.quotation is None or previous.hit is None or previous.source is None:
        return None
    if quotation.parent or previous.quotation.parent or quotation.value("use") != "speech":
        return None
    paragraph = reading.paragraph_of(quotation.place.start)
    before = reading.paragraph_of(previous.quotation.place.end - 1)
    text = reading.text
    whole = Span(quotation.place.start, quotation.place.end)
    alone = not (text[paragraph.start : whole.start].strip() or text[whole.end : paragraph.end].strip())
    if not alone or whole.start != paragraph.start or text[before.end : paragraph.start].strip():
        return None
    if text[previous.quotation.place.end - 2] in "?؟" or before.end > paragraph.start:
        return None
    if _others_speak(hits, previous, whole.start):
        return None
    draft = Draft(previous.hit, "direct", quotation.spans("content"), previous.source, quotation, cue=previous.cue)
    note = "the next paragraph goes on in marks, and nobody else is named"
    draft.evidence.append(Evidence("same-speaker", note, previous.source.span))
    return draft
