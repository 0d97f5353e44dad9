"""Word breaks put where the reference has them, when those of the quotation cannot be trusted.

Extracted text loses blanks, gains them inside words, breaks words over lines, or holds a whole line back to front. Its
words then match nothing while its letters, run together, are the passage's. Here the letters of both sides are aligned,
and the quotation is cut again at the reference's word ends. Each new word keeps its place in the document, so that a
letter that really differs still shows, in its own word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from catena.model import Span
from catena.verification.spelling import is_arabic, letters_of, token_of
from catena.verification.words import QuotedWord

RULE = "word-breaks"
REVERSED = "visual-order"
ALIKE = 0.7  # share of letters in common below which no alignment of letters is worth a cut
_WRITTEN = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ء": "ا"})

Letter: TypeAlias = tuple[int, int]
"""Word and character in it that a letter comes from."""


def rebreak(quoted: Sequence[QuotedWord], words: Sequence[str]) -> tuple[QuotedWord, ...] | None:
    """The quotation's characters as other words, cut where the reference has its word ends; glosses stay as they are.
    `words` are the reference's, glosses aside, each by its `written_letters`.

    `None` when the letters of the two are too unlike, or the cuts are those that stand already.
    """
    letters, sources = _letters(tuple([None if word.gloss else word.text for word in quoted]))
    whole = "".join(words)
    window = _window(letters, whole)
    if window is None:
        return None
    low, high = window
    ends, at = [], 0
    for word in words:
        at += len(word)
        if low < at < high:
            ends.append(at - low)
    starts = {source: number for number, source in enumerate(sources) if source[1] == _first(quoted[source[0]])}
    breaks = sorted(number for number in starts.values() if number)
    cuts = _cuts(letters, whole[low:high], ends, breaks)
    # A ligature gives several letters and cannot be cut.
    cuts = [cut for cut in _settle(cuts, letters, words) if sources[cut] != sources[cut - 1]]
    moved = sorted(set(cuts) ^ set(breaks))
    if not moved or (len(moved) == 2 and len(cuts) == len(breaks) and moved[1] - moved[0] == 1):
        return None  # one letter on the other side of one blank is a letter too much, not a torn word
    return _cut(quoted, sources, [0, *cuts, len(letters)])


def are_alike(texts: Sequence[str | None], words: Sequence[str]) -> bool:
    """False when the letters of the two are so unlike that `rebreak` gives `None`; `texts` are the quotation's words,
    `None` for a gloss.
    """
    return _window(_letters(tuple(texts))[0], "".join(words)) is not None


@lru_cache(maxsize=65536)
def written_letters(text: str) -> str:
    """The letters of one character or word as they are compared where blanks cannot be trusted: seats of hamza, dots
    of ya and ta marbuta, in which spellings differ, do not count.
    """
    return token_of(text).translate(_WRITTEN)


def backwards(quoted: Sequence[QuotedWord]) -> tuple[QuotedWord, ...]:
    """The words of a line that stands in visual order: last first, each with its letters turned round."""
    return tuple(replace(word, text=word.text[::-1]) for word in reversed(quoted))


@lru_cache(maxsize=32)  # one quotation is compared with many stretches
def _letters(quoted: tuple[str | None, ...]) -> tuple[str, list[Letter]]:
    """The letters of all words, `None` for a gloss, and where each comes from."""
    found: list[str] = []
    sources: list[Letter] = []
    for number, word in enumerate(quoted):
        for place, char in enumerate(word or ""):
            for letter in written_letters(char):
                found.append(letter)
                sources.append((number, place))
    return "".join(found), sources


def _first(word: QuotedWord) -> int:
    return next((place for place, char in enumerate(word.text) if letters_of(char)), 0)


def _window(letters: str, whole: str) -> tuple[int, int] | None:
    """The stretch of the reference's letters in which the quotation's stand, or `None` when they are unlike."""
    if len(letters) < 4 or not whole:
        return None
    if len(letters) >= len(whole):
        low, high = 0, len(whole)
    else:
        found = fuzz.partial_ratio_alignment(letters, whole, score_cutoff=100 * ALIKE)
        if found is None:
            return None
        low, high = found.dest_start, found.dest_end
        slack = max(4, len(letters) // 8)
        low, high = _tighten(letters, whole, max(0, low - slack), min(len(whole), high + slack))
    alike = Levenshtein.normalized_similarity(letters, whole[low:high], score_cutoff=ALIKE)
    return (low, high) if alike >= ALIKE else None


def _tighten(letters: str, whole: str, low: int, high: int) -> tuple[int, int]:
    """`low` and `high` without the letters at either end that the quotation lacks."""
    steps = Levenshtein.opcodes(letters, whole[low:high])
    if steps and steps[-1].tag == "insert":
        high -= steps[-1].dest_end - steps[-1].dest_start
    if steps and steps[0].tag == "insert":
        low += steps[0].dest_end - steps[0].dest_start
    return low, high


def _cuts(letters: str, reference: str, ends: Sequence[int], breaks: Sequence[int]) -> list[int]:
    """The places in `letters` where words end: each of `ends`, carried over, and the old breaks around letters that
    the reference lacks."""
    found: set[int] = set()
    for step in Levenshtein.opcodes(letters, reference):
        if step.tag == "delete":
            low, high = bisect_left(breaks, step.src_start), bisect_left(breaks, step.src_end + 1)
            held = breaks[low:high]
            found.update(held)
            if step.dest_start in ends and not held:
                found.add(step.src_start)
            continue
        low, high = bisect_left(ends, step.dest_start), bisect_left(ends, step.dest_end + 1)
        for end in ends[low:high]:
            if step.tag == "insert":
                found.add(step.src_start)
            elif end < step.dest_end or end == len(reference):
                found.add(step.src_start + min(end - step.dest_start, step.src_end - step.src_start))
            else:
                found.add(step.src_end)
    return sorted(cut for cut in found if 0 < cut < len(letters))


def _settle(cuts: list[int], letters: str, words: Sequence[str]) -> list[int]:
    """Cuts moved by one letter where only that makes the words on both sides the reference's."""
    known = set(words)
    bounds = [0, *cuts, len(letters)]
    for number in range(1, len(bounds) - 1):
        before, at, after = bounds[number - 1 : number + 2]
        if letters[before:at] in known and letters[at:after] in known:
            continue
        for moved in (at - 1, at + 1):
            if before < moved < after and letters[before:moved] in known and letters[moved:after] in known:
                bounds[number] = moved
                break
    return bounds[1:-1]


