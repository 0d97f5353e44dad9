"""Seeds: the letters of a document, and hashes of runs of `GRAM` letters at places that do not depend on its layout.

A run starts where a word starts; inside long unbroken letters (scripts without spaces, damaged text) a run is also
taken wherever its own hash says so, so that both sides choose alike. Seeds depend on their document only: they can be
stored and compared with documents that come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catena.model import Document, View
from catena.text import FoldTable, fold_letters

GRAM = 14  # letters: short enough to survive a changed word in three, long enough to be rare
HASH_BITS = 40  # 30 million seeds give some 400 chance meetings, each alone and so without effect
UNBROKEN = 12  # letters after a word's start from which runs are also chosen by their hash
PIECE = 1 << 21  # letters that are hashed at a time: hashing takes some sixty bytes a letter while it works
SAMPLE = 3  # of such runs one in SAMPLE + 1 is kept

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]
Codes = NDArray[np.uint16]
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2, _MIX_4 = (np.uint64(pow(int(_MIX), power, 2**64)) for power in (2, 4))


@dataclass(frozen=True, eq=False)
class Seeds:
    """The seeds of one document in order of place, and its letters, folded again only when they are asked for.

    `hashes` are below 2 ** `HASH_BITS`; `places` are offsets in `view`, the letters alone, of which there are `size`.
    """

    document: Document
    table: FoldTable
    hashes: Hashes
    places: Places
    size: int

    def __len__(self) -> int:
        """The number of letters."""
        return self.size

    @cached_property
    def view(self) -> View:
        """The letters, with the way back to the text."""
        return fold_letters(self.document.text, self.table)

    def codes(self) -> Codes:
        """The letters as numbers above 0; those past U+FFFF are folded into 16 bits."""
        wide = np.frombuffer(self.view.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        narrow: Codes = (wide ^ (wide >> np.uint32(16))).astype(np.uint16)
        return np.maximum(narrow, np.uint16(1), out=narrow)


def find_seeds(document: Document, table: FoldTable) -> Seeds:
    """The seeds of `document`; none when it has fewer than `GRAM` letters."""
    view = fold_letters(document.text, table)
    count = len(view.text) - GRAM + 1
    if count < 1:
        return _made(document, table, view, np.empty(0, np.uint64), np.empty(0, np.int32))
    parts, last = [], 0
    for low in range(0, count, PIECE):
        high = min(low + PIECE, count)
        hashes = _hash_runs(view.text[low : high + GRAM - 1], high - low)
        chosen, last = _chosen(view, hashes, low, last)
        places = np.flatnonzero(chosen)
        parts.append((hashes[places], (places + low).astype(np.int32)))
    if len(parts) == 1:
        return _made(document, table, view, *parts[0])
    return _made(
        document, table, view, np.concatenate([one for one, _ in parts]), np.concatenate([b for _, b in parts])
    )


def _made(document: Document, table: FoldTable, view: View, hashes: Hashes, places: Places) -> Seeds:
    seeds = Seeds(document, table, hashes, places, len(view.text))
    seeds.__dict__["view"] = view  # at hand already
    return seeds


def _chosen(view: View, hashes: Hashes, low: int, last: int) -> tuple[NDArray[np.bool_], int]:
    """Which of the runs from letter `low` on are seeds, and where the last word of them starts; `last` is that of the
    runs before."""
    count = len(hashes)
    opens = np.ones(count, dtype=bool)
    first = 0 if low else 1
    opens[first:] = view.starts[low + first : low + count] != view.ends[low + first - 1 : low + count - 1]
    here = np.arange(low, low + count, dtype=np.int32)
    last_open = np.maximum.accumulate(np.where(opens, here, np.int32(last)))
    opens |= (here - last_open >= UNBROKEN) & ((hashes & np.uint64(SAMPLE)) == 0)
    return opens, int(last_open[-1])


def _hash_runs(letters: str, count: int) -> Hashes:
    """A hash of each run of `GRAM` letters: runs of 2, 4 and 8 letters are joined, so that few passes are needed."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    codes *= _BASE
    codes ^= codes >> np.uint64(32)
    two = codes[:-1] * _MIX + codes[1:]
    four = two[:-2] * _MIX_2 + two[2:]
    eight = four[:-4] * _MIX_4 + four[4:]
    # 14 letters: eight, then the last six as four and two.
    found = eight[:count] * _MIX_4 + four[8 : 8 + count]
    found = found * _MIX_2 + two[12 : 12 + count]
    found ^= found >> np.uint64(31)
    found *= _MIX
    found >>= np.uint64(64 - HASH_BITS)
    return found
