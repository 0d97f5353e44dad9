"""What every container offers, and the shelf on which its members are laid with limits.

Vocabulary: a *container* holds files; a *member* is one of them; its *label* is its name inside, made safe, and only a
name: on the disk each member lies under a number of our own, so that no name in a container ever becomes a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from catena.readers.base import ReaderError, report_progress
from catena.readers.checks import MAX_RATIO, SMALL

MAX_MEMBERS = 100_000
MAX_UNPACKED = 4_000_000_000  # bytes of all members together
MAX_DEPTH = 3  # containers within containers
CHUNK = 1 << 20  # bytes moved at a time
FIELDS = ".fields.yaml"
"""What stands behind the name of a table in the name of its field map."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")
_LONGEST = 500  # characters of a label
_DISTRUST = "do not trust this file"
_NO_TEXT = ("__MACOSX", "Thumbs.db", "desktop.ini")
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its label, where its bytes lie, and what its container states of it (`url`, `captured`).

    `file` is `None` when it could not be taken out; then `reason` says why, with the next step.
    """

    label: str
    file: Path | None
    stated: Facts = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The members in order; `notes` say what was left out, `cut` how the container is damaged, or ""."""

    members: tuple[Member, ...]
    notes: tuple[str, ...] = ()
    cut: str = ""


@dataclass(slots=True)
class Account:
    """What all depths of one container may take together: bytes, and files on the disk."""

    allowed: int
    bytes: int = 0
    files: int = 0

    def take(self, size: int) -> None:
        """Raises `ReaderError` when more comes out than any archive of texts would give."""
        self.bytes += size
        if self.bytes > min(MAX_UNPACKED, self.allowed):
            raise ReaderError("check", f"more than {self.bytes - size} bytes come out of it (a bomb?)", _DISTRUST)

    def take_file(self) -> int:
        """The number of the next file."""
        self.files += 1
        if self.files > MAX_MEMBERS:
            raise ReaderError("check", f"more than {MAX_MEMBERS} members", "split it")
        return self.files


@dataclass(slots=True)
class Shelf:
    """Where the members of one container are laid. `open_inner` opens those that are containers themselves."""

    folder: Path
    account: Account
    open_inner: Callable[[Path, str, Shelf], bool]
    prefix: str = ""
    depth: int = 1
    members: list[Member] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def lay(self, name: str, chunks: Iterable[bytes], stated: Facts = ()) -> None:
        """Take one member. A container among them is opened in its turn. Raises `ReaderError` beyond the limits."""
        label = self._label(name)
        if label is None:
            return
        suffix = PurePosixPath(label).suffix
        file = self.folder / f"{self.account.take_file():06}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        with file.open("wb") as out:
            for chunk in chunks:
                self.account.take(len(chunk))
                out.write(chunk)
        report_progress()
        if self.open_inner(file, label, self):
            file.unlink()
        else:
            self.members.append(Member(label, file, stated))

    def refuse(self, name: str, reason: str) -> None:
        """A member that could not be taken out, and why."""
        label = self._label(name)
        if label is not None:
            self.account.take_file()
            self.members.append(Member(label, None, reason=reason))

    def inner(self, label: str) -> Shelf:
        """The shelf of a container among the members, with the same account."""
        return Shelf(self.folder, self.account, self.open_inner, f"{label}/", self.depth + 1, self.members, self.notes,
                     self.cuts)  # fmt: skip

    def _label(self, name: str) -> str | None:
        """A name that is safe to show and to use as a path in the project; `None` for what holds no text.

        Absolute paths, drives, `..` and control characters are dropped; a name that was there before is numbered.
        """
        parts = [_UNSAFE.sub("", part).strip() for part in re.split(r"[/\\]", name)]
        parts = [part for part in parts if part not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)]
        if any(part.startswith(".") or part in _NO_TEXT for part in parts):
            return None
        wanted = PurePosixPath("/".join(parts)[:_LONGEST] or "member")
        label, number = str(wanted), 1
        while label in self._taken:
            number += 1
            label = str(wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}"))
        self._taken.add(label)
        return self.prefix + label


def allowance(size: int) -> int:
    """How many bytes may come out of a container of `size` bytes: text packs to a tenth, a bomb to a thousandth."""
    return MAX_RATIO * size + SMALL


class Container(Protocol):
    """A file of files. `suffixes` are lower case with the dot."""

    name: str

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def sniff(self, head: bytes) -> bool:
        """True when a file that begins with these 512 bytes may be one."""
        ...

    def unpack(self, path: Path, label: str, shelf: Shelf) -> bool:
        """Lay every member on `shelf`; False when it is not this format after all. Raises `ReaderError`."""
        ...
