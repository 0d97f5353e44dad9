"""Numbering tables: how the references of one edition are those of another (the psalms of the Greek Bible, say).

A table is rows of two references, what the edition says and what is canonical. A reference may be a range of verses:

| Row | Meaning |
|---|---|
| `Ps 9:22-39`, `Ps 10:1-18` | as many on both sides: one to one |
| `Ps 10:1-`, `Ps 11:1-` | open: to the end |
| `Q 1:6-7`, `Q 1:7` | several are parts of one: `Q 1:7a`, `Q 1:7b` |
| `Q 2:1`, `Q 2:1-2` | one holds several: `Q 2:1-2` |

References that no row names stay as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from catena.library.model import LibraryError
from catena.library.yaml_texts import YAMLError, read_texts

_RANGE = re.compile(r"(.*?)(\d+)(?:([-–])(\d*))?$")
_FOLDER = "data/library/numbering"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """`head` is what stands before the last number; `last` is `None` for an open range. `whole` has no number."""

    head: str
    first: int
    last: int | None
    whole: str = ""

    @property
    def key(self) -> str:
        """What two references share that can hold each other."""
        return f"\0{self.whole}" if self.whole else self.head

    @property
    def length(self) -> int | None:
        return None if self.last is None else self.last - self.first + 1

    def at(self, number: int) -> str:
        return self.whole or f"{self.head}{number}"


@dataclass(frozen=True)
class NumberingTable:
    """A named table of `(local, canonical)` rows, in order."""

    name: str
    title: str
    rows: tuple[tuple[str, str], ...]

    @cached_property
    def _by_head(self) -> Mapping[str, list[tuple[_Stretch, _Stretch]]]:
        found: dict[str, list[tuple[_Stretch, _Stretch]]] = defaultdict(list)
        for local, canonical in ((_stretch(left), _stretch(right)) for left, right in self.rows):
            found[local.key].append((local, canonical))
        return found

    def lookup(self, reference: str) -> str | None:
        """The canonical reference of one local one, or `None` when no row names it.

        >>> NumberingTable("lxx", "", (("Ps 9:22-39", "Ps 10:1-18"),)).lookup("Ps 9:23")
        'Ps 10:2'
        """
        asked = _stretch(reference)
        for local, canonical in self._by_head.get(asked.key, ()):
            if asked.whole:
                return _written(canonical)
            if _holds(local, asked.first):
                first = _moved(local, canonical, asked.first)
                several = asked.last is not None and asked.last != asked.first
                return _joined(first, _moved(local, canonical, asked.last or 0)) if several else first
        return None

    def apply(
        self,
        references: Sequence[str],
        printed: Sequence[str],
        work: str,
        canonical: Callable[[str, str], str],
    ) -> list[str]:
        """Canonical references for `references`; a row may also name one as the file prints it.

        `canonical` writes a row's second reference the way those of `work` are written.
        """
        found = []
        for reference, said in zip(references, printed, strict=True):
            moved = self.lookup(reference) or (self.lookup(said) if said != reference else None)
            found.append(canonical(work, moved) if moved else reference)
        return found


def load_numbering(given: str) -> NumberingTable:
    """A table that comes with the program, by its name, or one in a YAML or TSV file, by its path.

    Raises `LibraryError` with the line for a row that is none, and with the known names for an unknown one.
    """
    path = Path(given)
    if path.suffix in (".tsv", ".txt", ".yaml", ".yml") or path.is_file():
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError(f"the numbering {path} cannot be read ({error}); check the path") from error
        return _from_yaml(text, path.stem) if path.suffix in (".yaml", ".yml") else read_tsv(text, path.name)
    known = shipped_numberings()
    if given not in known:
        raise LibraryError(f"no numbering is called {given!r}; there are: {', '.join(known)}, or give a file")
    source = files("catena").joinpath(f"{_FOLDER}/{given}.yaml")
    return _from_yaml(source.read_text(encoding="utf-8"), given)


def shipped_numberings() -> tuple[str, ...]:
    """The names of the tables that come with the program, in order."""
    folder = files("catena").joinpath(_FOLDER)
    return tuple(sorted(each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")))


def read_tsv(text: str, name: str) -> NumberingTable:
    """A table from `local TAB canonical` lines; lines that begin with `#` are remarks."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) != 2 or not all(columns):
            reason = f"{len(columns)} columns instead of 2"
            raise LibraryError(f"{name}, line {number}: {reason}. Next: write: local reference, a tab, canonical one.")
        rows.append((number, columns[0], columns[1]))
    return _checked(name, "", rows)


def _from_yaml(text: str, name: str) -> NumberingTable:
    try:
        said: Any = read_texts(text)
        rows = [(number, str(local), str(canonical)) for number, (local, canonical) in enumerate(said["rows"], 1)]
        return _checked(name, str(said.get("title", "")), rows)
    except (YAMLError, TypeError, KeyError, ValueError) as error:
        raise LibraryError(f"{name} is no numbering table ({error}); write: rows: [[local, canonical], …]") from error


def _checked(name: str, title: str, rows: Iterable[tuple[int, str, str]]) -> NumberingTable:
    """The table, when no local reference is named twice and ranges fit each other."""
    taken: dict[str, list[tuple[int, _Stretch]]] = {}
    kept = []
    for number, local, canonical in rows:
        left, right = _stretch(local), _stretch(canonical)
        if left.length != right.length and 1 not in (left.length, right.length):
            raise LibraryError(f"{name}, row {number}: {local} and {canonical} are not equally long")
        for other, known in taken.setdefault(left.key, []):
            if left.whole or _holds(known, left.first) or _holds(left, known.first):
                raise LibraryError(f"{name}, row {number}: {local} is in row {other} already")
        taken[left.key].append((number, left))
        kept.append((local, canonical))
    return NumberingTable(name, title, tuple(kept))


def _stretch(reference: str) -> _Stretch:
    found = _RANGE.fullmatch(reference.strip())
    if found is None:
        return _Stretch("", 0, 0, reference.strip())
    first = int(found[2])
    last = first if found[3] is None else int(found[4]) if found[4] else None
    return _Stretch(found[1], first, last)


def _holds(stretch: _Stretch, number: int) -> bool:
    return stretch.first <= number and (stretch.last is None or number <= stretch.last)


def _written(stretch: _Stretch) -> str:
    if stretch.whole or stretch.length == 1:
        return stretch.at(stretch.first)
    return f"{stretch.at(stretch.first)}-{'' if stretch.last is None else stretch.last}"


def _moved(local: _Stretch, canonical: _Stretch, number: int) -> str:
    if canonical.whole or (local.length == 1 and canonical.length != 1):
        return _written(canonical)
    if canonical.length == 1 and local.length != 1:
        part = number - local.first
        return f"{canonical.at(canonical.first)}{chr(ord('a') + part) if part < 26 else f'[{part + 1}]'}"
    return canonical.at(canonical.first + number - local.first)


def _joined(first: str, last: str) -> str:
    """`Ps 10:1` and `Ps 10:3` -> `Ps 10:1-3`."""
    start, end = _stretch(first), _stretch(last)
    return f"{first}-{end.first}" if start.head == end.head and not end.whole else f"{first}-{last}"
