"""Citations by chapter and verse: `[51:55]`, `An-Nisaa: 144`, `سورة النساء: 144`, `Matthew 5:9`.

A number pair alone is a time or a score far more often than a citation. It counts when a name or prefix of
the system stands before it, or when square brackets hold it alone, or round ones right after a closing mark, or when
it goes on a list that began with a citation. Order: pairs, single numbers with a name, chapters without a number.
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
    rf"(?<![{DIGIT}])(?<![{DIGIT}][:.,-])(?P<first>{NUMBER})(?:\s?[-–—]\s?(?P<last>{NUMBER}))?"
    rf"(?![{DIGIT}]|[:./]\s?[{DIGIT}]|,[{DIGIT}])"
)
_MORE = re.compile(  # 2:285, 286 and 5:1، 3، 7-9: further verses of the chapter, up to a closing bracket
    rf"(?:\s*(?:[,،&]|and|و|،\s*و)\s*{NUMBER}(?:\s?[-–—]\s?{NUMBER})?)+(?=\s*[\])}}﴾])(?<![:：])"
)
_GOES_ON = re.compile(r"\s*[;؛,،]\s*(?:and\s+|و\s?)?")  # Q 2:255; 3:2
_OF = re.compile(r"\s*(?:من|في|of|in|from)\s+")
_NAME_WORD = re.compile(r"[^\s\[\](){}«»“”\"﴾﴿:;,،.؛/*_>]+")
_BEFORE = 60  # code points before a number in which its name is looked for
MOST_WORDS = 4  # words in the longest name ("First Thessalonians" has two, "The Family of Imran" four)


def find_verses(text: str, systems: Sequence[ReferenceSystem]) -> Iterator[Cited]:
    """Every citation by chapter and verse in `text`, for the systems of kind `verses`; number pairs come
    first, then single numbers, then chapters that are named without a number.
    """
    taken: list[Span] = []
    last: tuple[int, ReferenceSystem] | None = None
    for found in _PAIR.finditer(text):
        for system in systems:
            cited = _pair(text, found, system, goes_on=_goes_on(text, last, found.start(), system))
            if cited:
                taken.append(cited.span)
                last = (cited.span.end, system)
                yield cited
                break
    for found in _SINGLE.finditer(text):
        if any(span.start <= found.start() < span.end for span in taken):
            continue
        for system in systems:
            cited = _single(text, found, system) if system.prefix else None
            if cited:
                taken.append(cited.span)
                yield cited
                break
    for system in systems:
        if system.whole_words:
            yield from _chapters(text, system, taken)


def _goes_on(text: str, last: tuple[int, ReferenceSystem] | None, start: int, system: ReferenceSystem) -> bool:
    """True when only a separator stands between the citation before, of the same system, and this pair."""
    return last is not None and last[1] is system and _GOES_ON.fullmatch(text, last[0], start) is not None


def _pair(text: str, found: re.Match[str], system: ReferenceSystem, *, goes_on: bool) -> Cited | None:
    """A chapter:verse pair as a citation of `system`, or `None`."""
    chapter, span = number(found["chapter"]), Span(found.start(), _more_end(text, found))
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
    elif (start := _with_word(text, span.start, (*system.prefixes, *system.verse_words))) != span.start:
        span = Span(start if "(" not in text[start : span.start] else span.start, span.end)
    elif not goes_on and not (system.bare and _stands_alone(text, span)):
        return None
    return _quran(text, _with_tail(text, span, system), str(chapter), found, system, evidence)


def _with_tail(text: str, span: Span, system: ReferenceSystem) -> Span:
    """`span` with "of the Holy Qur'an" after it."""
    of = _OF.match(text, span.end)
    if of is None:
        return span
    names = "|".join(re.escape(one) for one in sorted(system.prefixes, key=len, reverse=True) if len(one) > 1)
    found = re.compile(rf"(?:the\s+)?(?:{names})(?!\w)", re.IGNORECASE).match(text, of.end())
    return Span(span.start, found.end()) if found else span


def _single(text: str, found: re.Match[str], system: ReferenceSystem) -> Cited | None:
    """`name: verse`, `name 144`, `name, verse 144`, `verse 144 of name` as a citation, or `None`."""
    start = _with_word(text, found.start(), system.verse_words)
    named = _name_before(text, start, system)
    if named is None:
        return _of_chapter(text, found, start, system) if start != found.start() else None
    name_start, book = named
    lead = _with_word(text, name_start, system.chapter_words)
    span = Span(lead, _more_end(text, found))
    printed = text[name_start:start]
    told = start != found.start() or printed.rstrip().endswith((":", ",", "،", "/"))
    if lead == name_start and not bracketed(text, span) and not _likely(text, span, book, printed, told):
        return None
    return _quran(text, span, book.name, found, system, ())


def _likely(text: str, span: Span, book: Book, printed: str, told: bool) -> bool:
    """Without "Surah" and brackets: the name must not be an ordinary one, and the number be set off or told."""
    if after_closing_mark(text, span.start) and told and _ENDS.match(text, span.end):
        return True
    return not book.person and _article(printed) and (told or _ENDS.match(text, span.end) is not None)


def _of_chapter(text: str, found: re.Match[str], start: int, system: ReferenceSystem) -> Cited | None:
    """`verse 144 of Surah An-Nisa`, or `None`."""
    of = _OF.match(text, found.end())
    if of is None:
        return None
    word = re.compile("|".join(map(re.escape, system.chapter_words)), re.IGNORECASE).match(text, of.end())
    named = _name_after(text, word.end() if word else of.end(), system)
    if named is None or (word is None and (named[1].person or not _article(text[of.end() :]))):
        return None
    return _quran(text, Span(start, named[0]), named[1].name, found, system, ())


def _more_end(text: str, found: re.Match[str]) -> int:
    more = _MORE.match(text, found.end())
    return more.end() if more else found.end()


def _chapters(text: str, system: ReferenceSystem, taken: Sequence[Span]) -> Iterator[Cited]:
    """`Surah An-Nisa` where no citation with a number stands."""
    words = "|".join(map(re.escape, sorted(system.whole_words, key=len, reverse=True)))
    for found in re.finditer(rf"(?<!\w)(?:{words})(?=\s)", text, re.IGNORECASE):
        named = _name_after(text, found.end(), system)
        if named is None or any(span.start < named[0] and found.start() < span.end for span in taken):
            continue
        span = in_brackets(text, Span(found.start(), named[0]))
        yield Cited(span, system.id, system.work, f"{system.prefix} {named[1].name}", values=(("whole", "chapter"),))


def _name_after(text: str, start: int, system: ReferenceSystem) -> tuple[int, Book] | None:
    """The end of the longest name of the system that begins right after `start`, with its book, or `None`."""
    line = text[start : start + _BEFORE].split("\n", 1)[0]
    words = list(_NAME_WORD.finditer(line))[:MOST_WORDS]
    if not words or line[: words[0].start()].strip():
        return None
    for last in range(len(words), 0, -1):
        printed = line[words[0].start() : words[last - 1].end()]
        book = system.by_key.get(name_key(printed))
        if book and not re.search(r"[\[\](){}:;,،.*]", printed):
            return start + words[last - 1].end(), book
    return None


_ENDS = re.compile(r"\s*(?:[\])}.,;:،؛”\"»*\[({]|$)")


def _article(name: str) -> bool:
    """True when the Arabic article opens the name: An-Nisa, Al-Baqarah, البقرة."""
    return re.match(r"(?:A[lnrstdz]|Ash|Ath|Adh)[-‐–]|[اٱ]ل\w", name) is not None


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
    tail = _listed(text, found, first, last, tail)
    reference = f"{system.prefix} {int(chapter)}:{first}{tail}"
    book = next((book for book in system.books if book.name == str(int(chapter))), None)
    if book is None:
        evidence += (Evidence("no-such-place", f"{system.title} has {len(system.books)} chapters, not {chapter}"),)
    elif not 0 < first <= book.extent or (last > book.extent and tail.count(":") == 0):
        note = f"{book.names[0]} ({system.prefix} {book.name}) has {book.extent} verses, not {max(first, last)}"
        evidence += (Evidence("no-such-place", note),)
    return Cited(in_brackets(text, span), system.id, system.work, reference, evidence=evidence)


def _listed(text: str, found: re.Match[str], first: int, last: int, tail: str) -> str:
    """The verses after the first: `-286` for 285, 286, which follow each other, else `,286-288`."""
    more = _MORE.match(text, found.end()) if ":" not in tail else None
    if more is None:
        return tail
    end = max(first, last)
    for item in re.finditer(rf"({NUMBER})(?:\s?[-–—]\s?({NUMBER}))?", more.group()):
        low = number(item[1])
        high = number(item[2]) if item[2] else low
        if low == end + 1 and "," not in tail:
            tail = f"-{high}"
        else:
            tail += f",{low}" + (f"-{high}" if high > low else "")
        end = high
    return tail


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
        also="; ".join(f"{name} {chapter}:{first}{last}" for name in _long_names(book)),
        evidence=evidence,
    )


def _long_names(book: Book) -> tuple[str, ...]:
    """The names by which an edition may file the book in full: `Song of Songs`, `Song of Solomon`."""
    return tuple(name for name in book.names if name.isascii() and len(name) > len(book.name)) or book.names[:1]


def _name_before(text: str, end: int, system: ReferenceSystem) -> tuple[int, Book] | None:
    """The longest name of the system that ends right before `end`, with its start, or `None`."""
    low = max(0, end - _BEFORE)
    window = text[low:end]
    body = window.rstrip(" \t\u00a0,،:/.\u200e\u200f(*")
    if "\n" in window[len(body) :] or len(window) - len(body) > 4:
        return None
    words = list(_NAME_WORD.finditer(body))[-MOST_WORDS:]
    if not words or words[-1].end() != len(body):
        return None
    for first in range(len(words)):
        printed = body[words[first].start() :]
        if re.search(r"[\[\](){}«»“”\"﴾﴿:;,،*>\n]", printed):
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
