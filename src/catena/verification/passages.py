"""Passages of the library that stand in a document unmarked: found by their letters, then judged as words.

Length alone is weak evidence: seven running words of a treaty may stand in a book by chance. A passage is reported
when enough of its words stand there, and when few other passages hold the same words: a phrase of many places is a
formula, not a quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catena.model import Document, Span
from catena.text.segment import find_words
from catena.verification.candidates import Stretch, stretch_words, whole_places
from catena.verification.compare import Comparison, compare
from catena.verification.judge import Match, judge
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted, make_quoted
from catena.verification.scan import Area, find_areas
from catena.verification.skeleton import Places, skeleton_codes, skeleton_of
from catena.verification.spelling import is_arabic

FIRST_ARABIC = 0x600  # letters from here on: a text without any is not scanned for Arabic, nor one without others
LEAST_COVERED, LEAST_COVERED_ARABIC = 24, 9  # seed letters under shared seeds from which an area is looked at
LEAST_WORDS, LEAST_WORDS_ARABIC = 8, 4  # equal words of a passage that nothing announces
LEAST_LIKE = 0.75  # share of the stretch's letters that must stand in equal words
FORMULA = 12  # other passages with the same words from which they are a formula
FORMULA_WORDS = 12  # words from which even a phrase of many places is a quotation
RIVALS = 4  # areas over the same letters that are compared as words
SLACK = 24  # letters beyond a shared stretch in which more of the passage is looked for
MOST_SLACK = 400  # the same, where the passage goes on
MISS = -1.3  # a word of difference, against +1 for an equal one


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Where a passage stands in the document, in code points, as a quotation would be handed on, with its match."""

    span: Span
    quoted: Quoted
    match: Match


def find_passages(
    document: Document, library: LoadedLibrary, lexicon: CheckLexicon, *, taken: Sequence[Span] = ()
) -> tuple[FoundPassage, ...]:
    """The passages in the text, in its order, none over another; areas that overlap a span of `taken` are left out."""
    letters, places = skeleton_codes(document.text)
    found: list[FoundPassage] = []
    if not len(letters):
        return ()
    scripts = {True: int(letters.max()) >= FIRST_ARABIC, False: int(letters.min()) < FIRST_ARABIC}
    for sieve in library.filters:
        arabic = library.editions[sieve.editions[0]].arabic
        if not scripts[arabic]:
            continue
        indexes = [library.editions[number].scan for number in sieve.editions]
        least = LEAST_COVERED_ARABIC if arabic else LEAST_COVERED
        areas = find_areas(letters, sieve, indexes, least)
        for rivals in _rivals(areas):
            place = Span(int(places[rivals[0].start]), int(places[rivals[0].end - 1]) + 1)
            if not any(place.overlaps(span) for span in taken):
                one = _best(document.text, places, rivals, library, lexicon)
                if one is not None:
                    found.append(one)
    return _apart(found)


def _rivals(areas: Sequence[Area]) -> list[list[Area]]:
    """The areas that claim the same letters, together, those that cover most first."""
    groups: list[list[Area]] = []
    for area in sorted(areas, key=lambda one: (-one.covered, one.edition, one.low)):
        length = area.end - area.start
        for group in groups:
            shared = min(area.end, group[0].end) - max(area.start, group[0].start)
            if 2 * shared > length:
                if len(group) < RIVALS and 2 * area.covered > group[0].covered:
                    group.append(area)
                break
        else:
            groups.append([area])
    return groups


def _best(
    text: str, places: Places, areas: Sequence[Area], library: LoadedLibrary, lexicon: CheckLexicon
) -> FoundPassage | None:
    """The best of the areas' passages with its judgement, or `None` when none is worth a report."""
    found: list[FoundPassage] = []
    for area in areas:
        stretch, window = _surroundings(text, places, area, library)
        words = make_quoted(text, [window], None, ()).words
        span = _trimmed(compare(words, stretch_words(library, stretch)))
        if span is None:
            continue
        quoted = make_quoted(text, [span], None, ())
        match = judge(quoted, stretch, library, lexicon)
        if match is not None and _worth(quoted, match, library, lexicon):
            found.append(FoundPassage(span, quoted, match))
    return min(found, key=lambda one: (-one.match.comparison.equal_letters, one.match.rank), default=None)


def _surroundings(text: str, places: Places, area: Area, library: LoadedLibrary) -> tuple[Stretch, Span]:
    """The passages that the area touches, and the stretch of the document in which they may go on."""
    offsets = library.editions[area.edition].index.offsets
    first, last = (np.searchsorted(offsets, [area.low, area.high - 1], side="right") - 1).tolist()
    before, after = area.low - int(offsets[first]), int(offsets[last + 1]) - area.high
    if before < SLACK and first > 0:
        first -= 1
    if after < SLACK and last + 2 < len(offsets):
        last += 1
    low = max(0, area.start - min(MOST_SLACK, before * 5 // 4 + SLACK))
    high = min(len(places), area.end + min(MOST_SLACK, after * 5 // 4 + SLACK))
    window = Span(int(places[low]), int(places[high - 1]) + 1)
    return Stretch(area.edition, first, last), _whole_words(text, window)


def _whole_words(text: str, span: Span) -> Span:
    """`span` without the words that it cuts."""
    wider = Span(max(0, span.start - 40), min(len(text), span.end + 40))
    inside = [word for word in find_words(text, wider) if span.contains(word)]
    return Span(inside[0].start, inside[-1].end) if inside else span


def _trimmed(comparison: Comparison) -> Span | None:
    """The part of the window whose words are the passage's: the run of steps with the highest score (Kadane)."""
    best, score, start = 0.0, 0.0, 0
    bounds = (0, 0)
    for number, step in enumerate(comparison.steps):
        width = max(step.quoted[1] - step.quoted[0], step.reference[1] - step.reference[0])
        if score <= 0:
            score, start = 0.0, number
        score += width if step.op == "equal" else MISS * width
        if score > best:
            best, bounds = score, (start, number + 1)
    words = [
        word
        for step in comparison.steps[slice(*bounds)]
        for word in comparison.quoted[slice(*step.quoted)]
    ]  # fmt: skip
    return Span(min(word.span.start for word in words), max(word.span.end for word in words)) if words else None


def _worth(quoted: Quoted, match: Match, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    """True when the words are many and rare enough to be a quotation that nothing announces."""
    held = match.comparison
    least = LEAST_WORDS_ARABIC if is_arabic(quoted.text) else LEAST_WORDS
    if held.equal_words < least or held.likeness < LEAST_LIKE:
        return False
    skeleton = skeleton_of(quoted.text)
    if skeleton in lexicon.by_skeleton:
        return False
    if held.equal_words >= FORMULA_WORDS:
        return True
    return len(whole_places(library.editions[match.stretch.edition], skeleton, limit=FORMULA + 1)) <= FORMULA


def _apart(found: Sequence[FoundPassage]) -> tuple[FoundPassage, ...]:
    """The passages that do not overlap a better one, in order of the text."""
    kept: list[FoundPassage] = []
    for one in sorted(found, key=lambda each: (-each.match.comparison.equal_letters, each.span)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: each.span))
