"""Editions on disk -> `LoadedLibrary`, with the index of each kept in a cache that can be deleted at any
time.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catena.library.builtin import MISSING, builtin_edition, builtin_problem, read_builtin
from catena.library.folders import cache_folder
from catena.library.importers import IMPORTERS
from catena.library.model import Edition, Imported, LibraryError
from catena.library.shelf import list_editions
from catena.text.seeds import SeedIndex
from catena.verification.library_view import Edition as EditionView
from catena.verification.library_view import LoadedEdition, LoadedLibrary, load_edition
from catena.verification.skeleton import SKELETON_VERSION

CACHE_VERSION = "2"
_SEPARATOR = "\x00"  # importers refuse it in a text
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def load_library(folders: Sequence[Path] = ()) -> LoadedLibrary:
    """The built-in edition, when it is installed, and every edition in `folders`, ready to compare with.

    An edition that cannot be read is left out; `problems` says which and why.
    """
    editions: list[LoadedEdition] = []
    problems: list[str] = []
    builtin = builtin_edition()
    if builtin is None:
        problems.append(builtin_problem() or MISSING)
    for edition in ((builtin,) if builtin else ()) + list_editions(folders):
        try:
            editions.append(_load(edition))
        except LibraryError as error:
            problems.append(str(error))
    return LoadedLibrary(tuple(editions), tuple(problems))


def canonical_reference(work: str, printed: str) -> str:
    """The reference of a passage as citations are written: `Q 51:55`, `Lake Charter 7(2)`; the Bible's stay
    as printed.

    >>> canonical_reference("quran", "51:55"), canonical_reference("Lake Charter", "Art. 7 (2)")
    ('Q 51:55', 'Lake Charter 7(2)')
    """
    if work == "bible":
        return printed
    locus = printed.translate(_DIGITS)
    found = re.search(r"\d", locus)
    locus = re.sub(r"\s+(?=\()", "", locus[found.start() :] if found else locus).strip()
    return f"{'Q' if work == 'quran' else work} {locus}"


@lru_cache(maxsize=32)
def _load(edition: Edition) -> LoadedEdition:
    path = cache_folder() / f"{_key(edition)}.npz"
    cached = _from_cache(path, edition)
    if cached is not None:
        return cached
    imported = _import(edition)
    pairs = [(canonical_reference(edition.work, one.reference), one.text) for one in imported.passages]
    loaded = load_edition(_view(edition, imported.chapters), pairs)
    _to_cache(path, loaded)
    return loaded


def _import(edition: Edition) -> Imported:
    if edition.builtin:
        return read_builtin()
    try:
        data = Path(edition.path).read_bytes()
    except OSError as error:
        raise LibraryError(f"{edition.name}: {edition.path} cannot be read ({error.strerror}); add it again") from error
    if hashlib.sha256(data).hexdigest() != edition.sha256:
        raise LibraryError(f"{edition.name}: {edition.path} is not the file that was added; add it again")
    return IMPORTERS[edition.importer](data, edition.source)


def _view(edition: Edition, chapters: tuple[tuple[str, str], ...]) -> EditionView:
    return EditionView(
        id=edition.name,
        work=edition.work,
        title=edition.name,
        language=edition.language,
        notice=edition.notice,
        kind=edition.kind,
        names=edition.names,
        chapters=chapters,
    )


def _key(edition: Edition) -> str:
    said = "\n".join((CACHE_VERSION, SKELETON_VERSION, edition.sha256, edition.importer, edition.work))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _to_cache(path: Path, loaded: LoadedEdition) -> None:
    """Write the cache whole or not at all; a folder that cannot be written only costs the next start its
    time.
    """
    chapters = [item for pair in loaded.edition.chapters for item in pair]
    arrays: dict[str, NDArray[np.generic]] = {
        "references": _pack(loaded.references),
        "texts": _pack(loaded.texts),
        "skeletons": _pack(loaded.skeletons),
        "chapters": _pack(chapters),
        **{f"index_{name}": array for name, array in loaded.index.to_arrays().items()},
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=path.parent) as draft:
            np.savez(Path(draft) / path.name, **arrays)  # type: ignore[arg-type]
            (Path(draft) / path.name).replace(path)
    except OSError:
        return


def _from_cache(path: Path, edition: Edition) -> LoadedEdition | None:
    """The cached edition, or `None` when there is none or it cannot be used."""
    try:
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
        chapters = _unpack(arrays["chapters"])
        return LoadedEdition(
            edition=_view(edition, tuple(zip(chapters[::2], chapters[1::2], strict=True))),
            references=_unpack(arrays["references"]),
            texts=_unpack(arrays["texts"]),
            skeletons=_unpack(arrays["skeletons"]),
            index=SeedIndex.from_arrays(
                {name.removeprefix("index_"): array for name, array in arrays.items() if name.startswith("index_")}
            ),
        )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _pack(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(_SEPARATOR.join(texts).encode(), dtype=np.uint8)


def _unpack(blob: NDArray[np.generic]) -> tuple[str, ...]:
    text = blob.tobytes().decode()
    return tuple(text.split(_SEPARATOR)) if text else ()
