"""Where things lie: the bundled examples, the project file of a folder, the library folders of a project."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from catena.library import library_folders

SUFFIX = ".catena"


def examples_folder() -> Path:
    """The bundled statements: inside the installed package, or in the checkout it runs from.

    Raises `FileNotFoundError` when neither is there.
    """
    package = Path(__file__).parent
    for root in (package / "examples", package.parent.parent / "examples"):
        if (root / "statements").is_dir():
            return root / "statements"
    raise FileNotFoundError("the bundled examples are missing from this installation; give a folder instead")


def project_file(folder: Path) -> Path:
    """The project file that `catena open FOLDER` uses: beside the folder, or in the user's data folder.

    The data folder is taken for the bundled examples and where the place beside the folder cannot be written.
    """
    resolved = folder.resolve()
    beside = resolved.parent / f"{resolved.stem if resolved.is_file() else resolved.name}{SUFFIX}"
    bundled = resolved == examples_folder().resolve()
    if not bundled and os.access(beside.parent, os.W_OK):
        return beside
    home = user_data_path("catena", appauthor=False) / "projects"
    home.mkdir(parents=True, exist_ok=True)
    return home / ("examples" + SUFFIX if bundled else beside.name)


def libraries_for(folder: Path | None, project: Path | None = None, extra: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """Library folders in the order they are searched: given ones, beside the project, beside the folder, the user's."""
    beside = [path.resolve().parent / "library" for path in (project, folder) if path is not None]
    found = [*extra, *(path for path in beside if path.is_dir()), *library_folders(None)]
    return tuple(dict.fromkeys(path.resolve() for path in found))