def _cut(quoted: Sequence[QuotedWord], sources: Sequence[Letter], bounds: Sequence[int]) -> tuple[QuotedWord, ...]:
    """The words between the bounds, with glosses put back in their places."""
    found: list[tuple[int, QuotedWord]] = []
    for low, high in pairwise(bounds):
        if low == high:
            continue
        first = sources[low]
        following = sources[high] if high < len(sources) else (len(quoted), 0)
        found.append((first[0], _piece(quoted, first, following)))
    glosses = [(number, word) for number, word in enumerate(quoted) if word.gloss]
    return tuple(word for _, word in sorted(found + glosses, key=lambda pair: (pair[0], pair[1].span.start)))


def _piece(quoted: Sequence[QuotedWord], first: Letter, following: Letter) -> QuotedWord:
    """The characters from one letter up to the next word's first, blanks and glosses left out."""
    texts: list[str] = []
    places: list[int] = []
    for number in range(first[0], min(following[0], len(quoted) - 1) + 1):
        word = quoted[number]
        if word.gloss:
            continue
        low = first[1] if number == first[0] else 0
        high = following[1] if number == following[0] else len(word.text)
        if low < high:
            texts.append(word.text[low:high])
            even = len(word.text) == len(word.span)  # a letter in brackets makes the place longer than the word
            places += [word.span.start + low, word.span.start + high] if even else [word.span.start, word.span.end]
    whole = quoted[first[0]]
    gap = whole.gap and first[1] <= _first(whole)
    return QuotedWord("".join(texts), Span(min(places), max(places)), gap)


def turned(quoted: Sequence[QuotedWord]) -> bool:
    """True when the words could stand in visual order: a script that runs from the right."""
    return any(is_arabic(word.text) or any("\u0590" <= char <= "\u05ff" for char in word.text) for word in quoted)
