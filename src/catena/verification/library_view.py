"""The library as the checks see it: editions, their passages in order, and an index of seeds for each
edition.

Vocabulary: a *work* (the Qur'an, a charter) stands in one or more *editions* (a text in one language and
spelling); an edition is a run of *passages* in order, each with a canonical *reference* (`Q 51:55`, `Lake
Charter 7`). `LoadedLibrary` is made by `catena.library.load_library`, or by `make_library` from values; it
holds no files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catena.text.seeds import SeedIndex, build_seed_index
from catena.verification.joined import held_verses
from catena.verification.skeleton import seed_length, skeleton_of


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: `id` is its name in the library; `names` are other names by which statements cite the
    work.

    `kind` is `numbered-verses` (chapter:verse) or `numbered-passages`; `chapters` names chapters as the file
    does. `script` is an ISO 15924 code, `reading` a reading of the work (`Warsh`), `source` where the text was
    published, `sha256` that of the file it came from, `numbering` the tables that led to canonical references; each
    is empty when unknown.
    """

    id: str
    work: str
    title: str
    language: str
    notice: str = ""
    kind: str = "numbered-passages"
    names: tuple[str, ...] = ()
    chapters: tuple[tuple[str, str], ...] = ()
    script: str = ""
    reading: str = ""
    licence: str = ""
    source: str = ""
    sha256: str = ""
    numbering: str = ""


@dataclass(frozen=True)
class LoadedEdition:
    """An edition with its passages: `references[i]` and `texts[i]` belong together, in the order of the work.

    `skeletons` are the letters that seeds are made of (`skeleton_of` each text); `index` is built over them.
    """

    edition: Edition
    references: tuple[str, ...]
    texts: tuple[str, ...]
    skeletons: tuple[str, ...]
    index: SeedIndex

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Canonical reference -> number of the passage."""
        return {reference: number for number, reference in enumerate(self.references)}

    @cached_property
    def stream(self) -> str:
        """All skeletons, one line each: short quotations are looked up here, where seeds are too long."""
        return "\n".join(self.skeletons)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where the line of each passage starts in `stream`."""
        starts = [0]
        for skeleton in self.skeletons:
            starts.append(starts[-1] + len(skeleton) + 1)
        return starts

    @cached_property
    def chapters(self) -> Mapping[str, tuple[str, ...]]:
        """What stands before the last number of a reference -> its passages: `Q 4` -> `Q 4:1`, `Q 4:2` …"""
        found: dict[str, list[str]] = defaultdict(list)
        for reference in self.references:
            found[parent_of(reference)].append(reference)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def held(self) -> Mapping[str, tuple[int, int]]:
        """A verse inside a passage of several, or printed in parts -> its first and last passage."""
        return held_verses(self.references)


@dataclass(frozen=True)
class LoadedLibrary:
    """Every edition that quotations are checked against, in the order in which they are tried.

    `problems` says, one sentence each, which editions could not be loaded and what to do.
    """

    editions: tuple[LoadedEdition, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The editions' names, for messages that say what was searched."""
        return tuple(loaded.edition.id for loaded in self.editions)

    @property
    def notices(self) -> tuple[tuple[str, str], ...]:
        """Each edition's name with the notice that must be shown with its text."""
        return tuple((loaded.edition.id, loaded.edition.notice) for loaded in self.editions if loaded.edition.notice)

    def of_work(self, work: str) -> tuple[LoadedEdition, ...]:
        """The editions of one work; empty when none is loaded."""
        return tuple(loaded for loaded in self.editions if loaded.edition.work == work)


def parent_of(reference: str) -> str:
    """`reference` without its last number: `Q 4:59` -> `Q 4`, `UN Charter 2(4)` -> `UN Charter 2`.

    >>> parent_of("Lake Charter 2(4)"), parent_of("Lake Charter 7")
    ('Lake Charter 2', 'Lake Charter')
    """
    stripped = reference.rstrip(")")
    cut = max(stripped.rfind(mark) for mark in ":( .")
    return stripped[:cut].rstrip() if cut > 0 else ""


def load_edition(edition: Edition, passages: Iterable[tuple[str, str]]) -> LoadedEdition:
    """An edition from `(reference, text)` pairs, with its index built here (about 0.3 s for the Qur'an)."""
    pairs = tuple(passages)
    skeletons = tuple(skeleton_of(text) for _, text in pairs)
    return LoadedEdition(
        edition,
        tuple(reference for reference, _ in pairs),
        tuple(text for _, text in pairs),
        skeletons,
        build_seed_index(skeletons, k=seed_length(skeletons)),
    )


def make_library(editions: Sequence[LoadedEdition]) -> LoadedLibrary:
    """A library of these editions, in this order."""
    return LoadedLibrary(tuple(editions))
