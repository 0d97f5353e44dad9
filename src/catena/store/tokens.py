"""The words of a text as the search index holds them, and the way back to the text.

A *token* is the folded key of a word: `Qur’an` and `quran` share one. A ligature that stands for several words gives
several tokens on the same span. *Places* are the tokens' spans: the distance of each start from the end before (nearly
always 1: it takes next to no room), then the lengths. *Numbers* are the tokens as rows of the vocabulary. Both are
packed as 32-bit numbers, first the lowest bytes of all, then the next ones, compressed: high bytes are mostly 0.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from catena.model import Span
from catena.text import FoldTable, find_words, fold, fold_each

_WIDTH = 4  # bytes of a number
_SPEED = 1  # zlib level: 6 saves another 4 % and takes three times as long
# Apostrophes and thousands separators vary between spellings of one word; a decimal point or slash does not.
_DROPPED = re.compile("[\x00-\x1f!-\\-:-@\\[-`{-\x7f’ʼ‘ʻʾʿ´׳״٬\u00a0]")

Places = NDArray[np.int64]


@cache
def load_table() -> FoldTable:
    """The bundled fold table. Read here too because packages of one layer do not import each other."""
    return FoldTable.from_bytes((resources.files("catena") / "data/folding/table.bin").read_bytes())


def find_tokens(text: str) -> tuple[list[str], list[Span]]:
    """Tokens in order with the span of the word each came from; the two lists have one length.

    >>> find_tokens("The Qur’an, 4,500 pages")[0]
    ['the', 'quran', '4500', 'pages']
    """
    words = find_words(text)
    tokens: list[str] = []
    spans: list[Span] = []
    for span, word in zip(words, fold_each(fold(text, load_table()), words), strict=True):
        for key in _keys(word):
            tokens.append(key)
            spans.append(span)
    return tokens, spans


def _keys(word: str) -> list[str]:
    if word.isalnum():
        return [word]
    return [key for key in (_DROPPED.sub("", piece) for piece in word.split()) if key]


def pack_places(spans: Sequence[Span]) -> bytes:
    """`spans`, ordered by start, as the bytes `unpack_places` reads."""
    starts = np.fromiter((span.start for span in spans), dtype=np.int64, count=len(spans))
    ends = np.fromiter((span.end for span in spans), dtype=np.int64, count=len(spans))
    gaps = starts.copy()
    gaps[1:] -= ends[:-1]  # below 0 where one word gives several tokens
    return _pack(np.concatenate([gaps, ends - starts]).astype("<i4"))


def unpack_places(data: bytes) -> tuple[Places, Places]:
    """Starts and ends of every token, in code points of the text."""
    numbers = _unpack(data).view("<i4").astype(np.int64)
    half = len(numbers) // 2
    ends = np.cumsum(numbers[:half] + numbers[half:])
    return ends - numbers[half:], ends


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Rows of the vocabulary as the bytes `unpack_numbers` reads."""
    return _pack(np.array(numbers, "<u4"))


def unpack_numbers(data: bytes) -> NDArray[np.uint32]:
    """Rows of the vocabulary, one for each token in order."""
    return _unpack(data)


def _pack(numbers: NDArray[np.generic]) -> bytes:
    return zlib.compress(numbers.view(np.uint8).reshape(-1, _WIDTH).T.tobytes(), _SPEED)


def _unpack(data: bytes) -> NDArray[np.uint32]:
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(_WIDTH, -1)
    return np.ascontiguousarray(planes.T).view("<u4").reshape(-1)
