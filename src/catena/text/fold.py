"""Folding: a copy of a text for matching, with the way back for every character.

Vocabulary: a *fold table* says for each code point what it becomes: another code point, several (an
*expansion*, such as a ligature), or nothing. A dropped mark or joiner is *attached*: it belongs to the
character before it. A dropped bidi control is *free*: it belongs to nobody. Letters are *weak* when spellings
of one word disagree about them (alef, hamza).

Every code point folds on its own, whatever stands beside it. That is why the fold of a piece is the piece of
the fold, why marks may stand in any order, and why one table look-up per character is enough. The price:
composition across code points (decomposed Hangul, Devanagari nukta) is not undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catena.model import Offsets, Span, View

ATTACHED = -1
"""Fold value of a dropped character that belongs to the one before it: a mark, a joiner, a tatweel."""
FREE = -2
"""Fold value of a dropped character that belongs to nobody: a bidi control."""
FIRST_EXPANSION = -3
"""Fold value of expansion number 0; number n is `FIRST_EXPANSION - n`."""

CODE_POINTS = 0x110000
PIECE = 1 << 21  # code points of a text whose letters are folded at a time
MAGIC = b"catena-fold-1\0\0\0"
STRONG, WEAK = 1, 2

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class FoldTable:
    """What each code point becomes. Made by `from_bytes`; shared freely, never changed.

    `values` (int32, one per code point) holds the new code point or one of the negative values above. The
    characters of expansion n are `expanded[bounds[n]:bounds[n + 1]]`. `kinds` (uint8, one per code point) is
    `STRONG` or `WEAK` for letters and digits and 0 for everything else.
    """

    values: NDArray[np.int32]
    expanded: Codes
    bounds: NDArray[np.int32]
    kinds: NDArray[np.uint8]

    @classmethod
    def from_bytes(cls, data: bytes) -> FoldTable:
        """The table in the generated file's bytes. Raises `ValueError` when they are something else."""
        if not data.startswith(MAGIC):
            raise ValueError(f"not a fold table: it starts with {data[:16]!r}, expected {MAGIC!r}")
        changed, targets, expanded, bounds, ranges, weak = _unpack(data)
        values = np.arange(CODE_POINTS, dtype=np.int32)
        values[changed] = targets
        kinds = np.zeros(CODE_POINTS, dtype=np.uint8)
        for first, last in ranges.reshape(-1, 2).tolist():
            kinds[first : last + 1] = STRONG
        kinds[weak] = WEAK
        for array in (values, kinds):
            array.flags.writeable = False
        return cls(values, expanded.astype(np.uint32), bounds, kinds)


def pack(parts: Sequence[Sequence[int]]) -> bytes:
    """The bytes `FoldTable.from_bytes` reads: the six lists of whole numbers it names, in its order."""
    arrays = [np.array(part, dtype="<i4") for part in parts]
    sizes = np.array([len(array) for array in arrays], dtype="<i4")
    return MAGIC + b"".join(array.tobytes() for array in (sizes, *arrays))


def _unpack(data: bytes) -> list[NDArray[np.int32]]:
    sizes = np.frombuffer(data, dtype="<i4", count=6, offset=len(MAGIC))
    flat = np.frombuffer(data, dtype="<i4", offset=len(MAGIC) + sizes.nbytes)
    if len(flat) != sizes.sum():
        raise ValueError(f"fold table is cut short: {len(flat)} numbers, expected {sizes.sum()}")
    return np.split(flat, np.cumsum(sizes)[:-1])


def fold(text: str, table: FoldTable) -> View:
    """`text` folded for matching: marks dropped, letters unified, case folded, white space as one space a
    character.

    Offsets in the view are code points of `text`. Punctuation stays. Linear in the length of the text.

    >>> from catena.lexicons.folding import load_fold_table
    >>> fold("Café — ﷺ", load_fold_table()).text
    'cafe - صلي الله عليه وسلم'
    """
    if text.isascii():
        return _fold_ascii(text, table)
    codes, starts, ends = _fold_codes(text, table)
    return View(_to_text(codes), starts, ends, len(text))


def fold_letters(text: str, table: FoldTable) -> View:
    """Like `fold`, with letters and digits only: no spaces, no punctuation. What seeds are made of.

    >>> from catena.lexicons.folding import load_fold_table
    >>> fold_letters("On 9 May, we met.", load_fold_table()).text
    'on9maywemet'
    """
    return _fold_kinds(text, table, WEAK)


def fold_skeleton(text: str, table: FoldTable) -> View:
    """Like `fold_letters`, without the weak letters: spellings of one verse agree on what is left.

    >>> from catena.lexicons.folding import load_fold_table
    >>> fold_skeleton("السماء", load_fold_table()).text
    'لسم'
    """
    return _fold_kinds(text, table, STRONG)


