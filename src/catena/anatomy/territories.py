"""Names of states, continents, well-known cities and bodies, found by a list in seven languages, word by word.

A capital is asked for where the script has one. In Arabic script a joined و ف ب ل ك is cut off; in Russian the case
ending is. What reads like another word of its language ("مالي") is not in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import PlaceLexicon
from catena.anatomy.scan import plain
from catena.model import Span

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-’'\u200c][^\W\d_]+)*")
_APOSTROPHE = re.compile(r"['’].*$")
_RUSSIAN = re.compile("[А-ЯЁ]")
_PARTED = re.compile(r"(?<!\bSt)(?<!\.[A-Z])[.,;:!?()]\s|\n\s*\n")
_POSSESSIVE = re.compile(r"['’]s?$")
_CASES = re.compile(
    r"(?<=[а-яё]{2})(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ей|ом|ем|ым|им|ам|ям|ах|ях|ых|их|ов|ев|ия|ии|ий|ию|ая|ую|[аеиоуыьюяй])$"
)
_JOINED = "وفبلك"
_LEAST = 3  # letters that stay when a joined particle is cut off
_DEMONYM = re.compile(r"(?:n|an|ian|i|ese|ish|ean)s?$")


@dataclass(frozen=True, slots=True)
class Territory:
    """A name in a text: its place, its English name as the key for all languages, its code in the list, its type."""

    span: Span
    key: str
    code: str
    kind: str


_Entry = tuple[str, str, str]
_Held = dict[str, list[tuple[tuple[str, ...], _Entry]]]


@lru_cache(maxsize=4)
def _table(lexicon: PlaceLexicon) -> _Held:
    """Names by their first word, as words, the longest first."""
    held: _Held = {}
    for form, *entry in lexicon.territories:
        words = tuple(_flat(match[0]) for match in _TOKEN.finditer(form))
        told = (entry[0], entry[1], entry[2])
        if words:
            held.setdefault(words[0], []).append((words, told))
        if len(words) == 1 and _RUSSIAN.match(form):  # as it stands: Нигер and Нигерия have one stem
            held.setdefault(f"={form.lower()}", []).append(((f"={form.lower()}",), told))
    for many in held.values():
        many.sort(key=lambda one: -len(one[0]))
    return held


def find_territories(text: str, lexicon: PlaceLexicon) -> Iterator[Territory]:
    """Names of the list in order of place, the longest at each place."""
    table = _table(lexicon)
    tokens = list(_TOKEN.finditer(text))
    after = 0
    for number, token in enumerate(tokens):
        if number < after:
            continue
        read = [
            (start, word, *found)
            for start, word in _readings(token)
            if (found := _match(text, tokens, number, word, table)) is not None
        ]
        if not read:
            continue
        start, word, length, entry = max(read, key=lambda one: one[2])
        after = number + length
        last = tokens[after - 1]
        end = last.end()
        if "A" <= last[0][0] <= "я" and (word.strip("=") not in (_flat(last[0]), last[0].lower()) or length > 1):
            cut = _POSSESSIVE if length > 1 else _APOSTROPHE
            end = last.start() + len(cut.sub("", last[0]))
        yield Territory(Span(start, end), *entry)


def is_demonym(word: str, lexicon: PlaceLexicon) -> bool:
    """True for "Iraqi", "Syrian", "Jordanians": a name of the list with an ending, and no place."""
    stem = _DEMONYM.sub("", word)
    table = _table(lexicon)
    return (
        stem != word
        and word not in table
        and any(one in table for one in (stem, f"{stem}a", f"{stem}n", f"{stem}ia", f"{stem}y"))
    )


def _readings(token: re.Match[str]) -> Iterator[tuple[int, str]]:
    """The word as it stands, and without a joined particle; nothing for a word that begins small."""
    word = token[0]
    if "\u0600" <= word[0] <= "\u06ff":
        flat = plain(word)
        yield token.start(), flat
        if flat[0] in _JOINED and len(flat) > _LEAST:
            yield token.start() + 1, flat[1:]
        if flat.startswith("لل"):
            yield token.start(), f"ال{flat[2:]}"
    elif word[0].isupper() or word.startswith("al-"):
        if _RUSSIAN.match(word):
            yield token.start(), f"={word.lower()}"
        yield token.start(), _flat(word)
        if _APOSTROPHE.search(word) and word[1:2] not in "'’":
            yield token.start(), _flat(_APOSTROPHE.sub("", word))


def _flat(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        return plain(word)
    if "а" <= word[0].lower() <= "я":
        return _CASES.sub("", word.lower()) if word[0].isupper() else _CASES.sub("", word)
    return word.replace("’", "'")


def _match(text: str, tokens: list[re.Match[str]], number: int, first: str, table: _Held) -> tuple[int, _Entry] | None:
    for words, entry in table.get(first, ()):
        rest = tokens[number + 1 : number + len(words)]
        if len(rest) < len(words) - 1 or any(
            word not in (_flat(one[0]), _flat(_APOSTROPHE.sub("", one[0])))
            for one, word in zip(rest, words[1:], strict=True)
        ):
            continue
        end = rest[-1].end() if rest else tokens[number].end()
        if not _PARTED.search(text, tokens[number].start(), end):
            return len(words), entry
    return None
