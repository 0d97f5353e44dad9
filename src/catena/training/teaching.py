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
    """Shape (tokens, labels), rows that sum to 1: what the teachers' mean scores make of each token by itself.

    The chain between labels is left to the marked texts: teachers and pupil share its form, so that scores compare.
    """
    scores = np.zeros((len(article.tokens.words), len(LABELS)), np.float32)
    for teacher in teachers:
        features = make_features(article.tokens, article.quoted, teacher.vocabulary)
        scores += score(features, article.tokens.sequences, teacher.weights) / len(teachers)
    found = np.exp(scores - scores.max(1, keepdims=True))
    return found / found.sum(1, keepdims=True)
