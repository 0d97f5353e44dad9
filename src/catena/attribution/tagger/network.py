"""The network in numpy: characters and words -> two layers read in both directions -> a score for each label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from catena.attribution.tagger.features import Features

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BATCH = 8192
"""Tokens read together, so that a long document needs no more memory than a short one."""


def score(features: Features, sequences: Sequence[tuple[int, int]], weights: Weights) -> Floats:
    """Scores of shape (tokens, labels) for one text. Many sequences go through at once, none is filled up."""
    inputs = embed(features, weights)
    found = np.zeros((len(features.words), len(LABELS)), dtype=np.float32)
    chosen: list[tuple[int, int]] = []
    size = 0
    for sequence in sequences:
        length = sequence[1] - sequence[0]
        if chosen and size + length > BATCH:
            _score_batch(inputs, chosen, weights, found)
            chosen, size = [], 0
        chosen.append(sequence)
        size += length
    if chosen:
        _score_batch(inputs, chosen, weights, found)
    return found


def embed(features: Features, weights: Weights) -> Floats:
    """Shape (tokens, inputs): word, spelling, shape, state and frame side by side."""
    spelling = spell_out(features.letters, weights)
    return np.concatenate(
        (
            weights["word"][features.words],
            spelling[features.types],
            weights["shape"][features.shapes],
            weights["state"][features.states],
            weights["frame"][features.frames],
        ),
        axis=1,
    )


def spell_out(letters: NDArray[np.int32], weights: Weights) -> Floats:
    """One vector a word type: a filter three letters wide, and the strongest answer of each."""
    known, filters = weights["letter"], weights["filter"]
    wide = known.shape[1]
    before, here, after = (known @ filters[part * wide : (part + 1) * wide] for part in range(3))
    here = here + weights["filter_bias"]
    here[0] = -1e4  # no letter
    answers = here[letters]
    answers[:, 1:] += before[letters[:, :-1]]
    answers[:, :-1] += after[letters[:, 1:]]
    found: Floats = np.maximum(answers.max(axis=1), 0.0)
    return found


def _score_batch(inputs: Floats, sequences: Sequence[tuple[int, int]], weights: Weights, found: Floats) -> None:
    tokens = np.concatenate([np.arange(begin, end) for begin, end in sequences])
    lengths = np.array([end - begin for begin, end in sequences])
    starts = np.cumsum(lengths) - lengths
    longest_first = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[longest_first], lengths[longest_first]
    first = read_both_ways(inputs[tokens], starts, lengths, weights, "1")
    second = read_both_ways(first, starts, lengths, weights, "2")
    out = weights["out"]
    found[tokens] = first @ out[: first.shape[1]] + second @ out[first.shape[1] :] + weights["out_bias"]


def read_both_ways(
    inputs: Floats, starts: NDArray[np.int64], lengths: NDArray[np.int64], weights: Weights, layer: str
) -> Floats:
    """A layer of two LSTMs over (tokens, inputs); the second reads each row from its end.

    Rows are given by `starts` and `lengths`, the longest first. Tokens are laid out step by step, all rows that are
    long enough beside each other, so that a step is a slice.
    """
    rows = len(lengths) - np.searchsorted(lengths[::-1], np.arange(1, lengths[0] + 1))
    ahead = np.concatenate([starts[:many] + step for step, many in enumerate(rows)])
    back = np.concatenate([starts[:many] + lengths[:many] - 1 - step for step, many in enumerate(rows)])
    size = weights[f"re{layer}f"].shape[0]
    half = np.ones(4 * size, dtype=np.float32)
    half[: 3 * size] = 0.5
    given = np.empty((2, len(inputs), 4 * size), dtype=np.float32)
    for way, (name, places) in enumerate((("f", ahead), ("b", back))):
        np.matmul(inputs[places], weights[f"in{layer}{name}"] * half, out=given[way])
        given[way] += weights[f"bias{layer}{name}"] * half
    states = _read(given, rows.tolist(), np.stack([weights[f"re{layer}{way}"] * half for way in "fb"]))
    found = np.empty((len(inputs), 2 * size), dtype=np.float32)
    found[ahead, :size] = states[0]
    found[back, size:] = states[1]
    return found


def _read(given: Floats, rows: Sequence[int], again: Floats) -> Floats:
    """Both LSTMs at once over (ways, tokens step by step, gates); `rows[step]` tokens are read at a step.

    The logistic function is taken as a hyperbolic tangent of half the argument: one call for all gates.
    """
    size = again.shape[1]
    found = np.empty((2, given.shape[1], size), dtype=np.float32)
    state = np.zeros((2, rows[0], size), dtype=np.float32)
    cell = np.zeros_like(state)
    begin = 0
    for many in rows:
        gates = np.matmul(state[:, :many], again)
        gates += given[:, begin : begin + many]
        np.tanh(gates, out=gates)
        gates[..., : 3 * size] += 1.0
        cell = gates[..., size : 2 * size] * cell[:, :many]
        cell += gates[..., :size] * gates[..., 3 * size :]
        cell *= 0.5
        state = np.tanh(cell)
        state *= gates[..., 2 * size : 3 * size]
        state *= 0.5
        found[:, begin : begin + many] = state
        begin += many
    return found
