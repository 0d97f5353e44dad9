"""Are two words the same word in two spellings? Sets of forms, with the rule that joins them.

Vocabulary: *letters* are a word without its vowel marks; a *form* is one way of writing these letters; each
form carries the *rules* that lead to it. Two words are the same when they share a form. The Qur'an's old
(Uthmani) spelling and today's differ in dagger alefs, hamza seats, silent letters and a few final letters:
`UNITS` says how each letter may stand, so a word is never "corrected", only recognised. Words that differ in
any other letter stay different.

Steps: `letters_of` (cheap, decides nearly all) -> `forms_of` -> the shared form with the fewest rules.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import TypeAlias

Rules: TypeAlias = tuple[str, ...]
_Choice: TypeAlias = tuple[tuple[str, str], ...]

MAX_FORMS = 256  # a word with more ways of writing than this is compared by its letters only
SHORTEST_UNWRITTEN = 3  # letters left when a dagger alef is dropped: قَٰلَ must not become قل

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_DROPPED = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Marks that never decide a letter: vowels, tanwin, shadda, sukun, madda, pause marks, small meem and zero
# marks.
_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u0653\u0656-\u065f\u06d6-\u06db\u06dd\u06de\u06e0-\u06e4\u06e9-\u06ed\u08d3-\u08ff]"
)
_SILENT = "\u06df\u06e0"
_DAGGER = "\u0670"
_HAMZA_ABOVE, _HAMZA_BELOW = "\u0654", "\u0655"
_SMALL_SEEN, _SMALL_NOON = "\u06dc", "\u06e8"
_SHADDA, _KASRA = "\u0651", "\u0650"
_LETTERS = str.maketrans({"ٱ": "ا", "ک": "ك", "ی": "ى", "ے": "ى", "ہ": "ه", "ە": "ه", "ھ": "ه"})
_QURANIC = re.compile("[\u0670\u06df\u06e0\u06e5-\u06e8\u06dc\u0654\u0655]")

_SIGNS = re.compile("[\u0670\u06e5-\u06e8\u06dc\u0654\u0655]")  # a silent-letter mark stands for none
_MARK = "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]"
_CLUSTER = re.compile(f"[^\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]{_MARK}*|^{_MARK}+")
_SEATLESS = re.compile(f"\u0640({_MARK}*?)\u0654")  # a hamza carried by a tatweel


class _Folded(dict[int, str]):
    """What each code point leaves of itself: its letters and digits, case-folded; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = self.of(chr(code))
        return self[code]

    def of(self, char: str) -> str:
        return "".join(letter for letter in char.casefold() if letter.isalnum())


class _Bare(_Folded):
    """The same for Arabic letters, without marks."""

    def of(self, char: str) -> str:
        return super().of("" if _MARKS.match(char) or _QURANIC.match(char) else char.translate(_LETTERS))


_FOLDED, _BARE = _Folded(), _Bare()

# Letters that one form of a word has and another has not, or has otherwise: see `UNITS`, `_cluster` and `_plain`.
_CHANGEABLE = str.maketrans({**dict.fromkeys("اويىءأإآؤئنĀā"), "ة": "ه", "ت": "ه", "ص": "س"})
_LAMS = re.compile("ل+")

UNITS: dict[str, _Choice] = {
    "أ": (("ا", "hamza-seat"),),
    "إ": (("ا", "hamza-seat"),),
    "آ": (("ا", "hamza-seat"),),
    "ؤ": (("و", "hamza-seat"), ("", "hamza-seat")),
    "ئ": (("ي", "hamza-seat"), ("", "hamza-seat")),
    "ة": (("ة", ""), ("ه", "ta-marbuta")),
    _HAMZA_ABOVE: (("", "hamza-seat"), ("ا", "hamza-seat"), ("و", "hamza-seat"), ("ي", "hamza-seat")),
    _HAMZA_BELOW: (("", "hamza-seat"),),
    _DAGGER: (("ا", "dagger-alef"), ("", "dagger-alef-unwritten")),
    "\u06e5": (("", "small-waw"), ("و", "small-waw")),
    "\u06e6": (("", "small-ya"), ("ي", "small-ya")),
    "\u06e7": (("", "small-ya"), ("ي", "small-ya")),
    _SMALL_NOON: (("ن", "small-noon"), ("", "small-noon")),
}
"""What a letter may stand for, in order of preference; a letter not named stands for itself."""


