"""A project of which some documents are closed: they are listed with title and date until somebody opens them.

For collections that hurt to read or must not be skimmed. It is care for readers and a log of who opened what, not
encryption: who holds the file can read all of it with other programs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import apsw

from catena.model import Finding, Span
from catena.store.errors import StoreError
from catena.store.project import Project
from catena.store.search import FOLDED, Match, Settings
from catena.store.types import Attribution, DocumentRow, SearchPage, StoredDocument, StoredFinding

META = "restricted"  # the setting that holds the patterns, one a line


class Restricted(StoreError):
    """A document that has to be opened on purpose first. `row` is what may be shown of it."""

    def __init__(self, row: DocumentRow) -> None:
        super().__init__(f"document {row.number} is restricted; open it on purpose first")
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


class CarefulProject(Project):
    """Answers as `Project` does, without what stands in documents that are closed to this reader."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self.closed: frozenset[int] = frozenset()
        self._paths: frozenset[str] = frozenset()
        self._versions: frozenset[int] = frozenset()
        self._texts: frozenset[str] = frozenset()

    def close_off(self, opened: Collection[int]) -> None:
        """Close every restricted document but those that were opened, by number."""
        patterns = list_patterns(self)
        if not patterns:
            return
        rows: Any = self._connection.execute(
            "SELECT d.number, d.path, v.number, v.text FROM documents d JOIN versions v ON v.document = d.number"
        ).fetchall()
        shut = [row for row in rows if row[0] not in opened and is_restricted(row[1], patterns)]
        # A text that also stands under a path which is not restricted is no secret.
        free = {row[3] for row in rows} - {row[3] for row in shut}
        free |= {row[3] for row in rows if row[0] not in {one[0] for one in shut}}
        self.closed = frozenset(row[0] for row in shut)
        self._paths = frozenset(row[1] for row in shut)
        self._versions = frozenset(row[2] for row in shut)
        self._texts = frozenset(row[3] for row in shut) - free

    def document(self, ref: str | int) -> StoredDocument:
        stored = super().document(ref)
        if stored.row.number in self.closed:
            raise Restricted(_bare(stored.row))
        return stored

    def documents(self, **asked: Any) -> tuple[DocumentRow, ...]:
        return tuple(_bare(row) if row.number in self.closed else row for row in super().documents(**asked))

    def coded_documents(self) -> tuple[DocumentRow, ...]:
        return tuple(row for row in super().coded_documents() if row.number not in self.closed)

    def rows_of_versions(self, versions: Collection[int]) -> dict[int, DocumentRow]:
        found = super().rows_of_versions(versions)
        return {version: _bare(row) if row.number in self.closed else row for version, row in found.items()}

    def findings(self, document: str | int, kinds: Collection[str] | None = None) -> tuple[Finding, ...]:
        shut = self.closed if isinstance(document, int) else self._texts
        if document in shut:
            return ()
        return tuple(one for one in super().findings(document, kinds) if not self._tells(one))

    def _tells(self, finding: Finding) -> bool:
        """True for a passage that a closed document holds too: its diff would show words of that one."""
        return finding.kind in ("reuse", "translation") and finding.value("other") in self._texts

    def all_findings(
        self, kinds: Collection[str] | None = None, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, Finding, str]]:
        rows = super().all_findings(kinds, only)
        return (row for row in rows if row[0] not in self._paths and not self._tells(row[1]))

    def all_texts(self) -> Iterator[tuple[str, str, str, str]]:
        return (row for row in super().all_texts() if row[0] not in self._paths)

    def attributions(self) -> tuple[Attribution, ...]:
        return tuple(one for one in super().attributions() if one.document not in self.closed)

    def stored_findings(self, kind: str, versions: Collection[int] | None = None) -> tuple[StoredFinding, ...]:
        return tuple(one for one in super().stored_findings(kind, versions) if one.document not in self.closed)

    def annotations(self, document_id: str, person: str | None = None) -> tuple[Finding, ...]:
        return () if document_id in self._texts else super().annotations(document_id, person)

    def annotation(self, id_: str) -> tuple[Finding, ...]:
        return tuple(one for one in super().annotation(id_) if one.document not in self._texts)

    def outdated_documents(self) -> tuple[int, ...]:
        return tuple(number for number in super().outdated_documents() if number not in self.closed)

    def text_of(self, document_id: str) -> str:
        return "" if document_id in self._texts else super().text_of(document_id)

    def text_of_version(self, version: int) -> str:
        return "" if version in self._versions else super().text_of_version(version)

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
    return replace(bare, title=row.title or f"Document {row.number}", status="restricted")
