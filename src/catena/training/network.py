"""The network while it learns, in JAX: the same layers as `catena.attribution.tagger.network`, with dropout and losses.

A word and its spelling -> two layers of two LSTMs -> a linear chain of labels (a conditional random field), trained on
the likelihood of the marked labels (Lample and others, 2016). A second task reads classes of words off the first layer
(Søgaard and Goldberg, 2016).
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from catena.attribution.tagger.features import CUE_LEVELS, FRAMES, QUOTE_STATES, Vocabulary
from catena.attribution.tagger.network import LABELS
from catena.training.errors import TrainingError

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
try:
    jax: Any = import_module("jax")
    jnp: Any = import_module("jax.numpy")
except ImportError as error:
    raise TrainingError("training needs JAX, which is not installed. Next: pip install 'catena[train]'") from error

Array = Any
Params = dict[str, Any]
Rates = tuple[float, float]
"""Share of units and share of words that are left out in training."""
SIZES = {"word": 96, "letter": 20, "filter": 56, "shape": 16, "state": 16, "frame": 8}
HIDDEN = 128
MEAN = 0.998
"""Factor of the running mean of the weights: half of it is younger than 350 steps, about an epoch."""
CLIP = 5.0
"""Length to which a longer gradient is cut."""


def initial(vocabulary: Vocabulary, classes: int, seed: int) -> Params:
    """Small random weights; forget gates start open."""
    rng = np.random.default_rng(seed)

    def normal(*size: int, scale: float | None = None) -> Array:
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


def both_ways(params: Params, layer: str, batch: Array, mask: Array) -> Array:
    """The layer over (rows, steps, inputs): both directions in one scan."""

    def given(way: str, x: Array) -> Array:
        return (x @ params[f"in{layer}{way}"] + params[f"bias{layer}{way}"]).transpose(1, 0, 2)

    inner = jnp.stack((given("f", batch), given("b", batch)[::-1]), 1)  # steps, ways, rows, gates
    masks = jnp.stack((mask.T, mask.T[::-1]), 1)
    again = jnp.stack((params[f"re{layer}f"], params[f"re{layer}b"]))

    def step(carry: tuple[Array, Array], at: tuple[Array, Array]) -> tuple[Any, Array]:
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


def drop(key: Array, x: Array, rate: float) -> Array:
    """Dropout that leaves out the same units at every step of a row."""
    kept = jax.random.bernoulli(key, 1 - rate, (x.shape[0], 1, x.shape[2]))
    return x * kept / (1 - rate)


def embed(params: Params, arrays: dict[str, Array], words: Array) -> Array:
    """Word, spelling, shape, state and frame side by side."""
    known = params["letter"][arrays["letters"]]
    padded = jnp.pad(known, ((0, 0), (1, 1), (0, 0)))
    windows = jnp.concatenate((padded[:, :-2], padded[:, 1:-1], padded[:, 2:]), -1)
    answers = windows @ params["filter"] + params["filter_bias"]
    spelled = jax.nn.relu(jnp.where((arrays["letters"] > 0)[..., None], answers, -1e4).max(1))
    parts = (params["shape"][arrays["shapes"]], params["state"][arrays["states"]], params["frame"][arrays["frames"]])
    return jnp.concatenate((params["word"][words], spelled[arrays["types"]], *parts), -1)


def layers(params: Params, arrays: dict[str, Array], key: Array, rates: Rates) -> tuple[Array, Array]:
    """First layer, and both layers side by side, in training."""
    keys = jax.random.split(key, 6)
    rate, word_rate = rates
    hidden = jax.random.bernoulli(keys[0], word_rate, arrays["words"].shape)
    inputs = embed(params, arrays, jnp.where(hidden, 0, arrays["words"]))
    inputs = drop(keys[1], inputs, 0.7 * rate)
    first = both_ways(params, "1", inputs, arrays["mask"])
    second = both_ways(params, "2", drop(keys[2], first, rate), arrays["mask"])
    return drop(keys[5], first, rate), drop(keys[3], jnp.concatenate((first, second), -1), rate)


def label_loss(params: Params, arrays: dict[str, Array], key: Array, rates: Rates) -> Array:
    """Negative log-likelihood a token of the marked labels; with `soft` also the cross entropy to a teacher."""
    _, both = layers(params, arrays, key, rates)
    scores = both @ params["out"] + params["out_bias"]
    mask, gold = arrays["mask"], arrays["labels"]

    def step(reached: Array, at: tuple[Array, Array]) -> tuple[Array, None]:
        emitted, on = at
        new = jax.nn.logsumexp(reached[:, :, None] + params["steps"], 1) + emitted
        return jnp.where(on[:, None] > 0, new, reached), None

    reached, _ = jax.lax.scan(step, scores[:, 0] + params["begin"], (scores[:, 1:].transpose(1, 0, 2), mask[:, 1:].T))
    every = jax.nn.logsumexp(reached, -1)
    taken = (jnp.take_along_axis(scores, gold[..., None], 2)[..., 0] * mask).sum(1) + params["begin"][gold[:, 0]]
    taken += (params["steps"][gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum(1)
    loss = ((every - taken) * mask[:, 0]).sum() / mask.sum()  # rows that only fill the batch count nothing
    return loss + taught_loss(scores, arrays)


def taught_loss(scores: Array, arrays: dict[str, Array]) -> Array:
    """Cross entropy to what a teacher says of each token, weighted; 0 where there is no teacher."""
    if "soft" not in arrays:
        return 0.0
    wanted = -(arrays["soft"] * jax.nn.log_softmax(scores)).sum(-1) * arrays["mask"]
    return arrays["weight"] * wanted.sum() / arrays["mask"].sum()


def class_loss(params: Params, arrays: dict[str, Array], key: Array, rates: Rates) -> Array:
    """Cross entropy of the word classes, read off the first layer; with `soft` also that of the labels to a teacher."""
    first, both = layers(params, arrays, key, rates)
    scores = jax.nn.log_softmax(first @ params["class"])
    right = jnp.take_along_axis(scores, arrays["labels"][..., None], 2)[..., 0]
    loss = -(right * arrays["mask"]).sum() / arrays["mask"].sum()
    return loss + taught_loss(both @ params["out"] + params["out_bias"], arrays)


@cache
def make_update(task: str, rates: Rates) -> Any:
    """One step of Adam (Kingma and Ba, 2015) with clipped gradients, and of the running mean; `task` names the loss."""
    loss_of = label_loss if task == "labels" else class_loss
    each = jax.tree.map

    def update(
        params: Params, first: Params, second: Params, mean: Params, count: Array, arrays: Any, key: Array, speed: Array
    ) -> Any:
        loss, slope = jax.value_and_grad(loss_of)(params, arrays, key, rates)
        norm = jnp.sqrt(sum((x * x).sum() for x in jax.tree.leaves(slope)))
        slope = each(lambda x: x * jnp.minimum(1.0, CLIP / (norm + 1e-6)), slope)
        first = each(lambda a, b: 0.9 * a + 0.1 * b, first, slope)
        second = each(lambda a, b: 0.999 * a + 0.001 * b * b, second, slope)
        one, two = 1 - 0.9**count, 1 - 0.999**count
        params = each(lambda p, a, b: p - speed * (a / one) / (jnp.sqrt(b / two) + 1e-8), params, first, second)
        mean = each(lambda a, b: MEAN * a + (1 - MEAN) * b, mean, params)
        return params, first, second, mean, loss

    return jax.jit(update)
