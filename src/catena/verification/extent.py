"""How far a passage goes on in a document around letters that both share, when no mark and no blank can be trusted.

Steps: from the shared letters outward, the letters of the document and of the passage are aligned; the alignment is
followed as far as it gains, a letter kept against a letter changed; the ends found are moved to ends of words, but not
into words that hold more of the surroundings than of the passage.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from catena.model import Span
from catena.text.segment import find_words
from catena.verification.breaks import written_letters

MISS = 1.0  # what a letter of difference costs beside a letter kept: a third of the words may be others
JOINT = 1.0  # what each place of difference costs on top: chance alignments are broken ever so often
SLACK = 8  # letters more on one side than on the other that an alignment is tried over
EDGE = 8  # letters of the next passage below which it is not quoted
FUSED = 24  # letters from which a word without blanks may be cut


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the document, `kept` of its `letters` those of the passage in their order; `words` of the passage
    are told by it, in whole or in part.
    """

    span: Span
    letters: int
    kept: int
    words: int


def letters_kept(ours: Sequence[bytes], theirs: Sequence[bytes]) -> int:
    """How many letters the two sides of a shared stretch keep beyond it: `ours[0]` and `theirs[0]` run from it to the
    end, `ours[1]` and `theirs[1]` from it to the beginning. A quick look at letters without places.
    """
    return sum(_reach(mine, other)[2] for mine, other in zip(ours, theirs, strict=True))


def find_extent(text: str, window: Span, anchor: Span, reference: str, held: Span, *, backwards: bool) -> Extent:
    """The stretch of `window` that is like `reference`, grown from `anchor` in it and `held` in the reference, which
    share their letters. A line break in the reference ends a passage. `backwards` says that the window's letters run
    from the last to the first.
    """
    letters, places = _letters(window.of(text))
    low, high = (bisect_left(places, place - window.start) for place in (anchor.start, anchor.end))
    theirs, there = _letters(reference)
    first, last = bisect_left(there, held.start), bisect_left(there, held.end)
    ahead, behind = letters[high:], letters[:low][::-1]
    if backwards:
        ahead, behind = behind, ahead
    ends = [bisect_left(there, place) for place, char in enumerate(reference) if char == "\n"]
    right, told, right_kept = _reach_over(ahead, theirs[last:], [end - last for end in ends if end >= last])
    before = [first - end for end in reversed(ends) if end <= first]
    left, told_before, left_kept = _reach_over(behind, theirs[:first][::-1], before)
    words = len(reference[there[first - told_before] : there[last + told - 1] + 1].split())
    if backwards:
        left, right = right, left
    middle = Levenshtein.similarity(letters[low:high][:: -1 if backwards else 1], theirs[first:last])
    low, high = low - left, high + right
    span = Span(places[low] + window.start, places[high - 1] + window.start + 1)
    return Extent(_whole_words(text, span, window), high - low, left_kept + right_kept + middle, words)


def _reach_over(ours: str, theirs: str, ends: Sequence[int]) -> tuple[int, int, int]:
    """`_reach`, but not over the end of a passage for a few letters that agree by chance."""
    found = _reach(ours, theirs)
    for end in ends:
        if end < found[1] < end + EDGE:
            return _reach(ours[: found[0]], theirs[:end])
    return found


def _reach(ours: str | bytes, theirs: str | bytes) -> tuple[int, int, int]:
    """How many of our letters, from the first on, gain by being told from theirs; from how many; how many are kept."""
    length = min(len(ours), len(theirs)) * 5 // 4 + SLACK
    best, score, kept = 0.0, 0.0, 0
    found = (0, 0, 0)
    steps: list[tuple[str, int, int, int, int]] = Levenshtein.opcodes(ours[:length], theirs[:length]).as_list()  # type: ignore[assignment]
    for tag, start, end, first, last in steps:
        if tag == "equal":
            kept += end - start
            score += end - start
            if score > best:
                best, found = score, (end, last, kept)
        else:
            score -= JOINT + MISS * max(end - start, last - first)
    return found


def _letters(text: str) -> tuple[str, list[int]]:
    found: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        letters = _written(char)
        if letters:
            found.append(letters)
            places += [place] * len(letters)
    return "".join(found), places


@lru_cache(maxsize=65536)
def _written(text: str) -> str:
    return written_letters(text)


def _whole_words(text: str, span: Span, window: Span) -> Span:
    """`span` with its ends at ends of words."""
    start, end = span.start, span.end
    for word in find_words(text, window):
        if word.start < start < word.end:
            start = _end(text, word, start, start, word.end, word.start)
        if word.start < end < word.end:
            end = _end(text, word, end, word.start, end, word.end)
    while start < end and not _written(text[start]):
        start += 1
    while start < end and not (_written(text[end - 1]) or unicodedata.combining(text[end - 1])):
        end -= 1
    return Span(start, end) if start < end else span


def _end(text: str, word: Span, at: int, low: int, high: int, outside: int) -> int:
    """Where a stretch ends that ends inside `word` and holds `[low, high)` of it: at its far end, at its near end, or,
    where so many letters are no word, at the letter itself.
    """
    inside, whole = len(_written(text[low:high])), len(_written(word.of(text)))
    if whole >= FUSED:
        return at
    near = word.end if outside == word.start else word.start
    return outside if 2 * inside >= whole else near
