"""Segments: runs of letters that two texts share grow over misprints; the compiled kernels find the same ones."""

from __future__ import annotations

import random

import numpy as np
import pytest

from catena.text.seeds import SeedIndex, build_seed_index, hash_runs, low_bytes, to_codes
from catena.text.segments import Segments, find_segments, in_order

HARBOUR = "thedelegatesofthethreeharboursmetinthehalloffishermenandagreedontheduesofthecomingyear"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def segments(document: str, index: SeedIndex, least: int = 0) -> list[tuple[int, int, int, int]]:
    """Start, end, place and score of each segment, by place."""
    codes = to_codes(document)
    hashes, numbers = index.sampled(hash_runs(codes, index.k))
    return rows(in_order(find_segments(low_bytes(codes), hashes, numbers, index, commonest=16), least))


def rows(found: Segments) -> list[tuple[int, int, int, int]]:
    columns = (found.starts, found.ends, found.places, found.scores)
    return [tuple(row) for row in np.stack(columns, axis=1).tolist()]


def test_a_passage_told_word_for_word_is_one_segment() -> None:
    index = build_seed_index([HARBOUR], k=8)
    assert segments("xxxx" + HARBOUR[3:40] + "xxxx", index) == [(4, 41, 3, 37)]


def test_a_segment_goes_on_over_misprints_and_each_costs_one() -> None:
    index = build_seed_index([HARBOUR], k=8)
    misprinted = HARBOUR[:12] + "q" + HARBOUR[13:24] + "q" + HARBOUR[25:40]
    assert segments(misprinted, index) == [(0, 40, 0, 36)]


def test_a_segment_ends_where_the_texts_part() -> None:
    index = build_seed_index([HARBOUR], k=8)
    assert segments("threeharbours" + "q" * 30, index) == [(0, 13, 17, 13)]


def test_a_letter_left_out_parts_two_segments() -> None:
    index = build_seed_index([HARBOUR], k=8)
    found = segments(HARBOUR[:20] + HARBOUR[21:45], index)
    assert [(start, place) for start, _, place, _ in found] == [(0, 0), (20, 21)]


def test_seeds_of_many_places_start_no_segment() -> None:
    index = build_seed_index(["thethreeharbours"] * 17, k=8)
    assert segments("thethreeharbours", index) == []


def test_segments_below_the_least_score_are_left_out() -> None:
    index = build_seed_index([HARBOUR], k=8)
    assert segments("threeharbours" + "q" * 30, index, least=14) == []


@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("seed", range(12))
def test_the_kernels_find_the_same_segments(seed: int, every: int) -> None:
    kernels = pytest.importorskip("catena.text.kernels")
    draw = random.Random(seed)
    passages = ["".join(draw.choices("abcde", k=draw.randrange(200))) for _ in range(40)]
    document = "".join(
        "".join(char if draw.random() > 0.1 else draw.choice("abcde") for char in draw.choice(passages))
        for _ in range(60)
    )
    index = build_seed_index(passages, k=5, every=every)
    codes = to_codes(document)
    hashes, numbers = index.sampled(hash_runs(codes, index.k))
    expected = find_segments(low_bytes(codes), hashes, numbers, index, commonest=9)
    starts, shift = index.starts
    found = np.empty((4, 100_000), dtype=np.int64)
    many = kernels.segments(
        *(fixed(array) for array in (low_bytes(codes), hashes, numbers, index.entries, starts)),
        np.uint64(shift), fixed(index.letters), index.k, 9, 6, found,
    )  # fmt: skip
    compiled = Segments(*(found[row, :many] for row in range(4)))
    assert len(expected) > 100
    assert rows(in_order(compiled, 6)) == rows(in_order(expected, 6))


def fixed(array: np.ndarray) -> np.ndarray:
    array = np.ascontiguousarray(array).view()
    array.flags.writeable = False
    return array
