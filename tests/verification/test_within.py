"""An area of agreement between a text and an edition never shrinks to nothing."""

from __future__ import annotations

import numpy as np

from catena.verification.passages import _within
from catena.verification.scan import Area

OFFSETS = np.array([0, 100, 104, 200])  # where the letters of three passages begin, and the end


def test_letters_of_a_neighbouring_passage_are_cut_off() -> None:
    area = Area(edition=0, start=10, end=52, low=98, high=140, score=40, backwards=False)
    cut = _within(area, OFFSETS)
    assert (cut.start, cut.end, cut.low, cut.high) == (12, 52, 100, 140)


def test_an_area_with_fewer_letters_in_the_text_than_would_be_cut_off_stays_whole() -> None:
    area = Area(edition=0, start=137, end=139, low=98, high=106, score=12, backwards=False)
    assert _within(area, OFFSETS) == area
