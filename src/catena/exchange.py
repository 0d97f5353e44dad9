"""Between a project and the files of other programs: what is handed to exporters, and taking imports in."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

from catena.coding import make_coding, make_memo
from catena.exporters.archives import Description, Member
from catena.exporters.bibliography import Reference
from catena.exporters.brat_import import read_brat
from catena.exporters.codebooks import CODEBOOKS
from catena.exporters.jsonl import JsonLines
from catena.exporters.refi import CodedProject, Source
from catena.exporters.refi_import import Imported, ImportedNote, read_qdpx
from catena.exporters.refi_links import ImportedLink
from catena.linking import make_link
from catena.model import Code, Document, Finding, Origin, Span
from catena.store import (
    CLOSED,
    DocumentRow,
    FileResult,
    FileStamp,
    NotFound,
    Project,
    describe_withheld,
    is_restricted,
    list_patterns,
)

RECIPE = "imported"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought in. `skipped` says in words what it left out."""

    documents: int
    codes: int
    codings: int
    memos: int
    skipped: tuple[str, ...]
    links: int = 0


def collect_project(project: Project, *, everything: bool = True) -> CodedProject:
    """Codebook and sources with their notes; with `everything` also the sources without."""
    rows = _open_rows(project) if everything else project.coded_documents()
    sources = tuple(Source(row.id, row.path, project.text_of(row.id), project.annotations(row.id)) for row in rows)
    used = {str(note.value("code")) for source in sources for note in source.notes}
    codes = tuple(code for code in project.codes(deleted=True) if code.active or code.id in used)
    return CodedProject(project.path.stem, codes, sources)


def _open_rows(project: Project) -> tuple[DocumentRow, ...]:
    """The documents whose texts this reader of the project may take away."""
    return tuple(row for row in project.documents() if row.status != CLOSED)


def collect_references(project: Project) -> tuple[Reference, ...]:
    """Every document as a reference, by path; one that is closed with title and date."""
    found = []
    for row in project.documents():
        stated = "" if row.status == CLOSED else project.document(row.number).document.get_stated("url")
        url = stated or ""
        found.append(Reference(row.number, row.id, row.title, row.date, row.publisher, row.language, row.path, url))
    return tuple(found)


def describe_project(project: Project, made: str) -> Description:
    """What an archive of the project says of itself; `made` is a day."""
    count = len(_open_rows(project))
    about = f"{count} documents of the project {project.path.name}, with what was found in them and what people noted."
    return Description(project.path.stem, made, about, tuple((project.get_meta("libraries") or "").splitlines()))


def collect_members(project: Project) -> Iterator[Member]:
    """What an archive of the project holds: texts, the list of documents, findings, notes, the codebook.

    Of documents that are closed nothing.
    """
    rows = _open_rows(project)
    listed = []
    held: set[str] = set()
    for row in rows:
        stored = project.document(row.number)
        origin = asdict(stored.document.origin)
        listed.append({**asdict(row), "file": origin, "text": f"texts/{row.id}.txt"})
        if row.id not in held:
            held.add(row.id)
            yield Member(f"texts/{row.id}.txt", "text/plain", row.title or row.path, stored.document.text.encode())
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in listed)
    yield Member("documents.jsonl", "application/jsonl", "the documents, one a line", lines.encode())
    for name, title, findings in (
        ("findings.jsonl", "what was found in them", project.all_findings()),
        ("notes.jsonl", "what people noted", project.people_findings()),
    ):
        out = io.BytesIO()
        JsonLines().write(findings, out)
        yield Member(name, "application/jsonl", title, out.getvalue())
    book = CODEBOOKS["qdc"]
    yield Member(f"codebook{book.suffix}", book.media_type, "the codebook", book.write(project.codes(deleted=True)))


def count_kinds(project: Project) -> Counter[str]:
    """How many findings of each kind the current texts have."""
    counts: Counter[str] = Counter()
    for row in project.documents():
        counts.update(row.counts)
    return counts


