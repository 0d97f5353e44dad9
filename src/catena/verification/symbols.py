"""Citations by symbol and article: `S/RES/2513 (2020)`, `UN Charter, Art. 2(4)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from catena.model import Evidence, Span
from catena.verification.citing import DIGIT, Cited, in_brackets, western
from catena.verification.systems import ReferenceSystem

_LOCUS = (  # 7, 2(4), 12a, 3.1, 4:5, 7-9
    rf"[{DIGIT}]{{1,4}}[a-z]?(?:\.[{DIGIT}]{{1,3}})*(?:\s?\([{DIGIT}a-z]{{1,3}}\))*"
    rf"(?::[{DIGIT}]{{1,3}})?(?:[-–][{DIGIT}]{{1,4}})?"
)
_END = r"(?=\s*(?:[\])}.,;:،؛”\"»]|$))"


def find_symbols(text: str, system: ReferenceSystem) -> Iterator[Cited]:
    """Every document symbol of `system` in `text`, pattern by pattern."""
    for symbol in system.symbols:
        for found in _compiled(symbol.pattern, 0).finditer(text):
            groups = {name: western(value or "") for name, value in found.groupdict().items()}
            reference = re.sub(r"\s+", " ", symbol.canonical.format(**groups))
            yield Cited(in_brackets(text, Span(*found.span())), system.id, system.work, reference)


def find_articles(text: str, systems: Sequence[ReferenceSystem]) -> Iterator[Cited]:
    """Every citation by article, with the work named before or after it, or carried over from before.

    Works of the library are cited by name and number alone too (`Lake Charter 7(2)`).
    """
    words = [word for system in systems for word in system.words]
    books = [book for system in systems for book in system.books]
    alone = {word.casefold() for system in systems for word in system.alone}
    links = [re.escape(link) for system in systems for link in system.links if link]
    if not words:
        words = ["Art", "Article"]
    names = {_flat(name): book for book in books for name in book.names}
    name = "|".join(rf"{_spaced(item)}" for item in sorted(names, key=len, reverse=True)) or r"(?!)"
    word = "|".join(re.escape(item) for item in sorted(words, key=len, reverse=True))
    link = rf"(?:\s+(?:{'|'.join(links) or 'of|the'}))*"
    pattern = _compiled(
        rf"(?:(?<!\w)(?P<before>{name})(?!\w)[\s,(:،-]{{1,3}})?(?<!\w)(?P<word>{word})\.?\s*(?P<locus>{_LOCUS})"
        rf"(?:(?:{link}|[,،])\s+(?P<after>{name})(?!\w))?"
        rf"|(?<!\w)(?P<only>{name})(?!\w),?\s+(?P<plain>{_LOCUS}){_END}",
        re.IGNORECASE,
    )
    mention = _compiled(rf"(?<!\w)(?:{name})(?!\w)", re.IGNORECASE)
    for found in pattern.finditer(text):
        printed = found["before"] or found["after"] or found["only"]
        locus = western(found["locus"] or found["plain"]).replace("–", "-")
        span = Span(*found.span())
        evidence: tuple[Evidence, ...] = ()
        book = names.get(_flat(printed)) if printed else None
        if book is None:
            if found["word"].casefold() not in alone:
                continue
            earlier = list(mention.finditer(text, 0, span.start))[-1:]
            if earlier:
                book = names.get(_flat(earlier[0][0]))
                evidence = (
                    Evidence(
                        "work-carried-over",
                        f"the work named before is {earlier[0][0]}",
                        Span(*earlier[0].span()),
                    ),
                )
            else:
                evidence = (Evidence("work-not-named", "the text names no work for this article"),)
        work = book.name if book else ""
        reference = f"{work} {locus}" if work else f"Art. {locus}"
        yield Cited(in_brackets(text, span), "articles", work, reference, evidence=evidence)


def _flat(name: str) -> str:
    return " ".join(name.casefold().split())


def _spaced(name: str) -> str:
    """A name as a pattern in which any white space may stand between words, and "the" before."""
    return r"\s+".join(re.escape(part) for part in name.split())


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)
