"""Statements handed on: an outlet after the words, the source that an outlet cites, a source quoted “as saying”.

`…, as reported by X`: X is the outlet. `X quoted Y as saying that …`: Y speaks inside what X reports. `X, citing Y,
said …`: the words are those of X, on the word of Y, whose voice stands inside that of X with the same content.
"""

from __future__ import annotations

from bisect import bisect_left

from catena.attribution.clauses import Hit, Level, Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import Grammar
from catena.attribution.sources import LONGEST, Source, describe_source, source_after
from catena.model import Evidence, Span

NEAR = 4
"""Statements on each side of a citation that are looked at for the one that cites."""


def attach_relays(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """`…, as reported by X`: X is the outlet of the statement it follows in the same sentence."""
    kept: list[Draft] = []
    others = sorted((d for d in drafts if d.hit is None or d.hit.cue.kind != "relay"), key=lambda d: d.at)
    places = [draft.at for draft in others]
    for draft in drafts:
        if draft.hit is None or draft.hit.cue.kind != "relay" or draft.source is None:
            kept.append(draft)
            continue
        index = bisect_left(places, draft.at)
        host = next(
            (o for o in reversed(others[max(0, index - NEAR) : index + NEAR]) if _same_sentence(reading, o, draft)),
            None,
        )
        whom = draft.source_type in ("collective", "unnamed") and host is not None and host.source is not None
        if whom and host is not None and _holds(reading, host, draft):
            _rest_on(host, draft)  # نقلا عن شهود: no outlet, but whom the host cites
            kept.append(draft)
            continue
        draft.outlet = draft.source.span
        if host is None or (draft.mode == "direct" and host.quotation is draft.quotation):
            kept.append(draft)
        else:
            host.outlet = draft.source.span
            host.evidence.append(Evidence("relayed-by", draft.hit.cue.lemma, draft.hit.span))
    return kept


def _same_sentence(reading: Reading, host: Draft, relay: Draft) -> bool:
    if host.cue is None or relay.cue is None or relay.source is None:
        return False
    level = reading.level_of(relay.cue.start)
    low = reading.left_edge(level, relay.cue.start)
    before = reading.before(level, low)
    if before is not None and host.quotation is before:
        return True
    return any(content.end <= relay.cue.start and content.end >= low for content in host.content) or (
        low <= host.cue.start <= reading.sentence_end(level, relay.cue.end)
    )


def source_cited(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """The paper quoted Dahl as saying that …: all that stands between the quoting verb and the word `first`."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    for index in range(first - 2, max(low, first - LONGEST) - 1, -1):
        if reading.words[index].folded in grammar.quotes:
            span = Span(reading.words[index + 1].start, reading.words[first - 1].end)
            return Source(span, span)
    return None


def opens_citation(reading: Reading, hit: Hit, index: int, grammar: Grammar) -> bool:
    """True where “as saying” begins at the word `index`, after a quoting verb."""
    if hit.cue.words[-1] not in grammar.quotes:
        return False
    return any(
        cue.kind == "cited" and tuple(w.folded for w in reading.words[index : index + len(cue.words)]) == cue.words
        for cue in reading.lexicon.by_first.get(reading.words[index].folded, ())
    )


def citing_draft(reading: Reading, hit: Hit, level: Level) -> Draft | None:
    """…, citing two officials, … or …, which cites them, …: `attach_cited` finds the words in the sentence."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    taken_up = hit.first > 0 and reading.words[hit.first - 1].folded in grammar.relatives
    if hit.cue.words[-1] not in (grammar.quotes if taken_up else grammar.citing):
        return None
    source = source_after(reading, hit.span.end, reading.right_edge(level, hit.span.end), grammar, apposition=False)
    if source is None:
        return None
    _, kind = describe_source(reading.text, source, hit.cue, grammar, reading.lexicon)
    lead = reading.text[max(0, hit.span.start - 4) : hit.span.start].rstrip()
    opens = taken_up or not lead or lead[-1] in ',،;—–.!?\n"”'
    speaks = kind in ("collective", "unnamed") and _is_voice(reading, source, grammar)
    return Draft(hit, "indirect", (), source, cue=hit.span) if opens and (kind == "named" or speaks) else None


def _is_voice(reading: Reading, source: Source, grammar: Grammar) -> bool:
    """officials, a ministry source, the roads office; not “safety concerns”."""
    first, last = reading.words_in(source.head.start, source.head.end)
    lexicon = reading.lexicon
    known = grammar.collective | grammar.unnamed | lexicon.offices | lexicon.bodies | lexicon.outlet_words
    return any(word.folded in known for word in reading.words[first:last])


def attach_cited(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give what is cited its words: those of the nearest statement in the same sentence, which becomes its `host`.

    A statement of the trained tagger with the same cue says the same less well and is left out; a citation without a
    statement beside it is dropped.
    """
    spoken = sorted((draft for draft in drafts if draft.content and draft.cue is not None), key=lambda draft: draft.at)
    places = [draft.at for draft in spoken]
    for draft in drafts:
        if draft.content or draft.cue is None:
            continue
        index = bisect_left(places, draft.at)
        near = sorted(spoken[max(0, index - NEAR) : index + NEAR], key=lambda other: abs(other.at - draft.at))
        host = next((other for other in near if other.host is None and _holds(reading, other, draft)), None)
        if host is not None:
            _rest_on(host, draft)
    cues = sorted((d.cue for d in drafts if d.host is not None and d.cue is not None), key=lambda cue: cue.start)
    return [d for d in drafts if d.host is not None or (d.content and (d.cue is None or not _meets(cues, d.cue)))]


def _rest_on(host: Draft, cited: Draft) -> None:
    """`cited` says what `host` says: the words are those of the host, on the word of whom it cites."""
    cited.host, cited.content, cited.mode = host, host.content, host.mode
    cited.evidence.append(Evidence("on-the-word-of", "the statement is made on the word of a cited source"))


def _meets(ordered: list[Span], span: Span) -> bool:
    """True when one of the spans, in order and apart from each other, overlaps `span`."""
    index = bisect_left(ordered, span.start, key=lambda cue: cue.end - 1)
    return index < len(ordered) and ordered[index].overlaps(span)


def _holds(reading: Reading, host: Draft, cited: Draft) -> bool:
    """One sentence, and the cited source is no part of the words themselves."""
    if cited.cue is None or any(content.contains(cited.cue) for content in host.content):
        return False
    if host.cue is None or host.cue.overlaps(cited.cue):
        return False
    begin, end = sorted((host.cue.start, cited.cue.start))
    return not reading.has_stop(begin, end)
