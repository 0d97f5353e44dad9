"""Collocation: which words stand near a node more often than chance would have it.

Counts are of words inside the windows (Evert 2008: surface cooccurrence). Scores: logDice (Rychlý 2008), which does
not grow with the corpus and has 14 as its ceiling; mutual information (Church and Hanks 1990); t-score (Church et al.
1991); log-likelihood G² (Dunning 1993).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, log2, sqrt

import numpy as np
from numpy.typing import NDArray

from catena.measures.counts import Bounds, Numbers

LOGDICE_TOP = 14


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How often two words stand together: `together` of `window` words near the node are the collocate.

    `node` and `collocate` are counts in the corpus of `size` words.
    """

    together: int
    node: int
    collocate: int
    window: int
    size: int


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the node. `left` and `right` of it in the windows; `frequency` in the whole corpus."""

    word: int
    left: int
    right: int
    frequency: int
    log_dice: float
    mi: float
    t: float
    g2: float


def score(given: Cooccurrence) -> tuple[float, float, float, float]:
    """logDice, mutual information (bits), t-score and G² of a pair seen together at least once.

    >>> [round(value, 2) for value in score(Cooccurrence(together=8, node=10, collocate=12, window=100, size=10_000))]
    [13.54, 6.06, 2.79, 59.13]
    """
    expected = given.window * given.collocate / given.size
    dice = 2 * given.together / (given.node + given.collocate)
    return (
        LOGDICE_TOP + log2(dice),
        log2(given.together / expected),
        (given.together - expected) / sqrt(given.together),
        _g2(given),
    )


def _g2(given: Cooccurrence) -> float:
    outside = max(0, given.collocate - given.together)
    rows = (
        (given.together, given.window - given.together),
        (outside, max(0, given.size - given.window - outside)),
    )
    columns = [sum(column) for column in zip(*rows, strict=True)]
    total = sum(columns)
    found = 0.0
    for row in rows:
        for cell, column in zip(row, columns, strict=True):
            if cell:
                found += cell * log(cell * total / (sum(row) * column))
    return max(0.0, 2 * found)


def find_collocates(
    words: Numbers,
    bounds: Bounds,
    nodes: NDArray[np.int64],
    lengths: NDArray[np.int64],
    *,
    left: int = 5,
    right: int = 5,
    least: int = 3,
    keep: Callable[[int], bool] = lambda word: True,
) -> tuple[Collocate, ...]:
    """Words within `left` words before and `right` after each node, by logDice, highest first.

    `nodes` are places of the nodes' first words in `words`, `lengths` how many words each has. A window does not leave
    its document, and a place in two windows counts once a side. Words seen fewer than `least` times are left out.
    """
    documents = np.searchsorted(bounds, nodes, side="right")
    low, high = bounds[documents - 1], bounds[documents]
    inside = np.zeros(len(words), bool)
    for step in range(int(lengths.max(initial=0))):
        inside[nodes + np.minimum(step, lengths - 1)] = True
    before = _window(nodes - left, left, low, high, inside)
    after = _window(nodes + lengths, right, low, high, inside)
    width = int(words.max(initial=0)) + 1
    lefts = np.bincount(words[before], minlength=width)
    rights = np.bincount(words[after], minlength=width)
    frequencies = np.bincount(words, minlength=width)
    window = len(before) + len(after)
    found = []
    for word in np.flatnonzero(lefts + rights >= least):
        if not keep(int(word)):
            continue
        pair = Cooccurrence(
            int(lefts[word] + rights[word]), len(nodes), int(frequencies[word]), max(window, 1), len(words)
        )
        found.append(Collocate(int(word), int(lefts[word]), int(rights[word]), int(frequencies[word]), *score(pair)))
    return tuple(sorted(found, key=lambda one: (-one.log_dice, -one.g2, one.word)))


def _window(
    starts: NDArray[np.int64],
    size: int,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    inside: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Every place of the windows that begin at `starts`, within `low` and `high` and no node, each once, in order."""
    marked = np.zeros(len(inside), bool)
    for step in range(size):
        places = starts + step
        marked[places[(places >= low) & (places < high)]] = True
    return np.flatnonzero(marked & ~inside)
