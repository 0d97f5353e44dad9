"""How a voice stands to what it says: asserted, denied, intended, hypothetical or asked; and what is negated in it.

Told by the reporting word and by the mark at the end, never by the truth of what is said.
"""

from __future__ import annotations

from itertools import pairwise

from catena.attribution.clauses import Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import fold_word
from catena.attribution.regions import iter_words
from catena.model import Evidence, Span

MODALITIES = ("asserted", "denied", "intended", "hypothetical", "asked")
BEFORE = 2
"""Words before a cue that can make it a condition: might well say, if he says."""
MOST_NEGATIONS = 5
"""Negations of one content that are listed; longer contents are read, not counted."""


def find_modality(reading: Reading, draft: Draft) -> str:
    """One of `MODALITIES`, with the reason added to the draft's evidence unless it is plainly asserted."""
    if draft.cue is None:
        return _by_mark(reading, draft)
    cue = draft.hit.span if draft.hit is not None and draft.cue.contains(draft.hit.span) else draft.cue
    words = _folded(reading.text, cue)
    listed = draft.hit.cue.words if draft.hit is not None else ()  # without the conjunction that Arabic joins to a verb
    phrases = [*words, *listed, *(" ".join(pair) for pair in pairwise(words))]
    given = next((reading.lexicon.modality[word] for word in phrases if word in reading.lexicon.modality), "")
    start = reading.words_in(cue.start, cue.end)[0]
    lead = [
        word.folded for word in reading.words[max(0, start - BEFORE) : start] if word.start >= _edge(reading, draft)
    ]
    condition = next((word for word in (*lead, *words[:-1]) if word in reading.lexicon.conditional), "")
    if condition:
        draft.evidence.append(Evidence("conditional-cue", condition, draft.cue))
        return "hypothetical"
    if given:
        draft.evidence.append(Evidence("modal-cue", given, draft.cue))
        return given
    return _by_mark(reading, draft)


def add_negations(reading: Reading, draft: Draft) -> None:
    """Evidence `negation-inside` for each word that turns a reported content: a report must not lose its “not”."""
    if draft.mode == "direct":
        return
    found = (
        Span(start, end)
        for content in draft.content
        for word, start, end in iter_words(reading.text, content.start, content.end)
        if fold_word(word) in reading.lexicon.negations
    )
    for _, span in zip(range(MOST_NEGATIONS), found, strict=False):
        draft.evidence.append(Evidence("negation-inside", span.of(reading.text), span))


def _by_mark(reading: Reading, draft: Draft) -> str:
    end = draft.content[-1].end
    if any(char in "?؟" for char in reading.text[max(0, end - 1) : end + 1]):
        draft.evidence.append(Evidence("question-mark", "the words are a question"))
        return "asked"
    return "asserted"


def _folded(text: str, span: Span) -> list[str]:
    return [fold_word(word) for word, _, _ in iter_words(text, span.start, span.end)]


def _edge(reading: Reading, draft: Draft) -> int:
    """Where the clause of the cue begins: words before it belong to another sentence."""
    if draft.cue is None:
        return 0
    return reading.left_edge(reading.level_of(draft.cue.start), draft.cue.start)
