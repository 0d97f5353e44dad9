"""The words of a quotation as words of the reference: which of them it has, in one spelling or another.

Vocabulary: a quoted word *is* a reference word when `same_word` says so; both then have one *token*, which is all that
the aligner sees. Several quoted words may be one word of the reference (they are *fused*), or one be two of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from catena.verification.prepared import Prepared
from catena.verification.spelling import is_arabic, joined_kind, kind_of, letters_of, same_word, token_of

MOST_FUSED = 3  # quoted words that the old spelling writes as one: يا ابن أم
TATWEEL = "\u0640"
SHORT = 3  # letters of a word that may be a piece of one, though the reference has it

_Fusion: TypeAlias = tuple[int, str, str]
"""How many words, what they are fused, and the kind of that."""


class Matcher:
    """The reference's side of one comparison, and what quoted words were found to be in it."""

    def __init__(self, reference: Prepared) -> None:
        self.reference = reference
        self._known: dict[str, str | None] = {}

    def match(self, word: str, kind: str) -> str | None:
        """The token of the reference word that `word`, of this kind, is, by the fewest rules, or `None`."""
        close = self.reference.kinds.get(kind)
        if close is None:
            return None
        if word not in self._known:
            ranked = [(len(rules), token_of(text)) for text in close if (rules := same_word(word, text)) is not None]
            self._known[word] = min(ranked)[1] if ranked else None
        return self._known[word]

    def tokens(self, words: Sequence[str]) -> tuple[list[str], list[int]]:
        """The quotation's tokens, and how many words each stands for."""
        spelt = _spelt(tuple(words))
        if spelt.kinds.isdisjoint(self.reference.kinds) and spelt.fused.isdisjoint(self.reference.kinds):
            return [word.token for word in spelt.words], [1] * len(spelt.words)
        found: list[str] = []
        widths: list[int] = []
        at = 0
        while at < len(words):
            word = spelt.words[at]
            width, token = 1, self.match(word.text, word.kind)
            for more, letters, kind in spelt.fusions[at] if token is None or word.letters <= SHORT else ():
                fused = self.match(letters, kind)
                if fused is None:
                    continue
                if fused == token == word.token:
                    break  # a piece that adds nothing to a whole word is not of it: the start of a word that is cut off
                following = spelt.words[at + 1]
                if token is None or self.match(following.text, following.kind) is None:
                    width, token = more, fused
            found.append(token if token is not None else word.token)
            widths.append(width)
            at += width
        return found, widths

    def may_share(self, words: Sequence[str]) -> bool:
        """False when no alignment can find an equal word."""
        spelt = _spelt(tuple(words))
        if self._is_apart(spelt):
            return False
        return any(map(self._has, spelt.words)) or any(map(self._fuses, spelt.fusions))

    def most_letters(self, words: Sequence[str]) -> int:
        """The letters that an alignment can find in equal words, at most: those of every word that is one of the
        reference's, a piece of one, or two of them.
        """
        spelt = _spelt(tuple(words))
        if self._is_apart(spelt):
            return 0
        total = reached = 0
        for at, word in enumerate(spelt.words):
            if self._has(word):
                reached = max(reached, at + 1)
            for many, fused, kind in spelt.fusions[at]:
                if self.match(fused, kind) is not None:
                    reached = max(reached, at + many)
            total += word.letters if at < reached else 0
        return total

    def _is_apart(self, spelt: _Words) -> bool:
        """True when no word can be one of the reference's: most stretches are, and it takes no look at each word."""
        known = self.reference
        return (
            spelt.kinds.isdisjoint(known.kinds)
            and spelt.tokens.isdisjoint(known.tokens)
            and spelt.fused.isdisjoint(known.kinds)
            and spelt.kinds.isdisjoint(known.pairs)
        )

    def _has(self, word: _Spelt) -> bool:
        known = self.match(word.text, word.kind) is not None or word.kind in self.reference.pairs
        return known or word.token in self.reference.tokens

    def _fuses(self, fusions: Sequence[_Fusion]) -> bool:
        return any(self.match(fused, kind) is not None for _, fused, kind in fusions)


class _Spelt(NamedTuple):
    """A quoted word with its token, what all its spellings have in common, and how many letters it has."""

    text: str
    token: str
    kind: str
    letters: int


@dataclass(frozen=True)
class _Words:
    """Quoted words, and every token and kind that they have. What they make fused is worked out when it is asked for:
    words that are the reference's, as most are, are not fused.
    """

    words: tuple[_Spelt, ...]
    tokens: frozenset[str]
    kinds: frozenset[str]

    @cached_property
    def fusions(self) -> tuple[tuple[_Fusion, ...], ...]:
        """What each word makes with those after it."""
        return tuple(tuple(_fusions(self.words, at)) for at in range(len(self.words)))

    @cached_property
    def fused(self) -> frozenset[str]:
        """The kinds of all fusions."""
        return frozenset([kind for fusions in self.fusions for _, _, kind in fusions])


@lru_cache(maxsize=64)  # one quotation is compared with many stretches
def _spelt(words: tuple[str, ...]) -> _Words:
    spelt = tuple([_Spelt(word, token_of(word), kind_of(word), len(letters_of(word))) for word in words])
    return _Words(spelt, frozenset([word.token for word in spelt]), frozenset([word.kind for word in spelt]))


def _fusions(words: Sequence[_Spelt], at: int) -> Iterator[_Fusion]:
    fused, kind = words[at].text, words[at].kind
    arabic = is_arabic(fused)
    for following in range(at + 1, min(at + MOST_FUSED, len(words))):
        word = words[following].text
        fused += word
        # Kinds follow from kinds, unless a mark or another script changes the letters before it.
        plain = word[0].isalpha() and word[0] != TATWEEL and is_arabic(word) == arabic
        kind = joined_kind(kind, words[following].kind) if plain else kind_of(fused)
        yield following - at + 1, fused, kind
