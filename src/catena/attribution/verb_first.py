"""Sources where the verb comes first (Arabic): who is quoted after “from”, and subjects before their verb."""

from __future__ import annotations

from catena.attribution.clauses import Hit, Level, Reading
from catena.attribution.drafts import Draft
from catena.attribution.lexicon import Grammar
from catena.attribution.sources import LONGEST, Source, cuts
from catena.model import Span


def quoted_from(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """نقلت الصحيفة عن مصدر في المجلس قوله: all that stands between عن and the word for “his saying”."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    for index in range(first - 1, max(low, first - LONGEST) - 1, -1):
        if cuts(reading, index):
            return None
        if reading.words[index].folded in grammar.whence and index + 1 < first:
            span = Span(reading.words[index + 1].start, reading.words[first - 1].end)
            return Source(span, span)
    return None


def subject_after_that(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """قالت لينا إن الوزير أكد أن …: after “that” the subject stands before the verb at word `first`."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    last = first - 1
    while last >= low and reading.words[last].folded in grammar.helpers:
        last -= 1
    for index in range(last, max(low, first - LONGEST) - 1, -1):
        word = reading.words[index].folded
        if word in grammar.that:
            return _between(reading, index + 1, last)
        if cuts(reading, index) or word in grammar.stops or _is_verb(reading, word, grammar):
            return None
    return None


def cited_from(reading: Reading, hit: Hit, right: int, grammar: Grammar) -> tuple[Source, Span] | None:
    """نقلت الوكالة عن مصدر أن …: who stands between “from” and “that”, and the word for “from”; no قوله between."""
    first, last = reading.words_in(hit.span.end, right)
    whence = None
    for index in range(first, min(last, first + LONGEST)):
        word = reading.words[index].folded
        if whence is None and word in grammar.whence:
            whence = index
        elif whence is not None and word in grammar.that:
            source = _between(reading, whence + 1, index - 1)
            mark = Span(reading.words[whence].start, reading.words[whence].end)
            return (source, mark) if source is not None else None
        elif whence is not None and any(cue.kind == "quoted" for cue in reading.lexicon.by_first.get(word, ())):
            return None
    return None


def cited_voice(reading: Reading, hit: Hit, level: Level) -> list[Draft]:
    """نقلت الوكالة عن مصدر أن …: the voice of the source; its words are those of the statement."""
    grammar = reading.lexicon.grammars[hit.cue.language]
    cited = cited_from(reading, hit, reading.right_edge(level, hit.span.end), grammar)
    return [] if cited is None else [Draft(hit, "indirect", (), cited[0], cue=cited[1])]


def is_object(reading: Reading, after: Source, grammar: Grammar) -> bool:
    """وصفت الخطة بأنها: one noun with the article between verb and “that it is” is what is spoken of."""
    first, last = reading.words_in(after.span.start, after.span.end)
    single = last - first == 1 and reading.words[first].folded.startswith("ال")
    return single and last < len(reading.words) and reading.words[last].folded in grammar.described


def _between(reading: Reading, first: int, last: int) -> Source | None:
    if first > last:
        return None
    span = Span(reading.words[first].start, reading.words[last].end)
    return Source(span, span)


def without_verb(reading: Reading, source: Source | None, grammar: Grammar) -> Source | None:
    """ورد أمين الصندوق بالقول: the verb that opens the sentence is no part of who speaks."""
    if source is None:
        return None
    first, last = reading.words_in(source.span.start, source.span.end)
    word = reading.words[first].folded
    verb = word in reading.lexicon.by_first or (word[0] in grammar.clitics and word[1:] in reading.lexicon.by_first)
    return _between(reading, first + 1, last - 1) if verb and last - first > 1 else source


def _is_verb(reading: Reading, word: str, grammar: Grammar) -> bool:
    """A reporting verb, with its conjunction or without."""
    known = reading.lexicon.by_first
    return word in known or (len(word) > 3 and word[0] in grammar.clitics and word[1:] in known)


def is_noun_here(reading: Reading, hit: Hit, grammar: Grammar) -> bool:
    """عدم ذكر اسمه, في رد على …: letters of a verb, but after such words a noun."""
    single = len(hit.cue.words) == 1 and hit.cue.kind == "verb"
    return single and hit.first > 0 and reading.words[hit.first - 1].folded in grammar.before_nouns
