"""Training texts as arrays of one shape: words as numbers, some of them damaged, rows of like length together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from catena.attribution.tagger.features import CUE_LEVELS, Features, Vocabulary, make_features
from catena.attribution.tagger.network import LABELS
from catena.attribution.tagger.tokens import Tokens, normalise, shape
from catena.training.polnear import Article

Row = dict[str, Any]
"""Columns of one sequence by name; all of one length."""
LENGTHS = (16, 28, 40, 56, 72, 96, 136, 208, 400)
"""Rows are filled up to one of these, so that few shapes are compiled."""
TOKENS_A_BATCH = 2600
TYPES_STEP = 1024
"""Spellings of a batch are filled up to a multiple of this, for the same reason."""
SHARES = {"join": 0.08, "bare": 0.1, "small": 0.06}
"""Rows of an epoch that are damaged: joined to the one before, without double marks, in small letters."""
CUE_BOUNDS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Shares of a word's places in which it is part of a cue: the bounds of its level."""


def build_vocabulary(articles: Sequence[Article]) -> Vocabulary:
    """Words and shapes that occur twice, characters that occur five times, cue levels of words that were thrice one."""
    words: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for article in articles:
        plain = [normalise(word) for word in article.tokens.words]
        words.update(plain)
        shapes.update(shape(word) for word in article.tokens.words)
        characters.update(char for word in plain for char in word)
        cues.update(word for word, label in zip(plain, article.labels, strict=True) if LABELS[label].endswith("cue"))
    levels = {
        word: 1 + int(np.searchsorted(CUE_BOUNDS, count / words[word], side="right"))
        for word, count in sorted(cues.items())
        if count >= 3
    }
    return Vocabulary(_number(words, 2, 1), _number(shapes, 2, 1), _number(characters, 5, 2), levels)


def _number(counter: Counter[str], least: int, first: int) -> dict[str, int]:
    """Numbers from `first`, the commonest first."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return {key: number for number, (key, many) in enumerate(ordered, first) if many >= least}


def article_rows(
    number: int, article: Article, features: Features, vocabulary: Vocabulary, soft: Any = None
) -> Iterator[Row]:
    """The paragraphs of an article. `soft` holds a teacher's share of each label, of shape (tokens, labels)."""
    words = article.tokens.words
    more = {
        "article": np.full(len(words), number),
        "small": np.array([vocabulary.shapes.get(shape(word.lower()), 0) for word in words], np.int32),
        "marks": np.array([normalise(word) == '"' for word in words], bool),
    }
    if soft is not None:
        more["soft"] = soft
    yield from to_rows(features, article.labels, article.tokens.sequences, more)


def to_rows(
    features: Features, labels: Any, sequences: Sequence[tuple[int, int]], more: Mapping[str, Any]
) -> Iterator[Row]:
    """One row of columns for each sequence."""
    letters = features.letters[features.types]
    for begin, end in sequences:
        row = {name: getattr(features, name)[begin:end] for name in ("words", "shapes", "states", "frames")}
        row |= {"labels": labels[begin:end], "letters": letters[begin:end]}
        row |= {name: column[begin:end] for name, column in more.items()}
        yield row


def damage(rows: Sequence[Row], rng: np.random.Generator) -> list[Row]:
    """The rows with some of them as damaged texts have them; lost breaks, lost marks, lost capitals."""
    found: list[Row] = []
    chances = rng.random((len(rows), 3))
    for row, (join, bare, small) in zip(rows, chances, strict=True):
        if bare < SHARES["bare"]:
            row = _without_marks(row)
        if small < SHARES["small"]:
            frames = row["frames"] & 2
            frames[:1] |= 1
            row = row | {"shapes": row["small"], "frames": frames}
        if join < SHARES["join"] and found and _fits(found[-1], row):
            found[-1] = {name: np.concatenate((found[-1][name], row[name])) for name in row}
        elif len(row["words"]):
            found.append(row)
    return [{name: row[name] for name in row if name not in ("article", "small", "marks")} for row in found]


def _fits(before: Row, row: Row) -> bool:
    short = len(before["words"]) + len(row["words"]) <= LENGTHS[-1]
    return bool(len(row["words"])) and bool(before["article"][0] == row["article"][0]) and short


def _without_marks(row: Row) -> Row:
    kept = ~row["marks"]
    row = {name: column[kept] for name, column in row.items()}
    labels = row["labels"].copy()
    for index, label in enumerate(labels):
        inside = label and label % 2 == 0
        if inside and (index == 0 or (labels[index - 1] + 1) // 2 != label // 2):
            labels[index] = label - 1  # what the mark began begins here
    return row | {"labels": labels, "states": row["states"] % CUE_LEVELS}


def make_batches(rows: Sequence[Row], rng: np.random.Generator, weight: float) -> list[Row]:
    """Arrays of shape (rows, steps), in an order that `rng` gives; `types` counts the spellings in `letters`."""
    by_length: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_length[next(size for size in LENGTHS if len(row["words"]) <= size)].append(row)
    found = []
    for size, group in sorted(by_length.items()):
        many = max(4, TOKENS_A_BATCH // size)
        order = rng.permutation(len(group))
        for at in range(0, len(group), many):
            found.append(_stack([group[i] for i in order[at : at + many]], size, many, weight))
    return [found[i] for i in rng.permutation(len(found))]


def _stack(chosen: Sequence[Row], size: int, many: int, weight: float) -> Row:
    arrays: Row = {}
    for name, column in chosen[0].items():
        arrays[name] = np.zeros((many, size, *column.shape[1:]), column.dtype)
        for row, each in enumerate(chosen):
            arrays[name][row, : len(each[name])] = each[name]
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


def read_classes(paths: Sequence[Path], vocabulary: Vocabulary, *, sides: bool = True) -> tuple[list[Row], list[str]]:
    """Sentences of CoNLL-U files as rows, and the names of the classes: word class and relation (`NOUN|nsubj`).

    With `sides` also where the head stands: `NOUN|nsubj|>` has it after it.
    """
    names: dict[str, int] = {}
    rows: list[Row] = []
    for path in paths:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            cells = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
            cells = [cell for cell in cells if cell[0].isdigit()]
            if not 2 <= len(cells) <= LENGTHS[-1]:
                continue
            tokens = _sentence([cell[1] for cell in cells])
            found = [names.setdefault(_class(cell, sides), len(names)) for cell in cells]
            rows += to_rows(make_features(tokens, (), vocabulary), np.array(found, np.int32), tokens.sequences, {})
    return rows, list(names)


def _class(cell: Sequence[str], sides: bool) -> str:
    """Word class, relation and the side on which the head stands: `>` after, `<` before, nothing for a root."""
    name = cell[3] + "|" + cell[7].split(":")[0]
    head = int(cell[6]) if cell[6].isdigit() else 0
    return f"{name}|{'' if head == 0 else '>' if head > int(cell[0]) else '<'}" if sides else name


def _sentence(words: Sequence[str]) -> Tokens:
    places = tuple(range(len(words)))
    return Tokens(tuple(words), places, places, tuple(place == 0 for place in places), ((0, len(words)),))
