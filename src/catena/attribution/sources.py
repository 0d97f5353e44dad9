"""The noun phrase beside a cue that names who speaks.

Works from capitals, small words and punctuation, never from a parse: measured on news, a parser added next
to nothing
for this job. Two walks: backwards from the cue (subject before verb) and forwards (inverted, verb first,
"according
to"). Both stay inside the clause they are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catena.attribution.clauses import Reading
from catena.attribution.lexicon import Cue, CueLexicon, Grammar, fold_word
from catena.attribution.regions import iter_words
from catena.model import Span

LONGEST = 14
"""Words of a source; longer ones were clauses."""
_CUT = re.compile(r"[,،;؛:\"“”«»()\[\]\n—–﴿﴾!?؟]|\s-\s|[.…](?=\s)")
_APPOSITION_OUT = frozenset(
    [
        "who",
        "which",
        "whose",
        "speaking",
        "writing",
        "addressing",
        "citing",
        "in",
        "on",
        "at",
        "after",
        "before",
        "during",
        "when",
        "with",
    ]
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as printed. `head` is the part its name is taken from (without apposition)."""

    span: Span
    head: Span
    negated: bool = False


def source_before(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """The subject that ends before word `first`, not reaching past the offset `edge`."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    at, negated = _skip_helpers(reading, low, first, grammar)
    if at < low:
        return None
    gap = reading.gap(at, at + 1)
    if (at + 1 == first and "," in gap) or "،" in gap:
        return _with_apposition(reading, low, at, grammar, negated)
    if _CUT.search(gap):
        return None
    begin = _walk_back(reading, low, at, grammar)
    if begin is None:
        return None
    span = Span(reading.words[begin].start, reading.words[at].end)
    inside = _inner_apposition(reading, low, begin, grammar)
    return Source(Span(inside, span.end) if inside is not None else span, span, negated)


def _inner_apposition(reading: Reading, low: int, begin: int, grammar: Grammar) -> int | None:
    """The foreign minister, Tarek Salim said: the title before the comma belongs to the source."""
    if begin - 1 < low or reading.gap(begin - 1, begin).strip() != "," or not reading.words[begin].text[0].isupper():
        return None
    earlier = _walk_back(reading, low, begin - 1, grammar)
    if earlier is None or reading.words[earlier].folded not in ("the", "its", "his", "her", "their"):
        return None
    return reading.words[earlier].start


def _skip_helpers(reading: Reading, low: int, first: int, grammar: Grammar) -> tuple[int, bool]:
    at, negated = first - 1, False
    while at >= low and not _CUT.search(reading.gap(at, at + 1)):
        folded = reading.words[at].folded
        adverb = grammar.language == "en" and folded.endswith("ly") and reading.words[at].text[0].islower()
        if folded not in grammar.helpers and folded not in grammar.negations and not adverb:
            break
        negated = negated or folded in grammar.negations
        at -= 1
    return at, negated


def _walk_back(reading: Reading, low: int, at: int, grammar: Grammar) -> int | None:
    """Index of the first word of the noun phrase that ends with word `at`, or `None`."""
    index, begin = at, None
    while index >= low and at - index < LONGEST:
        word = reading.words[index]
        if index < at and _CUT.search(reading.gap(index, index + 1)):
            break
        if word.folded in grammar.pronouns:
            return index if index == at else begin
        if word.folded in grammar.determiners:
            begin = index
            if (
                index - 1 < low
                or reading.words[index - 1].folded not in grammar.links
                or reading.gap(index - 1, index).strip()
            ):
                break
        elif word.folded in grammar.stops:
            nouns = word.text[0].isupper() and word.folded in ("may", "march")
            if not nouns and not _inside_name(reading, index, low, grammar):
                break
        elif word.folded in grammar.links:
            if begin is None or index == low or (word.folded in ("and", "и") and not _two_names(reading, index)):
                break
        else:
            begin = index
        index -= 1
    return begin


def _two_names(reading: Reading, index: int) -> bool:
    """Salim and Dahl said: both sides of the conjunction are names."""
    return reading.words[index - 1].text[0].isupper() and reading.words[index + 1].text[0].isupper()


def _inside_name(reading: Reading, index: int, low: int, grammar: Grammar) -> bool:
    """The small word joins two capitalised ones (the Council on Rivers)."""
    if index <= low or index + 1 >= len(reading.words) or reading.words[index].text[0].isupper():
        return False
    sides = (reading.words[index - 1], reading.words[index + 1])
    small = reading.words[index].folded in ("on", "in", "at", "to") and grammar.language == "en"
    return small and all(w.text[0].isupper() and w.folded not in grammar.stops for w in sides)


def _with_apposition(reading: Reading, low: int, at: int, grammar: Grammar, negated: bool) -> Source | None:
    """X, Y, said: the name and what is said about it between commas."""
    index = at
    while (
        index - 1 >= low
        and at - index < 20
        and "," not in reading.gap(index - 1, index)
        and "،" not in reading.gap(index - 1, index)
    ):
        index -= 1
    if index - 1 < low or at - index >= 20:
        return None
    begin = _walk_back(reading, low, index - 1, grammar)
    if begin is None:
        return None
    head = Span(reading.words[begin].start, reading.words[index - 1].end)
    apposition = reading.words[index].folded
    if apposition in _APPOSITION_OUT or apposition.endswith("ing"):
        return Source(head, head, negated)
    whole = Span(head.start, reading.words[at].end)
    if reading.words[begin].folded in grammar.determiners and reading.words[index].text[0].isupper():
        return Source(whole, Span(reading.words[index].start, reading.words[at].end), negated)
    return Source(whole, head, negated)


def source_after(reading: Reading, start: int, end: int, grammar: Grammar, *, apposition: bool) -> Source | None:
    """The noun phrase that begins at the offset `start`, not reaching past `end`."""
    text = reading.text
    end = min(end, start + 40 * LONGEST)
    words = iter_words(text, start, max(start, end))[: LONGEST + 12]
    if not words or _CUT.search(text[start : words[0][1]]):
        return None
    last, named = -1, False
    for index, (word, _, _) in enumerate(words[:LONGEST]):
        folded = fold_word(word)
        if index and _CUT.search(text[words[index - 1][2] : words[index][1]]):
            break
        if folded in grammar.pronouns:
            last = index if index == 0 else last
            break
        if folded in grammar.links and index and index + 1 < len(words):
            continue
        joined = grammar.language == "ar" and index and _names_hearer(folded, reading.lexicon)
        if folded in grammar.stops or joined or (folded in reading.lexicon.by_first and grammar.order != "verb-second"):
            break
        if (
            grammar.order == "verb-second"
            and index
            and folded in grammar.determiners
            and fold_word(words[index - 1][0]) not in grammar.links
        ):
            break
        named = named or word[0].isupper()
        last = index
    if last < 0 or (last == 0 and fold_word(words[0][0]) in grammar.determiners):
        return None
    head = Span(words[0][1], words[last][2])
    extra = _apposition_after(text, words, last, end, grammar) if apposition and named else None
    return Source(Span(head.start, extra) if extra else head, head)


def _names_hearer(folded: str, lexicon: CueLexicon) -> bool:
    """لوكالة، للصحيفة: to the agency."""
    return folded[0] == "ل" and (folded[1:] in lexicon.outlet_words or folded[2:] in lexicon.outlet_words)


def _apposition_after(
    text: str, words: tuple[tuple[str, int, int], ...], last: int, end: int, grammar: Grammar
) -> int | None:
    """said Tarek Salim, the foreign minister of Ostravia."""
    after = words[last + 1 :]
    if (
        not after
        or text[words[last][2] : after[0][1]].strip() != ","
        or fold_word(after[0][0]) not in ("the", "a", "an")
    ):
        return None
    close = _CUT.search(text, after[0][1], end)
    stop = close.start() if close else end
    piece = text[after[0][1] : stop].rstrip(" .")
    return after[0][1] + len(piece) if len(piece.split()) <= 10 else None


def describe_source(text: str, source: Source, cue: Cue, grammar: Grammar, lexicon: CueLexicon) -> tuple[str, str]:
    """(speaker, source_type): the name without titles, and named, unnamed, collective or pronoun."""
    words = iter_words(text, source.head.start, source.head.end)
    folded = [fold_word(word) for word, _, _ in words]
    if folded and folded[0] in grammar.pronouns:
        return "", "pronoun"
    kind = _source_type(words, folded, grammar, lexicon)
    head = source.head
    return (_bare_name(text, words, folded, grammar, lexicon) if kind == "named" else head.of(text)), kind


def _source_type(
    words: tuple[tuple[str, int, int], ...], folded: list[str], grammar: Grammar, lexicon: CueLexicon
) -> str:
    if grammar.language in ("ar", "fa"):
        if folded and folded[0] in grammar.collective:
            return "collective"
        if folded and all(word in lexicon.titles for word in folded):
            return "unnamed"
        return "unnamed" if folded and folded[0] in grammar.unnamed and len(folded) < 4 else "named"
    office = {"the"} | grammar.determiners
    inner = [(w, f) for (w, _, _), f in zip(words, folded, strict=True) if f not in office and f not in grammar.links]
    capital = [f for w, f in inner if w[0].isupper()]
    small = [f for w, f in inner if w[0].islower()]
    start = words and words[0][0][0].isupper() and folded[0] in (grammar.collective | grammar.unnamed)
    if any(f in grammar.collective for f in small) or (start and folded[0] in grammar.collective):
        return "collective"
    if any(f in grammar.unnamed for f in small) and not _ends_named(words):
        return "unnamed"
    return (
        "named"
        if (capital and not start) or (not small and capital and not start)
        else ("unnamed" if inner else "none")
    )


def _ends_named(words: tuple[tuple[str, int, int], ...]) -> bool:
    """spokesman Tarek Salim: the last word is the name; a lawyer for Ostravia is not."""
    return (
        len(words) >= 2
        and words[-1][0][0].isupper()
        and (words[-2][0][0].isupper() or fold_word(words[-2][0]) not in ("for", "of", "from", "the"))
    )


def _bare_name(
    text: str,
    words: tuple[tuple[str, int, int], ...],
    folded: list[str],
    grammar: Grammar,
    lexicon: CueLexicon,
) -> str:
    """Foreign Minister Tarek Salim of Ostravia -> Tarek Salim; the Ministry of Health -> Ministry of
    Health."""
    begin = 0
    while begin < len(words) - 1 and (
        folded[begin] in lexicon.titles or folded[begin] in grammar.determiners or words[begin][0][0].islower()
    ):
        begin += 1
    had_title = any(f in lexicon.titles for f in folded[:begin]) or (
        words and words[0][0][0].islower() and folded[0] not in grammar.determiners
    )
    if begin and folded[begin] in grammar.links and begin + 1 < len(words):
        return Span(words[1 if folded[0] in grammar.determiners else 0][1], words[-1][2]).of(text)
    if grammar.language == "en" and had_title:
        cut = next((i for i in range(begin + 1, len(words)) if folded[i] in ("of", "from", "for")), len(words))
        return Span(words[begin][1], words[cut - 1][2]).of(text)
    return Span(words[begin][1], words[-1][2]).of(text)
