"""Texts side by side: what stands where, and which words differ.

Words are aligned by their folded forms (`catena.measures.matching`). A row holds a paragraph of the first document and
what answers to it in the second. Several texts are each held against the first, and laid out as panes of blocks; blocks
of one row answer to each other, so that panes can be scrolled together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a pane. `row` is the number of the paragraph of the first text that it answers to, or `None`;
    without a `side` that paragraph is missing here.
    """

    row: int | None
    side: Side | None


@dataclass(frozen=True, slots=True)
class Pane:
    """One text: its blocks in order, how many words it has, and how many of them the first holds at the same place.

    `marked`: the words that differ are marked. Where hardly any word is shared, as in translations, they are not.
    """

    blocks: tuple[Block, ...]
    words: int
    shared: int
    marked: bool


UNLIKE = 0.1
"""Share of words at the same place below which texts are taken for translations: all would be marked."""


def lay_out(first: str, others: Sequence[str]) -> tuple[Pane, ...]:
    """The first text and each other held against it, as panes. In the first a word is marked where any other differs.

    >>> [len(pane.blocks) for pane in lay_out("One lake.\\n\\nTwo boats.", ["One lake."])]
    [2, 2]
    """
    found = [compare_texts(first, other) for other in others]
    alike = [one.shared >= UNLIKE * min(one.words) for one in found]
    sides = [[row.first for row in one.rows if row.first] for one in found]
    marked = [many for many, like in zip(sides, alike, strict=True) if like]
    plain = [_plain(side) for side in sides[0]] if sides else []
    mine = [_merge(many) for many in zip(*marked, strict=True)] if marked else plain
    base = tuple(Block(number, side) for number, side in enumerate(mine))
    panes = [_pane(one, like, len(mine)) for one, like in zip(found, alike, strict=True)]
    return (Pane(base, found[0].words[0] if found else 0, 0, bool(marked)), *panes)


def _pane(one: Comparison, alike: bool, rows: int) -> Pane:
    if alike:
        return Pane(tuple(_number(one.rows)), one.words[1], one.shared, True)
    sides = [_plain(row.second) for row in one.rows if row.second]
    # As many paragraphs as the first: a translation keeps them, so the same number answers.
    blocks = tuple(Block(at if len(sides) == rows else None, side) for at, side in enumerate(sides))
    return Pane(blocks, one.words[1], one.shared, False)


def _number(rows: Sequence[Row]) -> Iterator[Block]:
    """The blocks of the second text; of a run of paragraphs that are missing here only the first is named."""
    at, missing = 0, False
    for row in rows:
        if row.second:
            yield Block(at if row.first else None, row.second)
            missing = False
        elif not missing:
            yield Block(at, None)
            missing = True
        at += row.first is not None


def _plain(side: Side) -> Side:
    return Side(side.place, (Stretch(side.place, "".join(one.text for one in side.stretches), False),))


def _merge(sides: Sequence[Side]) -> Side:
    """The same paragraph as held against several texts: a letter is marked where any of them differs."""
    whole, start = "".join(one.text for one in sides[0].stretches), sides[0].place.start
    edges = sorted({edge for side in sides for one in side.stretches for edge in (one.place.start, one.place.end)})
    pieces = [
        (
            low,
            high,
            any(one.differs for side in sides for one in side.stretches if one.place.start <= low < one.place.end),
        )
        for low, high in pairwise(edges)
    ]
    found: list[Stretch] = []
    for low, high, differs in pieces:
        if found and found[-1].differs == differs:
            low = found.pop().place.start
        found.append(Stretch(Span(low, high), whole[low - start : high - start], differs))
    return Side(sides[0].place, tuple(found))


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
    while start and text[start - 1] != "\n":  # a bracket or quotation mark before the first word
        start -= 1
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
