"""Names of bodies that publish: recognised on a line by their head noun, never inside a sentence.

Vocabulary: the *head noun* says what a body is (Union, وزارة, Пресс-служба). In Latin script it stands before the first
"of" or "for" or at the end of the name, in Arabic script at the beginning, in Cyrillic first or after an adjective. A
*kind* is `body`, `office` (an office alone), `named-office` (an office that names whose it is), `state`
(publishes through a ministry) or `periodical`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import bare
from catena.model import Span

LONGEST = 12  # words of a body's name
_PIECE = re.compile(r"(?:(?!\s[–—-]\s)[^,،;|\n])+")
_MARKUP = '#*_ \t()[]“”"«»\u200e\u200f\u202a\u202b\u202c\u2067\u2069'
_ARABIC = re.compile("[\u0620-\u06d3]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_RUSSIAN_VERB = re.compile(r"[а-яё]{2,}(?:[уаяе]ет|ит|ют|ят|ает|ала|али|ило|или)(?:ся)?$")
_RUSSIAN_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ых|их)$")
_SENTENCE = re.compile(r"[.!?؟。…:؛;][\"'”’»)\]]*$")


class _Words:
    """The lists as sets, made once a lexicon."""

    def __init__(self, lexicon: LayoutLexicon) -> None:
        self.states = tuple(lexicon.states)
        self.bodies = frozenset(lexicon.bodies)
        self.periodicals = frozenset(lexicon.periodicals)
        self.body_stems = tuple(word for word in lexicon.bodies if _CYRILLIC.match(word))
        self.periodical_stems = tuple(word for word in lexicon.periodicals if _CYRILLIC.match(word))
        self.not_first = frozenset(lexicon.not_first)
        self.not_inside = frozenset(lexicon.not_inside)
        self.cuts = frozenset(lexicon.name_cuts)
        self.links = self.cuts | frozenset(lexicon.name_links)
        self.offices = tuple(sorted(lexicon.offices, key=len, reverse=True))


_words = lru_cache(maxsize=4)(_Words)


def find_body(line: str, lexicon: LayoutLexicon) -> tuple[Span, str] | None:
    """The body that `line` begins with, as a span of `line` in code points and its kind; `None` for any other line.

    Pieces after commas belong to the name while they are bodies too ("Republic of Kembar, Ministry of Trade"); a place,
    an address or a date ends it.
    """
    if _SENTENCE.search(line.rstrip(_MARKUP)) and not re.search(r"\d", line):
        return None
    lists = _words(lexicon)
    found: tuple[Span, str] | None = None
    for piece in _PIECE.finditer(line):
        words = piece[0].strip(_MARKUP)
        if not words and found is None:
            continue
        kind = _kind(words, lists)
        if kind is None:
            break
        start = piece.start() + piece[0].index(words)
        begin = found[0].start if found else start
        kind = "body" if found and {"body", "state"} & {found[1], kind} else kind
        found = Span(begin, start + len(words)), kind
    return found


def _kind(name: str, words: _Words) -> str | None:
    keys = [bare(word).strip(".'\"") for word in name.split()]
    if not keys or len(keys) > LONGEST or _SENTENCE.search(name):
        return None
    if keys[0] in words.not_first or any(key in words.not_inside for key in keys):
        return None
    if _ARABIC.search(name):
        kind = _arabic(keys, words)
    elif _CYRILLIC.search(name):
        kind = _cyrillic(name.split(), keys, words)
    else:
        kind = _latin(name.split(), keys, words)
    if kind == "body" and _is_state(keys, words):
        return "state"
    return "named-office" if kind == "office" and _names_its_body(keys, words) else kind


def _is_state(keys: list[str], words: _Words) -> bool:
    """True when the head noun is a state's, at either end: "Republic of Kembar", "جمهورية ليسك"."""
    first = keys[1] if keys[0] == "the" else keys[0]
    return first.startswith(words.states) or (keys[-1] in words.states and len(keys) < 4)


def _names_its_body(keys: list[str], words: _Words) -> bool:
    """True for "Press Office of the Union": something is left when the office is taken away."""
    text = " ".join(keys).removeprefix("the ")
    form = next((form for form in words.offices if form in text), "")
    rest = text.replace(form, "", 1).split()
    return any(key not in words.links for key in rest)


def _is_office(keys: list[str], words: _Words) -> bool:
    text = " ".join(keys).removeprefix("the ")
    return any(text == form or text.startswith(form + " ") or text.endswith(" " + form) for form in words.offices)


def _latin(printed: list[str], keys: list[str], words: _Words) -> str | None:
    first = 1 if keys[0] in ("the", "la", "le") else 0
    cut = next((place for place in range(first + 1, len(keys)) if keys[place] in words.cuts), len(keys))
    french = cut < len(keys) and keys[cut] in ("de", "du", "des") and cut == first + 1
    if not french and any(
        word[0].islower() and key not in words.links for word, key in zip(printed, keys, strict=True)
    ):
        return None
    if _is_office(keys, words):
        return "office"
    heads = (keys[cut - 1], keys[-1] if cut == len(keys) else "", "radio" if keys[first] == "radio" else "")
    if len(keys) - first < 2:
        return None
    if any(head in words.bodies for head in heads):
        return "body"
    return "periodical" if any(head in words.periodicals for head in heads) else None


def _arabic(keys: list[str], words: _Words) -> str | None:
    if len(keys) < 2 or any(re.fullmatch("ي[^\\W\\d_]{3,}", key) for key in keys[1:]):
        return None  # "حزب البحيرة يدعو": a verb in the present makes it a headline
    if _is_office(keys, words):
        return "office"
    head = keys[0].removeprefix("ال")
    if head in words.bodies:
        return "body"
    return "periodical" if head in words.periodicals else None


def _cyrillic(printed: list[str], keys: list[str], words: _Words) -> str | None:
    if any(_RUSSIAN_VERB.search(word) and not word.startswith(words.body_stems) for word in printed):
        return None
    if _is_office(keys, words):
        return "office"
    heads = keys[:2] if _RUSSIAN_ADJECTIVE.search(keys[0]) else keys[:1]
    if len(keys) < 2 or printed[0][0].islower():
        return None
    if any(head.startswith(words.body_stems) for head in heads):
        return "body"
    return "periodical" if any(head.startswith(words.periodical_stems) for head in heads) else None
