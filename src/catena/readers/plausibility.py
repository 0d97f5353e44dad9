"""How much a decoded text looks like writing: the judge between code pages.

Only characters beyond ASCII are rated, since the rest is the same in every page. A letter counts by how common it is
in its script, in a word of that script only, and in ordinary case; a wrong page gives rare letters, mixed scripts,
capitals inside words, and signs inside words. The orders of letters are ours, from general knowledge of the
languages (Arabic with Persian; Russian with Ukrainian letters last).
"""

from __future__ import annotations

import re

_ARABIC = "اليمنوترهبدعسفكقحةجأشطصخىضذثغئزءؤإظآکیگپچژ"
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў"
_LATIN = "éçüöäğışİñèáàíóúêãâôîûßøåæœÉÇÜÖÄŞÀÈÊ"  # with ASCII around them; ð, ý, þ are left to the rest
_RANK = {
    **{letter: 1.0 - 0.8 * place / len(_ARABIC) for place, letter in enumerate(_ARABIC)},
    **{letter: 1.0 - 0.8 * place / len(_CYRILLIC) for place, letter in enumerate(_CYRILLIC)},
    **dict.fromkeys(_LATIN, 1.0),
}
_RARE = 0.1
_ARTICLE = ("ال", "وال", "بال")  # parts cp1256 from ISO 8859-6, which hold the same letters in other places
_PUNCTUATION = frozenset("“”‘’„‚«»–—…‹›،؛؟\u200c\u200d\u200e\u200f•·№°§©®™€")
_WORD = re.compile(r"[^\W\d_]+(?:[^\x00-\x7f\s“”‘’„«»–—…،؛؟\u00a0\u200c\u200d\u200e\u200f]|[^\W\d_])*")
_MARKS = range(0x064B, 0x0653)


def rate(text: str) -> float:
    """The mean rating of the characters beyond ASCII: about 1 for writing, below 0 for a wrong page; 0 for none."""
    total = 0.0
    inside = [False] * len(text)
    for word in _WORD.finditer(text):
        total += _rate_word(word[0])
        inside[word.start() : word.end()] = [True] * len(word[0])
    high = 0
    for character, in_word in zip(text, inside, strict=True):
        if character > "\x7f":
            high += 1
            if not in_word:
                total += _rate_sign(character)
    return total / high if high else 0.0


def _rate_word(word: str) -> float:
    high = [character for character in word if character > "\x7f"]
    if not high:
        return 0.0
    scripts = {_script(character) for character in word}
    if "sign" in scripts:
        return -1.0 * len(high)
    if len(scripts - {"mark"}) > 1:
        return -0.5 * len(high)
    if scripts == {"latin"} and len(high) > 2 and len(high) > 0.6 * len(word):
        return -0.5 * len(high)  # "ÇáãÍÇÏËÇÊ": no language writes so
    case = 0.0 if word.islower() or word[1:].islower() or word.isupper() or word.lower() == word.upper() else 1.0
    article = 1.0 if word.startswith(_ARTICLE) else 0.0
    return sum(_RANK.get(character, _RANK.get(character.lower(), _RARE)) - case for character in high) + article


def _rate_sign(character: str) -> float:
    if character in _PUNCTUATION:
        return 0.7
    if character == "\u00a0":
        return _RARE  # nearly every page has one somewhere, so it tells little
    return -3.0 if character == "\ufffd" or "\x80" <= character < "\xa0" else -0.7


def _script(character: str) -> str:
    if ord(character) in _MARKS or character == "ـ":
        return "mark"
    if not character.isalpha():
        return "sign"
    if "\u0600" <= character < "\u0700":
        return "arabic"
    return "cyrillic" if "\u0400" <= character < "\u0530" else "latin"
