"""Names of people in Arabic script, where no capital shows them: beside a courtesy, an office or a reporting verb.

Vocabulary: a *run* is the words from a cue to the next stop word or mark. A name is taken from a run when its place is
plain: after a courtesy (الدكتورة), after an office and its complement (وزيرة المياه …), between a verb of saying and
the words said, or before a comma and an office (…، وزیر راه). An office followed by an ordinary noun ("زار الوزير
ميناء …") is the trap: without a mark that ends the run, both words must look like no noun or verb, or be known.
What one place shows is then found wherever the same words stand in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import NameLexicon
from catena.anatomy.name_key import Speller, spell
from catena.anatomy.scan import plain
from catena.model import Span

_WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0670\u200c]+")
_DEFINITE = re.compile("(?:و|ف|ب|ك)?ال|لل|اال|األ|اإل|اآل")  # a PDF may turn lam-alif around: االتحاد
_PRONOUN = re.compile("..(?:هما|هم|ته|تها|نها|ها|كم)$")
_NOUN = re.compile("است...|ان..ا.$|ا.ت.{1,2}ا.ه?$|ت..ي.$|م.ا..ه$|سي...|ست...|يت...|.*[يو]ن$(?<=....)|.*ات$(?<=....)")
_AL = "ال"
_STRONG = re.compile(r"\s*(?:[:：]|[«»\"“”﴿])")
_COMMA = re.compile(r"\s*[،,]\s*")
_ERGATIVE = plain("نے")
_LONGEST_RUN = 7  # words
Hit = tuple[Span | None, Span, str]
"""Title, name, rule."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Lists:
    courtesies: frozenset[str]
    offices: frozenset[str]
    offices_of: frozenset[str]
    stops: frozenset[str]
    bodies: frozenset[str]
    links: frozenset[str]
    adjectives: frozenset[str]
    particles: frozenset[str]
    that: frozenset[str]
    verbs: frozenset[str]
    speller: Speller


@lru_cache(maxsize=4)
def _lists(lexicon: NameLexicon) -> _Lists:
    titles = frozenset((*lexicon.courtesies, *lexicon.offices, *lexicon.offices_of))
    return _Lists(
        courtesies=frozenset(lexicon.courtesies),
        offices=frozenset(lexicon.offices),
        offices_of=frozenset(lexicon.offices_of),
        stops=frozenset((*lexicon.arabic_stops, *lexicon.arabic_verbs, *lexicon.arabic_that)) | titles,
        bodies=frozenset(lexicon.arabic_bodies),
        links=frozenset(lexicon.arabic_links),
        adjectives=frozenset(lexicon.arabic_adjectives),
        particles=frozenset(lexicon.arabic_particles),
        that=frozenset(lexicon.arabic_that),
        verbs=frozenset(lexicon.arabic_verbs),
        speller=spell(lexicon),
    )


def find_arabic_names(text: str, lexicon: NameLexicon) -> Iterator[Hit]:
    """Names in Arabic script with the title before them where there is one; in no order, none twice."""
    if not _WORD.search(text):
        return
    lists = _lists(lexicon)
    tokens = [_Token(word.start(), word.end(), plain(word[0])) for word in _WORD.finditer(text)]
    reader = _Reader(text, tokens, lists)
    found: dict[int, Hit] = {}
    for place in range(len(tokens)):
        hit = reader.read(place)
        if hit and hit[1].start not in found:
            found[hit[1].start] = hit
    yield from found.values()
    yield from _again(tokens, list(found.values()), lists)


