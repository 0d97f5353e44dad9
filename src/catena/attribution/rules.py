"""Join cues with sources and content: the rules for direct and for indirect speech.

Direct: each utterance takes the best cue beside it, before (`X said: “…”`) or after (`“…,” said X`).
Indirect: each
cue may open a clause (`said that …`, `أن …`), close one (`…, X said.`) or stand beside one (`according to
X, …`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from catena.attribution.accords import begin_as_said
from catena.attribution.clauses import BLOCK_EDGE, Hit, Level, Reading
from catena.attribution.drafts import Draft
from catena.attribution.forms import credit_after
from catena.attribution.lexicon import Grammar, fold_word
from catena.attribution.relays import citing_draft, opens_citation, source_cited
from catena.attribution.same_voice import same_voice
from catena.attribution.sources import (
    Source,
    is_passive,
    shares_subject,
    source_after,
    source_before,
    subject_of,
)
from catena.attribution.verb_first import (
    cited_from,
    cited_voice,
    is_object,
    quoted_from,
    subject_after_that,
    without_verb,
)
from catena.model import Evidence, Finding, Span, trim

PREDICATE_REACH = 7
"""Words of the thing of which something is said: called the plan of the two ministers “useful”."""
THAT_REACH = 16
"""Words between a verb and its "that": said in a statement to the agency on Monday that."""
TRAIL = 14
"""Words between a closing mark and the verb that still belongs to it."""
LONG_TRAIL = 32
"""The same where a name with an apposition stands between."""
_HARD = ".؟!?۔…"
_NAME = re.compile(
    r"(?:[A-ZА-ЯЁ][\w.'’\-]*(?: [A-ZА-ЯЁ][\w.'’\-]*){0,3}"
    r"|[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,3})(?= ?:\s)"
)


def find_source(reading: Reading, hit: Hit, level: Level, *, beside: bool) -> Source | None:
    """The source of a cue, before or after it as its kind and language demand; `beside` a closing mark it
    may invert."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    left, right = reading.left_edge(level, hit.span.start), reading.right_edge(level, hit.span.end)
    kind = hit.cue.kind
    if kind == "passive":
        return None
    if kind == "scripture":
        return _scripture(reading, hit)
    if kind == "cited":
        return source_cited(reading, left, hit.first, grammar)
    if kind in ("before", "relay"):
        return source_after(reading, hit.span.end, right, grammar, apposition=False)
    if kind == "verb" and is_passive(reading, left, hit.first, grammar):
        return _agent(reading, hit, right, grammar)
    if kind == "verb" and shares_subject(reading, left, hit.first, grammar):
        return subject_of(reading, left, hit.first, grammar)
    if kind == "quoted" and grammar.order == "verb-first":
        named = quoted_from(reading, left, hit.first, grammar)
        if named is not None:
            return named
    before = source_before(reading, left, hit.first, grammar)
    if kind == "quoted" and grammar.order == "verb-first":
        return without_verb(reading, before, grammar)
    if grammar.order == "verb-first" and kind in ("verb", "predicate"):
        subject = subject_after_that(reading, left, hit.first, grammar)
        if subject is not None:
            return subject
        after = source_after(reading, hit.span.end, right, grammar, apposition=False, thing_follows=kind == "predicate")
        if after is not None and kind == "predicate" and is_object(reading, after, grammar):
            return None
        return after or (before if not _starts_clause(reading, hit, left) else None)
    if before is not None or grammar.order == "verb-last" or kind == "quoted" or hit.cue.hearer:
        return before
    if grammar.order == "verb-second" and reading.words[hit.last - 1].folded.endswith("ing"):
        return None  # …, saying the road was closed: no inversion
    lead = reading.text[left : hit.span.start]
    if beside or not lead.strip(" ,—–-\n\t") or lead.rstrip().endswith((",", "—", "–")):
        return source_after(reading, hit.span.end, right, grammar, apposition=True)
    return None


def _agent(reading: Reading, hit: Hit, right: int, grammar: Grammar) -> Source | None:
    """was told by the harbour office that …: the agent of a passive verb."""
    if hit.last >= len(reading.words) or reading.words[hit.last].folded != "by":
        return None
    return source_after(reading, reading.words[hit.last].end, right, grammar, apposition=False)


def _starts_clause(reading: Reading, hit: Hit, left: int) -> bool:
    """وأضاف: the conjunction opens a new clause whose subject is not the noun before it."""
    word = reading.words[hit.first]
    return word.folded != hit.cue.words[0] or not reading.text[left : word.start].strip(" ،,:\n")


