"""Do the vowel marks of two spellings of one word contradict each other?

Only marks that both sides write are compared, letter by letter where the letters of both agree. Alefs are skipped,
for their vowel is the letter itself; all seats of hamza are one letter; the last letter of a quotation may be read in
pause; a sukun on waw and ya is one that old texts leave out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_VOWELS = {
    "\u064e": "a", "\u0650": "i", "\u064f": "u", "\u064b": "A", "\u064d": "I", "\u064c": "U", "\u0652": "0",
    "\u06e1": "0", "\u08f0": "A", "\u08f1": "U", "\u08f2": "I",
}  # fmt: skip
_TWO = re.compile("[\u064b-\u0650\u0652]\u0651?[\u064b-\u0650\u0652]")
_SKIPPED = "اآٱىـ"
_SAME = str.maketrans({"أ": "ء", "إ": "ء", "ؤ": "ء", "ئ": "ء", "ی": "ي", "ک": "ك", "ة": "ت"})


@lru_cache(maxsize=65536)
def vowels_conflict(quoted: str, reference: str, *, last: bool = False) -> bool:
    """True when a letter that both words write carries one vowel here and another there.

    `last` says that the word ends the quotation, so that its last vowel may be missing or paused.

    >>> vowels_conflict("مَلِكِ", "مَلَكِ"), vowels_conflict("ملك", "مَلَكِ")
    (True, False)
    """
    ours, theirs = _vowelled(quoted), _vowelled(reference)
    mine, other = "".join(letter for letter, _ in ours), "".join(letter for letter, _ in theirs)
    end = len(ours) - 1 if last else len(ours)
    for step in Levenshtein.opcodes(mine, other):
        if step.tag != "equal":
            continue
        for at in range(step.src_start, min(step.src_end, end)):
            here, there = ours[at][1], theirs[at - step.src_start + step.dest_start][1]
            weak = mine[at] in "وي" and "0" in (here, there)
            if here and there and here != there and not weak:
                return True
    return False


def has_vowels(word: str) -> bool:
    """True when a letter of `word` carries a vowel mark.

    >>> has_vowels("مَلَكِ"), has_vowels("ملك")
    (True, False)
    """
    return any(char in _VOWELS for char in word)


@lru_cache(maxsize=8192)
def doubled(word: str) -> bool:
    """True when a letter carries two vowels, as only displaced marks make it do.

    >>> doubled("مََلك"), doubled("مَلَّكِ")
    (True, False)
    """
    return _TWO.search(unicodedata.normalize("NFC", word)) is not None


def _vowelled(word: str) -> list[tuple[str, str]]:
    """The letters of `word` that can be compared, each with its vowel or ""."""
    found: list[tuple[str, str]] = []
    open_letter = False
    for char in unicodedata.normalize("NFC", word):
        if char in _VOWELS:
            if open_letter and not found[-1][1]:
                found[-1] = (found[-1][0], _VOWELS[char])
        elif char.isalpha() and not unicodedata.combining(char) and char not in "\u06e5\u06e6\u0640":
            open_letter = char not in _SKIPPED
            if open_letter:
                found.append((char.translate(_SAME), ""))
    return found
