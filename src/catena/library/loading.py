"""Editions on disk -> `LoadedLibrary`, with the index of each kept in a cache that can be deleted at any
time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from catena.library.builtin import MISSING, builtin_edition, builtin_problem, read_builtin
from catena.library.folders import cache_folder
from catena.library.importers import IMPORTERS
from catena.library.index_cache import cache_key, read_cache, write_cache
from catena.library.model import Edition, Imported, LibraryError
from catena.library.shelf import list_editions
from catena.verification.library_view import Edition as EditionView
from catena.verification.library_view import LoadedEdition, LoadedLibrary, load_edition

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
    path = cache_folder() / f"{cache_key(edition.sha256, edition.importer, edition.work)}.index"
    cached = read_cache(path, lambda chapters: _view(edition, chapters))
    if cached is not None:
        return cached
    imported = _import(edition)
    pairs = [(canonical_reference(edition.work, one.reference), one.text) for one in imported.passages]
    loaded = load_edition(_view(edition, imported.chapters), pairs)
    write_cache(path, loaded)
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
