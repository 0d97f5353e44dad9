"""Alignment of two word sequences, with the operations that lead from the reference to the quotation.

Global alignment with affine gaps (Needleman and Wunsch 1970, in Gotoh's form of 1982), widened by two moves:
a quoted word that fuses two reference words (*merge*) and two quoted words that were one (*split*). One row
at a time in numpy.

Gaps are affine so that a shortened quotation shows one long omission, not crumbs around chance words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from catena.text.compiled import kernels

OPERATIONS = ("equal", "substitute", "omit", "insert", "merge", "split")

Scores = NDArray[np.float32]
Words = Sequence[str]
Move = tuple[str, int, int]
"""Operation, quoted words and reference words it takes."""

# Scores in units of one equal word. Replacing a word by an unrelated one costs less than one omission and one
# insertion, up to three words running; beyond that the two gaps read better.
EQUAL = 1.0
UNRELATED = -0.7
ALIKE = 0.7
OPEN = -0.8
EXTEND = -0.1
# A fused word scores less than an equal one, or it would be preferred to the word itself standing beside it.
FUSED = 0.9
FUSED_LIKENESS = 0.8
"""Least letter similarity of a fused word with its two parts: ياايها may lack one of its letters."""
NEVER = -1e6
MOST_CELLS = 4_000_000
"""Above this many word pairs (2,000 words on each side) the sequences are first cut at shared word
triples.
"""
LONGEST = 64  # letters of two words that compiled code compares
ROW = 400  # letters scanned that cost as much as one row of the tables
SUBSTITUTE, MERGE, SPLIT, INSERT, OMIT = range(5)
MOVES: tuple[Move, ...] = (
    ("substitute", 1, 1),
    ("merge", 1, 2),
    ("split", 2, 1),
    ("insert", 1, 0),
    ("omit", 0, 1),
    ("equal", 1, 1),
)
SCORES = (EQUAL, UNRELATED, ALIKE, FUSED, FUSED_LIKENESS, OPEN, EXTEND)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation. `quoted` and `reference` are half-open ranges of **word** indexes, not of characters.

    Neighbouring equal words make one step, as do neighbouring omissions and neighbouring insertions; a
    substitution is one word on each side, a merge one quoted and two reference words, a split the other way
    round.
    """

    op: str
    quoted: tuple[int, int]
    reference: tuple[int, int]


def align_words(quoted: Words, reference: Words, *, within: bool = False) -> tuple[Step, ...]:
    """The steps that turn `reference` into `quoted`, in order; both are words already folded.

    Steps cover both sequences without a hole. With `within`, words of the reference before and after the
    quotation are free and not reported: the steps then cover only the stretch of the reference where the
    quotation stands (empty stretch at 0 when nothing fits). Sequences of more than `MOST_CELLS` word pairs
    are aligned exactly only between the word triples that they share once each; a part of that size without
    such a triple is one omission and one insertion.

    >>> [step.op for step in align_words("we will return".split(), "we will not return".split())]
    ['equal', 'omit', 'equal']
    """
    moves: list[Move] = []
    start = 0
    cuts = list(_cuts(quoted, reference))
    for number, (quoted_range, reference_range) in enumerate(cuts):
        part = quoted[slice(*quoted_range)]
        first, found = _align(
            part,
            reference[slice(*reference_range)],
            free_left=within and number == 0,
            free_right=within and number == len(cuts) - 1,
        )
        if number == 0:
            start = first
        moves.extend(found)
    return tuple(_to_steps(moves, start))


def _to_steps(moves: Sequence[Move], start: int) -> Iterator[Step]:
    """Moves as steps with places; runs of `equal`, `omit` and `insert` are joined."""
    at, there = 0, start
    number = 0
    while number < len(moves):
        op, quoted, reference = moves[number]
        number += 1
        while op in ("equal", "omit", "insert") and number < len(moves) and moves[number][0] == op:
            quoted, reference = quoted + moves[number][1], reference + moves[number][2]
            number += 1
        yield Step(op, (at, at + quoted), (there, there + reference))
        at, there = at + quoted, there + reference


