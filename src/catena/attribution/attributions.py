"""Find attributions: who says this, and on whose word.

Order: cues -> direct speech -> indirect speech -> who speaks -> outlet and medium -> pronouns -> nesting
-> findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from catena.attribution.channels import add_channels, find_dateline_outlet, is_outlet
from catena.attribution.clauses import Hit, Reading, find_cues
from catena.attribution.drafts import Draft
from catena.attribution.forms import find_turns, without_transcripts
from catena.attribution.lexicon import CueLexicon, fold_word
from catena.attribution.modality import add_negations, find_modality
from catena.attribution.relays import attach_cited, attach_relays
from catena.attribution.rules import direct_drafts, indirect_drafts, is_aside
from catena.attribution.sources import describe_source
from catena.attribution.tagged import add_tagged
from catena.attribution.tagger import SpanTagger
from catena.attribution.verb_first import is_noun_here
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

MAKER = MadeBy("attribution-rules", "1")
TAGGER = "attribution-tagger"
"""Maker of what only the trained tagger found; its version is the name of the model."""
PRONOUN_REACH = 3000
"""Code points back to an antecedent; further away the name was somebody else's more often than not."""
DESCRIPTION_LONGEST = 4
"""Words of an office that takes up a name; longer ones name another body."""


def find_attributions(
    document: Document, quotations: Sequence[Finding], lexicon: CueLexicon, tagger: SpanTagger | None = None
) -> tuple[Finding, ...]:
    """Who said what in `document`, in order of place; a voice that reports another comes before it.

    Kind `attribution`; roles `source`, `cue`, `content`, `outlet`, `medium`, `antecedent`; values `speaker`,
    `source_type` (named, unnamed, collective, pronoun, none), `mode` (direct, indirect, reported),
    `modality` (asserted, denied, intended, hypothetical, asked), `medium`, and
    `quotation`
    (the id of the quotation for direct speech). Parent: the reporting voice where there is one, else the
    quotation.
    Evidence `source-not-named` when the text names nobody. Every quotation used for speech gets one.
    `tagger` adds what only a trained model sees in English; its findings are made by `attribution-tagger`.
    """
    reading = Reading(document, quotations, lexicon)
    if not reading.words:
        return ()
    hits = [hit for hit in find_cues(reading) if not is_noun_here(reading, hit, lexicon.grammars[hit.cue.language])]
    reading.closers = [hit.span.start for hit in hits if _closes(reading, hit)]
    direct = direct_drafts(reading, hits)
    taken = {draft.cue.start: "direct" for draft in direct if draft.cue is not None}
    turns = find_turns(reading)
    drafts = turns + without_transcripts(direct, turns) + indirect_drafts(reading, hits, taken)
    if tagger is not None:
        quoted = [span for one in quotations if one.kind == "quotation" for span in one.spans("content")]
        drafts = add_tagged(reading, hits, drafts, tagger.tag(reading.text, quoted), tagger)
    dateline = find_dateline_outlet(reading)
    for draft in drafts:
        _describe(reading, draft)
        add_channels(reading, draft, dateline)
    drafts = attach_cited(reading, attach_relays(reading, drafts))
    drafts.sort(key=lambda draft: (draft.at, draft.mode != "indirect"))
    _resolve_pronouns(reading, drafts)
    _resolve_descriptions(reading, drafts)
    _part_coordinates(reading, drafts)
    for draft in drafts:
        if draft.content:
            draft.modality = find_modality(reading, draft)
            add_negations(reading, draft)
    return _to_findings(document, [draft for draft in drafts if _worth(draft)], tagger)


def _closes(reading: Reading, hit: Hit) -> bool:
    """True for a cue before which a reported clause ends: according to X; adding that; وأوضحت أن after a comma."""
    if hit.cue.kind in ("before", "relay") or is_aside(reading, hit):
        return True
    joined = hit.cue.language == "ar" and reading.words[hit.first].folded != hit.cue.words[0]
    return (
        joined
        and hit.cue.kind == "verb"
        and reading.text[max(0, hit.span.start - 4) : hit.span.start].rstrip()[-1:] in ("،", ",")
    )


