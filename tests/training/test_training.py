"""Training: the same data and seed give the same file, and what is learned is what was shown."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from tests.training.small import write_folder

from catena.attribution.tagger.decode import best_labels
from catena.lexicons.tagger import read_tagger, write_tagger
from catena.training.batches import build_vocabulary
from catena.training.linking import fit_links, make_pairs
from catena.training.polnear import read_articles


def every_path(scores: np.ndarray, steps: np.ndarray, begin: np.ndarray) -> dict[tuple[int, ...], float]:
    """The sum of each sequence of labels, one by one."""
    found = {}
    for path in product(range(scores.shape[1]), repeat=len(scores)):
        total = begin[path[0]] + sum(scores[at, label] for at, label in enumerate(path))
        found[path] = float(total + sum(steps[a, b] for a, b in pairwise(path)))
    return found


def a_chain() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    return rng.normal(size=(12, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)


def test_the_best_labels_are_those_of_the_best_of_all_paths() -> None:
    scores, steps, begin = a_chain()
    sequences = [(0, 2), (2, 7), (7, 8), (8, 12)]
    for (first, last), labels in zip(sequences, best_labels(scores, sequences, steps, begin), strict=True):
        paths = every_path(scores[first:last], steps, begin)
        assert tuple(labels) == max(paths, key=lambda path: paths[path])


def test_no_sequence_has_no_labels() -> None:
    scores, steps, begin = a_chain()
    assert best_labels(scores, [], steps, begin) == []


def test_links_join_a_cue_with_the_source_beside_it(tmp_path: Path) -> None:
    articles = list(read_articles(write_folder(tmp_path) / "train"))
    pairs = [pair for article in articles for pair in make_pairs(article)]
    assert {belongs for _, belongs in pairs} <= {True, False}
    links = fit_links(articles)
    assert links == fit_links(articles)
    assert "" in links


def test_words_that_were_often_cues_are_known_as_such(tmp_path: Path) -> None:
    vocabulary = build_vocabulary(list(read_articles(write_folder(tmp_path) / "train")))
    assert vocabulary.cues["said"] == 6  # always
    assert "ferry" not in vocabulary.cues


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("jax")
    from catena.training.trainer import Settings, train

    data = write_folder(tmp_path / "data", texts=2)
    settings = Settings(seed=3, epochs=3, class_epochs=0)
    made, lines = [], list[str]()
    for name in ("first.npz", "second.npz"):
        tagger, facts = train(data, settings, name="small-1", report=lines.append)
        write_tagger(tmp_path / name, tagger, facts)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert read_tagger(tmp_path / "first.npz").name == "small-1"
    losses = [float(line.split()[3]) for line in lines if line.startswith("epoch")]
    assert len(losses) == 6
    assert losses[:3] == losses[3:]


def test_training_and_running_give_the_same_scores(tmp_path: Path) -> None:
    pytest.importorskip("jax")
    from catena.attribution.tagger.features import make_features
    from catena.attribution.tagger.network import score
    from catena.training.batches import make_batches, to_rows
    from catena.training.network import both_ways, embed, initial, jnp

    articles = list(read_articles(write_folder(tmp_path) / "train"))
    vocabulary = build_vocabulary(articles)
    params = initial(vocabulary, 0, 1)
    weights = {name: np.asarray(value) for name, value in params.items()}
    article = articles[0]
    features = make_features(article.tokens, article.quoted, vocabulary)
    begin, end = article.tokens.sequences[0]
    (row,) = to_rows(features, article.labels, [(begin, end)], {})
    (batch,) = make_batches([row], np.random.default_rng(1), 0.0)
    arrays = {name: jnp.asarray(value) for name, value in batch.items()}
    first = both_ways(params, "1", embed(params, arrays, arrays["words"]), arrays["mask"])
    both = jnp.concatenate((first, both_ways(params, "2", first, arrays["mask"])), -1)
    wanted = np.asarray(both @ params["out"] + params["out_bias"])[0, : end - begin]
    found = score(features, [(begin, end)], weights)[begin:end]
    np.testing.assert_allclose(found, wanted, atol=1e-5)
