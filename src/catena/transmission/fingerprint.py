"""Fingerprints: the letters of a document, hashed in runs of `GRAM` and thinned by winnowing.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of every `WINDOW` neighbouring hashes the least is kept, so that any
run of `GRAM + WINDOW - 1` letters that two documents share leaves one hash in common. A fingerprint depends on its
document only: it can be stored and compared with documents that come later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.model import Document, View
from catena.text import FoldTable, fold_letters

GRAM = 14  # letters: short enough to survive a changed word in three, long enough to be rare
WINDOW = 4

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]
_BASE = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """Hashes of one document in order of place; `places` are offsets in `view`, the letters alone."""

    view: View
    hashes: Hashes
    places: Places


def fingerprint(document: Document, table: FoldTable) -> Fingerprint:
    """The fingerprint of `document`; empty when it has fewer than `GRAM` letters."""
    view = fold_letters(document.text, table)
    count = len(view.text) - GRAM + 1
    if count < 1:
        return Fingerprint(view, np.empty(0, np.uint64), np.empty(0, np.int32))
    codes = np.frombuffer(view.text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(GRAM):
        hashes = hashes * np.uint64(_BASE) + codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(29)
    places = _winnow(hashes)
    return Fingerprint(view, hashes[places], places)


def _winnow(hashes: Hashes) -> Places:
    if len(hashes) <= WINDOW:
        return np.array([int(np.argmin(hashes))], dtype=np.int32)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    least = np.argmin(windows, axis=1) + np.arange(len(windows))
    return np.unique(least).astype(np.int32)