def _worth(draft: Draft) -> bool:
    """A verse or an unknown use without any cue is no statement by somebody here."""
    if not draft.content:
        return False
    return draft.quotation is None or draft.cue is not None or draft.quotation.value("use") == "speech"


def _describe(reading: Reading, draft: Draft) -> None:
    if draft.hit is not None:
        code = "cue-" + draft.hit.cue.kind
        draft.evidence.insert(0, Evidence(code, draft.hit.cue.lemma, draft.hit.span))
        if draft.hit.cue.language == "ar" and draft.hit.cue.lemma == "على حد قوله":
            draft.source = None
            draft.source_type = "pronoun"
    if draft.source is not None and draft.hit is not None:
        grammar = reading.lexicon.grammars[draft.hit.cue.language]
        draft.speaker, draft.source_type = describe_source(
            reading.text, draft.source, draft.hit.cue, grammar, reading.lexicon
        )
        draft.speaker = draft.hit.cue.speaker or draft.speaker
        if draft.source.negated:
            draft.evidence.append(Evidence("negated-cue", "the statement is said not to have been made"))
    elif draft.source is None and draft.hit is not None and draft.hit.cue.kind == "verb":
        drops_subject = reading.lexicon.grammars[draft.hit.cue.language].order == "verb-first"
        draft.source_type = "pronoun" if drops_subject else draft.source_type


def _resolve_pronouns(reading: Reading, drafts: list[Draft]) -> None:
    """he, she, it, وأضاف: the last source named before that it can stand for."""
    named: list[Draft] = []
    for draft in drafts:
        if draft.source_type == "pronoun":
            fitting = (other for other in reversed(named[-8:]) if _agrees(reading, draft, other))
            last = next(fitting, None)
            if last is None or last.source is None or not 0 <= draft.at - last.source.span.end < PRONOUN_REACH:
                continue
            draft.speaker, draft.antecedent = last.speaker, last.source.span
            draft.evidence.append(Evidence("pronoun-antecedent", "the last fitting source before", last.source.span))
        elif draft.source is not None and draft.source_type == "named" and not _scripture(draft):
            named.append(draft)


def _resolve_descriptions(reading: Reading, drafts: list[Draft]) -> None:
    """the minister: whoever was named with that office before, when it was one person."""
    named: list[tuple[frozenset[str], Draft]] = []
    for draft in drafts:
        if draft.source is None:
            continue
        words = [fold_word(word) for word in draft.source.span.of(reading.text).split()]
        if draft.source_type == "named":
            offices = frozenset(fold_word(word.strip(",.")) for word in words) & reading.lexicon.offices
            if offices and not _is_body(reading, draft):
                named.append((offices, draft))
        elif draft.source_type == "unnamed" and 1 < len(words) <= DESCRIPTION_LONGEST and words[0] == "the":
            fitting = [other for offices, other in named[-8:] if words[-1] in offices]
            if len({other.speaker for other in fitting}) == 1 and fitting[-1].source is not None:
                draft.speaker, draft.antecedent = fitting[-1].speaker, fitting[-1].source.span
                note = f"named before with the same office ({words[-1]})"
                draft.evidence.append(Evidence("description-antecedent", note, draft.antecedent))


def _agrees(reading: Reading, draft: Draft, other: Draft) -> bool:
    """he, she: a person; it, they: a body, an outlet or a text. A verb that carries its subject fits both."""
    if draft.source is None or draft.hit is None:
        return True
    if _own(reading, draft.source.span):
        return False
    if other.source is None:
        return False
    grammar, pronoun = reading.lexicon.grammars[draft.hit.cue.language], fold_word(draft.source.span.of(reading.text))
    if pronoun in grammar.persons:
        return not _is_body(reading, other)
    if pronoun not in grammar.things:
        return True
    near = reading.paragraph_of(other.source.span.start) == reading.paragraph_of(draft.at)
    return near and _is_body(reading, other)


def _is_body(reading: Reading, draft: Draft) -> bool:
    if draft.source is None or is_outlet(draft.speaker, reading.lexicon):
        return True
    return any(fold_word(word) in reading.lexicon.bodies for word in draft.speaker.split())


