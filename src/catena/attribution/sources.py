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

LONGEST_ASIDE = 60
"""Code points of an aside in brackets between a name and its verb."""
LONGEST = 14
"""Words of a source; longer ones were clauses."""
_CUT = re.compile(r"[,،;؛:\"“”«»()\[\]\n—–﴿﴾!?؟]|\s-\s|[.…](?=\s)")
_ARABIC_ARTICLE = ("ال", "اال")
"""The article, and as it comes out of PDF text that swaps lam and alef."""
LONGEST_SUBJECT = 20
"""Words of a subject with its complements (the verse that is read in every school on the lakes)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as printed. `head` is the part its name is taken from (without apposition)."""

    span: Span
    head: Span
    negated: bool = False


def is_cut(gap: str, word: str, lexicon: CueLexicon) -> bool:
    """True when what stands after `word` ends a noun phrase; the full stop of “Rep.” or an initial does not."""
    if gap.startswith(".") and (word.casefold() in lexicon.abbreviations or (len(word) == 1 and word.isupper())):
        gap = gap[1:]
    return _CUT.search(gap) is not None


def cuts(reading: Reading, index: int) -> bool:
    """`is_cut` for the gap after a word of the reading."""
    return is_cut(reading.gap(index, index + 1), reading.words[index].text, reading.lexicon)