def _align(quoted: Words, reference: Words, *, free_left: bool, free_right: bool) -> tuple[int, list[Move]]:
    """First reference word used, and the moves from there on."""
    if not quoted or not reference or len(quoted) * len(reference) > MOST_CELLS:
        free = free_left or free_right
        first = len(reference) if free_left and not free_right else 0  # the next part goes on from there
        omitted: list[Move] = [] if free else [("omit", 0, 1)] * len(reference)
        return first, [*omitted, *([("insert", 1, 0)] * len(quoted))]
    compiled = kernels(ROW * len(quoted))
    if compiled is not None and 2 * max(map(len, chain(quoted, reference))) <= LONGEST:
        return _compiled(compiled, quoted, reference, free_left, free_right)
    grid = _Grid.fill(quoted, reference, free_left=free_left)
    return grid.trace(quoted, reference, free_left=free_left, free_right=free_right)


def _compiled(
    compiled: ModuleType, quoted: Words, reference: Words, free_left: bool, free_right: bool
) -> tuple[int, list[Move]]:
    moves = np.empty(len(quoted) + len(reference), dtype=np.uint8)
    words = (*_spelt(tuple(quoted)), *_spelt(tuple(reference)))
    size = len(quoted) + 1, len(reference) + 1
    tables, flags = np.empty((6, *size), dtype=np.float32), np.empty((2, *size), dtype=np.uint8)
    many, first = compiled.align(*words, free_left, free_right, SCORES, tables, flags, moves)
    return first, [MOVES[move] for move in moves[:many].tolist()[::-1]]


