"""The network in numpy: characters and words -> two layers read in both directions -> a score for each label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from catena.attribution.tagger.features import Features

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BATCH = 4096
"""Tokens read together: sequences of like length, so that little is filled up."""


def score(features: Features, sequences: Sequence[tuple[int, int]], weights: Weights) -> Floats:
    """Scores of shape (tokens, labels) for one text. Sequences of like length go through together."""
    inputs = embed(features, weights)
    found = np.zeros((len(features.words), len(LABELS)), dtype=np.float32)
    order = sorted(range(len(sequences)), key=lambda index: sequences[index][1] - sequences[index][0])
    at = 0
    while at < len(order):
        longest, end = 0, at
        while end < len(order):
            length = sequences[order[end]][1] - sequences[order[end]][0]
            if end > at and max(longest, length) * (end - at + 1) > BATCH:
                break
            longest, end = max(longest, length), end + 1
        chosen = [sequences[index] for index in order[at:end]]
        _score_batch(inputs, chosen, longest, weights, found)
        at = end
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
    known = weights["letter"][letters]
    padded = np.pad(known, ((0, 0), (1, 1), (0, 0)))
    windows = np.concatenate((padded[:, :-2], padded[:, 1:-1], padded[:, 2:]), axis=2)
    answers = windows @ weights["filter"] + weights["filter_bias"]
    answers = np.where((letters > 0)[:, :, None], answers, np.float32(-1e4))
    found: Floats = np.maximum(answers.max(axis=1), 0.0)
    return found


def _score_batch(
    inputs: Floats, sequences: Sequence[tuple[int, int]], longest: int, weights: Weights, found: Floats
) -> None:
    batch = np.zeros((longest, len(sequences), inputs.shape[1]), dtype=np.float32)
    lengths = np.array([end - begin for begin, end in sequences])
    for row, (begin, end) in enumerate(sequences):
        batch[: end - begin, row] = inputs[begin:end]
    first = read_both_ways(batch, lengths, weights, "1")
    second = read_both_ways(first, lengths, weights, "2")
    scores = first @ weights["out"][: first.shape[2]] + second @ weights["out"][first.shape[2] :] + weights["out_bias"]
    for row, (begin, end) in enumerate(sequences):
        found[begin:end] = scores[: end - begin, row]


def read_both_ways(batch: Floats, lengths: NDArray[np.int64], weights: Weights, layer: str) -> Floats:
    """A layer of two LSTMs over (steps, rows, inputs); the second reads each row from its end."""
    ahead = _read(batch, weights[f"in{layer}f"], weights[f"re{layer}f"], weights[f"bias{layer}f"])
    turned = _turn(batch, lengths)
    back = _read(turned, weights[f"in{layer}b"], weights[f"re{layer}b"], weights[f"bias{layer}b"])
    return np.concatenate((ahead, _turn(back, lengths)), axis=2)


def _turn(batch: Floats, lengths: NDArray[np.int64]) -> Floats:
    """Each row from its end to its start; the filling stays behind."""
    steps = np.arange(len(batch))[:, None]
    index = np.where(steps < lengths, lengths - 1 - steps, steps)
    return batch[index, np.arange(batch.shape[1])]


def _read(batch: Floats, inner: Floats, again: Floats, bias: Floats) -> Floats:
    steps, rows, _ = batch.shape
    size = again.shape[0]
    given = batch.reshape(steps * rows, -1) @ inner + bias
    given = given.reshape(steps, rows, 4 * size)
    state = np.zeros((rows, size), dtype=np.float32)
    cell = np.zeros((rows, size), dtype=np.float32)
    found = np.empty((steps, rows, size), dtype=np.float32)
    for step in range(steps):
        gates = given[step] + state @ again
        gates[:, : 3 * size] = 1.0 / (1.0 + np.exp(-gates[:, : 3 * size]))
        cell = gates[:, size : 2 * size] * cell + gates[:, :size] * np.tanh(gates[:, 3 * size :])
        state = gates[:, 2 * size : 3 * size] * np.tanh(cell)
        found[step] = state
    return found
