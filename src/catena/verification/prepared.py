"""A stretch of an edition, prepared once for all quotations that are compared with it.

One passage is the rival of many quotations, and one quotation has many rivals: what does not depend on both is worked
out when it is first met, and kept for the passages met last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catena.model import Span
from catena.text.segment import find_words
from catena.verification.breaks import written_letters
from catena.verification.spelling import kind_of, token_of
from catena.verification.words import ReferenceWord

MOST_KEPT = 2048  # stretches kept: the rivals of a few pages of quotations
_GLOSS = re.compile(r"\\?\[[^\]]*\]")


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The words of a stretch in order, with the token of each; `kinds` are the words as printed, each once, by what
    all their spellings have in common; `written` are the letters of those that are no glosses.
    """

    words: tuple[ReferenceWord, ...]
    tokens: Sequence[str]
    kinds: Mapping[str, Sequence[str]]
    written: Sequence[str]

    @classmethod
    def of(cls, words: Sequence[ReferenceWord]) -> Prepared:
        """These words, prepared.

        >>> Prepared.of(reference_words("Peace is our goal.", 3)).tokens
        ['peace', 'is', 'our', 'goal']
        """
        kinds: dict[str, list[str]] = {}
        texts = [word.text for word in words]
        for text in dict.fromkeys(texts):
            kinds.setdefault(kind_of(text), []).append(text)
        written = [written_letters(word.text) for word in words if not word.gloss]
        return cls(tuple(words), [token_of(text) for text in texts], kinds, written)


@lru_cache(maxsize=MOST_KEPT)
def prepare(texts: tuple[str, ...], first: int) -> Prepared:
    """The passages `texts` of an edition, which follow each other from the passage number `first` on."""
    words = [word for number, text in enumerate(texts, first) for word in reference_words(text, number)]
    return Prepared.of(words)


def reference_words(text: str, passage: int) -> tuple[ReferenceWord, ...]:
    """The words of a passage, with those that its edition puts in square brackets marked as glosses."""
    glosses = [found.span() for found in _GLOSS.finditer(text)] if "[" in text else []
    return tuple(ReferenceWord(place.of(text), passage, place, _inside(place, glosses)) for place in find_words(text))


def _inside(place: Span, glosses: Sequence[tuple[int, int]]) -> bool:
    return any(low < place.start < high for low, high in glosses)
