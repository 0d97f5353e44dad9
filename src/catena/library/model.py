"""What a library folder holds: editions as imported, their manifests, and the errors of adding one."""

from __future__ import annotations

from dataclasses import dataclass


class LibraryError(Exception):
    """A reference text cannot be added, found or read. The message says what, where, and the next step."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered stretch of an edition; `reference` is as in the file (`51:55`, `Art. 7`), `text`
    byte-exact.
    """

    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer found in a file, in order. `notice` is what the file says of its terms."""

    passages: tuple[Passage, ...]
    kind: str
    notice: str = ""
    work: str = ""
    chapters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A work and the names of its editions in the library."""

    name: str
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The manifest of one edition: all that is known of it without reading its text.

    `passages` is their number; `sha256` is of the source file's bytes; `source` is the file it came from;
    `path` is where the byte-exact copy lies (for the built-in edition, the file of the package that ships
    it).
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
    path: str = ""
    builtin: bool = False
