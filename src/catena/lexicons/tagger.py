"""The trained tagger as a file: weights in half precision with their word lists, read and written.

A file of the user's own stands in for the one that comes with the program: `CATENA_TAGGER`, else
`models/attribution-en.npz` in the user's data folder (`catena train` writes it there).
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from platformdirs import user_data_path

from catena.attribution.tagger import LABELS, Tagger, Vocabulary

VARIABLE = "CATENA_TAGGER"
FORMAT = "1"
"""Goes up when an older program could not read the file, or would read it wrongly."""
_BUNDLED = "attribution/tagger.en.npz"
_LISTS = ("words", "shapes", "characters")


class TaggerError(ValueError):
    """The file is no tagger that this version can run. The message says what to do next."""


def own_tagger() -> Path:
    """Where a model of the user's own is looked for; it need not exist."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else user_data_path("catena", appauthor=False) / "models" / "attribution-en.npz"


@cache
def load_tagger() -> Tagger:
    """The user's own model when there is one, else the bundled one. Cached; about 0.1 s the first time."""
    own = own_tagger()
    return read_tagger(own) if own.exists() else shipped_tagger()


def shipped_tagger() -> Tagger:
    """The model that comes with the program."""
    with as_file(files("catena").joinpath("data", _BUNDLED)) as path:
        return read_tagger(path)


def tagger_mark() -> str:
    """The first twelve digits of the SHA-256 of the user's own model; empty for the bundled one.

    Where `CATENA_TAGGER` names a tagger of another program (`spacy:NAME`, see `catena.taggers`), that name.
    """
    own = own_tagger()
    given = os.environ.get(VARIABLE, "")
    if ":" in given and not own.exists():
        return given
    return hashlib.sha256(own.read_bytes()).hexdigest()[:12] if own.exists() else ""


def read_tagger(path: Path) -> Tagger:
    """The tagger in a file. Raises `TaggerError`."""
    try:
        with np.load(path, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        facts = json.loads(arrays.pop("facts").tobytes())
        if facts["format"] != FORMAT:
            raise TaggerError(
                f"{path}: model of format {facts['format']}; this version reads {FORMAT}. Train it again."
            )
        return _build(arrays, facts)
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, TaggerError):
            raise
        note = f"{path}: no model for attributions ({type(error).__name__}: {error})"
        raise TaggerError(f"{note}. Next: remove it, or train it again with catena train.") from error


def _build(arrays: Mapping[str, Any], facts: Mapping[str, Any]) -> Tagger:
    lists = {name: _words(arrays[f"list.{name}"]) for name in (*_LISTS, "cues", "links")}
    weights = {
        name.removeprefix("weight."): value.astype(np.float32)
        for name, value in arrays.items()
        if name.startswith("weight.")
    }
    if weights["out"].shape[1] != len(LABELS):
        raise ValueError(f"{weights['out'].shape[1]} labels, not {len(LABELS)}")
    vocabulary = Vocabulary(
        _number(lists["words"], 1),
        _number(lists["shapes"], 1),
        _number(lists["characters"], 2),
        dict(zip(lists["cues"], map(int, arrays["levels"]), strict=True)),
    )
    links = dict(zip(lists["links"], map(float, arrays["links"]), strict=True))
    return Tagger(str(facts["name"]), vocabulary, weights, links)


def write_tagger(out: Path | BinaryIO, tagger: Tagger, facts: Mapping[str, Any]) -> None:
    """Write a tagger with what is to be known of it. The same values give the same bytes: no time stamp goes in."""
    known = tagger.vocabulary
    text = json.dumps({**facts, "format": FORMAT, "name": tagger.name}, sort_keys=True)
    arrays: dict[str, Any] = {
        **{f"weight.{name}": np.asarray(value, np.float16) for name, value in sorted(tagger.weights.items())},
        **{f"list.{name}": _bytes(getattr(known, name)) for name in (*_LISTS, "cues")},
        "levels": np.array(list(known.cues.values()), np.uint8),
        "list.links": _bytes(tagger.links),
        "links": np.array(list(tagger.links.values()), np.float32),
        "facts": np.frombuffer(text.encode(), np.uint8),
    }
    np.savez_compressed(out, **arrays)


def _bytes(words: Mapping[str, object]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _words(array: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def _number(words: list[str], first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(words, first)}
