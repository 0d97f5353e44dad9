"""The words of a text as the search index holds them, and the way back to the text.

A *token* is the folded key of a word: `Qur’an` and `quran` share one. A ligature that stands for several
words gives several tokens on the same span. *Places* are the tokens' spans, packed: one byte `H` or `I` (16
or 32 bit numbers), then, compressed, the distance of each start from the start before, then the lengths, all
little-endian.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from catena.model import Span
from catena.text import FoldTable, find_words, fold, fold_each

_SPREAD = 65_535  # the largest number that 16 bits hold
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


def pack_places(spans: list[Span]) -> bytes:
    """`spans`, ordered by start, as the bytes `unpack_places` reads."""
    starts = np.fromiter((span.start for span in spans), dtype=np.int64, count=len(spans))
    ends = np.fromiter((span.end for span in spans), dtype=np.int64, count=len(spans))
    numbers = np.concatenate([np.diff(starts, prepend=0), ends - starts])
    wide = bool(len(numbers)) and int(numbers.max()) > _SPREAD
    kind = "<u4" if wide else "<u2"
    return (b"I" if wide else b"H") + zlib.compress(numbers.astype(kind).tobytes(), _SPEED)


def unpack_places(data: bytes) -> tuple[Places, Places]:
    """Starts and ends of every token, in code points of the text."""
    kind = "<u4" if data[:1] == b"I" else "<u2"
    numbers = np.frombuffer(zlib.decompress(data[1:]), dtype=kind).astype(np.int64)
    half = len(numbers) // 2
    starts = np.cumsum(numbers[:half])
    return starts, starts + numbers[half:]
