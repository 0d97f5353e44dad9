"""What a comparison remembers, so that documents can be added without doing the others again.

Kept are the seeds and sentences of each document, the stretches that pairs share, and a digest of what was said of
each document. Nothing of it changes when documents are added at the end, so that the result equals a full run. All of
it is flat arrays, to be saved and loaded by whoever owns the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catena.model import Document
from catena.text import FoldTable
from catena.transmission.chain import Chains
from catena.transmission.passages import Candidates
from catena.transmission.seeds import Seeds
from catena.transmission.sentences import Sentences
from catena.transmission.similar import Similar

VERSION = 1  # of the arrays and of everything that decides the findings; another one means a full run
Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The state after a comparison of documents with distinct letters, numbered in their order.

    `ids` are document ids; `letters` digests of their letters. `said` maps the id of every document, copies included,
    to a digest of its findings.
    """

    ids: tuple[str, ...]
    letters: tuple[str, ...]
    seeds: tuple[tuple[NDArray[np.uint64], NDArray[np.int32], int], ...]
    sentences: tuple[Sentences, ...]
    candidates: Candidates
    similar: tuple[Similar, ...]
    said: Mapping[str, str]

    @classmethod
    def empty(cls) -> Memory:
        """The state before any comparison."""
        return cls((), (), (), (), Candidates.none(), (), {})

    def recall(self, documents: Mapping[str, Document], table: FoldTable) -> list[Seeds]:
        """The seeds of the documents remembered. Raises `KeyError` when one of them is not among `documents`."""
        return [
            Seeds(documents[key], table, hashes, places, size)
            for key, (hashes, places, size) in zip(self.ids, self.seeds, strict=True)
        ]

    def to_arrays(self) -> dict[str, Array]:
        """The state as named arrays."""
        chains = self.candidates.chains
        texts = json.dumps([VERSION, self.ids, self.letters, dict(self.said), [_row(one) for one in self.similar]])
        many = self.sentences
        return {
            "texts": np.frombuffer(texts.encode(), dtype=np.uint8),
            "sizes": np.array([[len(seed[0]), seed[2]] for seed in self.seeds], dtype=np.int64).reshape(-1, 2),
            "hashes": _end_to_end([seed[0] for seed in self.seeds], np.uint64),
            "places": _end_to_end([seed[1] for seed in self.seeds], np.int32),
            "sentences": np.array([[len(one), len(one.words)] for one in many], dtype=np.int64).reshape(-1, 2),
            "starts": _end_to_end([one.starts for one in many], np.int64),
            "ends": _end_to_end([one.ends for one in many], np.int64),
            "bounds": _end_to_end([one.bounds for one in many], np.int64),
            "words": _end_to_end([one.words for one in many], np.uint32),
            "chains": np.stack([getattr(chains, name) for name in Chains.__slots__]),
            "alike": self.candidates.alike,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Memory:
        """The state that `to_arrays` gave out. Raises `KeyError` when one is missing, `ValueError` for others."""
        version, ids, letters, said, similar = json.loads(arrays["texts"].tobytes())
        if version != VERSION:
            raise ValueError(f"the comparison was remembered in version {version}, this is {VERSION}; compare anew")
        sizes, counts = arrays["sizes"].astype(np.int64), arrays["sentences"].astype(np.int64)
        seeds = zip(
            _parts(arrays["hashes"], sizes[:, 0]), _parts(arrays["places"], sizes[:, 0]), sizes[:, 1].tolist(),
            strict=True,
        )  # fmt: skip
        sentences = zip(
            _parts(arrays["starts"], counts[:, 0]), _parts(arrays["ends"], counts[:, 0]),
            _parts(arrays["words"], counts[:, 1]), _parts(arrays["bounds"], counts[:, 0] + 1), strict=True,
        )  # fmt: skip
        return cls(
            tuple(ids),
            tuple(letters),
            tuple(seeds),
            tuple(Sentences(*one) for one in sentences),
            Candidates(Chains(*arrays["chains"].astype(np.int64)), arrays["alike"].astype(np.float64)),
            tuple(_similar(row) for row in similar),
            said,
        )


def digest(value: object) -> str:
    """A short digest of a value made of lists, tuples, texts and numbers."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _row(one: Similar) -> list[object]:
    return [one.first, one.second, one.start, one.end, one.other_start, one.other_end, one.cosine, one.pairs]


def _similar(row: list[Any]) -> Similar:
    first, second, start, end, other_start, other_end, cosine, pairs = row
    alike = tuple((one, other) for one, other in pairs)
    return Similar(first, second, start, end, other_start, other_end, cosine, alike)


def _end_to_end(parts: Sequence[Array], kind: type[np.generic]) -> Array:
    return np.concatenate([np.empty(0, kind), *parts])


def _parts(whole: Array, sizes: Array) -> list[Array]:
    return np.split(whole, np.cumsum(sizes)[:-1]) if len(sizes) else []