class _Reader:
    """Reads the names around one token."""

    def __init__(self, text: str, tokens: list[_Token], lists: _Lists) -> None:
        self._text, self._tokens, self._lists = text, tokens, lists

    def read(self, place: int) -> Hit | None:
        """The name that the word at `place` announces; `None` for nearly every word."""
        key = self._bare(place)
        lists = self._lists
        if key in lists.courtesies:
            return self._after_courtesy(place)
        if key in lists.offices or key in lists.offices_of:
            return self._after_office(place, definite=key in lists.offices) or self._before_office(place)
        if key in lists.verbs:
            return self._after_verb(place) or self._before_verb(place)
        return None

    def _bare(self, place: int) -> str:
        """The word at `place`, without و or ف before a word of the lists."""
        key, lists = self._tokens[place].key, self._lists
        known = lists.courtesies | lists.offices | lists.offices_of | lists.verbs if key[:1] in "وفلب" else ()
        return key[1:] if known and key not in known and key[1:] in known else key

    def _gap(self, place: int) -> str:
        """What stands between the word at `place` and the next."""
        end = self._tokens[place + 1].start if place + 1 < len(self._tokens) else len(self._text)
        return self._text[self._tokens[place].end : end]

    def _run(self, place: int) -> tuple[int, bool]:
        """Where the run after `place` ends (first token that is not in it), and whether words said begin there."""
        at = place
        while at - place <= _LONGEST_RUN:
            gap = self._gap(at)
            if gap not in (" ", "\n", "\u00a0"):
                return at + 1, bool(_STRONG.match(gap))
            if at + 1 >= len(self._tokens):
                break
            key = self._tokens[at + 1].key
            if key in self._lists.that or key in self._lists.verbs:
                return at + 1, True
            if key in self._lists.stops and self._tokens[at].key not in self._lists.particles:
                return at + 1, False
            at += 1
        return at + 1, False

    def _clause_end(self, place: int) -> int:
        """Where the words after `place` reach a mark or a reporting word: there a complement may hold any noun."""
        at = place
        while at - place < _LONGEST_RUN and self._gap(at) == " " and at + 1 < len(self._tokens):
            if self._tokens[at + 1].key in self._lists.verbs | self._lists.that:
                break
            at += 1
        return at + 1

    def _name(self, first: int, end: int) -> Span | None:
        """The name from `first` on, before `end`: two words or more, where عبد, بن and أبو go with the next."""
        at, words = first, 0
        while at < end and (words < 2 or self._tokens[at].key in self._lists.particles):
            joins = self._tokens[at].key in self._lists.particles and at + 1 < end
            at += 1 + joins
            words += 1
            if joins and at < end and words >= 2 and self._tokens[at].key.startswith(_AL):
                at += 1  # بن سعيد المنصوري
        return Span(self._tokens[first].start, self._tokens[at - 1].end) if words >= 2 else None

    def _is_word(self, at: int) -> bool:
        key = self._tokens[at].key
        if len(key) < 2 or key in self._lists.stops | self._lists.adjectives or _PRONOUN.search(key):
            return False
        return key.removeprefix(_AL) not in self._lists.bodies

    def _may_be_name(self, first: int, end: int) -> bool:
        if end - first < 2 or _DEFINITE.match(self._tokens[first].key):
            return False
        particles = self._lists.particles
        return all(
            self._is_word(at)
            or self._tokens[at].key in particles
            or (at > first and self._tokens[at - 1].key in particles)
            for at in range(first, end)
        )

    def _is_safe(self, first: int, end: int) -> bool:
        """True when nothing but the words themselves must show that they are a name, and they do."""
        if self._is_known(first):
            return True
        keys = [self._tokens[at].key for at in range(first, end)]
        return not any(_NOUN.match(key) for key in keys) and not _DEFINITE.match(keys[1]) and keys[0][-1] != "ه"

    def _is_known(self, at: int) -> bool:
        token = self._tokens[at]
        return self._lists.speller.is_known(self._text[token.start : token.end])

    def _title(self, first: int, last: int) -> Span:
        return Span(self._tokens[first].start + self._prefix(first), self._tokens[last].end)

    def _prefix(self, place: int) -> int:
        """1 when the word at `place` carries a و or ف that is not its own."""
        return int(self._bare(place) != self._tokens[place].key)

    def _after_courtesy(self, place: int) -> Hit | None:
        end, _ = self._run(place)
        first = place + 1
        if (
            first < len(self._tokens)
            and self._gap(place).strip() == ""
            and self._may_be_name(first, min(end, first + 2))
        ):
            name = self._name(first, end)
            return (self._title(place, place), name, "after-title") if name else None
        return None

    def _after_office(self, place: int, *, definite: bool) -> Hit | None:
        end, strong = self._run(place)
        first = self._skip_complement(place + 1, end, definite=definite)
        starts = [first] if first is not None else []
        if strong and end - 2 > place + (not definite):
            starts.append(end - 2)
        starts += [at for at in range(place + 1 + (not definite), end - 1) if self._is_known(at)]
        if strong and end - place == 3 and end < len(self._tokens) and self._tokens[end].key == _ERGATIVE:
            starts.append(place + 1)  # Urdu: "صدر احمد کمال نے"
        found = self._first_name(place, starts, end, strong=strong)
        return found or self._after_comma(place, self._clause_end(place)) or self._after_link(place, end)

    def _after_link(self, place: int, link: int) -> Hit | None:
        """The complement goes on with a preposition: "الناطق باسم الحزب …", "السفير في ميرو …".

        What stands there may be anything, so that a mark, a reporting word or a known name is asked.
        """
        if link >= len(self._tokens) or self._tokens[link].key not in self._lists.links:
            return None
        end, strong = self._run(link)
        first = self._skip_complement(link + 1, end, definite=False)
        starts = [at for at in (first, end - 2) if strong and at is not None and at > link + 1]
        starts += [at for at in range(link + 2, end - 1) if self._is_known(at)]
        return self._first_name(place, starts, end, strong=strong) or self._after_comma(place, end)

    def _first_name(self, place: int, starts: list[int], end: int, *, strong: bool) -> Hit | None:
        """The name at the first of `starts` that holds one."""
        for at in starts:
            stop = min(end, at + 2)
            if self._may_be_name(at, stop) and ((strong and end - at <= 4) or self._is_safe(at, stop)):
                name = self._name(at, end)
                if name:
                    return self._title(place, at - 1), name, "after-office"
        return None

    def _skip_complement(self, at: int, end: int, *, definite: bool) -> int | None:
        """The first word after "of the …" and adjectives; `None` when an office that needs a complement has none."""
        start = at
        if not definite:
            while at < end and at - start < 3 and not _DEFINITE.match(self._tokens[at].key):
                at += 1
            if at == end or not _DEFINITE.match(self._tokens[at].key):
                return None
        while at < end and _DEFINITE.match(self._tokens[at].key):
            at += 1
        return at

    def _after_comma(self, place: int, end: int) -> Hit | None:
        """An office and its complement, a comma, a name, a comma or verb: "وزیر راه جمهوری لیسک، یلدا کاوان، گفت"."""
        if end <= place or end + 1 >= len(self._tokens) or not _COMMA.fullmatch(self._gap(end - 1)):
            return None
        last, strong = self._run(end)
        if (
            not 2 <= last - end <= 4
            or not self._may_be_name(end, last)
            or self._tokens[end].key in self._lists.particles
        ):
            return None
        if not (strong or _COMMA.match(self._gap(last - 1))):
            return None
        name = self._name(end, last)
        return (self._title(place, end - 1), name, "after-office") if name else None

    def _before_office(self, place: int) -> Hit | None:
        """Two or three words that begin a clause, or follow a verb, then a comma and office: "یلدا کاوان، وزیر راه"."""
        if place < 2 or not _COMMA.fullmatch(self._gap(place - 1)):
            return None
        for count in (2, 3):
            first = place - count
            if first < 0 or any(self._gap(at) != " " for at in range(first, place - 1)):
                return None
            if not self._may_be_name(first, place):
                continue
            before = self._gap(first - 1) if first else "."
            if before.strip() or "\n" in before or self._bare(first - 1) in self._lists.verbs:
                name = self._name(first, place)
                return (None, name, "before-office") if name and self._keeps(first, place) else None
        return None

    def _keeps(self, first: int, end: int) -> bool:
        """No noun of the usual shapes unless the first word is known: "في الختام، وزير …" is no name."""
        return self._is_known(first) or not any(_NOUN.match(self._tokens[at].key) for at in range(first, end))

    def _after_verb(self, place: int) -> Hit | None:
        """Two to four words between a verb of saying and what is said: "قالت رونا فيسك: «"."""
        end, strong = self._run(place)
        first = place + 1
        if not strong or not 2 <= end - first <= 4 or not self._may_be_name(first, end):
            return None
        if end - first > 2 and not self._is_known(first):
            return None
        name = self._name(first, end)
        return (None, name, "after-verb") if name and self._keeps(first, end) else None

    def _before_verb(self, place: int) -> Hit | None:
        """Persian "سلیم الحدون گفت": two words that begin a clause before a verb of saying."""
        first = place - 2
        if first < 0 or any(self._gap(at) != " " for at in (first, first + 1)) or not self._is_persian(place):
            return None
        before = self._gap(first - 1) if first else "."
        if not (before.strip() or "\n" in before) or not self._may_be_name(first, place):
            return None
        name = self._name(first, place)
        return (None, name, "before-verb") if name and self._keeps(first, place) else None

    def _is_persian(self, place: int) -> bool:
        """True for a verb at the end of its clause."""
        return bool(re.match(r"\s*(?:[:،.«]|که)", self._gap(place))) or (
            place + 1 < len(self._tokens) and self._tokens[place + 1].key == "كه"
        )


