"""Keyness: which words a target part of the corpus uses more, or less, than a reference part.

Significance is the log-likelihood ratio G² (Dunning 1993) in the form for two corpora of Rayson and Garside (2000).
Effect size is the log ratio, the binary logarithm of the ratio of the two rates (Hardie 2014), with the interval of
the log of a risk ratio (Katz et al. 1978). A word that one part lacks counts as half an occurrence there, so that
the ratio stays finite. The list is ordered by the lower end of the interval, so that a large but uncertain effect does
not come first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, log2, sqrt

from catena.measures.counts import per_million

Z_95 = 1.959964  # two-sided 95 % of the normal distribution
HALF = 0.5  # stands for a count of 0


@dataclass(frozen=True, slots=True)
class Keyword:
    """One word in both parts. Rates are per million words; `low` and `high` bound `log_ratio` with 95 % confidence.

    `log_ratio` 1 means twice as frequent in the target, -1 half as frequent.
    """

    word: str
    target: int
    reference: int
    target_rate: float
    reference_rate: float
    g2: float
    log_ratio: float
    low: float
    high: float


def log_likelihood(target: int, reference: int, target_size: int, reference_size: int) -> float:
    """G² of a word with these counts in two parts of these sizes, in words; 0 when the rates are equal.

    >>> round(log_likelihood(10, 2, 1000, 1000), 2)
    5.82
    """
    both = target_size + reference_size
    found = target + reference
    total = 0.0
    for count, size in ((target, target_size), (reference, reference_size)):
        if count:
            total += count * log(count * both / (size * found))
    return max(0.0, 2 * total)


def compare(
    counts: Iterable[tuple[str, int, int]], target_size: int, reference_size: int, *, least: int = 3
) -> tuple[Keyword, ...]:
    """Keywords of (word, count in target, count in reference), the surest over-use first, then the surest under-use.

    Words with fewer than `least` occurrences in both parts together are left out. Raises `ValueError` when a part has
    no words.
    """
    if not target_size or not reference_size:
        raise ValueError(f"both parts need words; target has {target_size}, reference {reference_size}")
    found = [_keyword(*row, target_size, reference_size) for row in counts if row[1] + row[2] >= least]
    over = sorted((word for word in found if word.log_ratio > 0), key=lambda one: (-one.low, -one.g2, one.word))
    under = sorted((word for word in found if word.log_ratio <= 0), key=lambda one: (one.high, -one.g2, one.word))
    return (*over, *under)


def _keyword(word: str, target: int, reference: int, target_size: int, reference_size: int) -> Keyword:
    a, b = target or HALF, reference or HALF
    ratio = log2((a / target_size) / (b / reference_size))
    # Standard error of the natural logarithm of the ratio, turned into binary logarithms.
    error = sqrt(max(0.0, 1 / a - 1 / target_size + 1 / b - 1 / reference_size)) / log(2)
    return Keyword(
        word=word,
        target=target,
        reference=reference,
        target_rate=per_million(target, target_size),
        reference_rate=per_million(reference, reference_size),
        g2=log_likelihood(target, reference, target_size, reference_size),
        log_ratio=ratio,
        low=ratio - Z_95 * error,
        high=ratio + Z_95 * error,
    )
