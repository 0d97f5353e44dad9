"""Citations by collection: `رواه البخاري ومسلم`, `Sahih Muslim, hadith 35`, `(متفق عليه)`.

A collection's short name is also a person's or a people's. It counts after a word of telling, before a number or a
chapter (`كتاب الإيمان`), or in brackets right after a quotation. What follows belongs to the citation: the work's kind
(`في صحيحه`), chapter, number, and further collections joined to it. Several collections are one citation, whose
reference names them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from catena.model import Span
from catena.verification.citing import DIGIT, Cited, after_closing_mark, bracketed, in_brackets, western
from catena.verification.systems import Book, ReferenceSystem

_NUMBER = rf"[{DIGIT}]{{1,5}}(?:\s?[/:\-]\s?[{DIGIT}]{{1,5}})?"
_WORDS = r"[^،,.()\[\]{}\"”»\n*:]{1,60}?"  # the title of a chapter, up to the next mark


def find_collections(text: str, system: ReferenceSystem) -> Iterator[Cited]:
    """Every citation of one or more collections of `system`, in order of place; none overlap."""
    names = _names(system)
    at = 0
    for found in _pattern(tuple(names)).finditer(text):
        if found.start() < at:
            continue
        cited = _cited(text, found, names, system)
        if cited is not None:
            at = cited.span.end
            yield cited


def _cited(text: str, found: re.Match[str], names: dict[str, Book], system: ReferenceSystem) -> Cited | None:
    first = names[_flat(found["name"])]
    start = _telling(text, found.start(), system)
    told = start != found.start()
    books, numbers, end = [first], [], found.end()
    sure = first in system.both and not text[found.start() : end].isascii()
    while True:
        tail = _tail(text, end, system)
        numbers += tail[1]
        sure = sure or tail[2]
        end = tail[0]
        more = _joined(tuple(names), system.joined).match(text, end)
        if more is None or {books[-1], names[_flat(more["name"])]} & set(system.both):
            break
        books.append(names[_flat(more["name"])])
        end = more.end()
    span = _trimmed(text, Span(start, end))
    if not (told or sure or _marked(text, span, found, first, bool(numbers), len(books))):
        return None
    canonical = list(dict.fromkeys(part for book in books for part in book.name.split("; ")))
    reference = "; ".join(canonical)
    if len(canonical) == 1 and numbers:
        reference += f" {numbers[0]}"
    return Cited(
        in_brackets(text, span), system.id, system.work, reference, values=(("collection", "; ".join(canonical)),)
    )


def _trimmed(text: str, span: Span) -> Span:
    """`span` without the marks at its end that open before it."""
    end = span.end
    while text[end - 1] in '*_ )"”' and not (text[end - 1] == ")" and "(" in text[span.start : end]):
        end -= 1
    return Span(span.start, end)


def _marked(text: str, span: Span, found: re.Match[str], first: Book, numbered: bool, count: int) -> bool:
    """A name that nothing tells: brackets, a closing mark or a number must show that it is a citation."""
    around = in_brackets(text, span)
    enclosed = bracketed(text, span)
    if enclosed and after_closing_mark(text, around.start):
        return True
    if _flat(found["name"]) in {_flat(name) for name in first.short}:
        return numbered and (not first.person or enclosed)
    if first.short:
        return numbered or enclosed or after_closing_mark(text, span.start)
    return enclosed or count > 2


def _tail(text: str, end: int, system: ReferenceSystem) -> tuple[int, list[str], bool]:
    """The end of what belongs to the name before `end`; the numbers in it; whether a chapter is named."""
    numbers: list[str] = []
    sure = False
    while found := _part(system.kinds, system.parts).match(text, end):
        numbers += [western(found[name]) for name in ("braced", "bare") if found[name]]
        sure = sure or found["part"] is not None
        end = found.end()
    return end, numbers, sure


@lru_cache(maxsize=8)
def _part(kinds: tuple[str, ...], parts: tuple[str, ...]) -> re.Pattern[str]:
    """One thing that follows a collection's name: its kind, a chapter, or a number, in brackets or not."""
    lead = r"(?:(?:no|nr|hadith|number|رقم|برقم|حديث|الحديث|ح)\.?:?\s*){0,3}"
    edge = r"(?=\s*(?:[،,.()\[\]{}\n*:”\"»]|$))"
    kind = rf"\s+(?:في|in)\s+[\"“”]?(?:{_any(kinds)})[\"“”]?(?!\w)"
    part = rf"[\s,،:]*\(?(?:في\s+|in\s+)?[\"“]?(?P<part>(?:{_any(parts)})(?!\w):?\s*{_WORDS}{edge})[\"”]?\)?"
    braced = rf"\s*\(\s*[^()\n{DIGIT}]{{0,24}}(?P<braced>{_NUMBER})\s*\)"
    bare = rf"[\s,،:]{{1,3}}{lead}(?P<bare>{_NUMBER})(?![{DIGIT}]|\s*%)"
    return re.compile(rf"[*_]*(?:{kind}|{part}|{braced}|{bare})[*_]*", re.IGNORECASE)


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<name>{_alternatives(names)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _joined(names: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    """A further collection: `، ومسلم`, ` and Muslim`."""
    link = rf"(?:[\s*_]*[،,؛;][\s*_]*(?:{_any(words)})?|[\s*_]+(?:{_any(words)}))[\s*_]*"
    return re.compile(rf"{link}(?P<name>{_alternatives(names)})(?!\w)[*_]*", re.IGNORECASE)


def _alternatives(names: tuple[str, ...]) -> str:
    """The names, longest first, any white space between their words and any apostrophe in them."""
    spaced = (r"\s+".join(map(re.escape, name.split())).replace("'", "['’ʼ]") for name in names)
    return "|".join(sorted(spaced, key=len, reverse=True)) or "(?!)"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


def _names(system: ReferenceSystem) -> dict[str, Book]:
    """Flattened printed name -> the book; names of several books first."""
    found: dict[str, Book] = {}
    for book in (*system.both, *system.books):
        for name in (*book.names, *book.short):
            found.setdefault(_flat(name), book)
    return found


def _flat(name: str) -> str:
    return " ".join(re.sub("['’ʼ]", "'", name).casefold().split())


def _telling(text: str, start: int, system: ReferenceSystem) -> int:
    """The start of a word of telling right before `start`, a title between them allowed; else `start`."""
    found = _told(system.after, system.titles).search(text, max(0, start - 40), start)
    return found.start() if found else start


@lru_cache(maxsize=8)
def _told(words: tuple[str, ...], titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(words)})[\s*_]+(?:(?:{_any(titles)})[\s*_]+)?$", re.IGNORECASE)