def _again(tokens: list[_Token], hits: list[Hit], lists: _Lists) -> Iterator[Hit]:
    """The same words elsewhere, with or without و, ل or ب before the first; the last word alone after a verb of saying,
    an office or a courtesy."""
    taken = {span.start for _, span, _ in hits}
    at_start = {token.start: place for place, token in enumerate(tokens)}
    firsts: dict[str, tuple[str, ...]] = {}
    lasts: set[str] = set()
    for _, span, _ in hits:
        first = at_start[span.start]
        words = tuple(token.key for token in tokens[first : first + 6] if token.end <= span.end)
        firsts.setdefault(words[0], words)
        lasts.add(words[-1])
    before = lists.verbs | lists.offices | lists.courtesies
    for place, token in enumerate(tokens):
        previous = tokens[place - 1].key if place else ""
        if token.key in lasts and (previous in before or (previous[:1] in ("و", "ف") and previous[1:] in before)):
            if token.start not in taken:
                yield None, Span(token.start, token.end), "last-name-again"
            continue
        for cut in (0, 1):
            keys = firsts.get(token.key[cut:]) if not cut or token.key[:1] in "ولبف" else None
            if keys and tuple(one.key for one in tokens[place + 1 : place + len(keys)]) == keys[1:]:
                start = token.start + cut
                if start not in taken and token.start not in taken:
                    yield None, Span(start, tokens[place + len(keys) - 1].end), "same-words-again"
                break
