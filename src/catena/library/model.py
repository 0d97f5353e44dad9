"""What a library folder holds: works, editions, passages, what importers hand over, and the errors of adding one.

Vocabulary: a *work* stands in one or more *editions*, all of them legitimate; an edition is a run of *passages* in
order. A passage's *reference* is canonical (`Q 51:55`), its *local* references are those that the file itself prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class LibraryError(Exception):
    """A reference text cannot be added, found or read. The message says what, where, and the next step."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered stretch of an edition, `text` as the file has it.

    An importer's `reference` is as printed (`51:55`, `Art. 7`); in the library it is canonical, the printed ones are
    `local`, and `parent` is what it is a part of (`Q 51`), empty for a top level. `place` is where in the file it
    stands (`charter.txt, line 3`), for messages only.
    """

    reference: str
    text: str
    local: tuple[str, ...] = ()
    parent: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer found in a file, in order. `notice` is what the file says of its terms.

    `work`, `title`, `language` are what the file says of itself, else empty. `left_out` counts what is no text of the
    work (`notes`, `headings`). `canonical` says that the references need no further rewriting.
    """

    passages: tuple[Passage, ...]
    kind: str
    notice: str = ""
    work: str = ""
    chapters: tuple[tuple[str, str], ...] = ()
    title: str = ""
    language: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    canonical: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A work and the names of its editions in the library."""

    name: str
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The manifest of one edition: all that is known of it without reading its text.

    `passages` is their number; `sha256` is of the source file's bytes as stored; `source` is the file it came from and
    `url` where that was published; `files` are the other stored files with their hashes; `options` are the importer's;
    `numbering` names the tables that led from the file's references to canonical ones, in order; `left_out` counts
    what the importer left out. `path` is where the byte-exact copy lies (for an edition out of a package, the
    package's file).
    """

    name: str
    work: str
    language: str
    importer: str
    kind: str
    passages: int
    sha256: str
    source: str
    notice: str = ""
    names: tuple[str, ...] = ()
    title: str = ""
    script: str = ""
    reading: str = ""
    licence: str = ""
    url: str = ""
    chapters: tuple[tuple[str, str], ...] = ()
    numbering: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    path: str = ""
    builtin: bool = False
