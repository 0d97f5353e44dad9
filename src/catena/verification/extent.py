"""How far a passage goes on in a document around letters that both share, when no mark and no blank can be trusted.

Steps: from the shared letters outward, the letters of the document and of the passage are aligned; the alignment is
followed as far as it gains, a letter kept against a letter changed; the ends found are moved to ends of words, but not
into words that hold more of the surroundings than of the passage.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

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


def find_extent(text: str, window: Span, anchor: Span, reference: str, held: Span, *, backwards: bool) -> Extent:
    """The stretch of `window` that is like `reference`, grown from `anchor` in it and `held` in the reference, which
    share their letters; its ends may lie inside words (`whole_words`). A line break in the reference ends a passage.
    `backwards` says that the window's letters run from the last to the first.
    """
    behind, ahead = text[window.start : anchor.start][::-1], text[anchor.end : window.end]
    if backwards:
        behind, ahead = ahead, behind
    before, after = reference[: held.start][::-1], reference[held.end :]
    right, told, right_kept = _reach_over(ahead, after)
    left, told_before, left_kept = _reach_over(behind, before)
    words = len(reference[held.start - _place(before, told_before) : held.end + _place(after, told)].split())
    middle, same = _written(anchor.of(text)), _written(held.of(reference))
    kept = left_kept + right_kept + Levenshtein.similarity(middle[:: -1 if backwards else 1], same)
    if backwards:
        behind, ahead, left, right = ahead, behind, right, left
    span = Span(anchor.start - _place(behind, left), anchor.end + _place(ahead, right))
    return Extent(span, len(middle) + left + right, kept, words)


def _reach_over(ours: str, theirs: str) -> tuple[int, int, int]:
    """`reach` of the letters of two texts, but not over the end of a passage for a few that agree by chance."""
    mine, other = _written(ours), _written(theirs)
    found = reach(mine, other)
    end = theirs.find("\n")
    while end >= 0:
        bound = len(_written(theirs[:end]))
        if bound < found[1] < bound + EDGE:
            return reach(mine[: found[0]], other[:bound])
        end = theirs.find("\n", end + 1)
    return found


def reach(ours: str | bytes, theirs: str | bytes) -> tuple[int, int, int]:
    """How many of our letters, from the first on, gain by being told from theirs; from how many; how many are kept.

    A letter that changed costs `MISS`, and each place of difference `JOINT`, against one for a letter kept.
    """
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


class _Table(dict[int, str]):
    """What each code point leaves of itself, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = written_letters(chr(code))
        return self[code]


_LETTERS = _Table()


def _written(text: str) -> str:
    return text.translate(_LETTERS)


def _place(text: str, letters: int) -> int:
    """How many characters of `text` hold its first `letters`."""
    at = 0
    while letters > 0:
        letters -= len(_LETTERS[ord(text[at])])
        at += 1
    return at


def whole_words(text: str, extent: Extent, window: Span) -> Extent:
    """`extent` with its ends at ends of words."""
    start, end = extent.span.start, extent.span.end
    for word in _words_at(text, start, window):
        start = _end(text, word, start, start, word.end, word.start)
    for word in _words_at(text, end, window):
        end = _end(text, word, end, word.start, end, word.end)
    while start < end and not _written(text[start]):
        start += 1
    while start < end and not (_written(text[end - 1]) or unicodedata.combining(text[end - 1])):
        end -= 1
    return replace(extent, span=Span(start, end)) if start < end else extent


def _words_at(text: str, place: int, window: Span) -> Iterator[Span]:
    """The word of the window that goes on over `place`, if any."""
    low = max(text.rfind(" ", window.start, place) + 1, window.start)
    high = text.find(" ", place, window.end)
    around = Span(low, high if high >= 0 else window.end)
    return (word for word in find_words(text, around) if word.start < place < word.end)


def _end(text: str, word: Span, at: int, low: int, high: int, outside: int) -> int:
    """Where a stretch ends that ends inside `word` and holds `[low, high)` of it: at its far end, at its near end, or,
    where so many letters are no word, at the letter itself.
    """
    inside, whole = len(_written(text[low:high])), len(_written(word.of(text)))
    if whole >= FUSED:
        return at
    near = word.end if outside == word.start else word.start
    return outside if 2 * inside >= whole else near
