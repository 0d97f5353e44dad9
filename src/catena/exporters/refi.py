"""REFI-QDA projects (`.qdpx`): codebook, sources and codings for NVivo, MAXQDA, ATLAS.ti, QualCoder and others.

A ZIP with `project.qde` and the texts. Positions are code points from 0, the end not included (REFI-QDA 1.5, 10.2).
Programs differ in what they read: `Dialect` says how line ends are counted, what the folder of sources is called, and
whether there must be a case. What the format cannot hold is listed by `losses`: findings of the program, codes' keys,
memos on findings.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from catena.exporters.codebooks import clean, to_codes_element
from catena.exporters.refi_links import End, add_links, count_unsigned, find_ends, group_ends, list_links
from catena.model import Code, Finding, Span

QDE = "urn:QDA-XML:project:1.0"
_NAMES = uuid.UUID(
    "7a9c7d52-6f0b-4b0c-9d7a-2f4be0a4c0de"
)  # namespace of ids that we derive, so that they stay the same
_FIXED = (1980, 1, 1, 0, 0, 0)  # the ZIP's own dates say nothing; the same project gives the same file


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a program expects. `line_end` is written into the texts and counted as it is long."""

    line_end: str = "\n"
    folder: str = "sources"
    case: bool = False


DIALECTS: dict[str, Dialect] = {
    "standard": Dialect(),
    "atlas.ti": Dialect(),
    "maxqda": Dialect(line_end="\r\n", folder="Sources", case=True),
    "nvivo": Dialect(line_end="\r\n", folder="Sources"),
}
"""Dialects by the name of the program."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what people noted in it. `id` is the hash of the text."""

    id: str
    name: str
    text: str
    notes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CodedProject:
    """What is exported: the codebook, also its deleted codes that are still used, and the sources."""

    name: str
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]


def guid(*parts: str) -> str:
    """The same id for the same things in every export."""
    return str(uuid.uuid5(_NAMES, "\x1f".join(parts)))


def write_qdpx(project: CodedProject, out: BinaryIO, dialect: str = "standard") -> int:
    """Write the project to `out`; returns how many codings were written. Raises `ValueError` for an unknown dialect."""
    if dialect not in DIALECTS:
        raise ValueError(f"no dialect {dialect!r}; there are: {', '.join(DIALECTS)}")
    how = DIALECTS[dialect]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _store(archive, "project.qde", to_qde(project, how))
        for source in project.sources:
            text = source.text.replace("\n", how.line_end)
            _store(archive, f"{how.folder}/{guid('text', source.id)}.txt", text.encode())
    return sum(note.kind == "coding" for source in project.sources for note in source.notes)


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)


def to_qde(project: CodedProject, dialect: Dialect) -> bytes:
    """The project's document, in the order that the schema wants."""
    people = sorted({_person(note) for source in project.sources for note in source.notes})
    root = _make(None, "Project", name=clean(project.name), origin="catena")
    users = _make(root, "Users") if people else root
    for person in people:
        _make(users, "User", guid=guid("user", person), name=clean(person))
    if project.codes:
        _make(root, "CodeBook").append(to_codes_element(project.codes, QDE))
    if dialect.case:
        _make(_make(root, "Cases"), "Case", guid=guid("case", project.name), name="all")
    sources = _make(root, "Sources") if project.sources else root
    notes: list[tuple[str, Finding]] = []
    links = _links(project)
    grouped = group_ends(links)
    ends: dict[End, str] = {}
    wholes = {end for link in links for end in find_ends(link) if end[2] is None}
    for source in project.sources:
        marked = [
            (person, span) for person, span in grouped.get(source.id, ()) if (person, source.id, span) not in ends
        ]
        notes += _add_source(sources, source, dialect, {code.id for code in project.codes}, marked, ends)
        whole = guid("source", source.id, source.name)
        for end in wholes:
            if end[1] == source.id:
                ends.setdefault(end, whole)
    linked = etree.Element(f"{{{QDE}}}Links")
    notes += add_links(linked, links, ends, guid, _make)
    if notes:
        box = _make(root, "Notes")
        for id_, note in notes:
            made = _make(
                box, "Note", guid=id_, name=clean(f"memo of {_person(note)}"), creatingUser=guid("user", _person(note))
            )
            _make(made, "PlainTextContent").text = clean(str(note.value("text") or note.value("memo") or ""))
    if len(linked):
        root.append(linked)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _links(project: CodedProject) -> tuple[Finding, ...]:
    """The links of the project of which both ends are in it."""
    return list_links(
        (note for source in project.sources for note in source.notes), (source.id for source in project.sources)
    )


