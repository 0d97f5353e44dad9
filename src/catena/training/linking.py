"""Fit the regression that joins spans to their cues, on the marked spans of the training texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from catena.attribution.tagger.decode import Piece, to_pieces
from catena.attribution.tagger.features import quote_states
from catena.attribution.tagger.link import Layout, describe
from catena.training.polnear import Article

LEAST = 20
"""Pairs in which a feature must occur."""
RIDGE = 1.0
"""Weight of the squared coefficients in the loss."""
STEPS = 12
"""Newton steps; the loss stands still after eight."""


def fit_links(articles: Iterable[Article]) -> dict[str, float]:
    """Coefficients by feature name; the empty name is the constant. Newton's method, so that one answer comes out."""
    rows, wanted = [], []
    for features, belongs in (pair for article in articles for pair in make_pairs(article)):
        rows.append(features)
        wanted.append(belongs)
    counts = Counter(name for row in rows for name in row)
    names = ["", *sorted(name for name, many in counts.items() if many >= LEAST)]
    columns = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    table[:, 0] = 1.0
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in columns:
                table[number, columns[name]] = value
    return dict(zip(names, map(float, _newton(table, np.array(wanted, dtype=float))), strict=True))


def make_pairs(article: Article) -> Iterator[tuple[Mapping[str, float], bool]]:
    """(features, belongs together) for every pair of marked spans near each other."""
    layout = marked_layout(article)
    owners = [_owners(article, piece) for piece in layout.pieces]
    for index, cue in layout.pairs():
        yield describe(layout, layout.pieces[index], layout.pieces[cue]), bool(owners[index] & owners[cue])


def marked_layout(article: Article) -> Layout:
    """The marked pieces of an article."""
    pieces = to_pieces(list(article.labels))
    return Layout(article.tokens, pieces, quote_states(article.tokens, article.quoted))


def _owners(article: Article, piece: Piece) -> frozenset[int]:
    """Numbers of the attributions that the piece is part of."""
    begin, end = article.tokens.starts[piece.first], article.tokens.ends[piece.last - 1]
    return frozenset(
        number
        for number, attribution in enumerate(article.attributions)
        if any(a < end and begin < b for a, b in getattr(attribution, piece.role))
    )


def _newton(table: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    weights = np.zeros(table.shape[1])
    ridge = np.full(table.shape[1], RIDGE)
    ridge[0] = 1e-3
    for _ in range(STEPS):
        sure = 1.0 / (1.0 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (sure - wanted) + ridge * weights
        curve = (table * (sure * (1 - sure))[:, None]).T @ table + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights
