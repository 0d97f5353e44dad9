"""How far a passage goes on in a document around letters that both share, when no mark and no blank can be trusted.

Steps: from the shared letters outward, the letters of the document and of the passage are aligned; the alignment is
followed as far as it gains, a letter kept against a letter changed; the ends found are moved to ends of words, but not
into words that hold more of the surroundings than of the passage.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from catena.model import Span
from catena.text.seeds import Codes
from catena.text.segment import find_words
from catena.verification.breaks import written_letters

MISS = 1.0  # what a letter of difference costs beside a letter kept: a third of the words may be others
JOINT = 1.0  # what each place of difference costs on top: chance alignments are broken ever so often
SLACK = 8  # letters more on one side than on the other that an alignment is tried over
EDGE = 8  # letters of the next passage below which it is not quoted
_BREAK = 0x0A
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


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """The letters of a text as they are compared where blanks cannot be trusted (`written_letters`), folded once for
    all stretches that are looked at; `ends[n]` of them stand in its first n characters, `breaks` are the places of its
    line breaks, and `several` those of characters, such as ligatures, that have several letters.
    """

    text: str
    written: str
    ends: Sequence[int]
    breaks: tuple[int, ...]
    several: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        """The letters of `text`.

        >>> Letters.of("A lake").written, list(Letters.of("A lake").ends)
        ('alake', [0, 1, 1, 2, 3, 4, 5])
        """
        source = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        codes, many = _written_codes(source)
        ends = np.zeros(len(text) + 1, dtype=np.int64)
        many.cumsum(dtype=np.int64, out=ends[1:])
        written = codes.tobytes().decode("utf-32-le", "surrogatepass")
        breaks, several = ((source == _BREAK).nonzero()[0], (many > 1).nonzero()[0])
        places = array("q", ends.tobytes())  # a list takes four times the memory
        return cls(text, written, places, tuple(breaks.tolist()), tuple(several.tolist()))

    def ahead(self, start: int, end: int) -> str:
        """The letters of the characters from `start` to `end`."""
        return self.written[self.ends[start] : self.ends[end]]

    def behind(self, start: int, end: int) -> str:
        """The same from the last character to the first; those of a ligature keep their order."""
        if bisect_left(self.several, start) == bisect_left(self.several, end):
            return self.ahead(start, end)[::-1]
        return self.text[start:end][::-1].translate(_LETTERS)

    def after(self, start: int, letters: int) -> int:
        """The place after the next `letters` from `start` on."""
        return bisect_left(self.ends, self.ends[start] + letters) if letters else start

    def before(self, end: int, letters: int) -> int:
        """The place before the last `letters` up to `end`."""
        return bisect_right(self.ends, self.ends[end] - letters) - 1 if letters else end


def find_extent(ours: Letters, window: Span, anchor: Span, theirs: Letters, held: Span, *, backwards: bool) -> Extent:
    """The stretch of `window` that is like the reference, grown from `anchor` in it and `held` in the reference, which
    share their letters; its ends may lie inside words (`whole_words`). A line break in the reference ends a passage.
    `backwards` says that the window's letters run from the last to the first.
    """
    behind, ahead = ours.behind(window.start, anchor.start), ours.ahead(anchor.end, window.end)
    if backwards:
        behind, ahead = ahead, behind
    ends = theirs.ends
    after_breaks = [ends[place] - ends[held.end] for place in theirs.breaks if place >= held.end]
    before_breaks = [ends[held.start] - ends[place + 1] for place in reversed(theirs.breaks) if place < held.start]
    right, told, right_kept = _reach_over(ahead, theirs.ahead(held.end, len(theirs.text)), after_breaks)
    left, told_before, left_kept = _reach_over(behind, theirs.behind(0, held.start), before_breaks)
    words = len(theirs.text[theirs.before(held.start, told_before) : theirs.after(held.end, told)].split())
    middle, same = ours.ahead(anchor.start, anchor.end), theirs.ahead(held.start, held.end)
    kept = left_kept + right_kept + Levenshtein.similarity(middle[:: -1 if backwards else 1], same)
    letters = len(middle) + left + right
    if backwards:
        left, right = right, left
    return Extent(Span(ours.before(anchor.start, left), ours.after(anchor.end, right)), letters, kept, words)


def _reach_over(mine: str, other: str, breaks: Sequence[int]) -> tuple[int, int, int]:
    """`reach` of the letters of two texts, but not over the end of a passage for a few that agree by chance; `breaks`
    are these ends, in letters of `other`.
    """
    found = reach(mine, other)
    for bound in breaks:
        if bound < found[1] < bound + EDGE:
            return reach(mine[: found[0]], other[:bound])
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
_UNKNOWN, _NONE, _SEVERAL = -1, -2, -3


@cache
def _code_table() -> NDArray[np.int32]:
    return np.full(0x110000, _UNKNOWN, dtype=np.int32)


def _written_codes(source: Codes) -> tuple[Codes, NDArray[np.int64]]:
    """The letters of all characters, and how many each has; worked out for a code point when it is first met."""
    table = _code_table()
    values = table.take(source)
    if _UNKNOWN in values:
        for code in np.unique(source[values == _UNKNOWN]).tolist():
            letters = _LETTERS[code]
            table[code] = ord(letters) if len(letters) == 1 else _SEVERAL if letters else _NONE
        values = table.take(source)
    many = (values != _NONE).astype(np.int64)
    several = (values == _SEVERAL).nonzero()[0]
    if not len(several):
        return values[values >= 0].view(np.uint32), many
    longer = [_LETTERS[code] for code in source[several].tolist()]
    many[several] = [len(each) for each in longer]
    held = values.repeat(many)
    held[held == _SEVERAL] = np.frombuffer("".join(longer).encode("utf-32-le", "surrogatepass"), dtype="<i4")
    return held.view(np.uint32), many


def _written(text: str) -> str:
    return text.translate(_LETTERS)


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