@lru_cache(maxsize=512)  # one quotation is aligned with many stretches, and one stretch with many quotations
def _spelt(words: tuple[str, ...]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The letters of all words end to end, and where each word begins, as compiled code takes them."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return letters, np.array([0, *accumulate(map(len, words))], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Filled tables, (quoted + 1) x (reference + 1): best score without a final omission (`kept`), with one
    (`best`), the move that led to `kept`, and whether an insertion went on an earlier one."""

    kept: Scores
    best: Scores
    move: NDArray[np.uint8]
    longer: NDArray[np.bool_]

    @classmethod
    def fill(cls, quoted: Words, reference: Words, *, free_left: bool) -> _Grid:
        rows, columns = len(quoted) + 1, len(reference) + 1
        grid = cls(
            np.full((rows, columns), NEVER, dtype=np.float32),
            np.full((rows, columns), NEVER, dtype=np.float32),
            np.zeros((rows, columns), dtype=np.uint8),
            np.zeros((rows, columns), dtype=bool),
        )
        one = _likeness(quoted, reference)
        merged = _fused(quoted, _pairs(reference))
        parted = _fused(_pairs(quoted), reference)
        slope = np.arange(columns, dtype=np.float32) * np.float32(EXTEND)
        grid.kept[0] = 0.0 if free_left else NEVER
        grid.kept[0, 0] = 0.0
        grid._close_row(0, slope)
        inserted = np.full(columns, NEVER, dtype=np.float32)
        for row in range(1, rows):
            opened = grid.best[row - 1] + np.float32(OPEN + EXTEND)
            inserted = inserted + np.float32(EXTEND)
            grid.longer[row] = inserted > opened
            inserted = np.maximum(inserted, opened)
            choices = np.full((4, columns), NEVER, dtype=np.float32)
            choices[SUBSTITUTE, 1:] = grid.best[row - 1, :-1] + one[row - 1]
            choices[MERGE, 2:] = grid.best[row - 1, :-2] + merged[row - 1]
            if row > 1:
                choices[SPLIT, 1:] = grid.best[row - 2, :-1] + parted[row - 2]
            choices[INSERT] = inserted
            grid.move[row] = choices.argmax(axis=0)
            grid.kept[row] = choices.max(axis=0)
            grid._close_row(row, slope)
        return grid

    def _close_row(self, row: int, slope: Scores) -> None:
        """Omissions: the best earlier column of this row, less its distance; all columns at once by a
        running max.
        """
        kept = self.kept[row]
        running = np.maximum.accumulate(kept - slope)
        best = self.best[row]
        best[:] = kept
        np.maximum(best[1:], running[:-1] + slope[1:] + np.float32(OPEN), out=best[1:])

    def trace(self, quoted: Words, reference: Words, *, free_left: bool, free_right: bool) -> tuple[int, list[Move]]:
        row, column = len(quoted), len(reference)
        if free_right:
            column = int(self.kept[row].argmax())
        moves: list[Move] = []
        inserting = False
        while row > 0 or column > 0:
            if row == 0 and free_left:
                break
            if not inserting and self.best[row, column] > self.kept[row, column]:
                scores = self.kept[row, :column] + EXTEND * np.arange(column, 0, -1)
                source = int(len(scores) - 1 - scores[::-1].argmax())
                moves.extend([("omit", 0, 1)] * (column - source))
                column = source
                continue
            choice = INSERT if inserting else int(self.move[row, column])
            inserting = choice == INSERT and bool(self.longer[row, column])
            moves.append(_move(choice, quoted[row - 1], reference[column - 1] if column else ""))
            row, column = row - moves[-1][1], column - moves[-1][2]
        return column, moves[::-1]


def _move(choice: int, quoted: str, reference: str) -> Move:
    return MOVES[-1] if choice == SUBSTITUTE and quoted == reference else MOVES[choice]


def _pairs(words: Words) -> list[str]:
    return [first + second for first, second in pairwise(words)]


def _likeness(quoted: Words, reference: Words) -> Scores:
    """The score of each word pair: `EQUAL`, or from `UNRELATED` up by letter similarity."""
    scores = _similarity(quoted, reference, 0.0)
    return np.where(scores == 1.0, EQUAL, UNRELATED + (ALIKE - UNRELATED) * scores).astype(np.float32)


def _fused(quoted: Words, reference: Words) -> Scores:
    """The score of each fused pair, `NEVER` below `FUSED_LIKENESS`."""
    scores = _similarity(quoted, reference, FUSED_LIKENESS)
    return np.where(scores > 0, FUSED * (4 * scores - 3), NEVER).astype(np.float32)


def _similarity(quoted: Words, reference: Words, least: float) -> Scores:
    if not quoted or not reference:
        return np.zeros((len(quoted), len(reference)), dtype=np.float32)
    found: Scores = cdist(
        quoted, reference, scorer=Levenshtein.normalized_similarity, score_cutoff=least, dtype=np.float32
    )
    return found


def _cuts(quoted: Words, reference: Words) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Ranges to align one by one: the whole when small enough, else the parts between shared word triples."""
    at, there = 0, 0
    if len(quoted) * len(reference) > MOST_CELLS:
        for here, other in _anchors(quoted, reference):
            yield (at, here), (there, other)
            at, there = here, other
    yield (at, len(quoted)), (there, len(reference))


def _anchors(quoted: Words, reference: Words) -> list[tuple[int, int]]:
    """Places of word triples found once on each side, the longest series that goes forward on both."""
    ours, theirs = _single_triples(quoted), _single_triples(reference)
    pairs = sorted((place, theirs[triple]) for triple, place in ours.items() if triple in theirs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        tails[at:] = [place] if at == len(tails) else [place, *tails[at + 1 :]]
        ends[at:] = [number] if at == len(ends) else [number, *ends[at + 1 :]]
        before.append(ends[at - 1] if at else -1)
    chosen: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _single_triples(words: Words) -> dict[tuple[str, ...], int]:
    triples = list(zip(words, words[1:], words[2:], strict=False))
    counts = Counter(triples)
    return {triple: place for place, triple in enumerate(triples) if counts[triple] == 1}
