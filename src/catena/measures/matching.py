"""Which words of two texts answer to each other.

In two steps: runs of words that stand once in each text are the fixed points, in the longest order that both share
(patience diff, Bram Cohen); between them the words are aligned exactly. Words come folded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from catena.text import align_words

RUN = 3  # words of a fixed point
MOST = 400  # words on each side that are aligned exactly; longer stretches without a fixed point count as unlike
EQUAL = "equal"


def align(words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal words at the same place of both, in order."""
    found: list[tuple[int, int]] = []
    at = other = 0
    for mine, theirs in [*_fixed_points(words, others), (len(words), len(others))]:
        if mine < at or theirs < other:
            continue
        found += _align_between(words, others, (at, mine), (other, theirs))
        at, other = mine, theirs
    return found


def _fixed_points(words: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Places of runs that stand once in each, in the longest order that both share."""
    mine, theirs = _once(words), _once(others)
    pairs = sorted((place, theirs[run]) for run, place in mine.items() if run in theirs)
    # The longest increasing subsequence of the second places.
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        if at == len(ends):
            ends.append(place)
            chosen.append(number)
        else:
            ends[at], chosen[at] = place, number
        before.append(chosen[at - 1] if at else -1)
    found = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - RUN + 1):
        run = tuple(words[at : at + RUN])
        places[run] = -1 if run in places else at
    return {run: place for run, place in places.items() if place >= 0}


def _align_between(
    words: Sequence[str], others: Sequence[str], mine: tuple[int, int], theirs: tuple[int, int]
) -> list[tuple[int, int]]:
    """Equal words of two stretches in order."""
    (start, end), (other, other_end) = mine, theirs
    head: list[tuple[int, int]] = []
    while start < end and other < other_end and words[start] == others[other]:
        head.append((start, other))
        start, other = start + 1, other + 1
    tail: list[tuple[int, int]] = []
    while start < end and other < other_end and words[end - 1] == others[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        tail.append((end, other_end))
    middle: list[tuple[int, int]] = []
    if start < end and other < other_end and max(end - start, other_end - other) <= MOST:
        for step in align_words(words[start:end], others[other:other_end]):
            if step.op == EQUAL:
                mine_at, theirs_at = start + step.quoted[0], other + step.reference[0]
                middle += [(mine_at + n, theirs_at + n) for n in range(step.quoted[1] - step.quoted[0])]
    return [*head, *middle, *tail[::-1]]
