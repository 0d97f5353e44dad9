"""Do the vowel marks of two spellings of one word contradict each other?

Only marks that both sides write are compared. Alefs are skipped, for their vowel is the letter itself; so is
the last letter of a quotation, which may be read in pause; so is a sukun on waw and ya, which old texts leave
out.
"""

from __future__ import annotations

import unicodedata

_VOWELS = {
    "\u064e": "a", "\u0650": "i", "\u064f": "u", "\u064b": "A", "\u064d": "I", "\u064c": "U", "\u0652": "0",
    "\u06e1": "0", "\u08f0": "A", "\u08f1": "U", "\u08f2": "I",
}  # fmt: skip
_SKIPPED = "اأإآٱءىؤئـ"


def vowels_conflict(quoted: str, reference: str, *, last: bool = False) -> bool:
    """True when a letter that both words write carries one vowel here and another there.

    `last` says that the word ends the quotation, so that its last vowel may be missing or paused.

    >>> vowels_conflict("مَلِكِ", "مَلَكِ"), vowels_conflict("ملك", "مَلَكِ")
    (True, False)
    """
    ours, theirs = _vowelled(quoted), _vowelled(reference)
    if [letter for letter, _ in ours] != [letter for letter, _ in theirs]:
        return False
    pairs = list(zip(ours, theirs, strict=True))
    for (letter, mine), (_, other) in pairs[:-1] if last else pairs:
        weak = letter in "وي" and "0" in (mine, other)
        if mine and other and mine != other and not weak:
            return True
    return False


def has_vowels(word: str) -> bool:
    """True when a letter of `word` carries a vowel mark.

    >>> has_vowels("مَلَكِ"), has_vowels("ملك")
    (True, False)
    """
    return any(char in _VOWELS for char in word)


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
                found.append((char, ""))
    return found
