"""Damaged text: where marks have slipped, word breaks cannot be trusted either, and letters alone are compared.

Text pulled out of a PDF file often has its vowel marks one letter off and blanks inside words. Its words then match
nothing, while its letters, run together, are the passage's. A letter that really differs still shows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from catena.verification.compare import Comparison, Step
from catena.verification.spelling import letters_of

RULE = "word-breaks"
_DAGGER = "\u0670"
_WRITTEN = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ء": ""})


def mend(comparison: Comparison) -> Comparison | None:
    """The comparison as one equal stretch when the letters of both sides agree without word breaks, else `None`."""
    first, last = comparison.extent
    words = [word.text for word in comparison.quoted if not word.gloss]
    given = "".join(map(letters_of, words)).translate(_WRITTEN)
    if not given or not _pattern([word.text for word in comparison.reference[first:last]]).fullmatch(given):
        return None
    step = Step("equal", (0, len(comparison.quoted)), (first, last), rules=(RULE,))
    return replace(comparison, steps=(step,))


def _pattern(words: list[str]) -> re.Pattern[str]:
    """The letters of the edition's words; a dagger alef may be written out or not."""
    letters = (
        "ا?" if piece == _DAGGER else re.escape(letters_of(piece).translate(_WRITTEN))
        for word in words
        for piece in re.split(f"({_DAGGER})", word)
    )
    return re.compile("".join(letters))
