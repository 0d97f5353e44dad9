"""Names of people: capitalised sequences, with or without a title, and Arabic-script names after a title.

Small claims on purpose: a lone capitalised word is a name only after a title or when it ends a longer name of the
same document. The key groups spellings: Khalid, Khaled and خالد share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from catena.anatomy.lexicon import NameLexicon
from catena.anatomy.scan import alternation
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

_MADE_BY = MadeBy("names", "1")
_LONGEST = 5  # words of a name
_CAP = (
    r"(?:[A-ZÀ-ÖØ-ÞĞİŞ]['’ʿʾ]?[^\W\d_]*[a-zß-öø-ÿğışć][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    r"|[A-ZА-ЯЁ]\.|[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)"
)
_OPENER = re.compile(r"(?:[.!?…:;\n]\s*[“\"'(«]?|\A[“\"'(«]?)\Z")
_ARABIC_WORD = "[\u0621-\u064a\u067e-\u06d3\u064b-\u0652]{2,}"


def find_names(document: Document, lexicon: NameLexicon) -> tuple[Finding, ...]:
    """Findings "name" in order of place; roles `content` and, where printed, `title`; values `name` and `key`.

    `name` is the name as printed without its title; equal `key`s are spellings of what may be one name, within and
    across documents: a hint, not a claim that it is one person.
    """
    text = document.text
    full = _without_openers(text, list(_full(text, lexicon)))
    lasts = {span.of(text).split()[-1] for _, span, _ in full if " " in span.of(text)}
    taken = [span for _, span, _ in full]
    found = full + list(_again(text, lasts, taken, lexicon))
    found.sort(key=lambda one: one[1])
    return tuple(_finding(document, title, span, rule, lexicon) for title, span, rule in found)


def to_key(name: str, lexicon: NameLexicon) -> str:
    """The spelling key of `name`: consonants of each word, alike for the usual transliterations.

    >>> from catena.lexicons.names import load_names
    >>> to_key("Khaled Kabul-ov", load_names()) == to_key("Halid Kaboulov", load_names())
    True
    """
    lowered = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    lowered = re.sub(r"\b(?:al|el)[-\s]|\bال|['’ʿʾ.-]", "", lowered)
    return " ".join(key for word in lowered.split() if (key := _word_key(word, lexicon)))


@lru_cache(maxsize=20_000)
def _word_key(word: str, lexicon: NameLexicon) -> str:
    vowel = word[0] in "aeiouаеиоуاأإآعэяюё"
    for letters, key in lexicon.letters:
        word = word.replace(letters, key)
    word = re.sub(r"[aeiouıаеиоу]", "", word)
    return ("a" if vowel else "") + re.sub(r"(.)\1+", r"\1", word)


def _without_openers(text: str, full: list[tuple[Span | None, Span, str]]) -> list[tuple[Span | None, Span, str]]:
    """Two words that open a sentence are no name when the second alone ends another name ("Recently Kaboulov")."""
    opens = [title is None and _OPENER.search(text, max(0, span.start - 4), span.start) for title, span, _ in full]
    lasts = {span.of(text).split()[-1] for (_, span, _), first in zip(full, opens, strict=True) if not first}
    return [
        one
        for one, first in zip(full, opens, strict=True)
        if not (first and len(words := one[1].of(text).split()) == 2 and words[1] in lasts and words[0] not in lasts)
    ]


@lru_cache(maxsize=4)
def _patterns(lexicon: NameLexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    latin = alternation(title for title in lexicon.titles if not re.match("[\u0600-\u06ff]", title))
    arabic = alternation(title for title in lexicon.titles if re.match("[\u0600-\u06ff]", title))
    particles = "|".join(lexicon.particles)
    joined = rf"(?:(?:(?:{particles})[ -]){{1,2}}{_CAP}|{_CAP})"
    return (
        re.compile(
            rf"(?<![\w-])(?:(?P<title>(?:{latin})(?:\s(?:{latin}))?)[ ])?"
            rf"(?P<name>{joined}(?:[ ]{joined}){{0,5}})(?![\w])"
        ),
        re.compile(rf"(?<!\w)(?P<title>{arabic})\s(?P<name>{_ARABIC_WORD}\s{_ARABIC_WORD})(?!\w)"),
    )


def _full(text: str, lexicon: NameLexicon) -> Iterator[tuple[Span | None, Span, str]]:
    latin, arabic = _patterns(lexicon)
    stops, organisations = frozenset(lexicon.stops), frozenset(lexicon.organisations)
    titles = frozenset(word for title in lexicon.titles for word in title.split())
    headings = _headings(text)
    for match in latin.finditer(text):
        words = [(word[0], match.start("name") + word.start()) for word in re.finditer(r"\S+", match["name"])]
        while words and words[0][0] in stops | titles and not match["title"]:
            words.pop(0)
        while words and words[-1][0] in stops | titles:
            words.pop()
        plain = [word for word, _ in words]
        if not words or len(words) > _LONGEST or any(word in stops or word in organisations for word in plain):
            continue
        long = len([word for word in plain if len(word) > 2]) >= 2
        if not (match["title"] or (long and not headings[match.start()])):
            continue
        title = Span(*match.span("title")) if match["title"] else None
        yield (
            title,
            Span(words[0][1], words[-1][1] + len(words[-1][0])),
            "after-title" if title else "capitalised",
        )
    for match in arabic.finditer(text):
        yield Span(*match.span("title")), Span(*match.span("name")), "after-title"


def _headings(text: str) -> bytearray:
    """1 for each character of a line in which most words are capitalised: there a capital says nothing."""
    flags = bytearray(len(text))
    for line in re.finditer(r"[^\n]+", text):
        words = re.findall(r"[^\W\d_]{3,}", line[0])
        if (
            words
            and len(line[0]) < 120
            and sum(word[0].isupper() for word in words) > 0.6 * len(words) > 1.8
            and (not line[0].rstrip().endswith((".", "”", "!", "?")))
        ):
            flags[line.start() : line.end()] = b"\1" * len(line[0])
    return flags


def _again(
    text: str, lasts: set[str], taken: list[Span], lexicon: NameLexicon
) -> Iterator[tuple[Span | None, Span, str]]:
    """Later mentions by the last word of a longer name."""
    stops = frozenset(lexicon.stops)
    starts = {place for span in taken for place in range(span.start, span.end)}
    wanted = {last for last in lasts if last[0].isupper() and last not in stops and len(last) > 3}
    for match in re.finditer(r"(?<![\w-])[^\W\d_](?:[^\W\d_]|[-'’](?=[^\W\d_]))+", text):
        word = re.sub(r"['’]s$", "", match[0])
        if word in wanted and match.start() not in starts:
            yield None, Span(match.start(), match.start() + len(word)), "last-name-again"


def _finding(document: Document, title: Span | None, span: Span, rule: str, lexicon: NameLexicon) -> Finding:
    text = span.of(document.text)
    trimmed = re.sub(r"['’]s$", "", text)
    span = Span(span.start, span.start + len(trimmed))
    roles = {"content": span, "title": title} if title else {"content": span}
    name = " ".join(trimmed.split())
    return make_finding(
        document,
        "name",
        roles,
        _MADE_BY,
        values={"name": name, "key": to_key(name, lexicon)},
        evidence=[Evidence(rule)],
    )