def _scripture(reading: Reading, hit: Hit) -> Source | None:
    """The part of the phrase that is no verb: God in “God says”, الله in قال الله تعالى."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    verbs = reading.lexicon.by_first
    kept = [
        word
        for word in reading.words[hit.first : hit.last]
        if not any(len(cue.words) == 1 for cue in verbs.get(word.folded, ()))
        and not any(len(cue.words) == 1 for cue in verbs.get(word.folded[1:], ()))
        and word.folded not in grammar.helpers
    ]
    if not kept:
        return None
    span = Span(kept[0].start, kept[-1].end)
    return Source(span, span)


def direct_drafts(reading: Reading, hits: Sequence[Hit]) -> list[Draft]:
    """One draft for each utterance: with the best cue beside it, else what stands before a colon, else no
    source."""
    beside: dict[str, list[tuple[float, Hit, Source | None]]] = {}
    for hit in hits:
        level = reading.level_of(hit.span.start)
        for score, quotation in _candidates(reading, hit, level):
            source = find_source(reading, hit, level, beside=True)
            bonus = 0.5 if source is not None else 0.0
            beside.setdefault(quotation.id, []).append((score + bonus, hit, source))
    drafts: list[Draft] = []
    previous: Draft | None = None
    for quotation in reading.utterances:
        found = beside.get(quotation.id, ())
        draft = _best(reading, quotation, found) or _labelled(reading, quotation) or credit_after(reading, quotation)
        if draft is None:
            draft = same_voice(reading, quotation, previous, hits)
        if draft is None:
            draft = Draft(None, "direct", quotation.spans("content"), quotation=quotation)
        drafts.append(draft)
        previous = draft
    return drafts


def _best(reading: Reading, quotation: Finding, found: Sequence[tuple[float, Hit, Source | None]]) -> Draft | None:
    if not found:
        return None
    _, hit, source = max(found, key=lambda item: (item[0], -abs(item[1].span.start - quotation.place.start)))
    return Draft(hit, "direct", quotation.spans("content"), source, quotation, cue=hit.span)


def _candidates(reading: Reading, hit: Hit, level: Level) -> list[tuple[float, Finding]]:
    """(score, utterance) for the utterance after and the one before a cue."""
    found = []
    text = reading.text
    after = reading.after(level, hit.span.end)
    ends_colon = False
    if after is not None:
        between = text[hit.span.end : after.place.start].strip(BLOCK_EDGE)
        ends_colon = between.endswith(":")
        score = _lead_score(reading, hit, between, after)
        if score:
            found.append((score, after))
    edge = reading.left_edge(level, hit.span.start)
    before = reading.before(level, edge)
    if before is not None and not ends_colon:
        score = _trail_score(reading, hit, before, level)
        if score:
            found.append((score - 2 * _in_relative(reading, hit), before))
    return found


def _lead_score(reading: Reading, hit: Hit, between: str, after: Finding) -> float:
    """How surely a cue introduces the utterance after it; 0 for not at all."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    words = between.rstrip(":,،").split()
    if between.endswith(":"):
        return 6.0 if len(words) <= 12 else 4.5 if len(words) <= 25 else 0.0
    if hit.cue.kind == "passive" and len(words) > 3:
        return 0.0
    if hit.cue.kind == "predicate":
        fits = 1 <= len(words) <= PREDICATE_REACH and not re.search(r"[.,;:!?،؛]", between)
        return 3.0 if fits and after.value("use") == "speech" else 0.0
    if not words:
        return 5.0
    last = re.sub(r"\W", "", words[-1]).casefold()
    if between.endswith((",", "،")) and len(words) <= 16:
        return 4.0
    if _folds_to(last, grammar.that):
        return 4.0
    speech = after.value("use") == "speech"
    return 2.0 if len(words) <= 12 and (speech or len(words) <= 6) else 0.0


def _folds_to(word: str, words: frozenset[str]) -> bool:
    from_table = word.translate({0x623: 0x627, 0x625: 0x627})
    return word in words or from_table in words


