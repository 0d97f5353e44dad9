"""Passages of the library that stand in a document unmarked: found by their letters, then judged as words.

Length alone is weak evidence: seven running words of a treaty may stand in a book by chance. A passage is reported
when enough of its words stand there, and when few other passages hold the same words: a phrase of many places is a
formula, not a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from catena.model import Document, Span
from catena.text.seeds import Bytes, low_bytes
from catena.verification.candidates import Stretch, whole_places
from catena.verification.extent import Extent, Letters, find_extent, whole_words
from catena.verification.judge import Match, judge
from catena.verification.lexicon import CheckLexicon
from catena.verification.library_view import LoadedLibrary
from catena.verification.quoted import Quoted, make_quoted
from catena.verification.scan import Area, Evidence, Filter, find_areas
from catena.verification.skeleton import Codes, Places, skeleton_codes, skeleton_of
from catena.verification.spelling import is_arabic
from catena.verification.telling import count_telling

FIRST_ARABIC = 0x600  # letters from here on: a text without any is not scanned for Arabic, nor one without others
ENOUGH, ENOUGH_ARABIC = (
    Evidence(20, 14, 26, 16, 26),
    Evidence(8, 6, 12, 64, 9),
)  # shared seed letters that are worth a look
TURNED = Evidence(10, 8, 16, 32, 9)  # the same for lines that stand back to front
LEAST_WORDS, LEAST_WORDS_ARABIC = 8, 4  # equal words of a passage that nothing announces
LEAST_PROSE_ARABIC = 6  # the same for works in prose: reports of what somebody did share turns of speech with any text
LONG = 2  # times as many words: half of them may then be others
LEAST_LONG = 0.5  # share of the letters of so many words that must be the passage's
DAMAGED_FIT, DAMAGED_FIT_ARABIC = (
    0.8,
    0.7,
)  # share of letters kept on both sides from which misprinted words are the passage's
DAMAGED, DAMAGED_ARABIC = 32, 18  # letters below which such likeness is chance
LEAST_LIKE = 0.7  # share of the stretch's letters that must be the passage's
SPELLING = 0.15  # share of letters in which two spellings of a passage may differ
FAR = 0.55  # share below which another spelling of the passage will not have it either
FORMULA = 12  # other passages with the same words from which they are a formula
FORMULA_WORDS = 12  # words from which even a phrase of many places is a quotation
RIVALS = 4  # areas over the same letters that are compared as words
SLACK = 12  # seed letters beyond the end of a passage in which more of it is looked for
MOST_REFERENCES = 512  # stretches of passages kept with their letters: phrases of daily use recur
LOOKED_AT = 600  # characters of a document that are looked at for one group of areas
MOST_SLACK = 80  # seed letters beyond those kept, where the passage goes on
NEARLY = 0.9  # share of the best stretch's letters from which another edition's is judged too

_Likely: TypeAlias = tuple[int, Extent, Stretch, Area]
"""Letters kept, the stretch of the document, the passages that it may be, and the area that led to them."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Where a passage stands in the document, in code points, as a quotation would be handed on, with its match."""

    span: Span
    quoted: Quoted
    match: Match


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """The text that is searched, with the place of each of its seed letters; `letters` when so much of it will be
    looked at that all of them are folded at once.
    """

    text: str
    places: Places
    letters: Letters | None

    @classmethod
    def of(cls, text: str, places: Places, groups: int) -> _Page:
        """The text, in which `groups` of areas will be looked at."""
        return cls(text, places, Letters.of(text) if groups * LOOKED_AT > len(text) else None)

    def around(self, window: Span) -> tuple[Letters, int]:
        """Letters that hold those of the window, and the place at which their text begins."""
        return (self.letters, 0) if self.letters is not None else (Letters.of(window.of(self.text)), window.start)


def find_passages(
    document: Document, library: LoadedLibrary, lexicon: CheckLexicon, *, taken: Sequence[Span] = ()
) -> tuple[FoundPassage, ...]:
    """The passages in the text, in its order, none over another; areas that overlap a span of `taken` are left out."""
    letters, places = skeleton_codes(document.text)
    found: list[FoundPassage] = []
    if not len(letters):
        return ()
    low = low_bytes(letters)
    scripts = {True: int(letters.max()) >= FIRST_ARABIC, False: int(letters.min()) < FIRST_ARABIC}
    for sieve in library.filters:
        arabic = library.editions[sieve.editions[0]].arabic
        if not scripts[arabic]:
            continue
        areas = _areas(letters, low, sieve, library, arabic)
        groups = _rivals(areas)
        page = _Page.of(document.text, places, len(groups))
        for rivals in groups:
            first = rivals[0]
            place = Span(int(places[first.start]), int(places[first.end - 1]) + 1)
            if not any(place.overlaps(span) for span in taken):
                found += _found(page, rivals, library, lexicon)
    return _apart(found)


