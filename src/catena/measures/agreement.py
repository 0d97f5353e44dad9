"""How far coders agree on labels, corrected for chance.

Cohen's kappa (1960) for two coders, Fleiss' kappa (1971) for any number with no label missing, Krippendorff's alpha for
nominal data (2004, 2011) for any number of coders, also with missing labels. 1 is full agreement, 0 what chance would
give, below 0 less than that. All return `None` where the measure is not defined: nothing to compare, or one label only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeAlias

Label: TypeAlias = Hashable | None
"""A label, or `None` for a unit that a coder did not code."""


def cohen_kappa(first: Sequence[Label], second: Sequence[Label]) -> float | None:
    """Kappa of two coders over the same units in the same order; units that one left out do not count.

    Raises `ValueError` when the two have different numbers of units.

    >>> cohen_kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if not pairs:
        return None
    size = len(pairs)
    observed = sum(a == b for a, b in pairs) / size
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(firsts[label] * seconds[label] for label in firsts) / size**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def fleiss_kappa(units: Sequence[Sequence[Label]]) -> float | None:
    """Kappa over units, each with the labels that the coders gave it, in any order.

    Raises `ValueError` when a label is missing: take `alpha_nominal` then.
    """
    sizes = {len(unit) for unit in units}
    if any(label is None for unit in units for label in unit) or len(sizes) > 1:
        raise ValueError(
            "Fleiss' kappa needs the same number of labels for each unit; where some are missing, take alpha"
        )
    if not units or sizes <= {0, 1}:
        return None
    coders = sizes.pop()
    totals: Counter[Label] = Counter()
    observed = 0.0
    for unit in units:
        counts = Counter(unit)
        totals.update(counts)
        observed += (sum(count * count for count in counts.values()) - coders) / (coders * (coders - 1))
    observed /= len(units)
    expected = sum((count / (coders * len(units))) ** 2 for count in totals.values())
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha_nominal(units: Sequence[Sequence[Label]]) -> float | None:
    """Krippendorff's alpha over units, each with the labels its coders gave it; `None` among them is a missing one.

    Units with fewer than two labels say nothing about agreement and do not count.
    """
    totals: Counter[Label] = Counter()
    disagreeing = 0.0
    for unit in units:
        counts = Counter(label for label in unit if label is not None)
        labels = counts.total()
        if labels < 2:
            continue
        totals.update(counts)
        disagreeing += (labels * labels - sum(count * count for count in counts.values())) / (labels - 1)
    pairable = totals.total()
    apart = pairable * pairable - sum(count * count for count in totals.values())
    if not apart:
        return None
    return 1 - (pairable - 1) * disagreeing / apart
