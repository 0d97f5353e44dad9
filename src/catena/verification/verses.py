"""Citations by chapter and verse: `[51:55]`, `An-Nisaa: 144`, `سورة النساء: 144`, `Matthew 5:9`.

A number pair alone is a time or a score far more often than a citation. It counts when a name or prefix of
the system stands before it, or when square brackets hold it alone, or round ones right after a closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catena.model import Evidence, Span
from catena.verification.citing import (
    DIGIT,
    NUMBER,
    Cited,
    after_closing_mark,
    bracketed,
    in_brackets,
    number,
)
from catena.verification.systems import Book, ReferenceSystem, name_key

_PAIR = re.compile(
    rf"(?<![{DIGIT}:.,/])(?P<chapter>{NUMBER})\s?[:：]\s?(?P<first>{NUMBER})"
    rf"(?:\s?[-–—]\s?(?:(?P<far>{NUMBER}):)?(?P<last>{NUMBER}))?(?![{DIGIT}]|:[{DIGIT}]|\s?[ap]\.?m\b)"
)
_SINGLE = re.compile(
    rf"(?<![{DIGIT}:.,-])(?P<first>{NUMBER})(?:\s?[-–—]\s?(?P<last>{NUMBER}))?(?![{DIGIT}]|[:.,/]\s?[{DIGIT}])"
)
_NAME_WORD = re.compile(r"[^\s\[\](){}«»“”\"﴾﴿:;,،.؛/]+")
_BEFORE = 60  # code points before a number in which its name is looked for
MOST_WORDS = 4  # words in the longest name ("First Thessalonians" has two, "The Family of Imran" four)


def find_verses(text: str, systems: Sequence[ReferenceSystem]) -> Iterator[Cited]:
    """Every citation by chapter and verse in `text`, for the systems of kind `verses`; number pairs come
    first.
    """
    taken: list[Span] = []
    for found in _PAIR.finditer(text):
        for system in systems:
            cited = _pair(text, found, system)
            if cited:
                taken.append(cited.span)
                yield cited
                break
    for found in _SINGLE.finditer(text):
        if any(span.start <= found.start() < span.end for span in taken):
            continue
        for system in systems:
            cited = _single(text, found, system) if system.prefix else None
            if cited:
                yield cited
                break


def _pair(text: str, found: re.Match[str], system: ReferenceSystem) -> Cited | None:
    """A chapter:verse pair as a citation of `system`, or `None`."""
    chapter, span = number(found["chapter"]), Span(*found.span())
    named = _name_before(text, span.start, system)
    if not system.prefix:  # the name is the book, the pair is chapter and verse in it
        if named is None or (
            not text[named[0]].isupper() and text[named[0]].isascii() and not text[named[0]].isdigit()
        ):
            return None
        return _bible(text, found, system, named)
    evidence: tuple[Evidence, ...] = ()
    if named:
        span = Span(_with_word(text, named[0], system.chapter_words), span.end)
        if number(named[1].name) != chapter:
            if span.start == named[0] and not _article(text[named[0] :]) and not bracketed(text, span):
                return None  # "Women 3:2" is a score
            printed = text[named[0] : found.start()].strip(" ,:")
            note = f"{printed} is {system.prefix} {named[1].name}, not {chapter}"
            evidence = (Evidence("name-number-differ", note),)
    elif (start := _with_word(text, span.start, system.prefixes)) != span.start:
        span = Span(start, span.end)
    elif not (system.bare and _stands_alone(text, span)):
        return None
    return _quran(text, span, str(chapter), found, system, evidence)


def _single(text: str, found: re.Match[str], system: ReferenceSystem) -> Cited | None:
    """`name: verse`, `name 144`, `name, verse 144` as a citation, or `None`."""
    start = _with_word(text, found.start(), system.verse_words)
    named = _name_before(text, start, system)
    if named is None:
        return None
    name_start, book = named
    lead = _with_word(text, name_start, system.chapter_words)
    span = Span(lead, found.end())
    printed = text[name_start:start]
    sure = lead != name_start or bracketed(text, span)
    told = start != found.start() or printed.rstrip().endswith((":", ",", "،", "/"))
    if not sure and (book.person or not _article(printed) or not (told or _ENDS.match(text, found.end()))):
        return None
    return _quran(text, span, book.name, found, system, ())


_ENDS = re.compile(r"\s*(?:[\])}.,;:،؛”\"»]|$)")


def _article(name: str) -> bool:
    """True when an Arabic article joined by a hyphen opens the name: An-Nisa, Al-Baqarah."""
    return re.match(r"(?:A[lnrstdz]|Ash|Ath|Adh)[-‐–]", name) is not None


def _quran(
    text: str,
    span: Span,
    chapter: str,
    found: re.Match[str],
    system: ReferenceSystem,
    evidence: tuple[Evidence, ...],
) -> Cited:
    first, last = number(found["first"]), number(found["last"]) if found["last"] else 0
    groups = found.groupdict()
    if groups.get("far") and number(groups["far"]) != int(chapter):
        tail = f"-{number(groups['far'])}:{last}"
    else:
        tail = f"-{last}" if last > first else ""
    reference = f"{system.prefix} {int(chapter)}:{first}{tail}"
    book = next((book for book in system.books if book.name == str(int(chapter))), None)
    if book is None:
        evidence += (Evidence("no-such-place", f"{system.title} has {len(system.books)} chapters, not {chapter}"),)
    elif not 0 < first <= book.extent or (last > book.extent and tail.count(":") == 0):
        note = f"{book.names[0]} ({system.prefix} {book.name}) has {book.extent} verses, not {max(first, last)}"
        evidence += (Evidence("no-such-place", note),)
    return Cited(in_brackets(text, span), system.id, system.work, reference, evidence=evidence)


def _bible(text: str, found: re.Match[str], system: ReferenceSystem, named: tuple[int, Book]) -> Cited:
    start, book = named
    chapter, first = number(found["chapter"]), number(found["first"])
    last = f"-{number(found['last'])}" if found["last"] and not found["far"] else ""
    evidence: tuple[Evidence, ...] = ()
    if not 0 < chapter <= book.extent or not first:
        evidence = (Evidence("no-such-place", f"{book.names[0]} has {book.extent} chapters, not {chapter}"),)
    return Cited(
        in_brackets(text, Span(start, found.end())),
        system.id,
        system.work,
        f"{book.name} {chapter}:{first}{last}",
        also=f"{book.names[0]} {chapter}:{first}{last}",
        evidence=evidence,
    )


def _name_before(text: str, end: int, system: ReferenceSystem) -> tuple[int, Book] | None:
    """The longest name of the system that ends right before `end`, with its start, or `None`."""
    low = max(0, end - _BEFORE)
    window = text[low:end]
    body = window.rstrip(" \t\u00a0,،:/.\u200e\u200f(")
    if "\n" in window[len(body) :] or len(window) - len(body) > 4:
        return None
    words = list(_NAME_WORD.finditer(body))[-MOST_WORDS:]
    if not words or words[-1].end() != len(body):
        return None
    for first in range(len(words)):
        printed = body[words[first].start() :]
        if re.search(r"[\[\](){}«»“”\"﴾﴿:;,،\n]", printed):
            continue
        if first and re.match(rf"[{DIGIT}]", words[first].group()) and len(words) - first == 1:
            continue
        book = system.by_key.get(name_key(printed))
        if book:
            return low + words[first].start(), book
    return None


def _with_word(text: str, start: int, words: Sequence[str]) -> int:
    """The start of a word of `words` right before `start`, else `start`."""
    before = text[max(0, start - 24) : start]
    body = before.rstrip(" \t\u00a0.:,،(")
    for word in sorted(words, key=len, reverse=True):
        if body.casefold().endswith(word.casefold()):
            at = len(body) - len(word)
            if at == 0 or not body[at - 1].isalnum():
                return start - len(before) + at
    return start


def _stands_alone(text: str, span: Span) -> bool:
    """True when brackets hold the pair alone and the place is one for a citation, not for a time."""
    around = in_brackets(text, span)
    if around == span:
        return False
    line_start = text.rfind("\n", 0, around.start) + 1
    opener = text[around.start]
    if after_closing_mark(text, around.start):
        return True
    return opener in "[{﴿﴾" and bool(text[line_start : around.start].strip())
