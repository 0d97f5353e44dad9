"""What the trained tagger found, joined with what the rules found.

Marks decide where they are clear: an utterance whose cue and source the rules know stays as it is, and one without
them takes those of the tagger. Reported speech is taken from the tagger; the rules keep what it did not see, and say
which of their own it confirms.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from catena.attribution.clauses import Hit, Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import Cue, fold_word
from catena.attribution.regions import Word
from catena.attribution.sources import Source
from catena.attribution.tagger import SpanTagger, Tagged
from catena.model import Evidence, Span, trim

SPOKEN_LEAST = 0.8
"""Share of a content that stands in utterances from which on it is theirs."""
NEAR = 8
"""Statements after one, in order of their words, that are looked at for voices inside it."""
SAME_LEAST = 0.5
"""Share of two contents, of both together, from which on they are one statement."""
_EDGES = " \t\n\u00a0\"“”„«»''``,;:.!?—–-"
_LANGUAGE = "en"


def add_tagged(
    reading: Reading, hits: Sequence[Hit], drafts: Sequence[Draft], tagged: Iterable[Tagged], tagger: SpanTagger
) -> list[Draft]:
    """The drafts of the rules with those of the tagger, whose name stands in the evidence."""
    spoken = sorted((draft for draft in drafts if draft.mode == "direct"), key=_start)
    reported = [draft for draft in drafts if draft.mode != "direct" and draft.content]
    made = [draft for draft in (_draft(reading, hits, one, tagger.name) for one in tagged) if draft is not None]
    seen = [draft.cue for draft in made if draft.cue is not None]
    voices = [d.cue for d in drafts if d.cue is not None and not any(d.cue.overlaps(cue) for cue in seen)]
    nested = _nested(reported)
    kept: list[Draft] = []
    for draft in sorted(made, key=_start):
        own = [other for other in _near(spoken, draft) if _shared(draft.content, other.content)]
        for other in own:
            if _shared(draft.content, other.content) >= SPOKEN_LEAST * _size(other.content):
                _lend(other, draft)
        shared = sum(_shared(draft.content, other.content) for other in own)
        said_of = any(_overlap(draft, other) and _is_predicate(other) for other in own)  # called them a “…”
        if shared >= (SAME_LEAST if said_of else SPOKEN_LEAST) * _size(draft.content):
            continue
        same = next((other for other in reported if _overlap(draft, other)), None)
        if same is None:
            same = next((other for other in reported if _is_same(draft, other)), None)
        if same is None:
            kept.append(draft)
        else:
            _correct(same, draft, voices, inside=id(same) in nested)
    _one_extent(spoken)
    doubted = {id(draft) for draft in reported if _is_doubtful(reading, draft, tagger)}
    return [*(draft for draft in drafts if id(draft) not in doubted), *kept]


def _is_doubtful(reading: Reading, draft: Draft, tagger: SpanTagger) -> bool:
    """A cue that is oftener something else (states, rules, claims), and that the tagger did not see as one here."""
    if draft.hit is None or draft.hit.cue.language != _LANGUAGE or draft.hit.cue.kind != "verb":
        return False
    if any(reason.code == "tagger" for reason in draft.evidence) or draft.source is None:
        return False
    return tagger.doubts(draft.hit.span.of(reading.text).split())


def _is_predicate(draft: Draft) -> bool:
    return draft.hit is not None and draft.hit.cue.kind == "predicate"


def _start(draft: Draft) -> int:
    return draft.content[0].start


def _near(spoken: Sequence[Draft], draft: Draft) -> list[Draft]:
    """Utterances that may share characters with the content; a long one before it is looked at too."""
    last = bisect_right(spoken, draft.content[-1].end, key=_start)
    first = bisect_left(spoken, _start(draft), key=_start)
    return list(spoken[max(0, first - 4) : last])


def _draft(reading: Reading, hits: Sequence[Hit], one: Tagged, model: str) -> Draft | None:
    content = tuple(span for span in (_inner(reading, piece) for piece in one.content) if len(span) >= 3)
    if not content or one.cue is None or (one.source is None and _opens_sentence(reading, one.cue)):
        return None
    hit = _hit(reading, hits, one.cue)
    draft = Draft(hit, _mode(reading, hit, one.cue, content[0]), content, _source(reading, one.source), tagged=True)
    draft.cue = trim(reading.text, one.cue)
    draft.evidence.append(Evidence("tagger", f"{model}, sure of the link {one.surety:.2f}", one.cue))
    return draft


def _opens_sentence(reading: Reading, cue: Span) -> bool:
    """“Recalling that …”, a heading “Questions about …”: without a source, the document speaks for itself."""
    return not reading.text[reading.left_edge(reading.level_of(cue.start), cue.start) : cue.start].strip(" \n•*-–—#>")


def _mode(reading: Reading, hit: Hit, cue: Span, content: Span) -> str:
    """A listed cue and a clause with “that” report a statement; others may be acts or attitudes (thanked, wants)."""
    listed = hit.cue in reading.lexicon.by_first.get(hit.cue.words[0] if hit.cue.words else "", ())
    between = reading.text[hit.span.end : content.start].casefold().split() if hit.span.end <= content.start else []
    return "indirect" if listed and hit.span.end == cue.end and between == ["that"] else "reported"


def _inner(reading: Reading, piece: Span) -> Span:
    """The content without marks, spaces and the “that” before it."""
    text = reading.text
    start, end = piece.start, piece.end
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    if text[start : start + 5].casefold() == "that ":
        start += 5
    return trim(text, Span(start, max(start, end)))


def _hit(reading: Reading, hits: Sequence[Hit], cue: Span) -> Hit:
    """The listed cue inside the tagged one, else one made of its words."""
    index = bisect_left(hits, cue.start, key=lambda hit: hit.span.start)
    for hit in hits[index : index + 3]:
        if cue.contains(hit.span) and hit.cue.language == _LANGUAGE:
            return hit
    first, last = reading.words_in(cue.start, cue.end)
    words = tuple(word.folded for word in reading.words[first:last])
    return Hit(Cue(words, " ".join(words) or cue.of(reading.text), _LANGUAGE), cue, first, max(last, first))


def _source(reading: Reading, span: Span | None) -> Source | None:
    """The source with its head: the part before a comma, or after one where a title leads (the envoy, Zamir K.)."""
    if span is None:
        return None
    first, last = reading.words_in(span.start, span.end)
    words = reading.words[first:last]
    if not words:
        return None
    comma = next((i for i in range(1, len(words)) if "," in reading.gap(first + i - 1, first + i)), None)
    head = Span(words[0].start, words[-1].end)
    if comma is not None:
        lead, rest = words[:comma], words[comma:]
        titled = fold_word(lead[0].text) in reading.lexicon.grammars[_LANGUAGE].determiners
        head = _of(rest) if titled and not _named(lead[1:]) and rest[0].text[0].isupper() else _of(lead)
    return Source(span, head)


def _of(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)


def _named(words: Sequence[Word]) -> bool:
    return any(word.text[0].isupper() for word in words)


def _lend(utterance: Draft, draft: Draft) -> None:
    """An utterance takes the extents that the tagger sees; one that the rules know nobody for takes source and cue."""
    wider = utterance.cue is not None and draft.cue is not None and draft.cue.contains(utterance.cue)
    if wider and draft.cue != utterance.cue:
        utterance.cue = draft.cue
        utterance.evidence += draft.evidence
    if utterance.source is not None and draft.source is not None:
        utterance.source = _better(utterance.source, draft.source)
    if utterance.source is not None or utterance.speaker or draft.source is None:
        return
    if utterance.cue is None or (draft.cue is not None and draft.cue.overlaps(utterance.cue)):
        utterance.source, utterance.cue, utterance.hit = draft.source, draft.cue, draft.hit
        utterance.evidence += draft.evidence


def _one_extent(spoken: Sequence[Draft]) -> None:
    """Utterances that one verb introduces have it in one extent, and one source."""
    widest: dict[Span, Draft] = {}
    for draft in spoken:
        if draft.hit is not None and draft.cue is not None and draft.cue.contains(draft.hit.span):
            other = widest.setdefault(draft.hit.span, draft)
            if other.cue is not None and len(draft.cue) > len(other.cue):
                widest[draft.hit.span] = draft
    for draft in spoken:
        if draft.hit is not None and draft.hit.span in widest:
            draft.cue, draft.source = widest[draft.hit.span].cue, widest[draft.hit.span].source or draft.source


def _nested(reported: Sequence[Draft]) -> set[int]:
    """The statements (by `id`) whose cue stands inside what another one reports."""
    ordered = sorted(reported, key=_start)
    found = set()
    for number, outer in enumerate(ordered):
        for inner in ordered[number : number + NEAR]:
            if inner is not outer and inner.cue and any(content.contains(inner.cue) for content in outer.content):
                found.add(id(inner))
    return found


def _correct(rule: Draft, draft: Draft, voices: Sequence[Span], *, inside: bool) -> None:
    """One cue, two readings of it: the tagger knows better where a clause ends; a missing source is filled in.

    It was trained on texts where no voice is marked inside another, so that it cuts such contents short: `voices` are
    the cues that only the rules see. What is `inside` another report keeps its content for the same reason. One that
    the tagger sees too stands beside this statement (X says A and said B). And it knows nothing of statements without a
    source.
    """
    rule.evidence += draft.evidence
    if rule.hit is not None and rule.hit.cue.kind == "passive":
        return
    if rule.cue is not None and draft.cue is not None and draft.cue.contains(rule.cue):
        rule.cue = draft.cue
    rule.source = _better(rule.source, draft.source)
    if inside:
        return
    of_source = rule.source is not None and any(rule.source.span.overlaps(content) for content in draft.content)
    if not of_source and not any(content.contains(cue) for content in rule.content for cue in voices):
        rule.content = draft.content


def _better(rule: Source | None, tagged: Source | None) -> Source | None:
    """The extent that the tagger sees round a source of the rules, whose head stays; else the one there is."""
    if rule is None or tagged is None or not rule.span.overlaps(tagged.span):
        return rule or tagged
    return Source(tagged.span, rule.head, rule.negated) if tagged.span.contains(rule.head) else rule


def _is_same(draft: Draft, other: Draft) -> bool:
    """Most of the words shared; a voice inside what another reports is none of its own."""
    if other.cue is not None and any(content.contains(other.cue) for content in draft.content):
        return False
    both = _shared(draft.content, other.content)
    return both >= SAME_LEAST * (_size(draft.content) + _size(other.content) - both)


def _overlap(draft: Draft, other: Draft) -> bool:
    return draft.cue is not None and other.cue is not None and draft.cue.overlaps(other.cue)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(map(len, spans))


def _shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> int:
    found = 0
    for a in one:
        for b in other:
            common = a.intersect(b)
            found += len(common) if common else 0
    return found
