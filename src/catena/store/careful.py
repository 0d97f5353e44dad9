"""A project of which some documents are closed: they are listed with title and date until somebody opens them.

The pages of the reader open one document after the other; commands, exports and the tools for language models open all
of them at once or none (`open_careful`). For collections that hurt to read or must not be skimmed. It is care for
readers and a log of who opened what, not encryption: who holds the file can read all of it with other programs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import apsw

from catena.model import Document, Finding, Span
from catena.store.corpus import Corpus
from catena.store.errors import StoreError
from catena.store.project import Project
from catena.store.search import FOLDED, Match, Settings
from catena.store.types import (
    Attribution,
    DocumentName,
    DocumentRow,
    Event,
    SearchPage,
    SharedPlace,
    StoredFinding,
)

META = "restricted"  # the setting that holds the patterns, one a line
OPENED_ALL = "restricted.open"  # the event of a command that opens every restricted document
CLOSED = "restricted"  # the status of a document that is closed to this reader
WITHHELD = "a restricted document"  # stands for what would name one


class Restricted(StoreError):
    """A document that has to be opened on purpose first. `row` is what may be shown of it."""

    def __init__(self, row: DocumentRow) -> None:
        super().__init__(f"document {row.number} is restricted: title and date only, until it is opened on purpose")
        self.row = row


def list_patterns(project: Project) -> tuple[str, ...]:
    """Patterns of the paths that are closed, such as `raids/*`."""
    return tuple(line for line in (project.get_meta(META) or "").splitlines() if line)


def set_patterns(project: Project, patterns: Sequence[str], who: str) -> None:
    """Close what these patterns name, and nothing else; the log says who did it."""
    project.set_meta(META, "\n".join(patterns))
    project.note_event(who, "documents.restrict", ", ".join(patterns) or "nothing")


def is_restricted(path: str, patterns: Sequence[str]) -> bool:
    """True when one of the patterns fits the path; `*` stands for any characters, folders included.

    >>> is_restricted("raids/2015/a.txt", ["raids/*"]), is_restricted("talks/a.txt", ["raids/*"])
    (True, False)
    """
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def open_careful(
    path: Path | str, *, opened_by: str = "", subject: str = "", read_only: bool = False
) -> CarefulProject:
    """The project at `path` with its restricted documents closed.

    With the name of who opens them on purpose all are open, and the log says so; `subject` is what they are opened
    with. Raises `StoreError` as `Project.open` does, also when the log cannot be written.
    """
    project = CarefulProject.open(path, read_only=read_only and not opened_by)
    if not opened_by:
        project.close_off(())
    elif list_patterns(project):
        project.note_event(opened_by, OPENED_ALL, subject)
    return project


def describe_withheld(project: Project) -> str:
    """What a list, count or file of this project leaves out, in words; "" when it leaves out nothing."""
    count = len(project.closed) if isinstance(project, CarefulProject) else 0
    many = "1 restricted document" if count == 1 else f"{count} restricted documents"
    return f"{many}: title and date only" if count else ""


class CarefulProject(Project):
    """Answers as `Project` does, without what stands in documents that are closed to this reader."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self.closed: frozenset[int] = frozenset()
        self.closed_paths: frozenset[str] = frozenset()
        self._versions: frozenset[int] = frozenset()
        self._texts: frozenset[str] = frozenset()

    def close_off(self, opened: Collection[int]) -> None:
        """Close every restricted document but those that were opened, by number."""
        patterns = list_patterns(self)
        if not patterns:
            return
        rows: Any = self._connection.execute("SELECT number, path FROM documents").fetchall()
        shut = {number: path for number, path in rows if number not in opened and is_restricted(path, patterns)}
        numbers = str(list(shut))
        versions: Any = self._connection.execute(
            "SELECT number, text FROM versions WHERE document IN (SELECT value FROM json_each(?))", (numbers,)
        ).fetchall()
        # A text that also stands under a path which is not restricted is no secret.
        free: Any = self._connection.execute(
            "SELECT o.text FROM versions v JOIN versions o ON o.text = v.text"
            " WHERE v.document IN (SELECT value FROM json_each(?1))"
            " AND o.document NOT IN (SELECT value FROM json_each(?1))",
            (numbers,),
        ).fetchall()
        self.closed = frozenset(shut)
        self.closed_paths = frozenset(shut.values())
        self._versions = frozenset(number for number, _ in versions)
        self._texts = frozenset(text for _, text in versions) - {text for (text,) in free}

    def row(self, ref: str | int) -> DocumentRow:
        row = super().row(ref)
        if row.number in self.closed:
            raise Restricted(_bare(row))
        return row

    def source(self, number: int) -> Document:
        if number in self.closed:
            raise Restricted(_bare(super().row(number)))
        return super().source(number)

    def documents(self, **asked: Any) -> tuple[DocumentRow, ...]:
        return tuple(_bare(row) if row.number in self.closed else row for row in super().documents(**asked))

    def coded_documents(self) -> tuple[DocumentRow, ...]:
        return tuple(row for row in super().coded_documents() if row.number not in self.closed)

    def rows_of_versions(self, versions: Collection[int]) -> dict[int, DocumentRow]:
        found = super().rows_of_versions(versions)
        return {version: _bare(row) if row.number in self.closed else row for version, row in found.items()}

    def findings(
        self,
        document: str | int,
        kinds: Collection[str] | None = None,
        near: Span | None = None,
        text: str | None = None,
    ) -> tuple[Finding, ...]:
        shut = self.closed if isinstance(document, int) else self._texts
        if document in shut:
            return ()
        return tuple(one for one in super().findings(document, kinds, near, text) if not self._tells(one))

    def shared_places(self, document: str, near: Span) -> tuple[SharedPlace, ...]:
        if document in self._texts:
            return ()
        return tuple(one for one in super().shared_places(document, near) if one.other not in self._texts)

    def names(self, document_ids: Collection[str]) -> dict[str, tuple[DocumentName, ...]]:
        found = super().names(document_ids)
        if not self.closed:
            return found
        open_ = {id_: tuple(one for one in many if one.number not in self.closed) for id_, many in found.items()}
        return {id_: many for id_, many in open_.items() if many}

    def _tells(self, finding: Finding) -> bool:
        """True for what repeats a closed document: a shared passage, translation or link, a dating that rests on it."""
        if finding.kind in ("reuse", "translation", "link"):
            return finding.value("other") in self._texts
        said = (reason.note for reason in finding.evidence) if finding.kind == "dating" and self.closed_paths else ()
        return any(path in note for note in said for path in self.closed_paths)

    def all_findings(
        self, kinds: Collection[str] | None = None, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, Finding, str]]:
        rows = super().all_findings(kinds, only)
        return (row for row in rows if row[0] not in self.closed_paths and not self._tells(row[1]))

    def all_texts(self) -> Iterator[tuple[str, str, str, str]]:
        return (row for row in super().all_texts() if row[0] not in self.closed_paths)

    def attributions(self) -> tuple[Attribution, ...]:
        return tuple(one for one in super().attributions() if one.document not in self.closed)

    def stored_findings(self, kind: str, versions: Collection[int] | None = None) -> tuple[StoredFinding, ...]:
        return tuple(one for one in super().stored_findings(kind, versions) if one.document not in self.closed)

    def annotations(self, document_id: str, person: str | None = None) -> tuple[Finding, ...]:
        if document_id in self._texts:
            return ()
        return tuple(one for one in super().annotations(document_id, person) if not self._tells(one))

    def links(self, document_id: str | None = None, person: str | None = None) -> tuple[Finding, ...]:
        found = super().links(document_id, person)
        return tuple(one for one in found if one.document not in self._texts and not self._tells(one))

    def relations(self, person: str | None = None) -> tuple[str, ...]:
        if not self.closed:
            return super().relations(person)
        open_ = {str(link.value("relation")) for link in self.links(None, person)}
        return tuple(relation for relation in super().relations(person) if relation in open_)

    def annotation(self, id_: str) -> tuple[Finding, ...]:
        return tuple(one for one in super().annotation(id_) if one.document not in self._texts and not self._tells(one))

    def outdated_documents(self) -> tuple[int, ...]:
        return tuple(number for number in super().outdated_documents() if number not in self.closed)

    def older_texts(self, number: int) -> tuple[str, ...]:
        return () if number in self.closed else super().older_texts(number)

    def texts_of(self, number: int) -> tuple[tuple[str, str], ...]:
        return () if number in self.closed else super().texts_of(number)

    def copies(self, document_id: str) -> tuple[DocumentRow, ...]:
        return tuple(row for row in super().copies(document_id) if row.number not in self.closed)

    def history(self, limit: int = 50) -> tuple[Event, ...]:
        return tuple(map(self._cover, super().history(limit)))

    def _cover(self, event: Event) -> Event:
        """The event without what would name a closed document."""
        on_one = event.detail.get("document") in self._texts
        named = (event.subject, *map(str, event.detail.values()))
        if on_one or any(path in words for words in named for path in self.closed_paths):
            return replace(event, subject=WITHHELD, detail={})
        return event

    def corpus(self) -> Corpus:
        """The words of the documents that are open: counts and runs of words would repeat the others."""
        return super().corpus().without(self._versions, self._mark) if self._versions else super().corpus()

    def corpus_stamp(self) -> str:
        return super().corpus_stamp() + (self._mark if self._versions else "")

    @property
    def _mark(self) -> str:
        """What tells the corpus of this reader from that of another who has opened other documents."""
        return f" without {','.join(map(str, sorted(self.closed)))}"

    def text_of(self, document_id: str) -> str:
        return "" if document_id in self._texts else super().text_of(document_id)

    def text_of_version(self, version: int) -> str:
        return "" if version in self._versions else super().text_of_version(version)

    def sources_of(self, versions: Collection[int]) -> dict[int, tuple[DocumentName, str]]:
        return super().sources_of(set(versions) - self._versions)

    def find_all(self, query: str, settings: Settings = FOLDED) -> tuple[Match, ...]:
        return tuple(match for match in super().find_all(query, settings) if match.version not in self._versions)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, settings: Settings = FOLDED) -> SearchPage:
        """A closed document is found and named; where its hits stand, and their words, are not told."""
        page = super().search(query, limit=limit, offset=offset, settings=settings)
        if not self.closed:
            return page
        hits = tuple(
            replace(hit, document=_bare(hit.document), spans=(), snippet=Span(0, 0))
            if hit.document.number in self.closed
            else hit
            for hit in page.hits
        )
        return replace(page, hits=hits)


def _bare(row: DocumentRow) -> DocumentRow:
    """Title and date; the path stands for a title that is missing."""
    bare = replace(row, path="", genre="", publisher="", language="", characters=0, counts={}, verdicts={}, warnings=())
    return replace(bare, title=row.title or f"Document {row.number}", status=CLOSED)
