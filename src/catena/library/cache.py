"""The index of each edition in a cache that can be deleted at any time: one file, written whole or not at all.

The key is the hash of the texts, of how references are written and of the letters that seeds are made of, so that an
index is never used for another text.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catena.library.folders import cache_folder
from catena.library.model import Edition
from catena.text.seeds import SeedIndex
from catena.verification.library_view import Edition as EditionView
from catena.verification.library_view import LoadedEdition
from catena.verification.skeleton import SKELETON_VERSION

CACHE_VERSION = "3"
_SEPARATOR = "\x00"  # importers refuse it in a text


def load_cached(edition: Edition, view: EditionView) -> LoadedEdition | None:
    """The cached edition under the manifest `view`, or `None` when there is none or it cannot be used."""
    try:
        with np.load(_path(edition)) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return LoadedEdition(
            edition=view,
            references=_unpack(arrays["references"]),
            texts=_unpack(arrays["texts"]),
            skeletons=_unpack(arrays["skeletons"]),
            index=SeedIndex.from_arrays(
                {name.removeprefix("index_"): array for name, array in arrays.items() if name.startswith("index_")}
            ),
        )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def save_cached(edition: Edition, loaded: LoadedEdition) -> None:
    """Write the cache; a folder that cannot be written only costs the next start its time."""
    path = _path(edition)
    arrays: dict[str, NDArray[np.generic]] = {
        "references": _pack(loaded.references),
        "texts": _pack(loaded.texts),
        "skeletons": _pack(loaded.skeletons),
        **{f"index_{name}": array for name, array in loaded.index.to_arrays().items()},
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=path.parent) as draft:
            np.savez(Path(draft) / path.name, **arrays)  # type: ignore[arg-type]
            (Path(draft) / path.name).replace(path)
    except OSError:
        return


def _path(edition: Edition) -> Path:
    hashes = (edition.sha256, *(sha256 for _, sha256 in edition.files))
    said = "\n".join((CACHE_VERSION, SKELETON_VERSION, *hashes, edition.importer, edition.work))
    return cache_folder() / f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.npz"


def _pack(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(_SEPARATOR.join(texts).encode(), dtype=np.uint8)


def _unpack(blob: NDArray[np.generic]) -> tuple[str, ...]:
    text = blob.tobytes().decode()
    return tuple(text.split(_SEPARATOR)) if text else ()
