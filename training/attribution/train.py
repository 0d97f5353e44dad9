"""Train the tagger: `python -m training.attribution.train --data POLNEAR --out MODEL.npz`.

A word and its spelling -> two BiLSTM layers -> a linear chain of labels (conditional random field), trained on the
likelihood of the gold labels. An optional second task, the word class of Universal Dependencies, is read off the first
layer in every other batch (`--classes`). The weights that are kept are a running mean (factor .998) over the last
steps. Everything follows from the seed.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np
from catena.attribution.tagger.decode import best_labels
from catena.attribution.tagger.features import CUE_LEVELS, FRAMES, QUOTE_STATES, Features, Vocabulary, make_features
from catena.attribution.tagger.network import LABELS, score
from catena.attribution.tagger.tokens import normalise, shape
from catena.training.polnear import Article, read_articles
from catena.training.scoring import score_labels

Params = dict[str, Any]
SIZES = {"word": 96, "letter": 20, "filter": 56, "shape": 16, "state": 16, "frame": 8}
HIDDEN = 128
LENGTHS = (16, 28, 40, 56, 72, 96, 136, 208, 400)
TOKENS_A_BATCH = 2600
TYPES_STEP = 1024
"""Spellings of a batch are filled up to a multiple of this, so that few shapes are compiled."""


@dataclass(frozen=True)
class Batch:
    """Arrays of shape (rows, steps); `letters` holds the spellings that `types` counts. `task`: `labels`, `classes`."""

    arrays: dict[str, np.ndarray]
    task: str


def build_vocabulary(articles: Sequence[Article]) -> Vocabulary:
    """Words and shapes that occur twice, characters that occur five times, cue levels of words that were thrice one."""
    words, shapes, characters, cues = Counter(), Counter(), Counter(), Counter()
    for article in articles:
        plain = [normalise(word) for word in article.tokens.words]
        words.update(plain)
        shapes.update(shape(word) for word in article.tokens.words)
        characters.update(char for word in plain for char in word)
        cues.update(word for word, label in zip(plain, article.labels, strict=True) if LABELS[label].endswith("cue"))
    levels = {
        word: 1 + int(np.searchsorted([0.1, 0.3, 0.5, 0.7, 0.9], count / words[word], side="right"))
        for word, count in cues.items()
        if count >= 3
    }

    def number(counter: Counter[str], least: int, first: int) -> dict[str, int]:
        return {key: first + n for n, (key, many) in enumerate(sorted(counter.items(), key=lambda i: (-i[1], i[0]))) if many >= least}

    return Vocabulary(number(words, 2, 1), number(shapes, 2, 1), number(characters, 5, 2), levels)


def initial(vocabulary: Vocabulary, classes: int, seed: int) -> Params:
    """Small random weights; forget gates start open."""
    rng = np.random.default_rng(seed)

    def normal(*size: int, scale: float | None = None) -> np.ndarray:
        spread = scale if scale is not None else float(np.sqrt(2.0 / (size[0] + size[-1])))
        return (rng.standard_normal(size) * spread).astype(np.float32)

    inputs = SIZES["word"] + SIZES["filter"] + SIZES["shape"] + SIZES["state"] + SIZES["frame"]
    params: Params = {
        "word": normal(len(vocabulary.words) + 1, SIZES["word"], scale=0.1),
        "letter": normal(len(vocabulary.characters) + 2, SIZES["letter"], scale=0.3),
        "filter": normal(3 * SIZES["letter"], SIZES["filter"]),
        "filter_bias": np.zeros(SIZES["filter"], np.float32),
        "shape": normal(len(vocabulary.shapes) + 1, SIZES["shape"], scale=0.1),
        "state": normal(QUOTE_STATES * CUE_LEVELS, SIZES["state"], scale=0.1),
        "frame": normal(FRAMES, SIZES["frame"], scale=0.1),
        "out": normal(4 * HIDDEN, len(LABELS)),
        "out_bias": np.zeros(len(LABELS), np.float32),
        "steps": np.zeros((len(LABELS), len(LABELS)), np.float32),
        "begin": np.zeros(len(LABELS), np.float32),
    }
    if classes:
        params["class"] = normal(2 * HIDDEN, classes)
    for layer, size in (("1", inputs), ("2", 2 * HIDDEN)):
        for way in "fb":
            bias = np.zeros(4 * HIDDEN, np.float32)
            bias[HIDDEN : 2 * HIDDEN] = 1.0
            params[f"in{layer}{way}"] = normal(size, 4 * HIDDEN)
            params[f"re{layer}{way}"] = normal(HIDDEN, 4 * HIDDEN)
            params[f"bias{layer}{way}"] = bias
    return {key: jnp.asarray(value) for key, value in params.items()}


def both_ways(params: Params, layer: str, batch: jax.Array, mask: jax.Array) -> jax.Array:
    """The layer over (rows, steps, inputs): both directions in one scan."""
    def given(way: str, x: jax.Array) -> jax.Array:
        return (x @ params[f"in{layer}{way}"] + params[f"bias{layer}{way}"]).transpose(1, 0, 2)

    inner = jnp.stack((given("f", batch), given("b", batch)[::-1]), 1)  # steps, ways, rows, gates
    masks = jnp.stack((mask.T, mask.T[::-1]), 1)
    again = jnp.stack((params[f"re{layer}f"], params[f"re{layer}b"]))

    def step(carry: tuple[jax.Array, jax.Array], at: tuple[jax.Array, jax.Array]) -> tuple[Any, jax.Array]:
        (state, cell), (x, on) = carry, at
        gates = x + jnp.einsum("wrh,whg->wrg", state, again)
        enter, keep, leave, new = jnp.split(gates, 4, -1)
        fresh = jax.nn.sigmoid(keep) * cell + jax.nn.sigmoid(enter) * jnp.tanh(new)
        out = jax.nn.sigmoid(leave) * jnp.tanh(fresh)
        on = on[:, :, None]
        state, cell = out * on + state * (1 - on), fresh * on + cell * (1 - on)
        return (state, cell), state

    zero = jnp.zeros((2, batch.shape[0], HIDDEN))
    _, states = jax.lax.scan(step, (zero, zero), (inner, masks))
    return jnp.concatenate((states[:, 0], states[::-1, 1]), -1).transpose(1, 0, 2)


def drop(key: jax.Array, x: jax.Array, rate: float) -> jax.Array:
    """Dropout that leaves out the same units at every step of a row."""
    kept = jax.random.bernoulli(key, 1 - rate, (x.shape[0], 1, x.shape[2]))
    return x * kept / (1 - rate)


def layers(params: Params, arrays: dict[str, jax.Array], key: jax.Array, rates: tuple[float, float]) -> tuple[jax.Array, jax.Array]:
    """First layer, and both layers side by side, in training."""
    keys = jax.random.split(key, 6)
    rate, word_rate = rates
    hidden = jax.random.bernoulli(keys[0], word_rate, arrays["words"].shape)
    words = jnp.where(hidden, 0, arrays["words"])
    states = arrays["states"]
    known = params["letter"][arrays["letters"]]
    padded = jnp.pad(known, ((0, 0), (1, 1), (0, 0)))
    windows = jnp.concatenate((padded[:, :-2], padded[:, 1:-1], padded[:, 2:]), -1)
    answers = windows @ params["filter"] + params["filter_bias"]
    spelled = jax.nn.relu(jnp.where((arrays["letters"] > 0)[..., None], answers, -1e4).max(1))
    spelling = spelled[arrays["types"]]
    inputs = jnp.concatenate(
        (params["word"][words], spelling, params["shape"][arrays["shapes"]], params["state"][states], params["frame"][arrays["frames"]]), -1
    )
    inputs = drop(keys[1], inputs, 0.7 * rate)
    mask = arrays["mask"]
    first = both_ways(params, "1", inputs, mask)
    second = both_ways(params, "2", drop(keys[2], first, rate), mask)
    return drop(keys[5], first, rate), drop(keys[3], jnp.concatenate((first, second), -1), rate)


def label_loss(params: Params, arrays: dict[str, jax.Array], key: jax.Array, rates: tuple[float, float]) -> jax.Array:
    """Negative log-likelihood a token of the gold labels; with `soft` also cross entropy to a teacher."""
    _, both = layers(params, arrays, key, rates)
    scores = both @ params["out"] + params["out_bias"]
    mask, gold = arrays["mask"], arrays["labels"]

    def step(reached: jax.Array, at: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        emitted, on = at
        new = jax.nn.logsumexp(reached[:, :, None] + params["steps"], 1) + emitted
        return jnp.where(on[:, None] > 0, new, reached), None

    reached, _ = jax.lax.scan(step, scores[:, 0] + params["begin"], (scores[:, 1:].transpose(1, 0, 2), mask[:, 1:].T))
    every = jax.nn.logsumexp(reached, -1)
    taken = (jnp.take_along_axis(scores, gold[..., None], 2)[..., 0] * mask).sum(1) + params["begin"][gold[:, 0]]
    taken += (params["steps"][gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum(1)
    loss = (every - taken).sum() / mask.sum()
    if "soft" in arrays:
        wanted = -(arrays["soft"] * jax.nn.log_softmax(scores)).sum(-1) * mask
        loss = loss + arrays["weight"] * wanted.sum() / mask.sum()
    return loss


def class_loss(params: Params, arrays: dict[str, jax.Array], key: jax.Array, rates: tuple[float, float]) -> jax.Array:
    """Cross entropy of the word classes, read off the first layer."""
    first, _ = layers(params, arrays, key, rates)
    scores = jax.nn.log_softmax(first @ params["class"])
    return -(jnp.take_along_axis(scores, arrays["labels"][..., None], 2)[..., 0] * arrays["mask"]).sum() / arrays["mask"].sum()


def make_update(task: str, rates: tuple[float, float]) -> Any:
    """One step of Adam with clipped gradients, and of the running mean."""
    loss_of = label_loss if task == "labels" else class_loss

    @jax.jit
    def update(params: Params, first: Params, second: Params, mean: Params, count: jax.Array, arrays: Any, key: jax.Array, speed: jax.Array) -> Any:
        loss, slope = jax.value_and_grad(loss_of)(params, arrays, key, rates)
        norm = jnp.sqrt(sum((x * x).sum() for x in jax.tree.leaves(slope)))
        slope = jax.tree.map(lambda x: x * jnp.minimum(1.0, 5.0 / (norm + 1e-6)), slope)
        first = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, first, slope)
        second = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, second, slope)
        one, two = 1 - 0.9**count, 1 - 0.999**count
        params = jax.tree.map(lambda p, a, b: p - speed * (a / one) / (jnp.sqrt(b / two) + 1e-8), params, first, second)
        mean = jax.tree.map(lambda a, b: 0.998 * a + 0.002 * b, mean, params)
        return params, first, second, mean, loss

    return update


def to_rows(features: Features, labels: np.ndarray, sequences: Sequence[tuple[int, int]], soft: np.ndarray | None = None, more: dict[str, np.ndarray] | None = None) -> Iterator[dict[str, np.ndarray]]:
    """One row of columns for each sequence."""
    more = more or {}
    letters = features.letters[features.types]
    for begin, end in sequences:
        row = {name: getattr(features, name)[begin:end] for name in ("words", "shapes", "states", "frames")}
        row |= {"labels": labels[begin:end], "letters": letters[begin:end]}
        row |= {name: column[begin:end] for name, column in more.items()}
        if soft is not None:
            row["soft"] = soft[begin:end]
        yield row


SHARES = {"join": 0.08, "bare": 0.1, "small": 0.06}
"""Rows of an epoch that are damaged: joined to the one before, without double marks, in small letters."""


def damage(rows: Sequence[dict[str, np.ndarray]], rng: np.random.Generator) -> list[dict[str, np.ndarray]]:
    """The rows with some of them as damaged texts have them; lost breaks, lost marks, lost capitals."""
    found: list[dict[str, np.ndarray]] = []
    chances = rng.random((len(rows), 3))
    for row, (join, bare, small) in zip(rows, chances, strict=True):
        if bare < SHARES["bare"]:
            row = _without_marks(row)
        if small < SHARES["small"]:
            frames = row["frames"] & 2
            frames[:1] |= 1
            row = row | {"shapes": row["small"], "frames": frames}
        if join < SHARES["join"] and found and found[-1]["article"][0] == row["article"][0] and len(found[-1]["words"]) + len(row["words"]) <= LENGTHS[-1]:
            found[-1] = {name: np.concatenate((found[-1][name], row[name])) for name in row}
        elif len(row["words"]):
            found.append(row)
    return [{name: row[name] for name in row if name not in ("article", "small", "marks")} for row in found]


def _without_marks(row: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    kept = ~row["marks"]
    row = {name: column[kept] for name, column in row.items()}
    labels = row["labels"].copy()
    for index, label in enumerate(labels):
        inside = label and label % 2 == 0
        if inside and (index == 0 or (labels[index - 1] + 1) // 2 != label // 2):
            labels[index] = label - 1
    return row | {"labels": labels, "states": row["states"] % CUE_LEVELS}


def make_batches(rows: Sequence[dict[str, np.ndarray]], task: str, rng: np.random.Generator, weight: float) -> list[Batch]:
    """Rows of like length together, in an order that `rng` gives."""
    by_length: dict[int, list[dict[str, np.ndarray]]] = defaultdict(list)
    for row in rows:
        by_length[next(size for size in LENGTHS if len(row["words"]) <= size)].append(row)
    found = []
    for size, group in sorted(by_length.items()):
        many = max(4, TOKENS_A_BATCH // size)
        order = rng.permutation(len(group))
        for at in range(0, len(group), many):
            found.append(Batch(_stack([group[i] for i in order[at : at + many]], size, many, weight), task))
    return [found[i] for i in rng.permutation(len(found))]


def _stack(chosen: list[dict[str, np.ndarray]], size: int, many: int, weight: float) -> dict[str, np.ndarray]:
    arrays: dict[str, np.ndarray] = {}
    for name, column in chosen[0].items():
        whole = np.zeros((many, size, *column.shape[1:]), column.dtype)
        for row, each in enumerate(chosen):
            whole[row, : len(each[name])] = each[name]
        arrays[name] = whole
    arrays["mask"] = np.zeros((many, size), np.float32)
    for row, each in enumerate(chosen):
        arrays["mask"][row, : len(each["words"])] = 1
    spelled, types = np.unique(arrays.pop("letters").reshape(many * size, -1), axis=0, return_inverse=True)
    filled = -(-len(spelled) // TYPES_STEP) * TYPES_STEP
    arrays["letters"] = np.zeros((filled, spelled.shape[1]), np.int32)
    arrays["letters"][: len(spelled)] = spelled
    arrays["types"] = types.reshape(many, size).astype(np.int32)
    if "soft" in arrays:
        arrays["weight"] = np.float32(weight)
    return arrays


def read_classes(paths: Sequence[Path], vocabulary: Vocabulary) -> tuple[list[dict[str, np.ndarray]], list[str]]:
    """Sentences of CoNLL-U files as rows, and the names of the word classes."""
    from catena.attribution.tagger.tokens import Tokens

    names: dict[str, int] = {}
    rows = []
    for path in paths:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            cells = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
            cells = [cell for cell in cells if cell[0].isdigit()]
            if not 2 <= len(cells) <= LENGTHS[-1]:
                continue
            words = tuple(cell[1] for cell in cells)
            zeros = tuple(range(len(words)))
            tokens = Tokens(words, zeros, zeros, tuple(i == 0 for i in zeros), ((0, len(words)),))
            labels = np.array([names.setdefault(cell[3] + "|" + cell[7].split(":")[0], len(names)) for cell in cells], np.int32)
            rows += to_rows(make_features(tokens, (), vocabulary), labels, tokens.sequences)
    return rows, list(names)


def predict(params: dict[str, np.ndarray], features: Features, article: Article) -> list[int]:
    """The labels of one article, by the network that runs in the program."""
    scores = score(features, article.tokens.sequences, params)
    labels: list[int] = []
    for begin, end in article.tokens.sequences:
        labels += best_labels(scores[begin:end], params["steps"], params["begin"])
    return labels


def train(options: argparse.Namespace) -> None:
    started = time.process_time()
    learn, check = list(read_articles(options.data / "train")), list(read_articles(options.data / "dev"))
    vocabulary = build_vocabulary(learn)
    features = {article.name: make_features(article.tokens, article.quoted, vocabulary) for article in learn + check}
    teacher = np.load(options.teacher) if options.teacher else None
    rows = [
        row
        for number, article in enumerate(learn)
        for row in to_rows(
            features[article.name], article.labels, article.tokens.sequences, teacher[article.name] if teacher else None, {
            "article": np.full(len(article.labels), number),
            "small": np.array([vocabulary.shapes.get(shape(word.lower()), 0) for word in article.tokens.words], np.int32),
            "marks": np.array([normalise(word) == '"' for word in article.tokens.words])})
    ]
    class_rows, classes = read_classes(options.classes, vocabulary) if options.classes else ([], [])
    params = initial(vocabulary, len(classes), options.seed)
    first = second = jax.tree.map(jnp.zeros_like, params)
    mean, rng, key = params, np.random.default_rng(options.seed), jax.random.PRNGKey(options.seed)
    rates = (options.dropout, options.word_dropout)
    updates = {task: make_update(task, rates) for task in ("labels", "classes")}
    count, best = 0, -1.0
    print(f"{len(rows)} sequences, {len(vocabulary.words)} words, {len(classes)} classes, {time.process_time() - started:.0f} s", flush=True)
    for epoch in range(options.epochs):
        batches = make_batches(damage(rows, rng), "labels", rng, options.weight)
        if class_rows and epoch < options.class_epochs:
            extra = make_batches(class_rows, "classes", rng, 0.0)[: len(batches)]
            batches = [batch for pair in zip(batches, extra, strict=False) for batch in pair] + batches[len(extra) :]
        speed, losses = options.speed * options.decay**epoch, []
        for batch in batches:
            count += 1
            key, now = jax.random.split(key)
            params, first, second, mean, loss = updates[batch.task](
                params, first, second, mean, float(count), batch.arrays, now, speed
            )
            if batch.task == "labels":
                losses.append(loss)
        if epoch == 0:
            mean = params
        kept = {name: np.asarray(value) for name, value in mean.items() if name != "class"}
        figures = score_labels((article.labels, predict(kept, features[article.name], article)) for article in check)
        print(
            f"epoch {epoch} loss {float(np.mean(losses)):.4f} " + " ".join(f"{k} {v:.4f}" for k, v in figures.items())
            + f" cpu {time.process_time() - started:.0f} s",
            flush=True,
        )
        if figures["token"] + figures["exact"] > best:
            best = figures["token"] + figures["exact"]
            save(options.out, kept, vocabulary, {"epoch": epoch, **figures})


def save(path: Path, params: dict[str, np.ndarray], vocabulary: Vocabulary, facts: dict[str, Any]) -> None:
    """Weights in half precision with the vocabulary, one file."""
    lists = {name: "\n".join(getattr(vocabulary, name)) for name in ("words", "shapes", "characters")}
    cues = "\n".join(f"{word}\t{level}" for word, level in sorted(vocabulary.cues.items()))
    np.savez_compressed(
        path,
        **{f"weight.{name}": value.astype(np.float16) for name, value in params.items()},
        **{f"list.{name}": np.frombuffer(text.encode(), np.uint8) for name, text in (*lists.items(), ("cues", cues))},
        facts=np.frombuffer(json.dumps(facts).encode(), np.uint8),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train and dev of PolNeAR")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--classes", type=Path, nargs="*", default=[], help="CoNLL-U files for the second task")
    parser.add_argument("--class-epochs", type=int, default=12)
    parser.add_argument("--teacher", type=Path, help="labels' shares from other models, as .npz by article")
    parser.add_argument("--weight", type=float, default=1.0, help="of the teacher")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=22)
    parser.add_argument("--dropout", type=float, default=0.45)
    parser.add_argument("--word-dropout", type=float, default=0.12)
    parser.add_argument("--speed", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.86)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
