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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catena.model import Span
from catena.text import FoldTable, find_word_places, fold, fold_places

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
    tokens, places = locate_tokens(text)
    return tokens, [Span(start, end) for start, end in places.tolist()]


def locate_tokens(text: str) -> tuple[list[str], Places]:
    """Tokens in order, and for each (start, end) of its word as a row: `find_tokens` for whole collections."""
    places = find_word_places(text)
    words = fold_places(fold(text, load_table()), places)
    if all(map(str.isalnum, words)):
        return words, places
    keys = [_keys(word) for word in words]
    return [key for many in keys for key in many], places.repeat([len(many) for many in keys], axis=0)


def _keys(word: str) -> list[str]:
    if word.isalnum():
        return [word]
    return [key for key in (_DROPPED.sub("", piece) for piece in word.split()) if key]


def pack_places(places: Places) -> bytes:
    """Rows of (start, end), ordered by start, as the bytes `unpack_places` reads."""
    gaps = places[:, 0].copy()
    gaps[1:] -= places[:-1, 1]  # below 0 where one word gives several tokens
    return _pack(np.concatenate([gaps, places[:, 1] - places[:, 0]]).astype("<i4"))


def unpack_places(data: bytes) -> tuple[Places, Places]:
    """Starts and ends of every token, in code points of the text."""
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(_WIDTH, -1)
    # Nearly always no gap and no word has 256 code points or more, and none is below 0: the lowest bytes are all.
    numbers = (_join(planes).view("<i4") if planes[1:].any() else planes[0]).astype(np.int64)
    half = len(numbers) // 2
    ends = (numbers[:half] + numbers[half:]).cumsum()
    return ends - numbers[half:], ends


def unpack_all(packed: Sequence[bytes]) -> tuple[Places, Places, Places]:
    """Starts and ends of every token of several texts, one after the other, and where each text's tokens begin.

    Each in code points of its own text. In place `n` of the last stands the first token of text `n`; after them the
    number of all. For hundreds of texts a third of the time of unpacking them one by one.
    """
    gaps, lengths = [], []
    for data in packed:
        planes = zlib.decompress(data)
        size = len(planes) // _WIDTH
        if planes[size:] == bytes(len(planes) - size):
            numbers: NDArray[Any] = np.frombuffer(planes, np.uint8, size)
        else:
            numbers = _join(np.frombuffer(planes, np.uint8).reshape(_WIDTH, -1)).view("<i4")
        gaps.append(numbers[: size // 2])
        lengths.append(numbers[size // 2 :])
    bounds = np.cumsum([0, *map(len, gaps)])
    held = np.concatenate([*lengths, np.zeros(0, np.int64)]).astype(np.int64)
    ends = np.cumsum(np.concatenate([*gaps, np.zeros(0, np.int64)]).astype(np.int64) + held)
    before = np.concatenate([[0], ends])[bounds[:-1]]  # letters of all texts before each
    ends -= np.repeat(before, np.diff(bounds))
    return ends - held, ends, bounds


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Rows of the vocabulary as the bytes `unpack_numbers` reads."""
    return _pack(np.array(numbers, "<u4"))


def unpack_numbers(data: bytes) -> NDArray[np.uint32]:
    """Rows of the vocabulary, one for each token in order."""
    return _join(np.frombuffer(zlib.decompress(data), np.uint8).reshape(_WIDTH, -1))


def unpack_all_numbers(packed: Sequence[bytes]) -> tuple[NDArray[np.uint32], Places]:
    """The numbers of several texts, one text after the other, and where each begins; after them how many there are."""
    texts = [zlib.decompress(data) for data in packed]
    sizes = [len(planes) // _WIDTH for planes in texts]
    bounds = np.cumsum([0, *sizes], dtype=np.int64)
    numbers = np.empty((int(bounds[-1]), _WIDTH), np.uint8)
    for plane in range(_WIDTH):
        joined = b"".join(
            [planes[plane * size : (plane + 1) * size] for planes, size in zip(texts, sizes, strict=True)]
        )
        numbers[:, plane] = np.frombuffer(joined, np.uint8)
    return numbers.view("<u4").reshape(-1), bounds


def _pack(numbers: NDArray[np.generic]) -> bytes:
    return zlib.compress(numbers.view(np.uint8).reshape(-1, _WIDTH).T.tobytes(), _SPEED)


def _join(planes: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Numbers from their bytes, the lowest of all first."""
    return np.ascontiguousarray(planes.T).view("<u4").reshape(-1)