def _scripture(draft: Draft) -> bool:
    return draft.hit is not None and draft.hit.cue.kind == "scripture"


def _own(reading: Reading, span: Span) -> bool:
    """we, I: nobody named before."""
    word = span.of(reading.text).casefold()
    return any(word in grammar.own for grammar in reading.lexicon.grammars.values())


def _contrasts(reading: Reading, word: str) -> bool:
    return any(word in grammar.contrasts for grammar in reading.lexicon.grammars.values())


def _part_coordinates(reading: Reading, drafts: list[Draft]) -> None:
    """`X said A and Y said B`: the first clause ends before the conjunction."""
    for draft, following in pairwise(drafts):
        if draft.mode != "indirect" or following.source is None or following.cue is None:
            continue
        start = following.source.span.start
        if not any(content.start < start < content.end for content in draft.content):
            continue
        first, _ = reading.words_in(start, start + 1)
        joint = reading.words[first - 1] if first else None
        if joint is not None and _contrasts(reading, joint.folded) and joint.start > draft.content[0].start + 3:
            end = (
                joint.start
                - len(reading.text[draft.content[0].start : joint.start])
                + len(reading.text[draft.content[0].start : joint.start].rstrip(" ,"))
            )
            draft.content = (Span(draft.content[0].start, end),)


def _to_findings(document: Document, drafts: list[Draft], tagger: SpanTagger | None) -> tuple[Finding, ...]:
    made: list[Finding] = []
    cited: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.host is not None:
            cited[id(draft.host)].append(draft)
    trained = MadeBy(TAGGER, tagger.name) if tagger is not None else MAKER
    open_voices: list[tuple[Draft, Finding]] = []
    for draft in sorted((draft for draft in drafts if draft.host is None), key=_extent):
        open_voices = [(d, f) for d, f in open_voices if d.content[-1].end > draft.at]
        outer = next((f for d, f in reversed(open_voices) if _reports(d, draft)), None)
        finding = _finding(document, draft, outer, trained if draft.tagged else MAKER)
        made.append(finding)
        made += [_finding(document, inner, finding, MAKER) for inner in cited[id(draft)]]
        open_voices = [*open_voices[-7:], (draft, finding)]
    return tuple(made)


def _extent(draft: Draft) -> tuple[int, int]:
    """Where cue and content begin, and how long they are: a voice whose verb follows its words comes before theirs."""
    spans = [*draft.content, *([draft.cue] if draft.cue is not None else [])]
    begin = min(span.start for span in spans)
    return begin, begin - max(span.end for span in spans)


def _reports(outer: Draft, inner: Draft) -> bool:
    """True when the inner cue stands inside what the outer voice says."""
    if inner.cue is None or outer.cue == inner.cue:
        return False
    return any(content.contains(inner.cue) for content in outer.content)


def _finding(document: Document, draft: Draft, outer: Finding | None, maker: MadeBy) -> Finding:
    evidence = list(draft.evidence)
    if draft.source is None and not draft.speaker:
        evidence.append(Evidence("source-not-named", "the text does not say whose words these are"))
    if outer is not None:
        evidence.append(Evidence("reported-by", "stands inside what another voice reports"))
    roles: dict[str, tuple[Span, ...]] = {
        "source": (draft.source.span,) if draft.source else (),
        "cue": (draft.cue,) if draft.cue else (),
        "content": draft.content,
        "outlet": (draft.outlet,) if draft.outlet else (),
        "medium": (draft.medium,) if draft.medium else (),
        "antecedent": (draft.antecedent,) if draft.antecedent else (),
    }
    quotation = draft.quotation.id if draft.quotation else None
    parent = outer.id if outer is not None else quotation
    values: dict[str, str] = {"speaker": draft.speaker, "source_type": draft.source_type, "mode": draft.mode}
    values["modality"] = draft.modality
    if draft.medium_value:
        values["medium"] = draft.medium_value
    if quotation is not None:
        values["quotation"] = quotation
    return make_finding(document, "attribution", roles, maker, values=values, parent=parent, evidence=tuple(evidence))


__all__ = ["find_attributions", "is_outlet"]
