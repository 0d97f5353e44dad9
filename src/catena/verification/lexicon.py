"""Word lists of the checks as values: formulae, weighty words, and the names that say which work is
quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import letters_of


@dataclass(frozen=True, slots=True)
class Formula:
    """A set phrase of daily use, with the reason why quoting it is no citation."""

    text: str
    name: str
    reason: str


@dataclass(frozen=True)
class CheckLexicon:
    """What `verify` knows besides the library.

    `weights` maps the letters of a word to `negation`, `modal` or `number`; `edge_before` and `edge_after`
    hold the words whose loss at the edge of a fragment turns it; `telling` pairs a work with the phrases that
    announce it.
    """

    formulae: tuple[Formula, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    edge_before: frozenset[str] = frozenset()
    edge_after: frozenset[str] = frozenset()
    telling: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def by_skeleton(self) -> Mapping[str, Formula]:
        """Skeleton of a formula -> the formula."""
        return {skeleton_of(formula.text): formula for formula in self.formulae}

    def weight(self, word: str) -> str:
        """`negation`, `modal`, `number` (digits too) or "" for any other word."""
        letters = letters_of(word)
        return "number" if letters.isdigit() else self.weights.get(letters, "")
