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


def best_labels(scores: Floats, sequences: Sequence[tuple[int, int]], steps: Floats, begin: Floats) -> list[list[int]]:
    """For each sequence the labels with the highest sum of `scores` (tokens, labels) and `steps` (from, to).

    Viterbi's algorithm (1967) on all sequences at once, so that its cost follows the longest and not their number.
    """
    if not sequences:
        return []
    starts = np.array([first for first, _ in sequences])
    lengths = np.array([last - first for first, last in sequences])
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    rows = (len(lengths) - np.searchsorted(lengths[::-1], np.arange(1, lengths[0] + 1))).tolist()
    reached = scores[starts] + begin
    before = np.zeros((lengths[0], len(lengths), scores.shape[1]), dtype=np.int8)
    for step, many in enumerate(rows[1:], 1):
        paths = reached[:many, :, None] + steps
        before[step, :many] = paths.argmax(axis=1)
        reached[:many] = paths.max(axis=1) + scores[starts[:many] + step]
    last = reached.argmax(axis=1)
    found: list[list[int]] = [[] for _ in sequences]
    for row, (number, length) in enumerate(zip(order.tolist(), lengths.tolist(), strict=True)):
        label, back = int(last[row]), before[:length, row].tolist()
        labels = [label]
        for choice in back[:0:-1]:
            label = choice[label]
            labels.append(label)
        found[number] = labels[::-1]
    return found


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
