"""Editions on disk -> `LoadedLibrary`. A change in a stored file is seen here, and the edition left out and named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from catena.library.builtin import MISSING
from catena.library.importers import IMPORTERS, ImportOptions
from catena.library.index_cache import cache_path, read_cache, write_cache
from catena.library.model import Edition, Imported, LibraryError, Passage
from catena.library.packages import package_editions, package_problems, read_package
from catena.library.passages import read_passages
from catena.library.references import canonical_passages
from catena.library.shelf import PASSAGES, read_shelf
from catena.verification.library_view import Edition as EditionView
from catena.verification.library_view import LoadedEdition, LoadedLibrary, load_edition


def load_library(folders: Sequence[Path] = ()) -> LoadedLibrary:
    """The editions of installed packages, and every edition in `folders`, ready to compare with.

    An edition that cannot be read is left out; `problems` says which and why.
    """
    editions: list[LoadedEdition] = []
    packaged = package_editions()
    problems = list(package_problems())
    if not packaged and not problems:
        problems.append(MISSING)
    shelved, unreadable = read_shelf(folders)
    problems += unreadable
    for edition in (*packaged, *shelved):
        try:
            editions.append(_load(edition))
        except LibraryError as error:
            problems.append(str(error))
    return LoadedLibrary(tuple(editions), tuple(problems))


@lru_cache(maxsize=64)
def _load(edition: Edition) -> LoadedEdition:
    check_unchanged(edition)
    view = _view(edition if edition.files or edition.builtin else _with_chapters(edition))
    path = cache_path(edition)
    cached = read_cache(path, view)
    if cached is not None:
        return cached
    loaded = load_edition(view, [(one.reference, one.text) for one in load_passages(edition)])
    write_cache(path, loaded)
    return loaded


def load_passages(edition: Edition) -> tuple[Passage, ...]:
    """The passages of one edition, in order, with canonical and local references.

    Raises `LibraryError` when a stored file is gone or is not the one that was added.
    """
    if edition.builtin:
        return canonical_passages(edition.work, read_package(edition))
    check_unchanged(edition)
    source = Path(edition.path)
    if edition.files:
        return read_passages(source.with_name(PASSAGES).read_bytes(), edition.name)
    return canonical_passages(edition.work, _import_source(edition))


def _import_source(edition: Edition) -> Imported:
    """The passages of an edition that was added before passages were stored: its source is imported again."""
    return IMPORTERS[edition.importer].read(Path(edition.path).read_bytes(), edition.source, ImportOptions())


def _with_chapters(edition: Edition) -> Edition:
    """Manifests named no chapters then; of the formats of that time only Tanzil's XML does."""
    return replace(edition, chapters=_import_source(edition).chapters) if edition.importer == "tanzil-xml" else edition


def check_unchanged(edition: Edition) -> None:
    """Raises `LibraryError` when a stored file is gone or its hash is not the manifest's."""
    if edition.builtin:
        return
    source = Path(edition.path)
    for name, expected in ((source.name, edition.sha256), *edition.files):
        path = source.with_name(name)
        try:
            with path.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise LibraryError(f"{edition.name}: {path} cannot be read ({error.strerror}); add it again") from error
        if found != expected:
            raise LibraryError(f"{edition.name}: {path} is not the file that was added; add it again")


def _view(edition: Edition) -> EditionView:
    return EditionView(
        id=edition.name,
        work=edition.work,
        title=edition.title or edition.name,
        language=edition.language,
        notice=edition.notice,
        kind=edition.kind,
        names=edition.names,
        chapters=edition.chapters,
        script=edition.script,
        reading=edition.reading,
        licence=edition.licence,
        source=edition.url or edition.source,
        sha256=edition.sha256,
        numbering=", ".join(edition.numbering),
    )