def _trail_score(reading: Reading, hit: Hit, before: Finding, level: Level) -> float:
    """How surely a cue closes the utterance before it; 0 for not at all."""
    text = reading.text
    between = text[before.place.end : hit.span.start]
    if len(between.split()) > (LONG_TRAIL if _names_first(between) else TRAIL):
        return 0.0
    if "\n\n" in between and before.value("style") != "block":
        return 0.0
    last = before.spans("content")[-1].of(text).rstrip()[-1:]
    if hit.cue.kind == "predicate":
        return 0.0
    if hit.cue.language == "ar" and hit.cue.kind == "verb" and "،" not in between and "," not in between:
        return 0.0  # وأضاف after a quotation opens the next statement
    clause = _clause_start(reading, hit, level, None)
    straight = (
        clause is not None and clause == reading.words[hit.last].start if hit.last < len(reading.words) else False
    )
    if clause is not None and hit.cue.kind not in ("before", "relay") and not (straight and last in ",،"):
        return 0.0  # but “…,” she said of it: the comma in the marks leads on to the verb
    if last in ",،" or between.lstrip().startswith((",", "،", "—", "–", "-")):
        return 4.8
    if last in _HARD and hit.cue.kind in ("before", "relay") and hit.span.of(text)[0].isupper():
        return 0.0  # the next sentence: According to X, …
    if last and last in _HARD:
        return 2.5 if len(between.split()) <= 8 else 0.0
    return 3.0 if len(between.split()) <= 6 else 0.0


def _in_relative(reading: Reading, hit: Hit) -> bool:
    """…, who asked not to be named, told us: the verb after “who” is not the one that closes the words."""
    relatives = reading.lexicon.grammars[hit.cue.language].relatives
    return hit.first > 0 and reading.words[hit.first - 1].folded in relatives


def _names_first(between: str) -> bool:
    """“…,” Leonard Dahl, director of the office, said: a name and what is said about it stand before the verb."""
    return between.lstrip(" ,")[:1].isupper() and "," in between.strip(" ,")


def _labelled(reading: Reading, quotation: Finding) -> Draft | None:
    """NAME: “…” — the name before a colon, at the start of its paragraph."""
    start = quotation.place.start
    paragraph = reading.paragraph_of(start)
    lead = reading.text[max(paragraph.start, start - 80) : start]
    found = _NAME.match(lead)
    if (
        not found
        or lead[found.end() :].strip(" \t") != ":"
        or found[0].casefold() in reading.lexicon.labels
        or _cue_word(reading, found[0])
    ):
        return None
    at = max(paragraph.start, start - 80)
    span = Span(at + found.start(), at + found.end())
    colon = reading.text.index(":", span.end)
    draft = Draft(None, "direct", quotation.spans("content"), Source(span, span), quotation, cue=Span(colon, colon + 1))
    draft.evidence.append(Evidence("name-and-colon", "a name and a colon before the words", span))
    draft.speaker, draft.source_type = span.of(reading.text), "named"
    return draft


def _cue_word(reading: Reading, name: str) -> bool:
    """قال: is no name."""
    return any(fold_word(word) in reading.lexicon.by_first for word in name.split())


def indirect_drafts(reading: Reading, hits: Sequence[Hit], direct: Mapping[int, str]) -> list[Draft]:
    """A draft for each cue with a clause of its own. `direct` maps the start of cues taken by utterances."""
    found = []
    for index, hit in enumerate(hits):
        if hit.cue.kind == "predicate":
            continue
        level = reading.level_of(hit.span.start)
        cited = citing_draft(reading, hit, level)
        if cited is not None and hit.span.start not in direct:
            found.append(cited)
            continue
        if cited is None and hit.cue.words[-1] in reading.lexicon.grammars[hit.cue.language].citing:
            continue  # citing concerns about the frost: nobody speaks
        source = find_source(reading, hit, level, beside=False)
        if source is None and index and is_aside(reading, hit):
            source = _source_of_sentence(reading, hits[index - 1], hit, level)
        content = _clause(reading, hit, level, source)
        if content is None and hit.cue.kind == "relay" and source is not None:
            found.append(Draft(hit, "indirect", (), source, cue=hit.span))  # finds its host later
            continue
        if content is None or len(content) < 3:
            continue
        if hit.span.start in direct and (
            _only_quotation(reading, level, content) or _closes_quotation(reading, hit, level, content)
        ):
            continue
        unnamed = source is None and hit.cue.kind == "verb" and not _may_drop_subject(reading, hit)
        if unnamed and not _told_that(reading, hit, level, content):
            continue
        draft = Draft(hit, "indirect", (content,), source, cue=hit.span)
        if hit.cue.whence:
            found += cited_voice(reading, hit, level)
        if unnamed:
            draft.evidence.append(Evidence("passive-cue", "the verb is passive: its subject is not who speaks"))
        if any(content.overlaps(q.place) for q in level.utterances_near(content)):
            draft.evidence.append(Evidence("mixed-quotation", "part of the clause stands in marks"))
        found.append(draft)
    return found


