"""How a passage was changed: its words on both sides, aligned, as operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from catena.model import Operation, Span
from catena.text import Step, align_words
from catena.transmission.witness import Words

MOST_DIFF_WORDS = 1500  # longer passages carry no word diff: the page aligns them when opened
SURE = 4  # equal words running that are taken as equal before the rest is aligned


@dataclass(frozen=True, slots=True)
class Compared:
    """The operations from the other side to this one; letters of equal words; and whether all words are equal."""

    diff: tuple[Operation, ...]
    shared: int
    same: bool


def compare(text: str, words: Words, other_text: str, others: Words) -> Compared:
    """The `words` of one text against those of the `other_text`. Equal words only give no operations."""
    mine, theirs = words.folded, others.folded
    if mine == theirs:
        return Compared((), sum(map(len, mine)), True)
    if max(len(mine), len(theirs)) > MOST_DIFF_WORDS:  # equal words in any order: a rough count
        shared = set(theirs)
        return Compared((), sum(len(word) for word in mine if word in shared), False)
    steps = _align(mine, theirs)
    equal = sum(len(word) for step in steps if step.op == "equal" for word in mine[slice(*step.quoted)])
    diff = tuple(
        Operation(
            step.op,
            _cut(text, words.spans, step.quoted),
            _cut(other_text, others.spans, step.reference),
            _place(words.spans, step.quoted),
        )
        for step in steps
    )
    return Compared(diff, equal, False)


def _align(mine: Sequence[str], theirs: Sequence[str]) -> list[Step]:
    """Steps over both. Long runs of equal words are set aside first; what lies between them is aligned word by word."""
    steps: list[Step] = []
    at, there = 0, 0
    for left, right, size in [*_sure_runs(mine, theirs), (len(mine), len(theirs), 0)]:
        for step in align_words(mine[at:left], theirs[there:right]):
            _add(steps, Step(step.op, _shift(step.quoted, at), _shift(step.reference, there)))
        if size:
            _add(steps, Step("equal", (left, left + size), (right, right + size)))
        at, there = left + size, right + size
    return steps


def _sure_runs(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int, int]]:
    blocks = Levenshtein.opcodes(theirs, mine).as_matching_blocks()
    last = (len(theirs), len(mine))
    return [
        (block.b, block.a, block.size)
        for block in blocks
        if block.size >= SURE
        or (block.size and (block.a, block.b) == (0, 0))
        or (block.size and (block.a + block.size, block.b + block.size) == last)
    ]


def _add(steps: list[Step], step: Step) -> None:
    if steps and steps[-1].op == step.op == "equal":
        before = steps.pop()
        step = Step("equal", (before.quoted[0], step.quoted[1]), (before.reference[0], step.reference[1]))
    steps.append(step)


def _shift(part: tuple[int, int], by: int) -> tuple[int, int]:
    return part[0] + by, part[1] + by


def _place(words: Sequence[Span], part: tuple[int, int]) -> Span | None:
    return Span(words[part[0]].start, words[part[1] - 1].end) if part[1] > part[0] else None


def _cut(text: str, words: Sequence[Span], part: tuple[int, int]) -> str:
    place = _place(words, part)
    return place.of(text) if place else ""
