"""Where libraries lie: the user's own folder, and `library/` beside a project."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

VARIABLE = "CATENA_LIBRARY"


def user_library() -> Path:
    """The user's library folder: `CATENA_LIBRARY` when set, else in the platform's data folder. May not exist
    yet.
    """
    given = os.environ.get(VARIABLE)
    return Path(given) if given else user_data_path("catena", appauthor=False) / "library"


def library_folders(project: Path | None) -> tuple[Path, ...]:
    """The folders to load, in order: `library/` beside the project file when it is there, then the user's
    own.
    """
    beside = project.resolve().parent / "library" if project else None
    return ((beside,) if beside and beside.is_dir() else ()) + (user_library(),)


def cache_folder() -> Path:
    """Where indexes are kept; anything in it can be deleted and is built again."""
    return user_cache_path("catena", appauthor=False) / "library"