def source_before(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """The subject that ends before word `first`, not reaching past the offset `edge`."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    at, negated = _skip_helpers(reading, low, first, grammar)
    if at < low:
        return None
    if reading.words[at].folded in grammar.relatives and at > low:
        return _antecedent(reading, low, at - 1, grammar, negated)
    at = _before_bracket(reading, low, at)
    if reading.gap(at, at + 1).strip() in (",", "،", ".,"):
        return _with_apposition(reading, low, at, grammar, negated)
    if cuts(reading, at) and "(" not in reading.gap(at, at + 1):
        return None
    begin = _walk_back(reading, low, at, grammar)
    if begin is None:
        return None
    whole = _with_complements(reading, low, begin, grammar)
    if whole < begin:
        span = Span(reading.words[whole].start, reading.words[at].end)
        return Source(span, _head(reading, whole, begin, span, grammar), negated)
    span = Span(reading.words[begin].start, reading.words[at].end)
    inside = _inner_apposition(reading, low, begin, grammar)
    return Source(Span(inside, span.end) if inside is not None else span, span, negated)


def _before_bracket(reading: Reading, low: int, at: int) -> int:
    """Index of the word before a bracket that ends with word `at`: Lena Dahl (Merrow) said."""
    if not reading.gap(at, at + 1).strip(" .").startswith(")"):
        return at
    opens = reading.text.rfind("(", reading.words[low].start, reading.words[at].start)
    if opens < 0 or reading.words[at].end - opens > LONGEST_ASIDE:
        return at
    return max(low, reading.words_in(opens, opens + 1)[0] - 1)


def is_passive(reading: Reading, edge: int, first: int, grammar: Grammar) -> bool:
    """True for "was told", "had been asked": what stands before the verb is not who speaks."""
    if reading.words[first].folded.endswith("ing"):
        return False
    index = first - 1
    while index >= 0 and reading.words[index].start >= edge and not cuts(reading, index):
        folded = reading.words[index].folded
        if folded in grammar.be:
            return True
        if folded not in grammar.helpers and folded not in grammar.negations and not folded.endswith("ly"):
            return False
        index -= 1
    return False


def shares_subject(reading: Reading, edge: int, first: int, grammar: Grammar) -> bool:
    """True for "… but said", "… and added": the subject stands before another verb of the sentence."""
    low, _ = reading.words_in(edge, reading.words[first].start)
    at, _ = _skip_helpers(reading, low, first, grammar)
    return at > low and grammar.order == "verb-second" and reading.words[at].folded in grammar.adds


def subject_of(reading: Reading, edge: int, first: int, grammar: Grammar) -> Source | None:
    """Who the sentence is about, when it opens with a name, a pronoun, or a noun phrase with a name in commas.

    Without a parse only these three openings are safe; anything else is left without a source.
    """
    low, _ = reading.words_in(edge, reading.words[first].start)
    joint = _skip_helpers(reading, low, first, grammar)[0]
    if joint - 2 >= low and reading.words[joint - 2].folded in grammar.pronouns:  # …, he laughed and said
        span = Span(reading.words[joint - 2].start, reading.words[joint - 2].end)
        return Source(span, span)
    opening = reading.words[low]
    if opening.folded in grammar.pronouns:
        span = Span(opening.start, opening.end)
        return Source(span, span)
    end = low
    if opening.folded in grammar.determiners:
        while end + 1 < first and "," not in reading.gap(end, end + 1):
            end += 1
        low, end = end + 1, end + 1
        if low >= first or low - reading.words_in(edge, edge + 1)[0] > LONGEST:
            return None
    while end < first and reading.words[end].text[0].isupper() and reading.words[end].folded not in grammar.stops:
        if end > low and reading.gap(end - 1, end).strip(" "):
            break
        end += 1
    if end == low:
        return None
    head = Span(reading.words[low].start, reading.words[end - 1].end)
    comma = reading.text[head.end : head.end + 1] == ","
    if opening.start != head.start and not comma:
        return None
    return Source(Span(opening.start, head.end), head)


def _antecedent(reading: Reading, low: int, at: int, grammar: Grammar, negated: bool) -> Source | None:
    """the Charter, which says: the noun phrase that the pronoun takes up; it ends with word `at`."""
    begin = _walk_back(reading, low, at, grammar)
    if begin is None:
        return None
    if (
        begin > low
        and reading.gap(begin - 1, begin).strip() == ","
        and reading.words[begin].folded in grammar.determiners
    ):
        return _with_apposition(reading, low, at, grammar, negated)
    span = Span(reading.words[begin].start, reading.words[at].end)
    return Source(span, span, negated)


def _with_complements(reading: Reading, low: int, begin: int, grammar: Grammar) -> int:
    """Where the subject begins whose last complement begins with word `begin`; `begin` itself if it has none.

    A noun after a preposition is no subject: "the verse read on the lakes says" goes back to "the verse". It must
    reach the start of the clause, else what was found is left as it is ("In Sorin the minister said").
    """
    at = begin
    while at > low and begin - at < LONGEST_SUBJECT:
        before = reading.words[at - 1].folded
        if cuts(reading, at - 1) or before in grammar.joins - grammar.prepositions - {"that"}:
            break
        if before in grammar.prepositions:
            step = at - 2
        elif before in grammar.be and at - 2 > low and reading.words[at - 2].folded in grammar.relatives | {"that"}:
            step = at - 3
        else:
            return begin
        earlier = _walk_back(reading, low, step, grammar) if step >= low else None
        if earlier is None or cuts(reading, step):
            return begin
        at = earlier
    return at


def _head(reading: Reading, whole: int, begin: int, span: Span, grammar: Grammar) -> Span:
    """The noun that the complements belong to: up to the first preposition or relative pronoun."""
    for index in range(whole + 1, begin):
        folded = reading.words[index].folded
        if folded in grammar.prepositions - grammar.links or folded in grammar.relatives or folded == "that":
            return Span(span.start, reading.words[index - 1].end)
    return span


def _inner_apposition(reading: Reading, low: int, begin: int, grammar: Grammar) -> int | None:
    """The foreign minister, Tarek Salim said: the title before the comma belongs to the source."""
    if begin - 1 < low or reading.gap(begin - 1, begin).strip() != "," or not reading.words[begin].text[0].isupper():
        return None
    earlier = _walk_back(reading, low, begin - 1, grammar)
    if earlier is None or reading.words[earlier].folded not in ("the", "its", "his", "her", "their"):
        return None
    if earlier > low and reading.words[earlier - 1].folded in grammar.prepositions:
        return None  # as quoted by the Telegraph, Minister Salim said
    return reading.words[earlier].start


def _skip_helpers(reading: Reading, low: int, first: int, grammar: Grammar) -> tuple[int, bool]:
    at, negated = first - 1, False
    while at >= low and not cuts(reading, at):
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
        if index < at and cuts(reading, index):
            break
        if word.folded in grammar.pronouns:
            return index if index == at else begin
        if word.folded in grammar.determiners:
            if word.folded in grammar.that and begin is not None and _opens_clause(reading, index, low):
                break
            begin = index
            if (
                index - 1 < low
                or reading.words[index - 1].folded not in grammar.links
                or reading.gap(index - 1, index).strip()
            ):
                break
        elif grammar.clitics and word.folded[1:] in grammar.helpers and word.folded[0] in grammar.clitics:
            break  # وكانت
        elif word.folded in grammar.stops:
            if word.folded in grammar.that:
                break
            nouns = word.text[0].isupper() and word.folded in grammar.capitals
            if not nouns and not _inside_name(reading, index, low, grammar):
                break
        elif word.folded in grammar.links:
            if begin is None or index == low or (word.folded in grammar.pairs and not _two_names(reading, index)):
                break
        else:
            begin = index
        index -= 1
    return begin


def _opens_clause(reading: Reading, index: int, low: int) -> bool:
    """said that Salim …, said that officials …: the word opens a clause; in “that minister” it points at one."""
    following = reading.words[index + 1]
    if following.text[0].isupper() or following.folded.endswith("s"):
        return True
    return index > low and reading.words[index - 1].folded in reading.lexicon.by_first


def _two_names(reading: Reading, index: int) -> bool:
    """Salim and Dahl said: both sides of the conjunction are names."""
    return reading.words[index - 1].text[0].isupper() and reading.words[index + 1].text[0].isupper()


def _inside_name(reading: Reading, index: int, low: int, grammar: Grammar) -> bool:
    """The small word joins two capitalised ones (the Council on Rivers)."""
    if index <= low or index + 1 >= len(reading.words) or reading.words[index].text[0].isupper():
        return False
    sides = (reading.words[index - 1], reading.words[index + 1])
    small = reading.words[index].folded in grammar.inside
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
    if apposition in grammar.adds | grammar.contrasts and reading.words[index + 1].folded in grammar.determiners:
        return None  # a second sentence (…, and the vote was lost, said …)
    if apposition in grammar.asides or apposition.endswith("ing"):
        return Source(head, head, negated)
    whole = Span(head.start, reading.words[at].end)
    named = any(word.text[0].isupper() for word in reading.words[begin + 1 : index])
    if reading.words[begin].folded in grammar.determiners and (
        reading.words[index].text[0].isupper() or (not named and reading.words[at].text[0].isupper())
    ):
        return Source(whole, Span(reading.words[index].start, reading.words[at].end), negated)
    return Source(whole, head, negated)


def source_after(
    reading: Reading, start: int, end: int, grammar: Grammar, *, apposition: bool, thing_follows: bool = False
) -> Source | None:
    """The noun phrase that begins at the offset `start`, not reaching past `end`.

    `thing_follows`: a verb such as "called" has its object after the subject; where nothing else parts them, nouns
    with the article at the end are the object.
    """
    text = reading.text
    end = min(end, start + 40 * LONGEST)
    words = iter_words(text, start, max(start, end))[: LONGEST + 12]
    if not words or _CUT.search(text[start : words[0][1]]):
        return None
    last, named = -1, False
    for index, (word, _, _) in enumerate(words[:LONGEST]):
        folded = fold_word(word)
        if index and is_cut(text[words[index - 1][2] : words[index][1]], words[index - 1][0], reading.lexicon):
            break
        if folded in grammar.pronouns:
            last = index if index == 0 else last
            break
        if folded in grammar.links and index and index + 1 < len(words):
            continue
        joined = grammar.language == "ar" and index and _names_hearer(folded, reading.lexicon)
        of_work = folded == "من" and index and fold_word(words[0][0]) in grammar.parts
        if of_work and index + 1 < len(words):
            continue
        if folded in grammar.stops or (index and folded[0] in grammar.clitics and folded[1:] in grammar.that):
            break  # فإن
        if joined or (folded in reading.lexicon.by_first and grammar.order != "verb-second"):
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
    if grammar.order == "verb-first" and thing_follows:
        last = _without_thing([fold_word(word) for word, _, _ in words[: last + 1]], reading.lexicon)
    head = Span(words[0][1], words[last][2])
    extra = _apposition_after(text, words, last, end, grammar) if apposition and named else None
    return Source(Span(head.start, extra) if extra else head, head)


def _without_thing(folded: list[str], lexicon: CueLexicon) -> int:
    """Index of the subject's last word: وصفت عضو المجلس ليلى درويش | الرسوم."""
    last = len(folded) - 1
    while last > 0 and folded[last].startswith(_ARABIC_ARTICLE) and folded[last] not in lexicon.titles:
        if folded[last - 1] in lexicon.offices and not folded[last - 1].startswith(_ARABIC_ARTICLE):
            break
        last -= 1
    return last


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
    if grammar.language in ("ar", "fa"):
        return Span(words[_arabic_start(folded, lexicon)][1], words[-1][2]).of(text)
    begin = 0
    while begin < len(words) - 1 and (
        folded[begin] in lexicon.titles or folded[begin] in grammar.determiners or words[begin][0][0].islower()
    ):
        if begin and folded[begin] in grammar.links:
            break  # the Minister for Water
        begin += 1
    whole = Span(words[1 if len(words) > 1 and folded[0] in grammar.determiners else 0][1], words[-1][2]).of(text)
    if begin and (folded[begin] in grammar.links or folded[begin] in lexicon.titles):
        return whole
    taken = [f for f in folded[:begin] if f in lexicon.titles]
    if taken and not any(f in lexicon.offices for f in taken) and len(words) - begin == 1:
        return whole  # the General Assembly
    later = _after_role(words, folded, begin, grammar, lexicon)
    had_title = bool(taken) or later > begin or (words[0][0][0].islower() and folded[0] not in grammar.determiners)
    begin = later
    if grammar.language == "en" and had_title:
        cut = next((i for i in range(begin + 1, len(words)) if folded[i] in grammar.belongs), len(words))
        return Span(words[begin][1], words[cut - 1][2]).of(text)
    return Span(words[begin][1], words[-1][2]).of(text)


def _after_role(
    words: tuple[tuple[str, int, int], ...], folded: list[str], begin: int, grammar: Grammar, lexicon: CueLexicon
) -> int:
    """the Ostravian envoy Anton Brisk: the name begins after the last office or plain noun before it."""
    for index in range(len(words) - 2, begin - 1, -1):
        small = words[index][0][0].islower()
        if folded[index] in grammar.links or folded[index] in grammar.determiners or folded[index] in grammar.stops:
            if folded[index] in grammar.extends or folded[index] in grammar.stops:
                return begin
            continue
        joined = any(f in grammar.extends for f in folded[begin:index])
        if folded[index] in lexicon.offices and (small or not joined) and words[index + 1][0][0].isupper():
            return index + 1
        if small:
            return begin if joined or words[index + 1][0][0].islower() else index + 1
    return begin


def _arabic_start(folded: list[str], lexicon: CueLexicon) -> int:
    """Index of the first word of the name after its offices; 0 when nothing but an office is there.

    After an office in the construct state (وزيرة المياه) the nouns with the article belong to the office, and so does
    a body (رئيس حزب القصب); the name is what comes after.
    """
    last = max((i for i, word in enumerate(folded[:-1]) if word in lexicon.titles), default=-1)
    if last < 0:
        return 0
    begin = last + 1
    if not folded[last].startswith(_ARABIC_ARTICLE):
        while begin < len(folded) and (folded[begin].startswith(_ARABIC_ARTICLE) or folded[begin] in lexicon.bodies):
            begin += 1
    return begin if begin < len(folded) else 0
