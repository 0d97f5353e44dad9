"""A long text is folded and hashed in pieces, and gives what it gives at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.text import fold_letters, fold_skeleton
from catena.transmission import find_seeds

TABLE = load_fold_table()
PIECES = [
    "The harbour of Varn ", "e\u0301\u0323", "\u0640", "لن نَعودَ", "\ufdfa", "\u200f", "😀", "\n", " ", "ﬁ", "12",
    "\u064b\u064b",
    "理事会决定在通航季节结束之前向所有运载粮食和食盐的船只开放阿尔德与瓦尔恩之间的全部四座船闸", "x", "ß", "\u0301",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@contextmanager
def pieces_of(size: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("catena.text.fold", "catena.transmission.seeds"):  # the first is hidden by its function
            patch.setattr(sys.modules[name], "PIECE", size)
        yield


@given(texts, st.integers(1, 40))
def test_letters_and_their_places_do_not_depend_on_the_pieces(text: str, size: int) -> None:
    for folding in (fold_letters, fold_skeleton):
        whole = folding(text, TABLE)
        with pieces_of(size):
            parted = folding(text, TABLE)
        assert (parted.text, parted.source_length) == (whole.text, whole.source_length)
        assert parted.starts.tolist() == whole.starts.tolist()
        assert parted.ends.tolist() == whole.ends.tolist()
        assert parted.starts.dtype == np.int32


@given(texts, st.integers(1, 40))
def test_seeds_do_not_depend_on_the_pieces(text: str, size: int) -> None:
    document = Document.of(text)
    whole = find_seeds(document, TABLE)
    with pieces_of(size):
        parted = find_seeds(document, TABLE)
    assert parted.hashes.tolist() == whole.hashes.tolist()
    assert parted.places.tolist() == whole.places.tolist()
