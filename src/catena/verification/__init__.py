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
from catena.verification.passages import FoundPassage, find_passages
from catena.verification.pooled import Ranked
from catena.verification.systems import Book, ReferenceSystem, Symbol, work_systems
from catena.verification.translated import rank_passages
from catena.verification.unannounced import find_unannounced
from catena.verification.verify import verify

__all__ = [
    "LADDER",
    "Book",
    "CheckLexicon",
    "Edition",
    "Formula",
    "FoundPassage",
    "LoadedEdition",
    "LoadedLibrary",
    "Ranked",
    "ReferenceSystem",
    "Symbol",
    "find_citations",
    "find_isnads",
    "find_passages",
    "find_unannounced",
    "load_edition",
    "make_library",
    "rank_passages",
    "verify",
    "work_systems",
]
