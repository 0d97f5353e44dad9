"""How far two letter strings go on together, letters changed, dropped and added included."""

from __future__ import annotations

import numpy as np
import pytest

from catena.text.outward import reach_out
from catena.text.seeds import low_bytes, to_codes


def reached(ours: str, theirs: str) -> tuple[int, int]:
    mine, other = low_bytes(to_codes(ours)), low_bytes(to_codes(theirs))
    at, step, end = (np.array([number], dtype=np.int64) for number in (0, 1, len(other)))
    length, kept = reach_out(mine, other, at, step, at, step, end)
    return int(length[0]), int(kept[0])


@pytest.mark.parametrize(
    ("ours", "theirs", "length", "kept"),
    [
        ("theenvoysmet", "theenvoysmet", 12, 12),
        ("theenvoysmet", "zzzzzzzzzzzz", 0, 0),
        ("theenvoysmet", "theenvoys", 9, 9),
        ("theenxoysmet", "theenvoysmet", 12, 11),  # a letter changed costs two, and seven follow
        ("theenoysmet", "theenvoysmet", 11, 11),  # a letter dropped
        ("theenvoysmetxyzxyz", "theenvoysmetabcabc", 12, 12),
        (
            "abxyzdefg",
            "abcdefg",
            9,
            6,
        ),  # four lost and four kept: nothing gained, but more is kept
    ],
)
def test_a_side_goes_on_while_letters_kept_outweigh_letters_changed(
    ours: str, theirs: str, length: int, kept: int
) -> None:
    assert reached(ours, theirs) == (length, kept)


def test_a_side_runs_from_the_last_letter_to_the_first() -> None:
    ours, theirs = low_bytes(to_codes("xxlake")), low_bytes(to_codes("yyylake"))
    at, there, back, end = (np.array([number], dtype=np.int64) for number in (5, 6, -1, -1))
    length, kept = reach_out(ours, theirs, at, back, there, back, end)
    assert (length.tolist(), kept.tolist()) == ([4], [4])
