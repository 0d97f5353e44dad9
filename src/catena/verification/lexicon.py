"""Word lists of the checks as values: formulae, weighty words, and the names that say which work is
quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from catena.verification.library_view import Edition
from catena.verification.skeleton import skeleton_of
from catena.verification.spelling import letters_of
from catena.verification.systems import name_key

Telling: TypeAlias = tuple[str, tuple[str, ...]]
"""A work and the phrases that name it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A set phrase of daily use, with the reason why quoting it is no citation."""

    text: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChainLexicon:
    """The words of chains of narrators, in plain letters (`plain_of`).

    `sure` words open a chain, `open` ones only with a `narrator` (or one of `blessings`) after them; `speaker` is whose
    words are handed down; `links` stand between narrators; `says` ends a chain.
    """

    sure: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    narrator: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    blessings: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckLexicon:
    """What `verify` knows besides the library.

    `weights` maps the letters of a word to `negation`, `modal` or `number`; `edge_before` and `edge_after`
    hold the words whose loss at the edge of a fragment turns it. `telling` pairs a work with the phrases that
    announce it, `labels` with words that do so right before the quotation only, `introducing` with phrases that its
    words follow after a colon, `bracket_cues` with those that round brackets follow; `honorifics` are the
    blessings after a name, in plain letters (`plain_of`).
    `collections` maps the `name_key` of a collection's names to (family, canonical name): `("hadith",
    "Sahih Muslim")`; sayings in a family are handed down in several wordings. `chain` are the words of chains.
    `originals` are the languages in which a work or family of collections was written, where translations are many.
    """

    formulae: tuple[Formula, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    edge_before: frozenset[str] = frozenset()
    edge_after: frozenset[str] = frozenset()
    telling: tuple[Telling, ...] = ()
    labels: tuple[Telling, ...] = ()
    introducing: tuple[Telling, ...] = ()
    bracket_cues: tuple[Telling, ...] = ()
    honorifics: frozenset[str] = frozenset()
    collections: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    chain: ChainLexicon = field(default_factory=lambda: ChainLexicon())
    originals: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_skeleton(self) -> Mapping[str, Formula]:
        """Skeleton of a formula -> the formula."""
        return {skeleton_of(formula.text): formula for formula in self.formulae}

    def weight(self, word: str) -> str:
        """`negation`, `modal`, `number` (digits too) or "" for any other word."""
        letters = letters_of(word)
        return "number" if letters.isdigit() else self.weights.get(letters, "")

    def collection(self, edition: Edition) -> tuple[str, str]:
        """The family and the canonical name of the collection that `edition` holds; `("", "")` for other works."""
        names = (edition.work, edition.title, edition.id)
        return next((self.collections[key] for name in names if (key := name_key(name)) in self.collections), ("", ""))

    def is_translation(self, edition: Edition) -> bool:
        """True when the edition is in another language than its work."""
        own = self.originals.get(edition.work) or self.originals.get(self.collection(edition)[0])
        return own is not None and edition.language.partition("-")[0] not in own

    def is_of(self, edition: Edition, work: str) -> bool:
        """True when `edition` is of `work`, be that a work, a collection or a family of collections.

        >>> CheckLexicon().is_of(Edition("Tanzil", "quran", "Qur'an", "ar"), "quran")
        True
        """
        return work != "" and (edition.work == work or work in self.collection(edition))
