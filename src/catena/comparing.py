"""Two documents side by side: what stands where, and which words differ.

Words are aligned by their folded forms (`catena.measures.matching`). A row holds a paragraph of the first document and
what answers to it in the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from catena.measures.matching import align
from catena.model import Span
from catena.store.tokens import find_tokens
from catena.text import find_paragraphs


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one side: `place` in its document, and whether the other side reads otherwise there."""

    place: Span
    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One cell of a row: where it begins and ends in its document, and its words."""

    place: Span
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Passages that answer to each other; one side may be missing. `same` when every folded word is."""

    first: Side | None
    second: Side | None
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows in the order of the first document, and how many words of each the other holds at the same place."""

    rows: tuple[Row, ...]
    words: tuple[int, int]
    shared: int


def compare_texts(first: str, second: str) -> Comparison:
    """The two texts paragraph by paragraph.

    >>> [row.same for row in compare_texts("The lakes stay open now.", "The lakes stay closed now.").rows]
    [False]
    """
    (words, places), (others, other_places) = find_tokens(first), find_tokens(second)
    pairs = align(words, others)
    rows = _rows(first, second, places, other_places, pairs)
    return Comparison(rows, (len(words), len(others)), len(pairs))


def _rows(
    first: str, second: str, places: Sequence[Span], others: Sequence[Span], pairs: Sequence[tuple[int, int]]
) -> tuple[Row, ...]:
    """Each paragraph of the first with those paragraphs of the second that hold most of its words, in order."""
    mine, theirs = _paragraphs(first, places), _paragraphs(second, others)
    homes = _homes(mine, theirs, pairs)
    equal, equal_other = {a for a, _ in pairs}, {b for _, b in pairs}
    found: list[Row] = []
    at = 0
    for number, paragraph in enumerate(mine):
        answers = homes.get(number, [])
        if answers:  # what stands before the answer in the second and answers to nothing
            found += [_row(None, _side(second, others, theirs[gap], equal_other)) for gap in range(at, answers[0])]
            at = answers[-1] + 1
        cell = None
        if answers:
            whole = (theirs[answers[0]][0], theirs[answers[-1]][1])
            cell = _side(second, others, whole, equal_other)
        found.append(_row(_side(first, places, paragraph, equal), cell))
    found += [_row(None, _side(second, others, theirs[gap], equal_other)) for gap in range(at, len(theirs))]
    return tuple(found)


def _paragraphs(text: str, places: Sequence[Span]) -> list[tuple[int, int]]:
    """Ranges of words that make a paragraph."""
    starts = [place.start for place in places]
    found = []
    for paragraph in find_paragraphs(text):
        low, high = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        if low < high:
            found.append((low, high))
    return found


def _homes(
    mine: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]], pairs: Sequence[tuple[int, int]]
) -> dict[int, list[int]]:
    """For each paragraph of the first the run of paragraphs of the second that belong to it; each belongs once."""
    mine_ends, their_ends = [end for _, end in mine], [end for _, end in theirs]
    votes: dict[int, dict[int, int]] = {}
    for a, b in pairs:
        number, other = bisect_left(mine_ends, a + 1), bisect_left(their_ends, b + 1)
        if number < len(mine) and other < len(theirs):
            held = votes.setdefault(other, {})
            held[number] = held.get(number, 0) + 1
    homes: dict[int, list[int]] = {}
    last = -1
    for other in sorted(votes):
        best = max(sorted(votes[other]), key=votes[other].__getitem__)
        if best >= last:
            homes.setdefault(best, []).append(other)
            last = best
    return homes


def _side(text: str, places: Sequence[Span], words: tuple[int, int], equal: set[int]) -> Side:
    """The words from `words[0]` to `words[1]` in stretches that agree or differ; joined they are the text."""
    start = places[words[0]].start
    end = places[words[1] - 1].end
    while end < len(text) and text[end] != "\n":
        end += 1
    cuts: list[tuple[int, bool]] = []
    for number in range(*words):
        differs = number not in equal
        if not cuts or cuts[-1][1] != differs:
            cuts.append((places[number].start if cuts else start, differs))
    edges = [*(at for at, _ in cuts), end]
    return Side(
        Span(start, end),
        tuple(
            Stretch(Span(low, high), text[low:high], differs)
            for (low, differs), high in zip(cuts, edges[1:], strict=True)
            if high > low
        ),
    )


def _row(first: Side | None, second: Side | None) -> Row:
    both = [side for side in (first, second) if side is not None]
    return Row(first, second, len(both) == 2 and not any(one.differs for side in both for one in side.stretches))