def _closes_quotation(reading: Reading, hit: Hit, level: Level, content: Span) -> bool:
    """“…,” she said of the dues: what follows the verb without “that” is no clause of its own."""
    if reading.before(level, reading.left_edge(level, hit.span.start)) is None:
        return False
    return hit.last < len(reading.words) and content.start == reading.words[hit.last].start


def is_aside(reading: Reading, hit: Hit) -> bool:
    """…, adding that …: a participle after a comma takes up the speaker of the sentence."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    last = reading.words[hit.last - 1].folded
    participle = last in grammar.asides or (grammar.order == "verb-second" and last.endswith("ing"))
    return participle and reading.text[max(0, hit.span.start - 9) : hit.span.start].rstrip()[-1:] in (
        ",",
        "،",
        "”",
        '"',
        "»",
    )


def _source_of_sentence(reading: Reading, earlier: Hit, hit: Hit, level: Level) -> Source | None:
    """The source of the cue before, when both stand in one sentence on one level."""
    if reading.level_of(earlier.span.start) is not level or "\n\n" in reading.text[earlier.span.end : hit.span.start]:
        return None
    if reading.has_stop(earlier.span.end, hit.span.start) and not level.utterances_near(
        Span(earlier.span.end, hit.span.start)
    ):
        return None
    return find_source(reading, earlier, level, beside=True)


def _may_drop_subject(reading: Reading, hit: Hit) -> bool:
    """Arabic verbs carry their subject; elsewhere a verb without subject is no attribution."""
    return reading.lexicon.grammars[hit.cue.language].order == "verb-first"


def _told_that(reading: Reading, hit: Hit, level: Level, content: Span) -> bool:
    """was told that …: reported speech whose source is not named."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    first, _ = reading.words_in(hit.span.end, content.start)
    that = first < len(reading.words) and reading.words[first].folded in grammar.that
    return that and is_passive(reading, reading.left_edge(level, hit.span.start), hit.first, grammar)


def _only_quotation(reading: Reading, level: Level, content: Span) -> bool:
    """True when the clause is nothing but an utterance."""
    outside = len(content)
    for quotation in level.utterances_near(content):
        shared = content.intersect(quotation.place)
        outside -= len(shared) if shared else 0
    return outside < 12


def _clause(reading: Reading, hit: Hit, level: Level, source: Source | None) -> Span | None:
    start = begin_as_said(reading, hit, level, source)
    if start is None:
        start = _clause_start(reading, hit, level, source)
    if start is not None:
        return _finish(reading, level, start, reading.sentence_end(level, start))
    if hit.cue.kind in ("before", "relay") and source is not None:
        return _around(reading, hit, level, source)
    return _before_cue(reading, hit, level, source)


