"""Spelling keys: one key for the spellings of a name across Latin, Arabic, Persian and Cyrillic script.

A key is made word by word, from a table of names (`Khalid`: Khaled, Халид, خالد) or else from the letters: consonants
alike for the usual transliterations, with the vowels i and u that Arabic script writes. Two names share a key only when
every word does. It is a hint that the reader can check, not a claim that two are one person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import NameLexicon

_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile("[\u064b-\u0655\u0670\u0640\u200c-\u200f]")
_SERVANT = re.compile(r"\b(عبد)\s+(?=ال)|\b(abd(?:[aeu]l)?|абд(?:[аеу]ль?)?)[-\s]+(?=(?:al|el|аль|эль)?[-\s]?\w)")
_SERVANT_OF = re.compile(r"^(?:عبد(?:ال)?|abd[aeu]?[lr]?(?:al|el)?|абд[аеу]?[лр]?ь?)(?=\w{3})")
_STROKES = re.compile(r"['’ʿʾ‘`.-]")


@dataclass(frozen=True, slots=True)
class Key:
    """A spelling key, and for each word whether it rests on the table (`known`) or on letters."""

    text: str
    known: tuple[bool, ...]

    @property
    def is_full(self) -> bool:
        """True for two words or more: a lone word proves too little to bring two findings together."""
        return len(self.known) > 1


def to_key(name: str, lexicon: NameLexicon) -> str:
    """The spelling key of `name`.

    >>> from catena.lexicons.names import load_names
    >>> to_key("Khaled Kabul-ov", load_names()) == to_key("Halid Kaboulov", load_names())
    True
    """
    return spell(lexicon).key(name).text


class Speller:
    """The table and the letters of one lexicon, ready for use."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._plain = str.maketrans(dict(lexicon.plain))
        self._articles = lexicon.articles
        self._shapes = tuple((re.compile(pattern), shape) for pattern, shape in lexicon.shapes)
        self._keys = [key for _, key in lexicon.letters]
        self._letters = re.compile("|".join(f"({pattern})" for pattern, _ in lexicon.letters))
        self._known = {self.flatten(form): self.flatten(name) for form, name in lexicon.given}
        self._memory: dict[str, tuple[str, bool]] = {}

    def flatten(self, word: str) -> str:
        """`word` in lower case without marks and strokes."""
        word = unicodedata.normalize("NFC", word).casefold()
        if _ARABIC.search(word):
            return _ARABIC_MARKS.sub("", word)
        letters = unicodedata.normalize("NFD", word.translate(self._plain))
        return _STROKES.sub("", "".join(char for char in letters if not unicodedata.combining(char)))

    def is_known(self, word: str) -> bool:
        """True when `word` is a spelling in the table."""
        return self.flatten(word) in self._known

    def key(self, name: str) -> Key:
        """The spelling key of `name`, and what each word of it rests on."""
        kept = [(key, known) for key, known in map(self.read, _split(name)) if key]
        return Key(" ".join(key for key, _ in kept), tuple(known for _, known in kept))

    def read(self, word: str) -> tuple[str, bool]:
        """The key of one word, and whether it comes from the table."""
        if word not in self._memory:
            if len(self._memory) > 50_000:  # names; a project has fewer, a hostile file may have more
                self._memory.clear()
            self._memory[word] = self._read(word)
        return self._memory[word]

    def _read(self, word: str) -> tuple[str, bool]:
        lowered = word.casefold()
        article = next((one for one in self._articles if lowered.startswith(one)), "")
        flat = self.flatten(lowered[len(article) :])
        for form in (flat, flat[2:] if flat.startswith("ال") and len(flat) > 4 else flat):
            if form in self._known:
                return self._known[form], True
            flat = form
        servant = _SERVANT_OF.match(flat)
        if servant:
            rest = flat[servant.end() :]
            known = self._known.get(f"abdul{rest}")
            return (known, True) if known else (f"abd{self._spell(rest)}", False)
        return self._spell(flat), False

    def _spell(self, flat: str) -> str:
        for pattern, shape in self._shapes:
            flat = pattern.sub(shape, flat)
        keys = (self._keys[match.lastindex - 1] for match in self._letters.finditer(flat) if match.lastindex)
        return re.sub(r"(.)\1+", r"\1", "".join(keys))


spell = lru_cache(maxsize=4)(Speller)
"""The speller of a lexicon, made once."""


def _split(name: str) -> list[str]:
    """The words of `name`; "Abd al-Rahim" and "عبد الرحيم" are one, an article apart goes to the word after it."""
    joined = _SERVANT.sub(lambda match: match[1] or match[2], _ARABIC_MARKS.sub("", name.casefold()))
    joined = re.sub(r"(?<=\s)(al|el|аль|эль)\s+", r"\1-", joined)
    return joined.split()