def is_arabic(word: str) -> bool:
    """True when `word` holds a letter of the Arabic script."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=65536)
def letters_of(word: str) -> str:
    """The letters of `word`: no vowel or pause marks, no tatweel, no joiners; Latin case-folded without
    apostrophes.

    >>> letters_of("ٱلْحَمْدُ"), letters_of("Don’t")
    ('الحمد', 'dont')
    """
    if not is_arabic(word):
        return unicodedata.normalize("NFKD", word).translate(_FOLDED)
    return unicodedata.normalize("NFKC", _DROPPED.sub("", word)).translate(_BARE)


@lru_cache(maxsize=65536)
def forms_of(word: str) -> dict[str, Rules]:
    """Every way of writing `word`, each with the rules it takes, fewest first. Never mutate the result.

    >>> "الصلاة" in forms_of("ٱلصَّلَوٰةَ"), "قال" in forms_of("قُلْ")
    (True, False)
    """
    letters = letters_of(word)
    if not is_arabic(word):
        return {letters: ()}
    units = _units(word)
    count = 1
    for unit in units:
        count *= len(unit)
    if count > MAX_FORMS:
        return {letters: ()}
    found: dict[str, Rules] = {} if _QURANIC.search(word) else {letters: ()}
    for choice in product(*units):
        form = "".join(part for part, _ in choice)
        rules = tuple(rule for _, rule in choice if rule)
        if "dagger-alef-unwritten" in rules and len(form) < SHORTEST_UNWRITTEN:
            continue
        if form not in found or len(rules) < len(found[form]):
            found[form] = rules
    return found


@lru_cache(maxsize=65536)
def token_of(word: str) -> str:
    """One form that stands for the word in an alignment: dagger alefs written out, so that قَٰلَ is not قُلْ.

    >>> token_of("قَٰلَ"), token_of("قُلْ")
    ('قال', 'قل')
    """
    if not is_arabic(word) or _QURANIC.search(word) is None:
        return letters_of(word)
    return "".join(unit[0][0] for unit in _units(word))


@lru_cache(maxsize=65536)
def kind_of(word: str) -> str:
    """What all forms of a word have in common: words of other kinds are never the same, and need not be compared.

    >>> kind_of("ٱلصَّلَوٰةَ") == kind_of("الصلاة"), kind_of("قال") == kind_of("كان")
    (True, False)
    """
    letters = letters_of(word)
    return _LAMS.sub("ل", letters.translate(_CHANGEABLE)) if is_arabic(word) else letters


def joined_kind(one: str, other: str) -> str:
    """The kind of two words written as one, from their kinds.

    >>> joined_kind(kind_of("يا"), kind_of("أيها")) == kind_of("ياأيها")
    True
    """
    return _LAMS.sub("ل", one + other) if "لل" in one + other else one + other


def _units(word: str) -> list[_Choice]:
    """The choices for each letter of `word`, in order. Looks at the marks a letter carries, then drops
    them.
    """
    flat = _SEATLESS.sub(r"ء\1", unicodedata.normalize("NFKC", word))
    clusters = _CLUSTER.findall(unicodedata.normalize("NFC", _DROPPED.sub("", flat)))
    long = len(clusters) > 3
    units: list[_Choice] = []
    for place, cluster in enumerate(clusters):
        final = place == len(clusters) - 1
        before = clusters[place - 1][0] if place else ""
        if not place and _asks(clusters):  # فَسْـَٔلْ, فاسأل
            units.append(((cluster[0], ""), (cluster[0] + "ا", "alef-unwritten")))
            continue
        units += _cluster(cluster, before, final, long)
    return units


def _asks(clusters: list[str]) -> bool:
    """True for the imperative of "ask" after و or ف, which the old spelling writes without its alef."""
    return [cluster[0] for cluster in clusters[:3]] in (["و", "س", "ء"], ["ف", "س", "ء"])


def _cluster(cluster: str, before: str, final: bool, long: bool) -> list[_Choice]:
    letter, marks = cluster[0], cluster[1:]
    if letter in "ىی" and _DAGGER in marks:  # هُدَىٰ, مَوْلَىٰهُمْ
        inner: _Choice = (("ا", "alef-maksura"), ("ي", "alef-maksura"))
        last: _Choice = (("ى", ""), ("Ā", "alef-maksura"), ("ي", "alef-maksura"))
        return [last if final else inner, *_small(marks.replace(_DAGGER, ""))]
    if letter == "و" and _DAGGER in marks:  # ٱلصَّلَوٰةَ, سَمَٰوَٰت
        return [(("ا", "waw-for-alef"), ("وا", "dagger-alef"), ("و", "dagger-alef-unwritten"))]
    if any(mark in marks for mark in _SILENT):
        stands = UNITS.get(letter, ((letter.translate(_LETTERS), ""),))
        return [(*stands, ("", "silent-letter")), *_small(marks)]
    if letter in "ىی" and "\u06e6" in marks:  # يُحْىِۦ, يحيي
        return [(("ي", "dotless-ya"),), *_small(marks)]
    if letter == "إ" and before:  # مَلَإِي۟هِ, ملئه
        return [(("ا", "hamza-seat"), ("ي", "hamza-seat"), ("", "hamza-seat"))]
    if letter == "ص" and _SMALL_SEEN in marks:
        return [(("ص", ""), ("س", "small-seen"))]
    return [_plain(letter, marks, before, final, long), *_small(marks)]


def _plain(letter: str, marks: str, before: str, final: bool, long: bool) -> _Choice:
    stands = UNITS.get(letter)
    if final and letter in "آأ":  # رَءَآ, رأى; لَتَنُوٓأُ, لتنوء
        return (("ا", "hamza-seat"), ("Ā", "alef-maksura") if letter == "آ" else ("", "hamza-seat"))
    if stands is not None:
        return stands
    letter = letter.translate(_LETTERS)
    if letter == "ء":
        if not before:  # ءَامَنَ, ءَأَنتُمْ
            return (("", "hamza-seat"), ("ا", "hamza-seat"))
        return (("", "hamza-seat"),) if final else UNITS[_HAMZA_ABOVE]
    if letter == "ل" and _SHADDA in marks and before in ("ا", "ٱ"):  # ٱلَّيْل, الليل
        return (("ل", ""), ("لل", "lam-doubling"))
    if letter == "ى":
        if not final:
            return (("ي", "dotless-ya"),)
        if _KASRA in marks or long:  # يُحْىِ, يحيي
            return (("ى", ""), ("Ā", "alef-maksura"), ("يي", "dotless-ya"), ("يى", "dotless-ya"))
        return (("ى", ""), ("Ā", "alef-maksura"))
    if letter == "ي" and final:
        return (("ي", ""), ("ى", "dotless-ya"))
    if letter == "ا" and final:
        return (
            (("ا", ""), ("Ā", "alef-maksura"), ("", "final-alef"))
            if before == "و"
            else (("ا", ""), ("Ā", "alef-maksura"))
        )
    if letter == "ت" and final and long:  # رَحْمَتَ ٱللَّهِ
        return (("ت", ""), ("ة", "open-ta"))
    return ((letter, ""),) if letter.isalnum() else (("", ""),)


def _small(marks: str) -> list[_Choice]:
    """The choices that marks themselves bring: dagger alef, small waw and ya, hamza without a seat."""
    return [UNITS[mark] for mark in marks if mark in UNITS]


@lru_cache(maxsize=65536)
def same_word(quoted: str, reference: str) -> Rules | None:
    """The rules under which two words are one: `()` for the same letters, `None` for different words.

    >>> same_word("قال", "قَالَ"), same_word("الكتاب", "ٱلْكِتَٰبُ"), same_word("قال", "قُلْ")
    ((), ('dagger-alef',), None)
    """
    if letters_of(quoted) == letters_of(reference) and _signs(quoted) == _signs(reference):
        return ()
    ours, theirs = forms_of(quoted), forms_of(reference)
    shared = ours.keys() & theirs.keys()
    if not shared:
        return None
    ways = (_unshared(ours[form], theirs[form]) for form in shared)
    return min(ways, key=lambda rules: (len(rules), rules))


def _signs(word: str) -> str:
    """The signs of `word` that stand for letters: dagger alef, small letters, silent-letter marks."""
    return "".join(_SIGNS.findall(word))


def _unshared(ours: Rules, theirs: Rules) -> Rules:
    """Rules that only one side takes: a hamza written on both sides joins nothing."""
    return tuple(sorted(set(ours) ^ set(theirs)))
