"""Stored files hashed again, and what changed in those that differ."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catena.library.importers import ImportOptions, ReadDocument, parse_map, parse_only, written_options
from catena.library.model import Edition, LibraryError, Passage
from catena.library.packages import package_problems
from catena.library.passages import read_passages
from catena.library.shelf import PASSAGES, SOURCE, list_editions

_SHOWN = 3  # references named of the passages that differ


@dataclass(frozen=True, slots=True)
class Change:
    """One stored file that is not as it was added. `what` says it in one sentence."""

    edition: str
    file: str
    expected: str
    found: str
    what: str


def verify_editions(
    folders: Sequence[Path], name: str | None = None, read_document: ReadDocument | None = None
) -> tuple[str, ...]:
    """One sentence for each stored file that is gone or changed, of the edition `name` or of all.

    Raises `LibraryError` when no edition is called `name`.
    """
    if name is None:
        packaged = package_problems()
    else:
        packaged = ()
        if not any(edition.name == name for edition in list_editions(folders)):
            raise LibraryError(f"no edition is called {name!r}; see: catena library list")
    return (*packaged, *(f"{each.edition}: {each.what}" for each in find_changes(folders, name, read_document)))


def find_changes(
    folders: Sequence[Path], name: str | None = None, read_document: ReadDocument | None = None
) -> tuple[Change, ...]:
    """The stored files that differ from their manifests, by edition."""
    return tuple(
        change
        for edition in list_editions(folders)
        if name is None or edition.name == name
        for change in _changes(edition, read_document)
    )


def _changes(edition: Edition, read_document: ReadDocument | None) -> list[Change]:
    found = []
    source = Path(edition.path)
    hashes = {file: _hash(source.with_name(file)) for file in (SOURCE, *(file for file, _ in edition.files))}
    for file, expected in ((SOURCE, edition.sha256), *edition.files):
        now = hashes[file]
        if now == expected:
            continue
        path = source.with_name(file)
        if not now:
            what = f"{path} is gone"
        else:
            what = f"{path} is not the file that was added: sha256 {now[:12]} instead of {expected[:12]}"
            what += _differences(edition, file, hashes, read_document)
        found.append(Change(edition.name, file, expected, now, what))
    return found


def _differences(edition: Edition, file: str, hashes: dict[str, str], read_document: ReadDocument | None) -> str:
    """Which passages differ between the source and what was imported from it, when one of the two is intact."""
    from catena.library.adding import import_bytes
    from catena.library.references import canonical_passages

    intact = dict(((SOURCE, edition.sha256), *edition.files))
    other = PASSAGES if file == SOURCE else SOURCE
    if file not in (SOURCE, PASSAGES) or hashes.get(other) != intact.get(other) or edition.numbering:
        return ""
    source = Path(edition.path)
    try:
        stored = read_passages(source.with_name(PASSAGES).read_bytes(), edition.name)
        options = _options(edition, read_document)
        _, imported = import_bytes(source.read_bytes(), edition.source, importer=edition.importer, options=options)
        again = canonical_passages(edition.work, imported)
    except LibraryError as error:
        return f"; {error}"
    return _difference(stored, again) if file == SOURCE else _difference(again, stored)


def _difference(before: Sequence[Passage], after: Sequence[Passage]) -> str:
    old, new = ({one.reference: one.text for one in each} for each in (before, after))
    named = [*(each for each in old if old[each] != new.get(each)), *(each for each in new if each not in old)]
    if not named:
        return "; every passage reads as before"
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f"; changed: {', '.join(named[:_SHOWN])}{more}"


def _options(edition: Edition, read_document: ReadDocument | None) -> ImportOptions:
    """The importer's options as the manifest keeps them."""
    said = dict(edition.options)
    fields = parse_map([f"{key[4:]}={value}" for key, value in edition.options if key.startswith("map ")])
    return written_options(said, fields, parse_only(said["only"].split(", ")) if "only" in said else (), read_document)


def _hash(path: Path) -> str:
    """The SHA-256 of a file, empty when it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
