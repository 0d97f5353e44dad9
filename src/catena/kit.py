"""Everything the detectors are handed: word lists, tables and the library, loaded once a process.

The detectors are pure; this is where their data enters. `recipe` names what decides the findings, so that a change of
versions or of the library makes old findings stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from catena.anatomy import DateLexicon, EventLexicon, FigureLexicon, LayoutLexicon, NameLexicon, PlaceLexicon
from catena.attribution import CueLexicon, MarkTable, SpanTagger
from catena.lexicons.cues import load_cues
from catena.lexicons.dates import load_dates
from catena.lexicons.events import load_events
from catena.lexicons.figures import load_figures
from catena.lexicons.folding import load_fold_table
from catena.lexicons.formulae import load_check_lexicon, own_formulae
from catena.lexicons.languages import identify
from catena.lexicons.layout import load_layout
from catena.lexicons.marks import load_marks
from catena.lexicons.names import load_names
from catena.lexicons.proper_names import load_places
from catena.lexicons.references import load_reference_systems
from catena.lexicons.tagger import tagger_mark
from catena.library import describe_editions, load_library
from catena.readers import READERS
from catena.taggers import open_tagger
from catena.text import FoldTable
from catena.verification import CheckLexicon, LoadedLibrary, ReferenceSystem, work_systems
from catena.version import __version__


@dataclass(frozen=True)
class Kit:
    """Word lists, tables and the library of one run. Each part is loaded when a detector first asks for it."""

    folders: tuple[Path, ...] = ()

    @cached_property
    def library(self) -> LoadedLibrary:
        return load_library(self.folders)

    @cached_property
    def systems(self) -> tuple[ReferenceSystem, ...]:
        """How works are cited: the known systems, and the works of the library under their own names."""
        return (*load_reference_systems(), *work_systems(self.library))

    @cached_property
    def marks(self) -> MarkTable:
        return load_marks()

    @cached_property
    def cues(self) -> CueLexicon:
        return load_cues()

    @cached_property
    def tagger(self) -> SpanTagger:
        return open_tagger()

    @cached_property
    def check(self) -> CheckLexicon:
        return load_check_lexicon(self.folders)

    @cached_property
    def fold(self) -> FoldTable:
        return load_fold_table()

    @cached_property
    def layout(self) -> LayoutLexicon:
        return load_layout()

    @cached_property
    def dates(self) -> DateLexicon:
        return load_dates()

    @cached_property
    def figures(self) -> FigureLexicon:
        return load_figures()

    @cached_property
    def names(self) -> NameLexicon:
        return load_names()

    @cached_property
    def events(self) -> EventLexicon:
        return load_events()

    @cached_property
    def places(self) -> PlaceLexicon:
        return load_places(self.folders)

    @property
    def identify(self) -> Callable[[str, tuple[str, ...]], tuple[str, float]]:
        return identify


@cache
def load_kit(folders: tuple[Path, ...] = ()) -> Kit:
    """The kit for these library folders; the same object for the same folders."""
    return Kit(folders)


def current_kit(folders: tuple[Path, ...] = ()) -> Kit:
    """The kit for these folders as they are now: another one after a text was added, changed or removed.

    For programs that run on, such as the reader; a build works with one kit from start to end.
    """
    return _kit_of(folders, recipe(folders)[0])


@lru_cache(maxsize=2)
def _kit_of(folders: tuple[Path, ...], recipe: str) -> Kit:
    return Kit(folders)


def recipe(folders: Sequence[Path]) -> tuple[str, tuple[str, ...]]:
    """A short hash of versions and library, and the editions loaded, one line each.

    Reads the library's manifests only, so that a build with nothing new stays quick.
    """
    described = describe_editions(folders)
    editions = tuple(f"{edition.name} ({edition.language}, sha256 {edition.sha256[:12]})" for edition in described)
    # The same file makes other passages with other options, and is another work's edition under another name.
    uses = (repr((edition.work, edition.kind, edition.names, edition.files)) for edition in described)
    readers = (f"{name} {reader.version}" for name, reader in READERS.items())
    parts = (__version__, tagger_mark(), *readers, *editions, *uses, *map(own_formulae, folders))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{__version__}+{digest[:12]}", editions


def notices(folders: Sequence[Path]) -> tuple[str, ...]:
    """The notices that go with the editions: terms and sources that their texts must be shown with."""
    return tuple(f"{edition.name}\n{edition.notice}" for edition in describe_editions(folders) if edition.notice)
