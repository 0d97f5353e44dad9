"""Does the wording hold? Citations as printed, and quotations against the editions of a library."""

from catena.verification.citations import find_citations
from catena.verification.isnad import find_isnads
from catena.verification.ladder import LADDER
from catena.verification.lexicon import CheckLexicon, Formula
from catena.verification.library_view import (
    Edition,
    LoadedEdition,
    LoadedLibrary,
    load_edition,
    make_library,
)
from catena.verification.systems import Book, ReferenceSystem, Symbol, work_systems
from catena.verification.verify import verify

__all__ = [
    "LADDER",
    "Book",
    "CheckLexicon",
    "Edition",
    "Formula",
    "LoadedEdition",
    "LoadedLibrary",
    "ReferenceSystem",
    "Symbol",
    "find_citations",
    "find_isnads",
    "load_edition",
    "make_library",
    "verify",
    "work_systems",
]
