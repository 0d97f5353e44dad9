"""Words beside a citation that no quotation marks hold: a verse set off by its reference alone.

Only the cited place is looked for, and only in the paragraph part right before the citation (or right after
it, when a colon follows). The stretch found is widened to the citation: a changed last word must not fall out
of sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catena.model import Document, Finding, Span
from catena.text.segment import find_words
from catena.verification.candidates import cited_stretch, comparable, prepared_stretch
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted, make_quoted
from catena.verification.spelling import kind_of, same_word

REACH = 900  # code points before a citation in which its words are looked for
LEAST_EQUAL = 4  # equal words from which the stretch counts as the passage's text
LOOSE_END = 3  # words between the stretch and the citation that still belong to it
MISS = -1.2  # a word of difference against +1 for an equal word


def find_unmarked(
    document: Document, citations: Sequence[Finding], quotations: Sequence[Finding], library: LoadedLibrary
) -> Iterator[Quoted]:
    """For each citation without a quotation: the stretch beside it that holds words of the cited place, if
    any.
    """
    taken = [quotation.place for quotation in quotations] + [citation.place for citation in citations]
    for citation in citations:
        if not _set_off(document.text, citation.place):
            continue
        for side in _sides(document.text, citation.place, taken):
            span = _held(document.text, side, citation, library)
            if span is not None:
                yield make_quoted(document.text, [span], None, (citation,))
                break


def _set_off(text: str, place: Span) -> bool:
    """True when the citation stands apart from the sentence: in brackets, before a colon, or at the end of a line.

    "… by day and by night, as Article 7 of the charter requires" alludes to the article and quotes nothing.
    """
    around = text[max(0, place.start - 1) : place.start + 1]
    after = text[place.end : place.end + 3].lstrip(" \t.)]")
    return any(mark in around for mark in "([﴿{") or not after or after[0] in "\n:—–"


def _sides(text: str, place: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """The text before the citation in its paragraph, then the text after it when a colon introduces it."""
    low = max([0, place.start - REACH, text.rfind("\n\n", 0, place.start) + 1])
    low = max([low, *(span.end for span in taken if span.end <= place.start)])
    yield Span(low, place.start)
    after = text[place.end : place.end + 3].lstrip()
    if after.startswith((":", "—", "–")):
        end = text.find("\n\n", place.end)
        high = min([place.end + REACH, end if end >= 0 else len(text)])
        yield Span(place.end, min([high, *(span.start for span in taken if span.start >= place.end)]))


def _held(text: str, side: Span, citation: Finding, library: LoadedLibrary) -> Span | None:
    """The part of `side` that holds words of the cited passage, widened to the citation, or `None`."""
    words = find_words(text, side)
    if len(words) < LEAST_EQUAL:
        return None
    work, same = citation.value("work"), set(comparable(library, side.of(text)))
    for number, loaded in enumerate(library.editions):
        stretch = cited_stretch(loaded, number, citation.reference or "") if loaded.edition.work == work else None
        if stretch is None or number not in same:
            continue
        passage = [word.text for word in prepared_stretch(library, stretch).words]
        run = _best_run([word.of(text) for word in words], passage)
        if run is None:
            continue
        first, last = run
        if words[-1].end <= citation.place.start and len(words) - last <= LOOSE_END:
            last = len(words)
        return Span(words[first].start, words[last - 1].end)
    return None


def _best_run(words: Sequence[str], passage: Sequence[str]) -> tuple[int, int] | None:
    """The half-open run of `words` that is most like a run of `passage` (Smith and Waterman, 1981), or
    `None`.
    """
    best, end, begin = 0.0, 0, 0
    previous = [(0.0, 0, 0)] * (len(passage) + 1)  # score, start of the run, equal words
    equal_best = 0
    kinds = [kind_of(other) for other in passage]
    for row, word in enumerate(words, 1):
        fresh = (0.0, row, 0)
        current = [fresh]
        kind = kind_of(word)
        for column, other in enumerate(passage, 1):
            before, above, left = previous[column - 1], previous[column], current[column - 1]
            same = kinds[column - 1] == kind and same_word(word, other) is not None
            if not same and max(before[0], above[0], left[0]) + MISS <= 0:
                current.append(fresh)
                continue
            score, start, equal = before
            top = (score + 1, start, equal + 1) if same else (score + MISS, start, equal)
            top = max(top, (above[0] + MISS, above[1], above[2]), (left[0] + MISS, left[1], left[2]))
            current.append(top if top[0] > 0 else fresh)
            if top[0] > best:
                best, begin, end, equal_best = top[0], top[1], row, top[2]
        previous = current
    return (begin, end) if equal_best >= LEAST_EQUAL else None
