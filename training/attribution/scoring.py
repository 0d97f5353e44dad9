"""Scores of spans as the published work counts them.

token micro: each token's role, all roles together. exact: runs of one role that agree in both ends. Both as
precision, recall and F1. A *run* is a contiguous piece; pieces of one content that something interrupts are two runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catena.attribution.tagger.decode import to_pieces
from catena.attribution.tagger.network import LABELS

ROLES = ("source", "cue", "content")
Numbers = dict[str, float]


def f1(right: float, found: float, wanted: float) -> float:
    """Harmonic mean of precision and recall; 0 when nothing is right."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def score_labels(pairs: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Numbers:
    """`pairs` are (gold, found) labels of one text each. Keys: `token`, `exact`, `exact source` and so on."""
    token = [0, 0, 0]
    exact = {role: [0, 0, 0] for role in ROLES}
    for gold, found in pairs:
        for wanted, got in zip(gold, found, strict=True):
            a, b = LABELS[wanted][2:], LABELS[got][2:]
            token[0] += bool(a) and a == b
            token[1] += bool(b)
            token[2] += bool(a)
        mine = {(piece.first, piece.last, piece.role) for piece in to_pieces(gold)}
        other = {(piece.first, piece.last, piece.role) for piece in to_pieces(found)}
        for role in ROLES:
            exact[role][0] += sum(piece[2] == role for piece in mine & other)
            exact[role][1] += sum(piece[2] == role for piece in other)
            exact[role][2] += sum(piece[2] == role for piece in mine)
    total = [sum(counts[k] for counts in exact.values()) for k in range(3)]
    return {
        "token": f1(*token),
        "exact": f1(*total),
        **{f"exact {role}": f1(*counts) for role, counts in exact.items()},
    }
