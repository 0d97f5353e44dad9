"""A stretch of an edition, prepared once for all quotations that are compared with it.

One passage is the rival of many quotations, and one quotation has many rivals: what does not depend on both is worked
out when it is first met, and kept for the passages met last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise, repeat

from catena.text.segment import word_places
from catena.verification.breaks import written_letters
from catena.verification.spelling import joined_kind, kind_of, token_of
from catena.verification.words import ReferenceWord

MOST_PASSAGES, MOST_STRETCHES = 4096, 512  # kept: the rivals of many pages of quotations, and of a few
_GLOSS = re.compile(r"\\?\[[^\]]*\]")


@dataclass(frozen=True, eq=False)
class Prepared:
    """The words of a stretch in order, with the token of each; `kinds` are the words as printed, each once, by what
    all their spellings have in common (`kind_of`).
    """

    words: tuple[ReferenceWord, ...]
    tokens: tuple[str, ...]
    kinds: Mapping[str, Sequence[str]]
    parts: Sequence[Prepared] = ()  # the passages that make up a stretch of several

    @classmethod
    def of(cls, words: Sequence[ReferenceWord]) -> Prepared:
        """These words, prepared.

        >>> Prepared.of(reference_words("Peace is our goal.", 3)).tokens
        ('peace', 'is', 'our', 'goal')
        """
        kinds: dict[str, list[str]] = {}
        texts = [word.text for word in words]
        for text in dict.fromkeys(texts):
            kinds.setdefault(kind_of(text), []).append(text)
        return cls(tuple(words), tuple(map(token_of, texts)), kinds)

    @classmethod
    def joined(cls, parts: Sequence[Prepared]) -> Prepared:
        """Passages that follow each other as one stretch."""
        kinds: dict[str, list[str]] = {}
        for part in parts:
            for kind, texts in part.kinds.items():
                held = kinds.setdefault(kind, [])
                held += [text for text in texts if text not in held]
        words, tokens = (
            chain.from_iterable(rows) for rows in zip(*((one.words, one.tokens) for one in parts), strict=True)
        )
        return cls(tuple(words), tuple(tokens), kinds, parts)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The letters of each word that is no gloss (`written_letters`)."""
        if self.parts:
            return tuple(chain.from_iterable([part.written for part in self.parts]))
        return tuple(written_letters(word.text) for word in self.words if not word.gloss)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """What two neighbouring words, written as one, have in common with all spellings of that."""
        if self.parts:
            held = [part for part in self.parts if part.words]
            across = [
                joined_kind(kind_of(one.words[-1].text), kind_of(other.words[0].text)) for one, other in pairwise(held)
            ]
            return frozenset(across).union(*[part.pairs for part in held])
        kinds = [kind_of(word.text) for word in self.words]
        return frozenset([joined_kind(one, other) for one, other in pairwise(kinds)])


@lru_cache(maxsize=MOST_STRETCHES)
def prepare(texts: tuple[str, ...], first: int) -> Prepared:
    """The passages `texts` of an edition, which follow each other from the passage number `first` on."""
    parts = [_passage(text, number) for number, text in enumerate(texts, first)]
    return parts[0] if len(parts) == 1 else Prepared.joined(parts)


@lru_cache(maxsize=MOST_PASSAGES)
def _passage(text: str, number: int) -> Prepared:
    return Prepared.of(reference_words(text, number))


def reference_words(text: str, passage: int) -> tuple[ReferenceWord, ...]:
    """The words of a passage, with those that its edition puts in square brackets marked as glosses."""
    places = word_places(text)
    texts = [text[start:end] for start, end in places]
    starts = [start for start, _ in places]
    glosses = [found.span() for found in _GLOSS.finditer(text)] if "[" in text else []
    inside = [any(low < start < high for low, high in glosses) for start in starts] if glosses else repeat(False)
    return tuple(map(ReferenceWord, texts, repeat(passage), starts, inside))
