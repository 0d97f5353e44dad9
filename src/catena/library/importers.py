"""Importers: bytes of a reference file -> passages. One function a format; the registry is `IMPORTERS`.

A file that is not what it says is refused whole, with line, reason and next step; nothing is guessed or
skipped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from catena.library.model import Imported, LibraryError, Passage

Importer: TypeAlias = Callable[[bytes, str], Imported]

_NOTICE = re.compile(r"<!--(.*?)-->", re.DOTALL)
_SURA = re.compile(r'<sura\s+index="(\d+)"\s+name="([^"]*)"')
_AYA = re.compile(r'<aya\s+index="(\d+)"\s+text="([^"]*)"')


def read_ref_tab(data: bytes, name: str) -> Imported:
    """`ref TAB text` a line; lines that begin with `#` are the notice.

    >>> read_ref_tab(b"# Public domain\\nArt. 1\\tThe lake is open.\\n", "lake.txt").passages[0].reference
    'Art. 1'
    """
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    notice, lines = _lines(data, name)
    for number, line in lines:
        columns = line.split("\t")
        if len(columns) != 2:
            raise _refusal(name, number, f"{len(columns)} columns instead of 2", "write: reference, a tab, the text")
        reference, text = columns[0].strip(), columns[1]
        _check(name, number, reference, text, seen)
        passages.append(Passage(reference, text))
    return _imported(name, passages, "numbered-passages", notice)


def read_tanzil(data: bytes, name: str) -> Imported:
    """`sura|aya|text` a line, as tanzil.net gives it; the comment block at the end is the notice."""
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    notice, lines = _lines(data, name)
    for number, line in lines:
        columns = line.split("|")
        if len(columns) != 3:
            raise _refusal(name, number, f"{len(columns)} columns instead of 3", "write: sura|aya|text")
        if not (columns[0].strip().isdecimal() and columns[1].strip().isdecimal()):
            raise _refusal(name, number, f"{columns[0]}|{columns[1]} is no sura and aya", "write both as numbers")
        reference = f"{int(columns[0])}:{int(columns[1])}"
        _check(name, number, reference, columns[2], seen)
        passages.append(Passage(reference, columns[2]))
    return _imported(name, passages, "numbered-verses", notice, work="quran")


def read_tanzil_xml(data: bytes, name: str) -> Imported:
    """Tanzil's XML: `<sura index name>` with `<aya index text>`; the first comment is the notice."""
    text = _decode(data, name)
    passages: list[Passage] = []
    chapters: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if sura := _SURA.search(line):
            chapters.append((sura[1], html.unescape(sura[2])))
        elif aya := _AYA.search(line):
            if not chapters:
                raise _refusal(name, number, "a verse stands before the first sura", "use Tanzil's own XML file")
            reference = f"{chapters[-1][0]}:{aya[1]}"
            _check(name, number, reference, aya[2], seen)
            passages.append(Passage(reference, html.unescape(aya[2])))
    comment = _NOTICE.search(text)
    notice = "\n".join(row.lstrip("# \t").rstrip() for row in comment[1].splitlines()) if comment else ""
    return _imported(name, passages, "numbered-verses", notice.strip(), work="quran", chapters=tuple(chapters))


IMPORTERS: dict[str, Importer] = {
    "ref-tab": read_ref_tab,
    "tanzil": read_tanzil,
    "tanzil-xml": read_tanzil_xml,
}
"""Every importer by the name that `catena library add --format` takes."""


def guess_importer(data: bytes) -> str:
    """The importer that the first line with text calls for; `ref-tab` when nothing else fits."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        return "tanzil-xml"
    first = next((line for line in head.splitlines() if line.strip() and not line.startswith(b"#")), b"")
    return "tanzil" if re.match(rb"\d+\|\d+\|", first) else "ref-tab"


def _lines(data: bytes, name: str) -> tuple[str, Iterator[tuple[int, str]]]:
    """The notice (comment lines joined) and the other lines that hold text, with their numbers from 1."""
    rows = _decode(data, name).split("\n")
    comments = [row.lstrip("# \t").rstrip() for row in rows if row.startswith("#")]
    notice = "\n".join(comments).strip("\n =")
    kept = ((number, row.rstrip("\r")) for number, row in enumerate(rows, 1))
    return notice, ((number, row) for number, row in kept if row.strip() and not row.startswith("#"))


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise _refusal(name, line, reason, "save the file as UTF-8 and add it again") from error


def _check(name: str, number: int, reference: str, text: str, seen: dict[str, int]) -> None:
    if not reference:
        raise _refusal(name, number, "the reference is empty", "give every passage a reference of its own")
    if not text.strip():
        raise _refusal(name, number, f"{reference} has no text", "write the text or take the line out")
    if "\x00" in text:
        raise _refusal(name, number, "a NUL character stands in the text", "save the file as plain UTF-8 text")
    if reference in seen:
        reason = f"{reference} is there already, in line {seen[reference]}"
        raise _refusal(name, number, reason, "give every passage a reference of its own")
    seen[reference] = number


def _imported(
    name: str,
    passages: list[Passage],
    kind: str,
    notice: str,
    *,
    work: str = "",
    chapters: tuple[tuple[str, str], ...] = (),
) -> Imported:
    if not passages:
        raise _refusal(name, 1, "no passage in the file", "give one of: " + ", ".join(IMPORTERS))
    return Imported(tuple(passages), kind, notice, work, chapters)


def _refusal(name: str, line: int, reason: str, next_step: str) -> LibraryError:
    return LibraryError(f"{name}, line {line}: {reason}; nothing was added. Next: {next_step}.")
