"""Reading REFI-QDA projects of other programs: codes, texts, codings and memos.

A file from elsewhere is not trusted: names inside the ZIP are looked up, never written to disk; sizes are limited; XML
entities are refused. Of a PDF the plain text is read; pictures, audio, video and places on pages are
not, and `Imported.skipped` says so.
"""

from __future__ import annotations

import uuid
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from catena.exporters.codebooks import from_codes_element, parse_xml
from catena.exporters.refi_links import ImportedLink, Spot, read_links, to_key
from catena.exporters.refi_places import choose_reading
from catena.model import Code, canonical

MOST_BYTES = 200_000_000  # of one unpacked file; a project of text alone is far smaller
MOST_RATIO = 200  # unpacked to packed; text reaches 10
MOST_SOURCES = 100_000


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """A coding (`code` is its id) or a memo (`code` is "") on a passage, or on the whole text when `place` is `None`.

    `place` is in code points of the text as we keep it.
    """

    person: str
    code: str
    memo: str
    place: tuple[int, int] | None


NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True)
class Memo:
    """A note as the file has it: its text, the id of who wrote it, and its place in the source, or `NOWHERE`."""

    text: str
    user: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """A text with its notes. The text has `\\n` line ends."""

    name: str
    text: str
    notes: tuple[ImportedNote, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A project as read. `skipped` lists, in words, what was left out and why."""

    name: str
    codes: tuple[Code, ...]
    sources: tuple[ImportedSource, ...]
    skipped: tuple[str, ...]
    links: tuple[ImportedLink, ...] = ()


def read_qdpx(data: BinaryIO) -> Imported:
    """The project in a `.qdpx` file. Raises `ValueError` with what is wrong."""
    try:
        with zipfile.ZipFile(data) as archive:
            return _read(archive)
    except zipfile.BadZipFile as error:
        raise ValueError(f"the file is no .qdpx: {error}") from error


def _read(archive: zipfile.ZipFile) -> Imported:
    names = {name.lower(): name for name in archive.namelist()}
    project = next((name for low, name in names.items() if low.endswith(".qde") and "/" not in low), None)
    if project is None:
        raise ValueError("the file holds no project.qde; is it a REFI-QDA project?")
    root = parse_xml(unpack_member(archive, project))
    users = {user.get("guid", "").lower(): user.get("name") or "unknown" for user in root.iterfind("{*}Users/{*}User")}
    memos = {note.get("guid", "").lower(): _memo(archive, names, note) for note in root.iterfind("{*}Notes/{*}Note")}
    book = root.find("{*}CodeBook")
    skipped: Counter[str] = Counter()
    sources: list[ImportedSource] = []
    spots: dict[str, Spot] = {}
    for element in root.iterfind("{*}Sources/*"):
        kind = etree.QName(element).localname
        plain = element.find("{*}Representation") if kind == "PDFSource" else element if kind == "TextSource" else None
        if plain is None:
            skipped[f"sources of the kind {kind}"] += 1
            continue
        text = _source_text(archive, names, plain)
        if text is None:
            skipped["texts that the file names but does not hold"] += 1
            continue
        here = Spot(len(sources), None, "")
        spots |= {to_key(one.get("guid") or ""): here for one in (element, plain)}
        sources.append(_source(plain, element.get("name") or "text", text, users, memos, skipped, here.source, spots))
        if boxes := len(element.findall("{*}PDFSelection")):
            skipped["selections on pages of a PDF"] += boxes
        if len(sources) > MOST_SOURCES:
            raise ValueError(f"more than {MOST_SOURCES} texts")
    for part in ("Cases", "Variables", "Sets", "Graphs"):
        if (held := root.find(f"{{*}}{part}")) is not None and len(held):
            skipped[part.lower()] += len(held)
    spots.pop("", None)
    said = {to_key(id_): (users.get(memo.user, ""), memo.text) for id_, memo in memos.items()}
    links, lost = read_links(root, spots, said)
    if lost:
        skipped["links to what is not read, or of a passage with itself"] += lost
    return Imported(
        name=root.get("name") or "project",
        codes=from_codes_element(book) if book is not None else (),
        sources=tuple(sources),
        skipped=tuple(f"{count} {what}" for what, count in sorted(skipped.items())),
        links=links,
    )


def unpack_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file in a zip. Raises `ValueError` for one that unpacks to more than a text would."""
    facts = archive.getinfo(name)
    if facts.file_size > MOST_BYTES or facts.file_size > max(1_000_000, facts.compress_size * MOST_RATIO):
        raise ValueError(f"{name[:80]!r} unpacks to {facts.file_size} bytes; that is no text of a project")
    return archive.read(facts)


def _find(archive: zipfile.ZipFile, names: dict[str, str], path: str) -> bytes | None:
    """The file that `internal://NAME` names, whatever the case of its folder."""
    if not path.startswith("internal://"):
        return None
    low = path.removeprefix("internal://").lower()
    name = names.get(f"sources/{low}") or names.get(low)
    return None if name is None else unpack_member(archive, name)


def _source_text(archive: zipfile.ZipFile, names: dict[str, str], element: etree._Element) -> str | None:
    data = _find(archive, names, element.get("plainTextPath") or "")
    if data is None:
        return element.findtext("{*}PlainTextContent")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"the text {element.get('name')!r} is not in {encoding}: {error.reason}") from error


