"""An area of agreement between a text and an edition never shrinks to nothing."""

from __future__ import annotations

import numpy as np
import pytest

from catena.verification.scan import within

OFFSETS = np.array([0, 100, 104, 200])  # where the letters of three passages begin, and the end
NEIGHBOUR = (10, 52, 98, 140)  # start, end, low, high: two letters of the passage before agree by chance
SHORT = (137, 139, 98, 106)  # fewer letters in the text than would be cut off


@pytest.mark.parametrize(("area", "kept"), [(NEIGHBOUR, (12, 52, 100, 140)), (SHORT, SHORT)])
def test_letters_of_a_neighbouring_passage_are_cut_off_where_something_is_left(
    area: tuple[int, ...], kept: tuple[int, ...]
) -> None:
    found = within(np.array([area]).T, OFFSETS, backwards=False)
    assert tuple(int(one[0]) for one in found) == kept


@pytest.mark.parametrize("backwards", [False, True])
def test_the_kernels_cut_the_same_letters(backwards: bool) -> None:
    kernels = pytest.importorskip("catena.text.kernels")
    table = np.array([NEIGHBOUR, SHORT, (300, 345, 60, 103)], dtype=np.int64).T.copy()
    plain = np.stack(within(table, OFFSETS, backwards))
    kernels.within(table, table.shape[1], OFFSETS, 8, backwards)
    assert table[:4].tolist() == plain.tolist()
