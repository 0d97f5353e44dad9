"""Pairing what was expected with what was found: by their letters, each at most once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rapidfuzz.fuzz import ratio

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")

ALIKE = 90.0  # per cent of letters that agree: a PDF may swap two letters of a ligature


def letters(text: str) -> str:
    """Letters and digits alone, folded: marks, white space, punctuation and case do not decide whether two are one.

    >>> letters("He said: “Wé agree.”")
    'hesaidweagree'
    """
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in flat if char.isalnum())


def same(wanted: str, found: str) -> bool:
    """True for the same letters, almost the same letters, or (`begin … end`) the same beginning and end."""
    mine, other = letters(wanted), letters(found)
    begin, gap, end = wanted.partition(" … ")
    if gap and other.startswith(letters(begin)) and other.endswith(letters(end)):
        return True
    return mine == other or (len(mine) > 20 and ratio(mine, other) >= ALIKE)


def within(wanted: str, found: str) -> bool:
    """True when the letters of one hold those of the other, and neither is empty."""
    mine, other = letters(wanted), letters(found)
    return bool(mine and other) and (mine in other or other in mine)


def any_of(wanted: Any) -> tuple[Any, ...]:
    """`wanted` as alternatives: a list stays one, anything else is the only one."""
    return tuple(wanted) if isinstance(wanted, list) else (wanted,)


@dataclass(frozen=True, slots=True)
class Score:
    """One measure. `right`, `missed` and `false` say which item, so that two runs can be compared."""

    measure: str
    right: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return _share(len(self.right), len(self.false))

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 1 when there is nothing to find."""
        return _share(len(self.right), len(self.missed))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * len(self.right), len(self.missed) + len(self.false))


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def add(scores: Iterable[Score]) -> tuple[Score, ...]:
    """Scores of the same measure joined, in the order in which the measures first come."""
    joined: dict[str, Score] = {}
    for one in scores:
        held = joined.get(one.measure, Score(one.measure))
        joined[one.measure] = Score(
            one.measure, held.right + one.right, held.missed + one.missed, held.false + one.false
        )
    return tuple(joined.values())


def pair(
    wanted: Sequence[Wanted], found: Sequence[Found], fits: Callable[[Wanted, Found], bool]
) -> list[tuple[Wanted | None, Found | None]]:
    """Each wanted item with the first found one that fits it; `None` stands for what has no partner."""
    left = list(found)
    pairs: list[tuple[Wanted | None, Found | None]] = []
    for item in wanted:
        partner = next((one for one in left if fits(item, one)), None)
        if partner is not None:
            left.remove(partner)
        pairs.append((item, partner))
    return pairs + [(None, one) for one in left]