def _add_source(
    sources: etree._Element,
    source: Source,
    dialect: Dialect,
    known: set[str],
    marked: Sequence[tuple[str, Span]],
    ends: dict[End, str],
) -> list[tuple[str, Finding]]:
    """The source with its selections and whole-document codings; returns the notes that are written later.

    `ends` takes the ids of what links can lead to; at `marked` places (maker, span) one does.
    """
    id_ = guid("source", source.id, source.name)
    made = _make(
        sources, "TextSource", guid=id_, name=clean(source.name),
        plainTextPath=f"internal://{guid('text', source.id)}.txt",
    )  # fmt: skip
    breaks = [at for at, letter in enumerate(source.text) if letter == "\n"] if len(dialect.line_end) > 1 else []
    notes: list[tuple[str, Finding]] = []
    whole: list[tuple[Finding, str]] = []
    for note in source.notes:
        if note.kind not in ("coding", "memo") or note.value("done"):
            continue
        key = guid("note", id_, note.id, _person(note))
        if not note.spans("content"):
            whole.append((note, key))
            continue
        for span in note.spans("content"):
            at = [place + _count_below(breaks, place) for place in (span.start, span.end)]
            selection = _add_selection(made, note, key, at, known, notes)
            ends.setdefault((note.made_by.name, source.id, span), selection)
    for maker, span in marked:
        if (maker, source.id, span) not in ends:
            at = [place + _count_below(breaks, place) for place in (span.start, span.end)]
            selection = guid("end", id_, maker, str(span.start), str(span.end))
            _make(
                made, "PlainTextSelection", guid=selection, name=clean(span.of(source.text)[:60]),
                startPosition=str(at[0]), endPosition=str(at[1]), creatingUser=guid("user", to_person(maker)),
            )  # fmt: skip
            ends[maker, source.id, span] = selection
    for note, key in whole:  # the schema wants selections first
        if note.kind == "coding" and note.value("code") in known:
            _add_coding(made, note, key)
    for note, key in whole:
        if note.kind == "memo":
            _make(made, "NoteRef", targetGUID=key)
            notes.append((key, note))
    return notes


def _add_selection(
    source: etree._Element, note: Finding, key: str, at: Sequence[int], known: set[str],
    notes: list[tuple[str, Finding]],
) -> str:  # fmt: skip
    """Write the passage of a note; returns its id."""
    id_ = guid("selection", key, str(at[0]))
    selection = _make(
        source, "PlainTextSelection", guid=id_, name=clean(note.text("content")[:60]),
        startPosition=str(at[0]), endPosition=str(at[1]), creatingUser=guid("user", _person(note)),
    )  # fmt: skip
    if note.kind == "coding" and note.value("code") in known:
        _add_coding(selection, note, key)
    if note.kind == "memo" or note.value("memo"):
        _make(selection, "NoteRef", targetGUID=key)
        notes.append((key, note))
    return id_


def _add_coding(parent: etree._Element, note: Finding, key: str) -> None:
    made = _make(parent, "Coding", guid=guid("coding", key), creatingUser=guid("user", _person(note)))
    _make(made, "CodeRef", targetGUID=str(note.value("code")))


def _count_below(places: Sequence[int], place: int) -> int:
    """How many line ends stand before `place`: each counts once more in this dialect."""
    return sum(at < place for at in places)


def _make(parent: etree._Element | None, tag: str, **facts: str) -> etree._Element:
    if parent is None:
        return etree.Element(f"{{{QDE}}}{tag}", facts, nsmap={None: QDE})  # type: ignore[dict-item]
    return etree.SubElement(parent, f"{{{QDE}}}{tag}", facts)


def _person(note: Finding) -> str:
    return to_person(note.made_by.name)


def to_person(maker: str) -> str:
    """The name of a person from that of a maker."""
    return maker.removeprefix("person:")


def losses(project: CodedProject) -> tuple[str, ...]:
    """What a `.qdpx` of the project leaves out, in words."""
    known = {code.id for code in project.codes}
    notes = [note for source in project.sources for note in source.notes]
    said = []
    if keys := sum(bool(code.key) for code in project.codes):
        said.append(f"the keys of {keys} codes")
    if lost := sum(note.kind == "coding" and note.value("code") not in known for note in notes):
        said.append(f"{lost} codings with a code that is not in the codebook")
    links = sum(note.kind == "link" for note in {(note.made_by.name, note.id): note for note in notes}.values())
    if outside := links - len(_links(project)):
        said.append(f"{outside} links to a text that is not in the file, such as an older one")
    if unsigned := count_unsigned(_links(project)):
        said.append(f"who made {unsigned} links between whole documents")
    if done := sum(bool(note.value("done")) for note in notes):
        said.append(f"{done} marks that a document is coded to the end")
    if parents := sum(note.parent is not None for note in notes):
        said.append(f"which finding {parents} memos are about")
    if whole := sum(note.kind == "coding" and bool(note.value("memo")) and not note.spans("content") for note in notes):
        said.append(f"the memos of {whole} codings of whole documents")
    if controls := sum(clean(source.text) != source.text for source in project.sources):
        said.append(f"control characters in excerpts from {controls} texts; the texts themselves keep them")
    return (*said, "what the program itself found: take jsonl, csv or w3c for that")