def _areas(letters: Codes, low: Bytes, sieve: Filter, library: LoadedLibrary, arabic: bool) -> list[Area]:
    """The areas of the letters, and for a script that extraction may turn round those of the letters backwards."""
    indexes = [library.scanned[number] for number in sieve.editions]
    found = find_areas(letters, low, sieve, indexes, ENOUGH_ARABIC if arabic else ENOUGH)
    if arabic:
        found += find_areas(letters, low, sieve, indexes, TURNED, backwards=True)
    return found


def _rivals(areas: Sequence[Area]) -> list[list[Area]]:
    """Those that claim the same letters, together, those that keep most letters first."""
    groups: list[list[Area]] = []
    for one in sorted(areas, key=lambda each: (-each.kept, each.edition, each.low)):
        length = one.end - one.start
        for group in groups:
            first = group[0]
            if 2 * (min(one.end, first.end) - max(one.start, first.start)) > length:
                if len(group) < RIVALS and one.kept >= NEARLY * first.kept:
                    group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _with_followers(group: Sequence[Area], library: LoadedLibrary) -> list[tuple[Area, Area]]:
    """The areas with those of the editions that hold the same passages letter for letter, each with the one that led
    to it: itself, or that of the leading edition, which comes first.
    """
    found = [(area, area) for area in group]
    for area in group:
        followers = library.followers.get(area.edition, ())
        offsets = library.editions[area.edition].index.offsets
        first, last = _passages(offsets, area.low, area.high - 1) if followers else (0, 0)
        for follower in followers:
            if follower.same[first : last + 1].all():
                moved = int(library.editions[follower.edition].index.offsets[first] - offsets[first])
                own = area._replace(edition=follower.edition, low=area.low + moved, high=area.high + moved)
                found.append((own, area))
    return sorted(found, key=lambda each: (-each[0].kept, each[0].edition, each[0].low))[:RIVALS]


def _found(
    page: _Page, rivals: Sequence[Area], library: LoadedLibrary, lexicon: CheckLexicon
) -> Iterator[FoundPassage]:
    """The passages of rival areas that are worth a report: of those over the same words the best.

    Editions with the same letters have the same words but for their spelling: where the first one is far from likely,
    the others are not looked at.
    """
    likely: list[_Likely] = []
    unlike: set[Area] = set()
    for one, leader in _with_followers(rivals, library):
        if leader in unlike:
            continue
        stretch, window = _surroundings(page.places, one, library)
        extent = _extent(page, window, one, stretch, library)
        least = LEAST_WORDS_ARABIC if library.editions[one.edition].arabic else LEAST_WORDS
        if extent.words >= least and extent.kept >= LEAST_LIKE * extent.letters:
            likely.append((extent.kept, whole_words(page.text, extent, window), stretch, leader))
        elif extent.kept < FAR * extent.letters or extent.words < least - 1:
            unlike.add(leader)
    likely.sort(key=lambda each: (-each[0], each[2].edition, each[2].first))
    while likely:
        most, first, *_ = likely[0]
        same = [one for one in likely if one[1].span.overlaps(first.span)]
        best = _best(page.text, [one for one in same if one[0] >= NEARLY * most], library, lexicon)
        if best is not None:
            yield best
        likely = [one for one in likely if one not in same]


def _best(text: str, likely: Sequence[_Likely], library: LoadedLibrary, lexicon: CheckLexicon) -> FoundPassage | None:
    """The best of these with its judgement, or `None` when none is worth a report."""
    found: list[FoundPassage] = []
    unlike: set[Area] = set()
    quoted = {span: make_quoted(text, [span], None, ()) for span in {extent.span for _, extent, *_ in likely}}
    for _, extent, stretch, leader in likely:
        if leader in unlike:
            continue
        one = _judged(quoted[extent.span], stretch, library, lexicon)
        if isinstance(one, bool):
            if one:
                unlike.add(leader)
            continue
        found.append(FoundPassage(extent.span, quoted[extent.span], one))
        if one.verdict == "exact":
            break
    return min(found, key=_rank, default=None)


def _judged(quoted: Quoted, stretch: Stretch, library: LoadedLibrary, lexicon: CheckLexicon) -> Match | bool:
    """The match when it is worth a report; else whether another spelling of the passage will not be either.

    Turns of speech recur in every document: words that were no report once are not compared again.
    """
    words = tuple([(word.text, word.gap, word.gloss) for word in quoted.words])
    key = (stretch, words, quoted.lead, quoted.trail, quoted.displaced)
    rejected = library.rejected.of(lexicon)
    if key in rejected:
        return rejected[key]
    match = judge(quoted, stretch, library, lexicon)
    if match is not None and _worth(quoted, match, library, lexicon):
        return match
    rejected[key] = match is None or _is_far(match, library.editions[stretch.edition].arabic)
    return rejected[key]


