"""The best sequence of labels, and spans from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catena.attribution.tagger.network import LABELS, Floats


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `first` to `last` (half-open) that play one `role`: source, cue or content."""

    first: int
    last: int
    role: str


def best_labels(scores: Floats, steps: Floats, begin: Floats) -> list[int]:
    """The labels with the highest sum of `scores` (tokens, labels) and `steps` (from, to): Viterbi's algorithm."""
    if not len(scores):
        return []
    reached = scores[0] + begin
    before = np.zeros(scores.shape, dtype=np.int64)
    for token in range(1, len(scores)):
        paths = reached[:, None] + steps
        before[token] = paths.argmax(axis=0)
        reached = paths.max(axis=0) + scores[token]
    labels = [int(reached.argmax())]
    for token in range(len(scores) - 1, 0, -1):
        labels.append(int(before[token, labels[-1]]))
    return labels[::-1]


def to_pieces(labels: Sequence[int], offset: int = 0) -> list[Piece]:
    """Runs of one role; a piece also begins where an inside label follows another role."""
    found: list[Piece] = []
    for index, label in enumerate([*labels, 0]):
        name = LABELS[label]
        role = name[2:]
        goes_on = name.startswith("I-") and found and found[-1].last == -1 and found[-1].role == role
        if found and found[-1].last == -1 and not goes_on:
            found[-1] = Piece(found[-1].first, index + offset, found[-1].role)
        if role and not goes_on:
            found.append(Piece(index + offset, -1, role))
    return found
