"""The index of an edition in one file that is opened in place: no reading, no copying, shared by all processes.

The file: eight bytes of magic, the length of a JSON head, the head (name, type, shape and place of each array), then
the arrays, each on a multiple of 64 bytes. It is written beside its place and moved there whole, so that a run killed
half-way leaves what was there before; readers that have the old one open keep it. The name holds everything the
contents depend on (`cache_path`). Any file may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catena.library.folders import cache_folder
from catena.library.model import Edition
from catena.text.seeds import SeedIndex
from catena.verification.library_view import Edition as EditionView
from catena.verification.library_view import LoadedEdition, Packed
from catena.verification.skeleton import fold_key

CACHE_VERSION = "5"
MAGIC = b"catena-i"
ALIGNED = 64
DRAFT = ".part-"
ABANDONED = 3600  # seconds after which a draft belongs to a run that was killed
_OWN = ("shape", "entries")

Arrays = dict[str, NDArray[np.generic]]


def cache_path(edition: Edition) -> Path:
    """Where the index lies: changes with the text's bytes, its reading, and the tables its letters are folded by."""
    hashes = (edition.sha256, *(sha256 for _, sha256 in edition.files))
    said = (CACHE_VERSION, fold_key(), *hashes, edition.importer, edition.work)
    name = hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]
    return cache_folder() / f"{name}.index"


def write_cache(path: Path, loaded: LoadedEdition) -> None:
    """Write the cache whole or not at all; a folder that cannot be written only costs the next start its time."""
    packed = {"references": _packed(loaded.references), "texts": _packed(loaded.texts)}
    arrays: Arrays = {}
    for name, texts in packed.items():
        arrays |= {f"{name}.blob": texts.blob, f"{name}.bounds": texts.bounds}
    arrays |= {f"index.{part}": array for part, array in loaded.index.to_arrays().items()}
    if loaded.scan is not loaded.index:  # offsets and letters are the same
        arrays |= {f"scan.{part}": array for part, array in loaded.scan.to_arrays().items() if part in _OWN}
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        with tempfile.TemporaryDirectory(prefix=DRAFT, dir=path.parent) as draft:
            part = Path(draft) / path.name
            _write(part, arrays)
            part.replace(path)


def read_cache(path: Path, view: EditionView) -> LoadedEdition | None:
    """The cached edition under the manifest `view`, its arrays mapped into memory; `None` when there is none or it is
    not whole.
    """
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays = _open(held)
        index = SeedIndex.from_arrays(_part(arrays, "index"))
        own = _part(arrays, "scan")
        scan = SeedIndex.from_arrays(_part(arrays, "index") | own) if own else index
        return LoadedEdition(
            view,
            Packed(arrays["references.blob"], arrays["references.bounds"]),  # type: ignore[arg-type]
            Packed(arrays["texts.blob"], arrays["texts.bounds"]),  # type: ignore[arg-type]
            index,
            scan,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sweep(folder: Path) -> None:
    """Remove the drafts that killed runs left behind."""
    for draft in folder.glob(f"{DRAFT}*"):
        if time.time() - draft.stat().st_mtime > ABANDONED:
            shutil.rmtree(draft, ignore_errors=True)


def _packed(texts: object) -> Packed:
    assert isinstance(texts, Packed)
    return texts


def _part(arrays: Arrays, name: str) -> Arrays:
    return {key.removeprefix(f"{name}."): array for key, array in arrays.items() if key.startswith(f"{name}.")}


def _write(path: Path, arrays: Arrays) -> None:
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    head = json.dumps({"arrays": places, "bytes": at}).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % ALIGNED)
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + head)
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % ALIGNED))
        file.flush()
        os.fsync(file.fileno())


def _open(held: mmap.mmap) -> Arrays:
    """The arrays in the file, in place. Raises `ValueError` when the file is another or cut short."""
    first = len(MAGIC) + 8
    if held[: len(MAGIC)] != MAGIC:
        raise ValueError("not an index of this version")
    start = first + int.from_bytes(held[len(MAGIC) : first], "little")
    head = json.loads(held[first:start])
    if len(held) != start + head["bytes"]:
        raise ValueError(f"the index has {len(held)} bytes, {start + head['bytes']} were written")
    arrays: Arrays = {}
    for name, (kind, shape, at) in head["arrays"].items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(held, dtype=kind, count=count, offset=start + at).reshape(shape)
    return arrays
