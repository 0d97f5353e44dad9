"""Words and marks of English text with their places, and the paragraphs they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(
    r"""
    (?:[A-Z]\.){2,}                                    # U.S.
    | (?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Rev|Prof|Hon)\.
    | [^\W\d_]+(?=n['’]t\b) | n['’]t\b                 # do|n't
    | ['’](?:s|re|ve|ll|d|m)\b                         # council|'s
    | \d+(?:[.,:/]\d+)*%?
    | [@#]?\w+(?:[-‐‑]\w+)*
    | \.{2,} | -{2,} | ``|''                           # ... -- and typewriter marks
    | [^\w\s]
    """,
    re.VERBOSE,
)
_END = frozenset(".!?…")
_CLOSING = frozenset("\"”»’')]")
_DOUBLE = dict.fromkeys("“”„«»‟＂", '"') | {"``": '"', "''": '"', "‘": "'", "’": "'", "‑": "-", "‐": "-"}
KNOWN = 1 << 16
"""Spellings whose forms are remembered: texts repeat their words."""
LONGEST = 200
"""Tokens of one sequence. Paragraphs of news stay below; a longer one mostly has lost its breaks."""
PIECE = 120
"""Tokens of each piece of a longer paragraph, which is cut at sentence ends where there are some."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: `starts[i]:ends[i]` is `words[i]`; `opens[i]` is true where a sentence begins.

    `sequences` are half-open token ranges, one a paragraph (or part of a long one), in order, without gaps.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    opens: tuple[bool, ...]
    sequences: tuple[tuple[int, int], ...]


def tokenize(text: str, longest: int = LONGEST, piece: int = PIECE) -> Tokens:
    """Cut `text` into tokens; places are code points. Paragraphs of more than `longest` are cut into `piece` at most.

    >>> tokenize("“We agree,” Mr. Dahl didn't say.").words[-5:]
    ('Dahl', 'did', "n't", 'say', '.')
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    opens, breaks = list[bool](), [0]
    last, ended = 0, True
    for found in _TOKEN.finditer(text):
        start, word = found.start(), found[0]
        fresh = bool(starts) and "\n" in text[last:start]
        if fresh:
            breaks.append(len(words))
        opens.append(not starts or fresh or (ended and word not in _CLOSING and not word[0].islower()))
        ended = word[0] in _END or (ended and not opens[-1] and word in _CLOSING)
        words.append(word)
        starts.append(start)
        last = found.end()
        ends.append(last)
    breaks.append(len(words))
    return Tokens(tuple(words), tuple(starts), tuple(ends), tuple(opens), _sequences(breaks, opens, longest, piece))


def _sequences(breaks: list[int], opens: list[bool], longest: int, piece: int) -> tuple[tuple[int, int], ...]:
    found = []
    for begin, end in pairwise(breaks):
        most = piece if end - begin > longest else longest
        while end - begin > most:
            cut = next((at for at in range(begin + most, begin + most // 2, -1) if opens[at]), begin + most)
            found.append((begin, cut))
            begin = cut
        if end > begin:
            found.append((begin, end))
    return tuple(found)


@lru_cache(KNOWN)
def normalise(word: str) -> str:
    """The form that is looked up: small letters, one kind of quotation mark, digits as 0.

    >>> normalise("“"), normalise("1998"), normalise("Council")
    ('"', '0000', 'council')
    """
    plain = _DOUBLE.get(word)
    if plain is not None:
        return plain
    small = word.lower().replace("’", "'")
    return re.sub(r"\d", "0", small) if not small.isalpha() else small


_SHAPES = ((re.compile("[A-ZÀ-ÖØ-Þ]"), "X"), (re.compile("[a-zß-öø-ÿ]"), "x"), (re.compile(r"\d"), "d"))


@lru_cache(KNOWN)
def shape(word: str) -> str:
    """Capitals, small letters and digits as X, x, d; runs are cut to two.

    >>> shape("McDahl"), shape("U.S."), shape("1998")
    ('XxXxx', 'X.X.', 'dd')
    """
    for pattern, letter in _SHAPES:
        word = pattern.sub(letter, word)
    return re.sub(r"(.)\1{2,}", r"\1\1", _DOUBLE.get(word, word))
