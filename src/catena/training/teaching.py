"""What trained models think of the training texts: their shares of each label, for a pupil to learn from.

Several models agree better than one; a pupil that learns from their mean keeps most of that at the cost of one (Hinton
and others, 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from catena.attribution.tagger import LABELS, Tagger
from catena.attribution.tagger.features import Features, make_features
from catena.attribution.tagger.network import score
from catena.training.batches import Row
from catena.training.polnear import Article

AT_ONCE = 200
"""Rows that the teachers read together."""


def mean_shares(article: Article, teachers: Sequence[Tagger]) -> Any:
    """Shape (tokens, labels), rows that sum to 1: what the teachers' mean scores make of each token by itself.

    The chain between labels is left to the marked texts: teachers and pupil share its form, so that scores compare.
    """
    scores = np.zeros((len(article.tokens.words), len(LABELS)), np.float32)
    for teacher in teachers:
        features = make_features(article.tokens, article.quoted, teacher.vocabulary)
        scores += score(features, article.tokens.sequences, teacher.weights) / len(teachers)
    return _shares(scores)


def soften(rows: Sequence[Row], teachers: Sequence[Tagger]) -> Iterator[Row]:
    """The rows of texts without marked attributions with what the teachers make of them, as column `soft`.

    The teachers never saw these, so that what they say of them is worth more than of texts they know by heart.
    """
    for begin in range(0, len(rows), AT_ONCE):
        chosen = rows[begin : begin + AT_ONCE]
        columns = {
            name: np.concatenate([row[name] for row in chosen])
            for name in ("words", "shapes", "states", "frames", "letters")
        }
        sequences = list(pairwise(accumulate((len(row["words"]) for row in chosen), initial=0)))
        features = Features(types=np.arange(len(columns["words"]), dtype=np.int32), **columns)
        scores = np.zeros((len(columns["words"]), len(LABELS)), np.float32)
        for teacher in teachers:
            scores += score(features, sequences, teacher.weights) / len(teachers)
        shares = _shares(scores)
        for row, (first, last) in zip(chosen, sequences, strict=True):
            yield row | {"soft": shares[first:last]}


def _shares(scores: Any) -> Any:
    found = np.exp(scores - scores.max(1, keepdims=True))
    return found / found.sum(1, keepdims=True)
