"""What trained models think of the training texts: their shares of each label, for a pupil to learn from.

Several models agree better than one; a pupil that learns from their mean keeps most of that at the cost of one (Hinton
and others, 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from catena.attribution.tagger import LABELS, Tagger
from catena.attribution.tagger.features import make_features
from catena.attribution.tagger.network import score
from catena.training.polnear import Article


def mean_shares(article: Article, teachers: Sequence[Tagger]) -> Any:
    """Shape (tokens, labels), rows that sum to 1: the mean over the teachers."""
    found = np.zeros((len(article.tokens.words), len(LABELS)), np.float32)
    for teacher in teachers:
        features = make_features(article.tokens, article.quoted, teacher.vocabulary)
        scores = score(features, article.tokens.sequences, teacher.weights)
        for begin, end in article.tokens.sequences:
            found[begin:end] += shares(scores[begin:end], teacher.weights["steps"], teacher.weights["begin"])
    return found / len(teachers)


def shares(scores: Any, steps: Any, begin: Any) -> Any:
    """The probability of each label at each token: the forward-backward algorithm in logarithms."""
    ahead, back = np.zeros_like(scores), np.zeros_like(scores)
    ahead[0] = scores[0] + begin
    for at in range(1, len(scores)):
        ahead[at] = _sum(ahead[at - 1][:, None] + steps, 0) + scores[at]
    for at in range(len(scores) - 2, -1, -1):
        back[at] = _sum(steps + (scores[at + 1] + back[at + 1])[None, :], 1)
    both = ahead + back
    found = np.exp(both - both.max(1, keepdims=True))
    return found / found.sum(1, keepdims=True)


def _sum(values: Any, axis: int) -> Any:
    most = values.max(axis)
    return most + np.log(np.exp(values - np.expand_dims(most, axis)).sum(axis))
