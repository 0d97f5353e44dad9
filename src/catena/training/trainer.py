"""Train a tagger on texts with marked attributions. Everything follows from the data and the seed.

Order: vocabulary -> rows -> epochs of damaged batches, every other one of the second task -> the best epoch on the
texts held back -> the links between spans -> one `Tagger`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from catena.attribution.tagger import Tagger
from catena.attribution.tagger.decode import best_labels
from catena.attribution.tagger.features import Features, Vocabulary, make_features
from catena.attribution.tagger.network import score
from catena.training.batches import Row, article_rows, build_vocabulary, damage, make_batches, read_classes
from catena.training.errors import TrainingError
from catena.training.linking import fit_links
from catena.training.network import Params, initial, jax, jnp, make_update
from catena.training.polnear import Article, read_articles
from catena.training.scoring import Numbers, score_labels
from catena.training.teaching import mean_shares, soften

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the outcome besides the data.

    `class_epochs`: epochs with the second task. `weight`: of the teachers beside the marked labels. `dropout`,
    `word_dropout`: shares left out in training. `speed` falls by the factor `decay` from epoch to epoch. `go_on`: begin
    with the weights of the first teacher. `sides`: classes of the second task tell on which side the head stands;
    models trained with and without it err in different places.
    """

    seed: int = 1
    epochs: int = 22
    class_epochs: int = 14
    weight: float = 1.0
    dropout: float = 0.45
    word_dropout: float = 0.12
    speed: float = 2e-3
    go_on: bool = False
    decay: float = 0.86
    sides: bool = True


@dataclass(frozen=True)
class Course:
    """The texts to learn from and to check on, and the rows of the second task."""

    learn: Sequence[Article]
    check: Sequence[Article]
    vocabulary: Vocabulary
    features: Mapping[str, Features]
    class_rows: Sequence[Row]
    classes: int


def train(
    data: Path,
    settings: Settings,
    *,
    name: str,
    classes: Sequence[Path] = (),
    teachers: Sequence[Tagger] = (),
    report: Report = lambda line: None,
) -> tuple[Tagger, dict[str, Any]]:
    """The tagger of the best epoch, and the facts of its training.

    `data` holds `train` and `dev`, each with `text` and `attributions` (brat stand-off). `classes` are CoNLL-U files.
    Raises `TrainingError` when there is nothing to learn from, `OSError`, `ValueError` for damaged files.
    """
    course = _prepare(data, classes, teachers, settings.sides)
    rows = [
        row
        for number, article in enumerate(course.learn)
        for row in article_rows(
            number,
            article,
            course.features[article.name],
            course.vocabulary,
            mean_shares(article, teachers) if teachers else None,
        )
    ]
    report(f"{len(rows)} paragraphs, {len(course.vocabulary.words)} words, {course.classes} classes of words")
    best: tuple[float, int, dict[str, Any], Numbers] = (-1.0, 0, {}, {})
    begin = teachers[0] if teachers and settings.go_on else None
    for epoch, (loss, weights) in enumerate(_epochs(course, rows, settings, begin)):
        figures = check(weights, course)
        report(f"epoch {epoch} loss {loss:.4f} " + " ".join(f"{key} {value:.4f}" for key, value in figures.items()))
        if figures["token"] + figures["exact"] > best[0]:
            best = figures["token"] + figures["exact"], epoch, weights, figures
    facts = {"settings": asdict(settings), "epoch": best[1], "dev": best[3], "texts": len(course.learn)}
    return Tagger(name, course.vocabulary, best[2], fit_links(course.learn)), facts


def _prepare(data: Path, classes: Sequence[Path], teachers: Sequence[Tagger], sides: bool) -> Course:
    learn, held = list(read_articles(data / "train")), list(read_articles(data / "dev"))
    if not learn or not held:
        raise TrainingError(
            f"{data}: no texts with marks. Next: give a folder with train and dev, as PolNeAR has them."
        )
    vocabulary = build_vocabulary(learn)
    features = {article.name: make_features(article.tokens, article.quoted, vocabulary) for article in (*learn, *held)}
    rows, names = read_classes(classes, vocabulary, sides=sides) if classes else ([], [])
    taught = list(soften(rows, teachers)) if teachers else rows
    return Course(learn, held, vocabulary, features, taught, len(names))


def _epochs(
    course: Course, rows: Sequence[Row], settings: Settings, begin: Tagger | None
) -> Iterator[tuple[float, dict[str, Any]]]:
    """(mean loss, weights) after each epoch."""
    params: Params = initial(course.vocabulary, course.classes, settings.seed)
    if begin is not None:
        if begin.vocabulary != course.vocabulary:
            raise TrainingError("the teacher knows other words than these texts. Next: train it on the same texts.")
        params |= {name: jnp.asarray(value) for name, value in begin.weights.items()}
    first = second = jax.tree.map(jnp.zeros_like, params)
    mean, rng, key = params, np.random.default_rng(settings.seed), jax.random.PRNGKey(settings.seed)
    updates = {task: make_update(task, (settings.dropout, settings.word_dropout)) for task in ("labels", "classes")}
    count = 0
    for epoch in range(settings.epochs):
        batches = _lesson(course, rows, settings, epoch, rng)
        speed, losses = settings.speed * settings.decay**epoch, []
        for task, arrays in batches:
            count += 1
            key, now = jax.random.split(key)
            params, first, second, mean, loss = updates[task](
                params, first, second, mean, float(count), arrays, now, speed
            )
            if task == "labels":
                losses.append(loss)
        if epoch == 0:
            mean = params
        weights = {name: np.asarray(value, np.float16) for name, value in mean.items() if name != "class"}
        yield float(np.mean(losses)), {name: value.astype(np.float32) for name, value in weights.items()}


def _lesson(
    course: Course, rows: Sequence[Row], settings: Settings, epoch: int, rng: np.random.Generator
) -> list[tuple[str, Row]]:
    """The batches of one epoch; those of the second task stand between the others."""
    batches = [("labels", arrays) for arrays in make_batches(damage(rows, rng), rng, settings.weight)]
    if not course.class_rows or epoch >= settings.class_epochs:
        return batches
    extra = [("classes", arrays) for arrays in make_batches(course.class_rows, rng, settings.weight)[: len(batches)]]
    return [one for pair in zip(batches, extra, strict=False) for one in pair] + batches[len(extra) :]


def check(weights: Mapping[str, Any], course: Course) -> Numbers:
    """Scores on the texts held back, by the network that runs in the program."""
    return score_labels(
        (article.labels.tolist(), predict(weights, course.features[article.name], article)) for article in course.check
    )


def predict(weights: Mapping[str, Any], features: Features, article: Article) -> list[int]:
    """The labels of one article."""
    scores = score(features, article.tokens.sequences, weights)
    best = best_labels(scores, article.tokens.sequences, weights["steps"], weights["begin"])
    return [label for labels in best for label in labels]
