"""What alignment promises for every pair of word sequences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catena.text import OPERATIONS, Step, align, align_words

VOCABULARY = [
    "peace",
    "peaces",
    "talks",
    "the",
    "of",
    "the" + "talks",
    "will",
    "not",
    "return",
    "ofthe",
    "نحن",
    "نحنو",
]
sequences = st.lists(st.sampled_from(VOCABULARY), max_size=14)
SIZES = {"merge": (1, 2), "split": (2, 1), "substitute": (1, 1)}


def check_steps(steps: Sequence[Step], quoted: list[str], reference: list[str]) -> None:
    """Each step is what its name says, and each begins where the one before ended."""
    for before, after in pairwise(steps):
        assert before.quoted[1] == after.quoted[0]
        assert before.reference[1] == after.reference[0]
        if before.op == after.op:
            assert before.op in SIZES
    for step in steps:
        ours, theirs = quoted[slice(*step.quoted)], reference[slice(*step.reference)]
        assert step.op in OPERATIONS
        assert (len(ours), len(theirs)) == SIZES.get(step.op, (len(ours), len(theirs)))
        assert (ours == theirs) == (step.op == "equal")
        if step.op == "omit":
            assert not ours
        if step.op == "insert":
            assert not theirs


@given(sequences, sequences)
def test_the_steps_cover_both_sides_without_a_hole(quoted: list[str], reference: list[str]) -> None:
    steps = align_words(quoted, reference)
    check_steps(steps, quoted, reference)
    if steps:
        assert steps[0].quoted[0] == steps[0].reference[0] == 0
        assert (steps[-1].quoted[1], steps[-1].reference[1]) == (len(quoted), len(reference))
    else:
        assert quoted == reference == []


@given(sequences)
def test_a_sequence_aligns_with_itself_in_one_step(words: list[str]) -> None:
    whole = (0, len(words))
    assert align_words(words, words) == ((Step("equal", whole, whole),) if words else ())


@given(sequences, sequences)
def test_within_covers_the_quotation_and_starts_and_ends_with_no_omission(
    quoted: list[str], reference: list[str]
) -> None:
    steps = align_words(quoted, reference, within=True)
    check_steps(steps, quoted, reference)
    if quoted:
        assert (steps[0].quoted[0], steps[-1].quoted[1]) == (0, len(quoted))
        assert "omit" not in (steps[0].op, steps[-1].op)
    else:
        assert steps == ()


@given(sequences.filter(bool), sequences, sequences)
def test_a_piece_of_the_reference_is_found_whole(piece: list[str], before: list[str], after: list[str]) -> None:
    steps = align_words(piece, before + piece + after, within=True)
    assert [step.op for step in steps] == ["equal"]


@given(sequences, sequences, st.booleans())
def test_cutting_long_sequences_keeps_every_promise(quoted: list[str], reference: list[str], within: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(align, "MOST_CELLS", 9)
        steps = align_words(quoted, reference, within=within)
    check_steps(steps, quoted, reference)
    covered = sum(step.quoted[1] - step.quoted[0] for step in steps)
    assert covered == len(quoted)
