"""The Python twin of each command. Everything returned is frozen.

>>> import catena
>>> found = catena.check('The minister said: "We will return to the talks."')
>>> [finding.text("content") for finding in found if finding.kind == "quotation"]
['We will return to the talks.']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from catena import building
from catena.building import BuildReport
from catena.engines import ENGINES
from catena.exporters import EXPORTERS
from catena.kit import current_kit
from catena.lexicons.library_names import book_name
from catena.library import (
    Edition,
    Entry,
    ImportOptions,
    LibraryError,
    Patience,
    Said,
    Trust,
    add_edition,
    get_edition,
    read_shelf,
    user_library,
)
from catena.model import Document, Finding
from catena.pipeline import check_document
from catena.places import libraries_for, project_file
from catena.readers import ReaderError, read_bytes, read_path
from catena.store import Project
from catena.voices import VoiceRow, gather_voices

__all__ = [
    "add_to_library",
    "build",
    "check",
    "export",
    "get_for_library",
    "libraries",
    "library_problems",
    "open_project",
    "read",
    "read_bytes",
    "read_for_library",
    "voices",
]


def read(path: Path | str) -> Document:
    """The document in one file. Raises `ReaderError` (stage, reason, next step) when it cannot be read."""
    return read_path(Path(path))


def check(text: Document | str, *, libraries: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Quotations, who is said to speak, citations and verdicts of `text`, in order of their place.

    `libraries` are further folders of reference texts; the user's own are always loaded.
    """
    document = Document.of(text) if isinstance(text, str) else text
    return check_document(document, current_kit(_folders(libraries)))


def libraries(extra: Sequence[Path] = ()) -> tuple[str, ...]:
    """The editions that `check` compares with, one line each."""
    loaded = current_kit(_folders(extra)).library.editions
    return tuple(f"{one.edition.id} ({one.edition.language}, sha256 {one.edition.sha256[:12]})" for one in loaded)


def library_problems(extra: Sequence[Path] = ()) -> tuple[str, ...]:
    """Why a text is not compared with, one sentence each: its file changed, a package is missing, a folder is empty."""
    empty = (f"{folder} holds no reference text" for folder in extra if read_shelf((folder,)) == ((), ()))
    step = "Next: catena library add NAME FILE --to FOLDER"
    return (*(f"{one}. {step}" for one in empty), *current_kit(_folders(extra)).library.problems)


def add_to_library(
    name: str,
    file: Path | str,
    *,
    folder: Path | None = None,
    format_name: str | None = None,
    said: Said | None = None,
    options: ImportOptions | None = None,
) -> Edition:
    """Add a file, archive or folder to the library as the edition `name`; `folder` defaults to the user's own.

    `format_name` is told from the content when not given. Raises `LibraryError` with file, line, reason and next
    step; the library is then as before.
    """
    given = replace(options or ImportOptions(), read_document=read_for_library)
    return add_edition(
        folder or user_library(),
        name,
        Path(file),
        importer=format_name,
        said=said,
        options=given,
        book_name=book_name,
    )


def read_for_library(data: bytes, name: str) -> Document:
    """The document in `data` for the importer of plain documents. Raises `LibraryError` when no reader can read it."""
    try:
        return read_bytes(data, name)
    except ReaderError as error:
        raise LibraryError(f"{name}: {error.reason}; nothing was added. Next: {error.next_step}.") from error


def get_for_library(
    entry: Entry,
    *,
    folder: Path | None = None,
    trust: Trust | None = None,
    patience: Patience | None = None,
) -> Edition:
    """Fetch a text of the catalogue from its publisher and add it. Show its licence first.

    Raises `LibraryError` when it cannot be fetched or its hash is not the known, pinned or accepted one.
    """
    return get_edition(
        folder or user_library(),
        entry,
        trust=trust,
        patience=patience,
        book_name=book_name,
        read_document=read_for_library,
    )


def build(
    folder: Path | str,
    output: Path | str | None = None,
    *,
    libraries: Sequence[Path] = (),
    engine: str = "processes",
    workers: int = 0,
) -> BuildReport:
    """Read what is new in `folder` into a project file (default: beside the folder)."""
    source = Path(folder)
    project = Path(output) if output else project_file(source)
    return building.build(
        source,
        project,
        engine=ENGINES[engine](workers),
        libraries=libraries_for(source, project, tuple(libraries)),
    )


def open_project(path: Path | str) -> Project:
    """The project at `path`, a project file or a folder of statements (which is built first). A context manager."""
    given = Path(path)
    if given.is_dir():
        given = Path(build(given).project)
    return Project.open(given)


def voices(project: Path | str) -> tuple[VoiceRow, ...]:
    """Who speaks in a project, those with most statements first, each with its statements."""
    with open_project(project) as opened:
        return gather_voices(opened.all_findings())


def export(project: Path | str, format_name: str, out: BinaryIO) -> None:
    """Write every finding of a project to `out`. Raises `ValueError` for an unknown format."""
    if format_name not in EXPORTERS:
        raise ValueError(f"no export format {format_name!r}; there are: {', '.join(EXPORTERS)}")
    with open_project(project) as opened:
        EXPORTERS[format_name].write(opened.all_findings(), out)


def _folders(extra: Sequence[Path]) -> tuple[Path, ...]:
    return libraries_for(None, None, tuple(extra))
