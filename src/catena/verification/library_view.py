"""The library as the checks see it: editions, their passages in order, and an index of seeds for each
edition.

Vocabulary: a *work* (the Qur'an, a charter) stands in one or more *editions* (a text in one language and
spelling); an edition is a run of *passages* in order, each with a canonical *reference* (`Q 51:55`, `Lake
Charter 7`). `LoadedLibrary` is made by `catena.library.load_library`, or by `make_library` from values; it
holds no files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from catena.text.seeds import SeedIndex, index_letters
from catena.verification.joined import held_verses
from catena.verification.pooled import STEM, STEM_ARABIC, PooledIndex, build_pooled
from catena.verification.scan import Filter
from catena.verification.skeleton import (
    is_arabic_skeleton,
    scan_length,
    seed_length,
    seed_sampling,
    skeleton_of,
    skeletons_of,
)
from catena.verification.spelling import is_arabic
from catena.verification.twins import Follower, find_followers

MOST_REMEMBERED = 50_000  # answers of a memory, about 20 MB
SHORT = 6  # seed letters up to which whole passages are looked up: shorter than a seed in most scripts


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


@dataclass(frozen=True, slots=True, eq=False)
class Packed(Sequence[str]):
    """Texts in one array of UTF-8, decoded when asked for: a million passages cost no time to open.

    Text n is `blob[bounds[n]:bounds[n + 1]]`. Made by `Packed.of`, or over arrays that are memory-mapped.
    """

    blob: NDArray[np.uint8]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Packed:
        """The texts, in their order."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
        bounds = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        number = at + len(self) if at < 0 else at
        if not 0 <= number < len(self):
            raise IndexError(f"text {at} of {len(self)}")
        return self.blob[self.bounds[number] : self.bounds[number + 1]].tobytes().decode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(str.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, eq=False)
class LoadedEdition:
    """An edition with its passages: `references[i]` and `texts[i]` belong together, in the order of the work.

    `index` finds quotations by short seeds; `scan` holds the longer seeds, some of them only, with which whole
    documents are searched. Both are over the letters of `skeleton_of` each text.
    """

    edition: Edition
    references: Sequence[str]
    texts: Sequence[str]
    index: SeedIndex
    scan: SeedIndex

    @cached_property
    def arabic(self) -> bool:
        """True when the edition is in Arabic script."""
        return bool(self.texts) and is_arabic(self.texts[0])

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Canonical reference -> number of the passage."""
        return {reference: number for number, reference in enumerate(self.references)}

    @cached_property
    def lengths(self) -> Sequence[int]:
        """Seed letters of each passage."""
        lengths: list[int] = np.diff(self.index.offsets).tolist()
        return lengths

    @cached_property
    def short(self) -> Mapping[str, tuple[int, ...]]:
        """Seed letters of the passages that have at most `SHORT`, each with its passages: the shortest verses are one
        word.
        """
        found: dict[str, list[int]] = defaultdict(list)
        for number in np.flatnonzero(np.diff(self.index.offsets) <= SHORT).tolist():
            found[skeleton_of(self.texts[number])].append(number)
        return {letters: tuple(numbers) for letters, numbers in found.items() if letters}

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


@dataclass(slots=True, eq=False)
class Memory:
    """Answers that were worked out before, for one `asker`: those of another are forgotten, and all when many.

    >>> memory = Memory()
    >>> memory.of("a")["words"] = True
    >>> memory.of("a"), memory.of("b")
    ({'words': True}, {})
    """

    asker: object = None
    known: dict[Hashable, bool] = field(default_factory=dict)

    def of(self, asker: object) -> dict[Hashable, bool]:
        """What is known for `asker`, to be read and added to."""
        if self.asker is not asker or len(self.known) >= MOST_REMEMBERED:
            self.asker, self.known = asker, {}
        return self.known


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

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """What whole documents are scanned with: one filter for the editions of each length of seed."""
        lengths = sorted({index.k for index in self.scanned if len(index.entries)})
        found = []
        for k in lengths:
            numbers = [n for n, index in enumerate(self.scanned) if index.k == k and len(index.entries)]
            found.append(Filter.over([self.scanned[number] for number in numbers], numbers))
        return tuple(found)

    @cached_property
    def followers(self) -> Mapping[int, tuple[Follower, ...]]:
        """The editions that hold passages letter for letter as an earlier one of their work, by the earlier one."""
        return find_followers(self.editions)

    @cached_property
    def scanned(self) -> tuple[SeedIndex, ...]:
        """The seeds of each edition that whole documents are scanned for: those of followers are of their own passages
        only.
        """
        rest = {one.edition: one.rest for each in self.followers.values() for one in each}
        return tuple(rest.get(number, loaded.scan) for number, loaded in enumerate(self.editions))

    @cached_property
    def rejected(self) -> Memory:
        """What `catena.verification.passages` found to be no report: no fact of the library, and empty at first."""
        return Memory()

    @cached_property
    def _pools(self) -> dict[tuple[str, bool], PooledIndex]:
        return {}

    def pooled(self, work: str, arabic: bool) -> PooledIndex:
        """All editions of a work in one script as one ranking; built when first asked for, a second for a Bible."""
        if (work, arabic) not in self._pools:
            held = [(one.references, one.texts) for one in self.of_work(work) if one.arabic == arabic]
            self._pools[work, arabic] = build_pooled(work, held or [((), ())], STEM_ARABIC if arabic else STEM)
        return self._pools[work, arabic]

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
    """An edition from `(reference, text)` pairs, with its indexes built here (about 0.1 s for the Qur'an)."""
    pairs = tuple(passages)
    references, texts = Packed.of(reference for reference, _ in pairs), Packed.of(text for _, text in pairs)
    letters, offsets = skeletons_of([text for _, text in pairs])
    arabic, many = is_arabic_skeleton(letters), len(letters)
    every = seed_sampling(many)
    index = index_letters(letters, offsets, seed_length(arabic, many), every)
    k = scan_length(arabic, many)
    scan = index if k == index.k else index_letters(letters, offsets, k, every)
    return LoadedEdition(edition, references, texts, index, scan)


def make_library(editions: Sequence[LoadedEdition]) -> LoadedLibrary:
    """A library of these editions, in this order."""
    return LoadedLibrary(tuple(editions))