def _is_far(match: Match, arabic: bool) -> bool:
    """True when so little agrees that another spelling of the passage will not be worth a report either."""
    held = match.comparison
    least, fit = (LEAST_WORDS_ARABIC, DAMAGED_FIT_ARABIC) if arabic else (LEAST_WORDS, DAMAGED_FIT)
    return held.equal_words < least - 1 and held.fit < fit - SPELLING


def _rank(found: FoundPassage) -> tuple[int, tuple[float, float, int, int, int]]:
    """Sorts passages that tell more of the words first."""
    held = found.match.comparison
    return -round(held.closeness * held.letters), found.match.rank


def _extent(page: _Page, window: Span, area: Area, stretch: Stretch, library: LoadedLibrary) -> Extent:
    loaded = library.editions[area.edition]
    theirs, there = _reference(loaded.texts[stretch.first : stretch.last + 1])
    before = int(loaded.index.offsets[stretch.first])
    held = Span(int(there[area.low - before]), int(there[area.high - before - 1]) + 1)
    anchor = Span(int(page.places[area.start]), int(page.places[area.end - 1]) + 1)
    ours, at = page.around(window)
    if not at:
        return find_extent(ours, window, anchor, theirs, held, backwards=area.backwards)
    extent = find_extent(ours, window.shift(-at), anchor.shift(-at), theirs, held, backwards=area.backwards)
    return replace(extent, span=extent.span.shift(at))


@lru_cache(maxsize=MOST_REFERENCES)
def _reference(texts: tuple[str, ...]) -> tuple[Letters, Places]:
    """The letters of passages that follow each other, and the places of their seed letters."""
    joined = "\n".join(texts)
    return Letters.of(joined), skeleton_codes(joined)[1]


def _surroundings(places: Places, area: Area, library: LoadedLibrary) -> tuple[Stretch, Span]:
    """The passages that the letters touch, and the stretch of the document in which they may go on."""
    offsets = library.editions[area.edition].index.offsets
    before, after = (area.after, area.before) if area.backwards else (area.before, area.after)
    first, last = _passages(offsets, max(0, area.low - before), min(int(offsets[-1]), area.high + after) - 1)
    before = min(before + MOST_SLACK, area.low - int(offsets[first]))
    after = min(after + MOST_SLACK, int(offsets[last + 1]) - area.high)
    if area.backwards:
        before, after = after, before
    low = max(0, area.start - before * 5 // 4 - SLACK)
    high = min(len(places), area.end + after * 5 // 4 + SLACK)
    return Stretch(area.edition, first, last), Span(int(places[low]), int(places[high - 1]) + 1)


def _passages(offsets: Places, low: int, high: int) -> tuple[int, int]:
    """The passages in which two letters of an edition stand."""
    return int(offsets.searchsorted(low, side="right")) - 1, int(offsets.searchsorted(high, side="right")) - 1


def _worth(quoted: Quoted, match: Match, library: LoadedLibrary, lexicon: CheckLexicon) -> bool:
    """True when the words are many and rare enough to be a quotation that nothing announces."""
    held, loaded = match.comparison, library.editions[match.stretch.edition]
    least = LEAST_WORDS_ARABIC if is_arabic(quoted.text) else LEAST_WORDS
    words = held.equal_words
    like = held.likeness >= (LEAST_LONG if words >= LONG * least else LEAST_LIKE)
    if words < least or not like:
        arabic = least == LEAST_WORDS_ARABIC
        wanted, fit = (DAMAGED_ARABIC, DAMAGED_FIT_ARABIC) if arabic else (DAMAGED, DAMAGED_FIT)
        if held.fit < fit or held.letters < wanted or held.extent[1] - held.extent[0] < least:
            return False
        words = held.extent[1] - held.extent[0]
    skeleton = skeleton_of(quoted.text)
    if skeleton in lexicon.by_skeleton:
        return False
    if len(whole_places(loaded, skeleton, limit=FORMULA + 1)) > FORMULA:
        return words >= FORMULA_WORDS
    if loaded.edition.kind == "numbered-verses":  # known by heart: even its turns of speech are quoted
        return True
    least = LEAST_PROSE_ARABIC if loaded.arabic else LEAST_WORDS
    return count_telling(held, loaded, damaged=words > held.equal_words) >= least


def _apart(found: Sequence[FoundPassage]) -> tuple[FoundPassage, ...]:
    """The passages that do not overlap a better one, in order of the text: letters in other words count against one."""
    kept: list[FoundPassage] = []
    for one in sorted(found, key=lambda each: (_other(each) - each.match.comparison.equal_letters, each.span)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: each.span))


def _other(found: FoundPassage) -> int:
    return found.match.comparison.letters - found.match.comparison.equal_letters
