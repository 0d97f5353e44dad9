"""Words as numbers: what the network is given for each token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.attribution.tagger.tokens import Tokens, normalise, shape
from catena.model import Span

Numbers = NDArray[np.int32]

CHARACTERS = 18
"""Letters of a word that are looked at: the first and the last nine of a longer one."""
QUOTE_STATES = 5
"""Outside, opening mark, inside, closing mark, inside a quotation within a quotation."""
CUE_LEVELS = 7
"""How often a word was part of a cue in the training texts: never, under .1, .3, .5, .7, .9, above."""

STRONG_CUE = 5
"""Level from which a word is a cue nearly always (said, told, according)."""
NEAR = 3
"""Tokens between a name and a strong cue that count as beside."""
FRAMES = 16
"""Sentence start (2), after a colon (2), times that the name stands beside a strong cue elsewhere (4)."""


@dataclass(frozen=True)
class Vocabulary:
    """Numbers of words, shapes and characters; 0 stands for everything unknown. `cues`: word -> level from 1."""

    words: Mapping[str, int]
    shapes: Mapping[str, int]
    characters: Mapping[str, int]
    cues: Mapping[str, int]


@dataclass(frozen=True)
class Features:
    """Columns of one text. Over tokens run `words`, `shapes`, `states` (quote state and cue level together), `frames`.

    `types` numbers the distinct normalised words of the text, and `letters` holds their characters, one row a type.
    """

    words: Numbers
    shapes: Numbers
    states: Numbers
    frames: Numbers
    types: Numbers
    letters: Numbers


def make_features(tokens: Tokens, quoted: Sequence[Span], vocabulary: Vocabulary) -> Features:
    """The features of a text. `quoted` are the contents of its quotations of any style, marks left out, outer first."""
    forms = {word: (normalise(word), vocabulary.shapes.get(shape(word), 0)) for word in set(tokens.words)}
    plain = [forms[word][0] for word in tokens.words]
    numbers: dict[str, int] = {}
    types = [numbers.setdefault(word, len(numbers)) for word in plain]
    levels = np.array([vocabulary.cues.get(word, 0) for word in plain], dtype=np.int32)
    states = quote_states(tokens, quoted)
    return Features(
        words=np.array([vocabulary.words.get(word, 0) for word in plain], dtype=np.int32),
        shapes=np.array([forms[word][1] for word in tokens.words], dtype=np.int32),
        states=states * CUE_LEVELS + levels,
        frames=find_frames(tokens, plain, levels),
        types=np.array(types, dtype=np.int32),
        letters=spell(tuple(numbers), vocabulary.characters),
    )


def find_frames(tokens: Tokens, plain: Sequence[str], levels: Numbers) -> Numbers:
    """What a paragraph alone does not show: who is a source elsewhere in the text, and a colon before the paragraph."""
    frames = np.array(tokens.opens, dtype=np.int32)
    for begin, end in tokens.sequences:
        if begin and tokens.words[begin - 1] == ":":
            frames[begin:end] += 2
    beside = np.zeros(len(plain), dtype=bool)
    for at in np.flatnonzero(levels >= STRONG_CUE):
        beside[max(0, at - NEAR) : at + NEAR + 1] = True
    names = [index for index, word in enumerate(tokens.words) if word[0].isupper() and len(word) > 2]
    counts = Counter(plain[index] for index in names if beside[index])
    for index in names:
        frames[index] += 4 * min(3, counts[plain[index]] - int(beside[index]))
    return frames


def spell(words: Sequence[str], characters: Mapping[str, int]) -> Numbers:
    """One row of character numbers a word, `CHARACTERS` wide, filled with 0."""
    rows = np.zeros((len(words), CHARACTERS), dtype=np.int32)
    half = CHARACTERS // 2
    for row, word in enumerate(words):
        piece = word if len(word) <= CHARACTERS else word[:half] + word[-half:]
        for column, char in enumerate(piece):
            rows[row, column] = characters.get(char, 1)
    return rows


def quote_states(tokens: Tokens, quoted: Sequence[Span]) -> Numbers:
    """0 outside, 1 the mark before a quotation, 2 inside, 3 the mark after it, 4 inside another one."""
    states = np.zeros(len(tokens.words), dtype=np.int32)
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    for span in quoted:
        first = int(np.searchsorted(starts, span.start))
        last = int(np.searchsorted(ends, span.end, side="right"))
        if last <= first:
            continue
        inner = states[first:last]
        states[first:last] = np.where(inner >= 2, 4, 2)
        if first and states[first - 1] == 0:
            states[first - 1] = 1
        if last < len(states) and states[last] == 0:
            states[last] = 3
    return states
