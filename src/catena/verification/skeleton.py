"""The letters that seeds are made of: those on which the spellings of a language agree.

Arabic script loses alef, waw, ya and every hamza, for these are what the old and the new spelling of the
Qur'an write differently; other scripts keep all letters and digits, case-folded, without accents. Spaces go: word
breaks are unreliable in extracted text. A skeleton finds candidates and never decides a verdict.

Each code point folds on its own, whatever stands beside it, so that a whole document is folded by one look-up per
character (`skeleton_codes`), and the skeleton of a piece is the piece of the skeleton. What a code point becomes is
worked out when it is first met and kept in a table for the process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from catena.text.compiled import kernels
from catena.text.seeds import fixed

SKELETON_VERSION = "5"  # count up when letters fold or seeds are cut by another rule than the tables below
ARABIC_SEED, ARABIC_SEED_LARGE = 4, 5  # letters; measured on verses with a tenth of their letters replaced
OTHER_SEED, OTHER_SEED_LARGE = 8, 12  # the same for other scripts; 12 where the index keeps only some seeds
ARABIC_SCAN, ARABIC_SCAN_LARGE = 5, 7  # letters of the seeds that a whole document is scanned with
OTHER_SCAN = 11  # a tenth of the letters may be wrong, and nearly every verse has such a run all the same
LONG = 256  # characters of a text from which its letters are found in compiled code, when that is loaded
LARGE_ARABIC, LARGE = 1_000_000, 40_000_000  # letters of an edition from which its seeds are longer

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_LETTER = re.compile(r"[\W_]+")
_WEAK = re.compile("[اٱأإآءؤئويىىٰیے\u06e5\u06e6\u0640]")
_SAME = str.maketrans({"ة": "ه", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ه"})
_UNKNOWN, _FIRST_LONG = -1, -2  # table values: not met yet; number n of the foldings to several letters is -2 - n

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]


def fold_key() -> str:
    """All that the letters and seeds of an index depend on besides its texts: another key, another index."""
    tables = (_ARABIC.pattern, _NOT_LETTER.pattern, _WEAK.pattern, sorted(_SAME.items()), unicodedata.unidata_version)
    lengths = (ARABIC_SEED, ARABIC_SEED_LARGE, OTHER_SEED, OTHER_SEED_LARGE, ARABIC_SCAN, ARABIC_SCAN_LARGE, OTHER_SCAN)
    return repr((SKELETON_VERSION, tables, lengths, LARGE_ARABIC, LARGE))


def skeleton_of(text: str) -> str:
    """The seed letters of `text`, in order.

    >>> skeleton_of("ٱلصَّلَوٰةَ") == skeleton_of("الصلاة"), skeleton_of("The Lake, 1924")
    (True, 'thelake1924')
    """
    return skeleton_codes(text)[0].tobytes().decode("utf-32-le", "surrogatepass")


def skeleton_codes(text: str) -> tuple[Codes, Places]:
    """The seed letters of `text` as code points, and the place in `text` that each stands for.

    Places never decrease; the letters of a ligature share one.

    >>> skeleton_codes("A lake")[1].tolist()
    [0, 2, 3, 4, 5]
    """
    source = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    compiled = kernels(0) if len(source) >= LONG else None
    if compiled is not None:
        found, kept = np.empty(len(source), dtype=np.uint32), np.empty(len(source), dtype=np.int64)
        many = compiled.folded(source, fixed(_table()), found, kept)
        if many >= 0:
            return found[:many], kept[:many]
    values = fold_codes(source)
    places = np.flatnonzero(values)
    letters = values[places]
    if len(letters) and int(letters.min()) < 0:
        return _lengthen(letters, places)
    return letters.view(np.uint32), places


def fold_codes(source: Codes) -> NDArray[np.int32]:
    """The seed letter of each code point, 0 for none; a negative number stands for a folding to several letters."""
    table = _table()
    values = table.take(source)
    if len(values) and int(values.min()) < 0 and _UNKNOWN in values[values < 0]:
        for code in np.unique(source[values == _UNKNOWN]).tolist():
            _learn(table, code)
        values = table.take(source)
    return values


@cache
def _table() -> NDArray[np.int32]:
    return np.full(0x110000, _UNKNOWN, dtype=np.int32)


@cache
def _foldings() -> list[str]:
    """The foldings of one code point to several letters, by number."""
    return []


def _learn(table: NDArray[np.int32], code: int) -> None:
    letters = _letters(chr(code))
    if len(letters) > 1:
        foldings = _foldings()
        foldings.append(letters)
        table[code] = _FIRST_LONG - (len(foldings) - 1)
    else:
        table[code] = ord(letters) if letters else 0


def _letters(char: str) -> str:
    """The seed letters of one character."""
    if _ARABIC.match(char) is None:
        return _NOT_LETTER.sub("", unicodedata.normalize("NFKD", char).casefold())
    return _WEAK.sub("", _NOT_LETTER.sub("", unicodedata.normalize("NFKC", char)).translate(_SAME)).casefold()


def _lengthen(letters: NDArray[np.int32], places: Places) -> tuple[Codes, Places]:
    """Put the letters of each longer folding in its place."""
    foldings = _foldings()
    long = letters < 0
    counts = np.ones(len(letters), dtype=np.int64)
    counts[long] = [len(foldings[_FIRST_LONG - value]) for value in letters[long].tolist()]
    out = np.repeat(letters, counts)
    held = "".join(foldings[_FIRST_LONG - value] for value in letters[long].tolist())
    out[np.repeat(long, counts)] = np.frombuffer(held.encode("utf-32-le"), dtype="<i4")
    return out.view(np.uint32), np.repeat(places, counts)


def is_arabic_skeleton(letters: Codes) -> bool:
    """True when more than half of a sample of these letters are of the Arabic script."""
    sample = letters[: 1 << 14]
    return int(((sample >= 0x600) & (sample <= 0x6FF)).sum()) * 2 > len(sample)


def seed_length(arabic: bool, letters: int) -> int:
    """The length of seed, in letters, that suits an edition of so many letters."""
    if arabic:
        return ARABIC_SEED_LARGE if letters >= LARGE_ARABIC else ARABIC_SEED
    return OTHER_SEED_LARGE if letters >= LARGE else OTHER_SEED


def seed_sampling(letters: int) -> int:
    """One seed in how many is kept for an edition of so many letters: all of a usual one, few of a huge one.

    >>> seed_sampling(4_000_000), seed_sampling(170_000_000)
    (1, 8)
    """
    return 1 if letters < LARGE else 8


def scan_length(arabic: bool, letters: int) -> int:
    """The length of the seeds that whole documents are scanned with: those of huge editions serve as they are."""
    if arabic:
        return ARABIC_SCAN_LARGE if letters >= LARGE_ARABIC else ARABIC_SCAN
    return OTHER_SEED_LARGE if letters >= LARGE else OTHER_SCAN


def skeletons_of(texts: Sequence[str]) -> tuple[Codes, Places]:
    """The seed letters of all `texts` end to end, and where those of each start (one more than texts)."""
    parts: list[Codes] = []
    bounds = [np.zeros(1, dtype=np.int64)]
    total = 0
    for low in range(0, len(texts), 4096):
        chunk = texts[low : low + 4096]
        letters, places = skeleton_codes("\n".join(chunk))
        ends = np.cumsum(np.fromiter((len(text) + 1 for text in chunk), dtype=np.int64, count=len(chunk)))
        bounds.append(total + np.searchsorted(places, ends - 1))
        parts.append(letters)
        total += len(letters)
    empty = np.zeros(0, dtype=np.uint32)
    return (np.concatenate(parts) if parts else empty), np.concatenate(bounds)
