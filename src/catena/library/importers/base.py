"""What every importer offers, and the collector that holds them all to the same rules.

An importer turns the text of one file into passages with the references that the file prints. A file that is not what
it says is refused whole, with file, line, reason and next step; nothing is guessed or skipped unasked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from catena.library.model import Imported, LibraryError, Passage
from catena.model import Document

ReadDocument = Callable[[bytes, str], Document]
"""Bytes and a file's name -> its document, or `LibraryError`: the readers, which callers hand to the library."""

HEAD = 65_536
"""Bytes that an importer may look at to recognise its format."""

_LAYOUT = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read a file that does not say it itself. All optional; importers ignore what is not theirs.

    `fields` maps `ref`, `text`, `local` and `parent` to templates (table and JSON formats); `only` keeps the rows
    whose field has that value; `skip_empty` leaves out passages without text, counted, instead of refusing them;
    `encoding` is the file's when it is not Unicode; `heading` and `leave_out` are regular expressions over lines of a
    plain document; `level` is the level of the headings that number a Markdown file, 0 for the deepest.
    """

    fields: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    skip_empty: bool = False
    encoding: str = ""
    heading: str = ""
    leave_out: str = ""
    level: int = 0
    members: str = ""
    read_document: ReadDocument | None = None


def written_options(
    said: Mapping[str, str],
    fields: tuple[tuple[str, str], ...],
    only: tuple[tuple[str, str], ...],
    read_document: ReadDocument | None,
) -> ImportOptions:
    """Options as a catalogue or a manifest writes them, all as text; `fields` and `only` are read already."""
    return ImportOptions(
        fields=fields,
        only=only,
        skip_empty=said.get("skip_empty", "").casefold() == "true",
        encoding=said.get("encoding", ""),
        heading=said.get("heading", ""),
        leave_out=said.get("leave_out", ""),
        level=int(said.get("level", "0")),
        members=said.get("members", ""),
        read_document=read_document,
    )


class Importer(Protocol):
    """One format. `takes` names the options it heeds, for the documentation and for refusing the others."""

    name: str

    @property
    def takes(self) -> tuple[str, ...]: ...

    def sniff(self, head: str, name: str) -> bool:
        """True when a file that begins so is this format beyond doubt."""
        ...

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        """The passages of the file. Raises `LibraryError` with file, line, reason and next step."""
        ...


@dataclass(slots=True)
class Collector:
    """Passages gathered in order, under the rules that hold for every format.

    A reference is there once and not empty, a text is not empty and holds no NUL.
    """

    name: str
    skip_empty: bool = False
    passages: list[Passage] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, reference: str, text: str, *, local: tuple[str, ...] = (), parent: str = "") -> None:
        """Take one passage. Raises `LibraryError` that names `line`, counted from 1."""
        if not reference:
            raise refusal(self.name, line, "the reference is empty", "give every passage a reference of its own")
        if not text.strip():
            if not self.skip_empty:
                step = "write the text, take the passage out, or add --skip-empty"
                raise refusal(self.name, line, f"{reference} has no text", step)
            self.left_out["passages without text"] += 1
            return
        if "\x00" in text or "\x00" in reference:
            raise refusal(self.name, line, "a NUL character stands in the text", "save the file as plain UTF-8 text")
        if reference in self.seen:
            reason = f"{reference} is there already, in line {self.seen[reference]}"
            raise refusal(self.name, line, reason, "give every passage a reference of its own")
        self.seen[reference] = line
        self.passages.append(Passage(reference, text, local, parent, f"{self.name}, line {line}"))

    def imported(
        self,
        kind: str,
        notice: str = "",
        *,
        work: str = "",
        chapters: tuple[tuple[str, str], ...] = (),
        title: str = "",
        language: str = "",
        canonical: bool = False,
    ) -> Imported:
        """What was gathered. Raises `LibraryError` when nothing was."""
        if not self.passages:
            raise refusal(self.name, 1, "no passage in the file", "check the format, or name it with --format")
        counts = tuple(sorted((what, number) for what, number in self.left_out.items() if number))
        return Imported(tuple(self.passages), kind, notice, work, chapters, title, language, counts, canonical)


def refusal(name: str, line: int, reason: str, next_step: str) -> LibraryError:
    """The error that every importer raises: file, line, reason, next step."""
    return LibraryError(f"{name}, line {line}: {reason}; nothing was added. Next: {next_step}.")


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """The text of a file: `encoding` when given, else UTF-8, or UTF-16 when it begins with that mark."""
    chosen = encoding or ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    try:
        return data.decode(chosen)
    except LookupError as error:
        raise refusal(name, 1, f"encoding {encoding!r} is unknown", "give a name such as cp1256 or utf-16") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        called = {"utf-8-sig": "UTF-8"}.get(chosen, chosen)
        reason = f"byte 0x{data[error.start]:02X} is not {called}"
        step = "save the file as UTF-8, or name its encoding with --encoding"
        raise refusal(name, line, reason, step) from error


def text_lines(text: str) -> list[str]:
    """Lines parted by LF, CRLF or CR only: other separators of Unicode are letters of the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_notice(rows: list[str]) -> tuple[str, list[tuple[int, str]]]:
    """The notice (lines that begin with `#`, joined) and the other lines with text, each with its number from 1."""
    comments = [row.lstrip("# \t").rstrip() for row in rows if row.startswith("#")]
    notice = "\n".join(row for row in comments if row not in ("<!--", "-->")).strip("\n =")
    return notice, [(number, row) for number, row in enumerate(rows, 1) if row.strip() and not row.startswith("#")]


def flow(text: str) -> str:
    """`text` with runs of spaces, tabs and line ends as one space: in markup they are layout, not text."""
    return _LAYOUT.sub(" ", text).strip(" ")
