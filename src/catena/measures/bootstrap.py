"""Confidence by resampling: the percentile bootstrap (Efron and Tibshirani 1993).

Units are drawn again and again with replacement, and the measure is taken of each draw. The seed is part of the
settings, so that the same data give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

DRAWS = 1000
SEED = 20
LEAST_UNITS = 5  # fewer say too little about how units vary
Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class Interval:
    """`value` with the range that holds it with `confidence`; `low` and `high` are `None` when it cannot be given."""

    value: float | None
    low: float | None
    high: float | None
    units: int
    draws: int
    confidence: float = 0.95


def bootstrap(
    units: Sequence[Unit],
    measure: Callable[[Sequence[Unit]], float | None],
    *,
    draws: int = DRAWS,
    confidence: float = 0.95,
    seed: int = SEED,
) -> Interval:
    """`measure` of `units` with its percentile interval.

    Draws of which the measure is not defined are left out. With fewer than `LEAST_UNITS` units, or when more than half
    of the draws say nothing, there is no interval.
    """
    value = measure(units)
    if value is None or len(units) < LEAST_UNITS:
        return Interval(value, None, None, len(units), 0, confidence)
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        drawn = measure([units[at] for at in chance.integers(0, len(units), len(units))])
        if drawn is not None:
            found.append(drawn)
    if len(found) * 2 < draws:
        return Interval(value, None, None, len(units), len(found), confidence)
    edge = (1 - confidence) / 2
    low, high = np.quantile(found, [edge, 1 - edge])
    return Interval(value, float(low), float(high), len(units), len(found), confidence)
