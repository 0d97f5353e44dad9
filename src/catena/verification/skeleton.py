"""The letters that seeds are made of: those on which the spellings of a language agree.

Arabic script loses alef, waw, ya and every hamza, for these are what the old and the new spelling of the
Qur'an write differently; other scripts keep all letters and digits, case-folded. Spaces go: word breaks are
unreliable in extracted text. A skeleton finds candidates and never decides a verdict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SKELETON_VERSION = "1"  # part of the key of cached indexes; count up with any change here
ARABIC_SEED = 6  # letters; a verse's consonants are about half of its letters, and 6 of them are rare enough
OTHER_SEED = 12  # letters; shorter seeds of Latin text meet in unrelated sentences

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_LETTER = re.compile(r"[\W_]+")
_WEAK = re.compile("[اٱأإآءؤئويىىٰیے\u06e5\u06e6\u0640]")
_SAME = str.maketrans({"ة": "ه", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ه"})


def skeleton_of(text: str) -> str:
    """The seed letters of `text`, in order.

    >>> skeleton_of("ٱلصَّلَوٰةَ") == skeleton_of("الصلاة"), skeleton_of("The Lake, 1924")
    (True, 'thelake1924')
    """
    if _ARABIC.search(text) is None:
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text)
        return _NOT_LETTER.sub("", text.casefold())
    if _PRESENTATION.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _WEAK.sub("", _NOT_LETTER.sub("", text).translate(_SAME)).casefold()


_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def seed_length(skeletons: Sequence[str]) -> int:
    """The length of seed, in letters, that suits these skeletons: short when most of them are Arabic."""
    sample = "".join(skeletons[:50])
    arabic = sum("\u0600" <= char <= "\u06ff" for char in sample)
    return ARABIC_SEED if arabic * 2 > len(sample) else OTHER_SEED
