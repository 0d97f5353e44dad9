"""The words of a quotation as words of the reference: which of them it has, in one spelling or another.

Vocabulary: a quoted word *is* a reference word when `same_word` says so; both then have one *token*, which is all that
the aligner sees. Several quoted words may be one word of the reference (they are *fused*), or one be two of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.verification.prepared import Prepared
from catena.verification.spelling import kind_of, letters_of, same_word, token_of

MOST_FUSED = 3  # quoted words that the old spelling writes as one: يا ابن أم
SHORT = 3  # letters of a word that may be a piece of one, though the reference has it


class Matcher:
    """The reference's side of one comparison, and what quoted words were found to be in it."""

    def __init__(self, reference: Prepared) -> None:
        self.reference = reference
        self._known: dict[str, str | None] = {}

    def match(self, word: str) -> str | None:
        """The token of the reference word that `word` is, by the fewest rules, or `None`."""
        close = self.reference.kinds.get(kind_of(word))
        if close is None:
            return None
        if word not in self._known:
            ranked = [(len(rules), token_of(text)) for text in close if (rules := same_word(word, text)) is not None]
            self._known[word] = min(ranked)[1] if ranked else None
        return self._known[word]

    def tokens(self, words: Sequence[str]) -> tuple[list[str], list[int]]:
        """The quotation's tokens, and how many words each stands for."""
        found: list[str] = []
        widths: list[int] = []
        spelt = _spelt(tuple(words))
        at = 0
        while at < len(words):
            word = spelt[at]
            width, token = 1, self.match(word.text)
            for more, letters in word.fusions if token is None or word.letters <= SHORT else ():
                fused = self.match(letters)
                if fused is None:
                    continue
                if fused == token == word.token:
                    break  # a piece that adds nothing to a whole word is not of it: the start of a word that is cut off
                if token is None or self.match(words[at + 1]) is None:
                    width, token = more, fused
            found.append(token if token is not None else word.token)
            widths.append(width)
            at += width
        return found, widths

    def may_share(self, words: Sequence[str]) -> bool:
        """False when no alignment can find an equal word."""
        spelt = _spelt(tuple(words))
        return any(self.match(word.text) is not None for word in spelt) or any(
            self._has(word) or any(self.match(fused) is not None for _, fused in word.fusions) for word in spelt
        )

    def most_letters(self, words: Sequence[str]) -> int:
        """The letters that an alignment can find in equal words, at most: those of every word that is one of the
        reference's, a piece of one, or two of them.
        """
        total = reached = 0
        for at, word in enumerate(_spelt(tuple(words))):
            if self._has(word):
                reached = max(reached, at + 1)
            for many, fused in word.fusions:
                if self.match(fused) is not None:
                    reached = max(reached, at + many)
            total += word.letters if at < reached else 0
        return total

    def _has(self, word: _Spelt) -> bool:
        known = self.match(word.text) is not None or word.kind in self.reference.pairs
        return known or word.token in self.reference.tokens


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A quoted word with its token, what all its spellings have in common, how many letters it has, and what it makes
    with the words after it: how many, and fused.
    """

    text: str
    token: str
    kind: str
    letters: int
    fusions: tuple[tuple[int, str], ...]


@lru_cache(maxsize=64)  # one quotation is compared with many stretches
def _spelt(words: tuple[str, ...]) -> tuple[_Spelt, ...]:
    return tuple(
        _Spelt(
            word,
            token_of(word),
            kind_of(word),
            len(letters_of(word)),
            tuple((many, "".join(words[at : at + many])) for many in range(2, min(MOST_FUSED, len(words) - at) + 1)),
        )
        for at, word in enumerate(words)
    )