def closed_documents(project: Project) -> tuple[str, ...]:
    """What an export says of restricted documents: that they were left out, or that nothing closes them in the file."""
    if withheld := describe_withheld(project):
        return (withheld,)
    patterns = list_patterns(project)
    count = sum(is_restricted(row.path, patterns) for row in project.documents()) if patterns else 0
    return (f"the restriction of {count} documents: they stand in the file as all others",) if count else ()


def import_qdpx(project: Project, data: BinaryIO, person: str) -> ImportReport:
    """Take in the codes, texts, codings and memos of a `.qdpx`; `person` did it, the coders keep their names.

    A text that the project holds already is not added again. Raises `ValueError` for a file that cannot be read.
    """
    return take_in(project, read_qdpx(data), person)


def import_file(project: Project, data: BinaryIO, person: str, name: str) -> ImportReport:
    """Take in a `.qdpx` or, when the zip holds no `.qde`, brat files. Raises `ValueError` for anything else."""
    try:
        with zipfile.ZipFile(data) as archive:
            members = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ValueError(f"the file is neither a .qdpx nor a zip of brat files: {error}") from error
    data.seek(0)
    brat = not any(member.lower().endswith(".qde") for member in members)
    return take_in(project, read_brat(data, name) if brat else read_qdpx(data), person)


def take_in(project: Project, read: Imported, person: str) -> ImportReport:
    """Write what was read into the project."""
    names = project.take_codes(person, read.codes, read.name)
    documents = [_find_or_add(project, source.name, source.text) for source in read.sources]
    counts: Counter[str] = Counter()
    for document, source in zip((one for one, _ in documents), read.sources, strict=True):
        by_person: dict[str, list[Finding]] = {}
        for note in source.notes:
            finding = _finding(document, note)
            by_person.setdefault(note.person, []).append(finding)
            counts[finding.kind] += 1
        for name, findings in by_person.items():
            project.add_annotation(name, *findings)
    links = _links([one for one, _ in documents], read.links, person)
    for name, findings in links.items():
        project.add_annotation(name, *findings)
    made = sum(map(len, links.values()))
    looped = len(read.links) - made
    return ImportReport(
        sum(added for _, added in documents),
        names,
        counts["coding"],
        counts["memo"],
        (*_lost(read, read.codes), *([f"{looped} links of a passage with itself"] if looped else [])),
        made,
    )


def _finding(document: Document, note: ImportedNote) -> Finding:
    span = None if note.place is None else Span(*note.place)
    if note.code:
        return make_coding(document, span, note.code, note.person, note.memo)
    return make_memo(document, span, note.memo, note.person)


def _links(documents: Sequence[Document], read: Iterable[ImportedLink], person: str) -> dict[str, list[Finding]]:
    """The links by who made them, `person` where the file does not say; none whose ends are one passage."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for link in read:
        name = link.person or person
        first, second = ((documents[end.source], end.place and Span(*end.place)) for end in link.ends)
        if (first[0].id, first[1]) != (second[0].id, second[1]):  # two sources of a file may hold one text
            found[name].append(make_link(first, second, link.relation, name, link.memo))
    return found


def _lost(read: Imported, codes: Sequence[Code]) -> tuple[str, ...]:
    known = {code.id for code in codes}
    lost = sum(bool(note.code) and note.code not in known for source in read.sources for note in source.notes)
    return (*read.skipped, *([f"{lost} codings name a code that the file does not hold"] if lost else []))


def _find_or_add(project: Project, name: str, text: str) -> tuple[Document, bool]:
    """The document with this text, and whether it had to be added."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    try:
        return project.document(digest).document, False
    except NotFound:
        pass
    path = _free_path(project, name)
    document = Document(text, Origin(path, digest, reader="imported", reader_version="1"))
    stamp = FileStamp(path, len(text.encode()), 0)
    project.add(FileResult(stamp, digest, "ok", "import", "", document, (), 0.0, RECIPE))
    return document, True


def _free_path(project: Project, name: str) -> str:
    """A path that no file has: imported texts lie in a folder of their own."""
    plain = "_".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")) or "text"
    taken = set(project.file_states())
    path, number = f"imported/{plain}", 1
    while path in taken:
        number += 1
        path = f"imported/{plain} ({number})"
    return path
