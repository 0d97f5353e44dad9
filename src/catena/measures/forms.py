"""The forms of a word that stand in a corpus: the word with closed-class letters before and after it.

Nothing is stemmed: the query is expanded over the vocabulary, and each form can be looked at and left out. Cutting
words down to stems in the index was measured on Arabic: it lost nine of sixteen forms of one common noun and found a
verb instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ARABIC = re.compile("[؀-ۿ]")
_HEBREW = re.compile("[֐-׿]")
_TA_MARBUTA = "ه"  # as folded; it is written ت before an ending


@dataclass(frozen=True, slots=True)
class Affixes:
    """What may stand before and after the words of one language: slots in order, each filled at most once."""

    language: str
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


def languages_of(word: str) -> tuple[str, ...]:
    """The affix lists that fit the script of a word."""
    if _ARABIC.search(word):
        return ("arabic", "persian")
    return ("hebrew",) if _HEBREW.search(word) else ("latin",)


def match_forms(word: str, vocabulary: Iterable[str], affixes: Sequence[Affixes]) -> tuple[str, ...]:
    """The words of `vocabulary` that are `word` with affixes, in their order there; all are folded.

    >>> match_forms("treat", ["entreat", "treat", "treats"], [Affixes("latin", (), (("s", "ed"),))])
    ('treat', 'treats')
    """
    wanted = languages_of(word)
    stem = re.escape(word)
    if word.endswith(_TA_MARBUTA) and "arabic" in wanted:
        stem = stem[: -len(_TA_MARBUTA)] + f"[{_TA_MARBUTA}ت]"
    shapes = [_slots(one.before) + stem + _slots(one.after) for one in affixes if one.language in wanted]
    if not shapes:
        return (word,)
    pattern = re.compile("|".join(f"(?:{shape})" for shape in shapes))
    return tuple(form for form in vocabulary if pattern.fullmatch(form))


def _slots(slots: Sequence[Sequence[str]]) -> str:
    return "".join(f"(?:{'|'.join(map(re.escape, slot))})?" for slot in slots)
