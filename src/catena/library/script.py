"""The script that most letters of a text are written in, as an ISO 15924 code."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

_SAMPLE = 20_000  # letters: enough to be sure, few enough to cost nothing
_CODES = {
    "ARABIC": "Arab", "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda",
    "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "MYANMAR": "Mymr", "KHMER": "Khmr",
    "TIBETAN": "Tibt", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ETHIOPIC": "Ethi", "SYRIAC": "Syrc", "COPTIC": "Copt",
    "HANGUL": "Kore", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "CJK": "Hani", "THAANA": "Thaa", "MONGOLIAN": "Mong",
    "CHEROKEE": "Cher", "GOTHIC": "Goth",
}  # fmt: skip


def script_of(texts: Iterable[str]) -> str:
    """The code of the commonest script, empty when there are no letters.

    >>> script_of(["Озеро открыто."]), script_of(["The lake is open."])
    ('Cyrl', 'Latn')
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(unicodedata.name(char, "?").partition(" ")[0] for char in text[:_SAMPLE] if char.isalpha())
        if counts.total() > _SAMPLE:
            break
    best = next((word for word, _ in counts.most_common() if word in _CODES), "")
    return _CODES.get(best, "")