def _clause_start(reading: Reading, hit: Hit, level: Level, source: Source | None) -> int | None:
    """Where the clause of a cue begins: after "that", or straight after a cue that needs none."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    if hit.cue.kind in ("before", "relay"):
        return None
    limit = reading.right_edge(level, hit.span.end)
    first, last = reading.words_in(hit.span.end, limit)
    if grammar.order == "verb-second" and first < last and _takes_object(reading, hit, first, grammar):
        return None
    for index in range(first, min(last, first + THAT_REACH)):
        word = reading.words[index]
        if word.folded in grammar.that:
            return word.start if grammar.language == "ar" and len(word.folded) > 3 else word.end
        if opens_citation(reading, hit, index, grammar):
            return reading.words[first].start
        if hit.cue.whence and word.folded in grammar.whence and cited_from(reading, hit, limit, grammar) is None:
            return word.end
        if any(mark in reading.text[hit.span.end : word.start][-3:] for mark in ";؛:"):
            break
        parted = index > first or word.folded.endswith("ing")
        if parted and word.folded in reading.lexicon.by_first and _verb(reading, word.folded):
            break
    if hit.cue.kind == "passive" and first < last:
        return hit.span.end
    if hit.cue.bare or hit.cue.lemma == "was quoted as saying":
        return _bare_start(reading, hit, first, last, grammar, source)
    return None


def _takes_object(reading: Reading, hit: Hit, first: int, grammar: Grammar) -> bool:
    """asked for a list that …, confirmed a date that …: the “that” belongs to the noun."""
    folded = reading.words[first].folded
    if reading.text[hit.span.end : reading.words[first].start].strip() or hit.cue.kind != "verb":
        return False
    return folded == "for" or (folded in grammar.objects and not hit.cue.bare and not hit.cue.hearer)


def _verb(reading: Reading, folded: str) -> bool:
    return any(cue.kind == "verb" and len(cue.words) == 1 for cue in reading.lexicon.by_first[folded])


def _bare_start(
    reading: Reading, hit: Hit, first: int, last: int, grammar: Grammar, source: Source | None
) -> int | None:
    """said the talks ended: the clause begins at the next word, unless that is a small word or the source."""
    if first + 2 >= last or reading.text[hit.span.end : reading.words[first].start].strip():
        return None
    if source is not None and source.span.start >= hit.span.end:
        return None
    left = reading.text[max(0, hit.span.start - 400) : hit.span.start]
    if source is None and (left.rstrip().endswith((",", "”", '"', "»", "’"))):
        return None
    if hit.cue.hearer:
        hearer = source_after(reading, hit.span.end, reading.words[last - 1].end, grammar, apposition=False)
        if hearer is None or hearer.span.end >= reading.words[last - 1].start:
            return None
        following, _ = reading.words_in(hearer.span.end, reading.words[last - 1].end)
        small = reading.words[following].folded in grammar.stops
        mark = reading.text[hearer.span.end : hearer.span.end + 2].strip()[:1] in (",", ".", ":")
        return None if small or mark else hearer.span.end
    word = reading.words[first]
    weekday = word.text[0].isupper() and word.folded in grammar.stops
    small = word.folded in grammar.stops and word.folded not in ("if", "there", "when", "while")
    return None if weekday or small else word.start


def _around(reading: Reading, hit: Hit, level: Level, source: Source) -> Span | None:
    """According to X, CLAUSE — or CLAUSE, according to X."""
    left = reading.left_edge(level, hit.span.start)
    lead = reading.text[left : hit.span.start]
    if hit.first and reading.words[hit.first - 1].folded in reading.lexicon.grammars[hit.cue.language].that:
        lead = ""  # said that, according to X, CLAUSE
    if reading.text[source.span.end : source.span.end + 3].lstrip()[:1] == ":":
        return None  # it introduces what follows
    if len(lead.split()) <= 2:
        end = reading.sentence_end(level, source.span.end)
        grammar = reading.lexicon.grammars[hit.cue.language]
        following, _ = reading.words_in(source.span.end, end)
        if following < len(reading.words) and reading.words[following].folded in grammar.resumes:
            return _finish(reading, level, reading.words[following].end, end)
        comma = re.search(r"[,،:]\s", reading.text[source.span.end : end])
        if comma is None:
            return None
        return _finish(reading, level, source.span.end + comma.end(), end)
    if hit.cue.kind == "relay" and reading.before(level, left) is not None and len(lead.split()) < 6:
        return None
    return _finish(reading, level, left, hit.span.start)


def _before_cue(reading: Reading, hit: Hit, level: Level, source: Source | None) -> Span | None:
    """The talks ended, Salim said. — a clause before, and nothing but the end after."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    if source is None or grammar.order != "verb-second" or hit.cue.kind != "verb" or hit.cue.hearer:
        return None
    begin, end = min(source.span.start, hit.span.start), max(source.span.end, hit.span.end)
    left = reading.left_edge(level, begin)
    if reading.after(level, end) is not None:
        return None  # In a tweet, Salim wrote: “…”
    lead = reading.text[left:begin].rstrip()
    tail = reading.text[end : reading.right_edge(level, end)].strip()
    if not lead.endswith((",", "—", "–")) or len(lead.split()) < 4 or len(tail.split()) > 5:
        return None
    return _finish(reading, level, left, left + len(lead))


def _finish(reading: Reading, level: Level, start: int, end: int) -> Span | None:
    """The clause without outer space and closing punctuation, cut before a closing "according to"."""
    text = reading.text
    closer = bisect_left(reading.closers, start + 8)
    while closer < len(reading.closers) and reading.closers[closer] < end:
        at = reading.closers[closer]
        if text[at - 2 : at].strip()[:1] in (",", "،"):
            end = at
        closer += 1
    span = trim(text, Span(start, max(start, min(end, len(text)))))
    piece = span.of(text)
    keep = len(piece.rstrip(" .,،;؛:!?؟۔—–-\n"))
    span = Span(span.start, span.start + keep)
    lead = len(piece[:keep]) - len(piece[:keep].lstrip(" ,،:—–-"))
    span = Span(span.start + lead, span.end)
    return span if len(span) and len(span.of(text).split()) >= 2 else None