def _memo(archive: zipfile.ZipFile, names: dict[str, str], note: etree._Element) -> Memo:
    data = _find(archive, names, note.get("plainTextPath") or "")
    text = note.findtext("{*}PlainTextContent") or (data.decode("utf-8-sig", "replace") if data else "")
    own = note.find("{*}PlainTextSelection")
    at = NOWHERE if own is None else (int(own.get("startPosition") or -1), int(own.get("endPosition") or -1))
    return Memo(text.strip(), (note.get("creatingUser") or "").lower(), at)


def _source(
    element: etree._Element, name: str, raw: str, users: dict[str, str], memos: dict[str, Memo], skipped: Counter[str],
    number: int, spots: dict[str, Spot],
) -> ImportedSource:  # fmt: skip
    """A text with its notes; `element` is the source, or the plain representation of a PDF.

    `spots` takes the passages of the source `number` that links may name.
    """
    found = [
        (int(selection.get("startPosition") or -1), int(selection.get("endPosition") or -1), selection)
        for selection in element.iterfind("{*}PlainTextSelection")
    ]
    reading = choose_reading(raw, [(start, end, selection.get("name") or "") for start, end, selection in found])
    notes: list[ImportedNote] = []
    for start, end, selection in found:
        place = reading.find(start, end)
        if place is None:
            skipped["selections outside of their text"] += 1
        elif place[0] == place[1]:
            skipped["selections without a character"] += 1
        else:
            notes += _notes(selection, place, users, memos)
            spot = Spot(number, place, users.get((selection.get("creatingUser") or "").lower(), ""))
            spots |= {to_key(one.get("guid") or ""): spot for one in (selection, *selection.iterfind("{*}Coding"))}
    notes += _notes(element, None, users, memos)
    for memo in _placed(element, memos):
        notes.append(ImportedNote(users.get(memo.user, "unknown"), "", memo.text, reading.find(*memo.at)))
    return ImportedSource(name, canonical(raw), tuple(notes))


def _placed(element: etree._Element, memos: dict[str, Memo]) -> list[Memo]:
    """Memos of a source that name their place themselves, as QualCoder's annotations do."""
    held = (memos.get(_target(ref)) for ref in element.iterfind("{*}NoteRef"))
    return [memo for memo in held if memo and memo.text and memo.at != NOWHERE]


def _notes(
    element: etree._Element, place: tuple[int, int] | None, users: dict[str, str], memos: dict[str, Memo]
) -> list[ImportedNote]:
    held = (memos.get(_target(ref)) for ref in element.iterfind("{*}NoteRef"))
    own = (element.findtext("{*}Description") or "").strip()
    said = " ".join(filter(None, (own, *(memo.text for memo in held if memo and memo.at == NOWHERE))))
    person = users.get((element.get("creatingUser") or "").lower(), "unknown")
    found = []
    for coding in element.iterfind("{*}Coding"):
        ref = coding.find("{*}CodeRef")
        who = users.get((coding.get("creatingUser") or "").lower(), person)
        if ref is not None:
            found.append(ImportedNote(who, _guid(_target(ref)), said, place))
    if said and not found:
        found.append(ImportedNote(person, "", said, place))
    return found


def _target(ref: etree._Element) -> str:
    return (ref.get("targetGUID") or "").lower()


def _guid(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return given
