"""The editions of a library folder: listing, describing and removing them, and their manifests.

An edition is a folder with `manifest.json`, `source` (the bytes that were added), `passages.jsonl` and the numbering
tables that were used. One that was written before passages were stored has the first two only, and still loads.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from catena.library.model import Edition, LibraryError, Work
from catena.library.packages import package_editions

MANIFEST, SOURCE, PASSAGES = "manifest.json", "source", "passages.jsonl"


def remove_edition(folder: Path, name: str) -> None:
    """Take the edition `name` out of the library in `folder`. Raises `LibraryError` when it is not there."""
    packaged = next((edition for edition in package_editions() if edition.name == name), None)
    if packaged is not None:
        package = packaged.source.rpartition(" of ")[2].split()[0]
        raise LibraryError(f"{name!r} comes with the package {package} and cannot be removed from the library")
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
    editions, problems = read_shelf(folders)
    if problems:
        raise LibraryError(problems[0])
    return editions


def read_shelf(folders: Sequence[Path]) -> tuple[tuple[Edition, ...], tuple[str, ...]]:
    """The manifests in `folders` as in `list_editions`, and one sentence for each that cannot be read."""
    found: dict[str, Edition] = {}
    problems = []
    for folder in folders:
        for path in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
            try:
                edition = _manifest(path)
            except LibraryError as error:
                problems.append(str(error))
                continue
            found.setdefault(edition.name, edition)
    return tuple(found.values()), tuple(problems)


def describe_editions(folders: Sequence[Path]) -> tuple[Edition, ...]:
    """The editions of packages that can be used, and those in `folders` whose manifests can be read. Reads no text."""
    return package_editions() + read_shelf(folders)[0]


def list_works(folders: Sequence[Path]) -> tuple[Work, ...]:
    """The works of the library with their editions, in the order of `describe_editions`."""
    works: dict[str, list[str]] = {}
    for edition in describe_editions(folders):
        works.setdefault(edition.work, []).append(edition.name)
    return tuple(Work(name, tuple(editions)) for name, editions in works.items())


def manifest_text(edition: Edition) -> str:
    """The manifest as stored: what is known, without the fields that are empty and came later."""
    record = asdict(edition)
    del record["path"], record["builtin"]
    for name in ("title", "script", "reading", "licence", "url", "chapters", "numbering", "options", "left_out"):
        if not record[name]:
            del record[name]
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def slug(name: str) -> str:
    """A folder's name for an edition: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def _manifest(path: Path) -> Edition:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        for name in ("names", "numbering"):
            record[name] = tuple(record.get(name, ()))
        for name in ("chapters", "options", "left_out", "files"):
            record[name] = tuple((first, second) for first, second in record.get(name, ()))
        return Edition(**record, path=str(path.parent / SOURCE))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LibraryError(f"{path} is no manifest ({error}); remove its folder and add the text again") from error
