"""Dispersion: how evenly a word is spread over the parts of a corpus.

DP, the deviation of proportions (Gries 2008), is 0 when each part has its share and near 1 when one part has all;
`dp_norm` stretches it to the full range (Lijffijt and Gries 2012). Juilland's D (Juilland and Chang-Rodríguez 1964,
with rates, so that parts may differ in size) is 1 for an even spread. `range` is the number of parts with the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The spread of one word over `parts` parts."""

    range: int
    parts: int
    dp: float
    dp_norm: float
    juilland: float


def measure_dispersion(counts: Sequence[int], sizes: Sequence[int]) -> Dispersion | None:
    """The spread of a word with `counts` in parts of `sizes` words; `None` when it does not stand anywhere.

    Raises `ValueError` when the two differ in length or no part has words. Parts without words are left out.

    >>> measure_dispersion([1, 2, 3, 4, 5], [10, 10, 10, 10, 10]).dp
    0.2
    """
    pairs = [(count, size) for count, size in zip(counts, sizes, strict=True) if size]
    total = sum(size for _, size in pairs)
    if not total:
        raise ValueError("dispersion needs at least one part with words")
    found = sum(count for count, _ in pairs)
    if not found:
        return None
    dp = sum(abs(count / found - size / total) for count, size in pairs) / 2
    least = min(size for _, size in pairs) / total
    return Dispersion(
        range=sum(count > 0 for count, _ in pairs),
        parts=len(pairs),
        dp=round(dp, 12),
        dp_norm=round(dp / (1 - least), 12) if least < 1 else 0.0,
        juilland=_juilland(pairs),
    )


def _juilland(pairs: Sequence[tuple[int, int]]) -> float:
    if len(pairs) < 2:
        return 1.0
    rates = [count / size for count, size in pairs]
    mean = sum(rates) / len(rates)
    spread = sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
    return round(max(0.0, 1 - spread / mean / sqrt(len(rates) - 1)), 12)