def fold_each(view: View, spans: Sequence[Span]) -> tuple[str, ...]:
    """The folded text of each source span (a word, say), in the order given; "" where nothing is left.

    A character belongs to the span in which its source starts.
    """
    if not spans:
        return ()
    return tuple(fold_places(view, np.array([(span.start, span.end) for span in spans], dtype=np.int32)))


def fold_places(view: View, places: NDArray[np.signedinteger[Any]]) -> list[str]:
    """`fold_each` for rows of (start, end)."""
    text = view.text
    bounds = np.searchsorted(view.starts, places.astype(np.int32, copy=False), side="left").tolist()
    return [text[low:high] for low, high in bounds]


def _fold_ascii(text: str, table: FoldTable) -> View:
    """The quick way: no ASCII character is dropped or expanded (the table's maker makes sure)."""
    folded = text.encode("ascii").translate(table.values[:256].astype(np.uint8).tobytes()).decode("ascii")
    places = np.arange(len(text) + 1, dtype=np.int32)
    return View(folded, places[:-1], places[1:], len(text))


def _fold_kinds(text: str, table: FoldTable, most: int) -> View:
    if len(text) > PIECE:
        return _join_views(_fold_pieces(text, table, most), len(text))
    return _fold_kinds_of_piece(text, table, most)


def _fold_pieces(text: str, table: FoldTable, most: int) -> Iterator[tuple[int, View]]:
    """A long text in pieces, each with where it starts: folding takes some thirty bytes a character while it works.

    A piece ends before a character that is kept and stands for itself, so that no mark is parted from its owner.
    """
    start = 0
    while start < len(text):
        end = min(start + PIECE, len(text))
        while end < len(text) and table.values[ord(text[end])] < 0:
            end += 1
        yield start, _fold_kinds_of_piece(text[start:end], table, most)
        start = end


def _join_views(pieces: Iterable[tuple[int, View]], length: int) -> View:
    texts, starts, ends = [], [], []
    for at, piece in pieces:
        texts.append(piece.text)
        starts.append(piece.starts + np.int32(at))
        ends.append(piece.ends + np.int32(at))
    first = np.concatenate(starts)
    starts.clear()  # before the other is made: these are the largest arrays of all
    return View("".join(texts), first, np.concatenate(ends), length)


def _fold_kinds_of_piece(text: str, table: FoldTable, most: int) -> View:
    codes, starts, ends = _fold_codes(text, table)
    kinds = table.kinds[codes]
    wanted = np.flatnonzero((kinds > 0) & (kinds <= most))
    return View(_to_text(codes[wanted]), starts[wanted], ends[wanted], len(text))


def _fold_codes(text: str, table: FoldTable) -> tuple[Codes, Offsets, Offsets]:
    """Folded code points with start and end of the source range of each."""
    source = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    values = np.take(table.values, source)
    gone = values < 0
    if not gone.any():
        places = np.arange(len(text) + 1, dtype=np.int32)
        return values.view(np.uint32), places[:-1], places[1:]
    negative = np.flatnonzero(gone)
    marked = values[negative]
    expansions = negative[marked <= FIRST_EXPANSION]
    gone[expansions] = False
    starts = np.flatnonzero(~gone).astype(np.int32)
    ends = _ends(starts, negative[marked == FREE], negative[marked == ATTACHED], len(text))
    codes = values[starts]
    if len(expansions):
        return _expand(codes, starts, ends, table)
    return codes.view(np.uint32), starts, ends


def _ends(starts: Offsets, free: NDArray[np.intp], attached: NDArray[np.intp], length: int) -> Offsets:
    """The end of each kept character: past the marks and joiners that follow it, not past a free one."""
    if not len(free):
        return np.append(starts[1:], np.int32(length)) if len(starts) else starts
    ends = starts + np.int32(1)
    owners = np.searchsorted(starts, attached) - 1
    owned = owners >= 0  # a mark at the very start has nothing to stand on
    # Places only grow, so that the last mark of an owner is the one that stays.
    ends[owners[owned]] = attached[owned] + 1
    return ends


def _expand(
    codes: NDArray[np.int32], starts: Offsets, ends: Offsets, table: FoldTable
) -> tuple[Codes, Offsets, Offsets]:
    """Put the characters of each expansion in its place; all of them stand for the whole source character."""
    places = np.flatnonzero(codes < 0)
    numbers = FIRST_EXPANSION - codes[places]
    lengths = np.diff(table.bounds)[numbers]
    counts = np.ones(len(codes), dtype=np.int64)
    counts[places] = lengths
    firsts = (np.cumsum(counts) - counts)[places]
    out = np.repeat(codes, counts).view(np.uint32)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    out[np.repeat(firsts, lengths) + within] = table.expanded[np.repeat(table.bounds[:-1][numbers], lengths) + within]
    return out, np.repeat(starts, counts), np.repeat(ends, counts)


def _to_text(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")
