"""A project: one SQLite file with everything about one folder of statements.

One object is one connection: use it in one thread at a time; another thread opens the file for itself.
Readers never wait for the writer. Every method that writes is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from catena.model import Finding
from catena.store import people, reading, writing
from catena.store.connection import connect
from catena.store.connection import writing as transaction
from catena.store.errors import QueryError
from catena.store.search import choose_snippet, find_matches
from catena.store.types import (
    DocumentRow,
    Event,
    FileResult,
    FileState,
    LedgerRow,
    SearchHit,
    SearchPage,
    StoredDocument,
)


class Project:
    """An open project file.

    Made by `Project.open`, `Project.create` or `open_or_create`; a context manager.
    """

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """The project at `path`.

        Raises `StoreError` when it is absent, foreign, newer than we are, or damaged.
        """
        return cls(connect(Path(path), read_only=read_only), Path(path))

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """A new, empty project at `path`. Raises `StoreError` when something stands there already."""
        return cls(connect(Path(path), create=True, must_be_new=True), Path(path))

    def close(self) -> None:
        """Close the file; further calls fail. Closing twice is allowed."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def file_state(self, path: str) -> FileState | None:
        """What the ledger knows of one file; `None` when it was never seen."""
        return reading.load_states(self._connection, path).get(path)

    def file_states(self) -> dict[str, FileState]:
        """What the ledger knows of every file, by path."""
        return reading.load_states(self._connection)

    def add(self, result: FileResult) -> None:
        """Keep what one file gave, in one transaction."""
        self.add_many((result,))

    def add_many(self, results: Iterable[FileResult]) -> None:
        """Keep what several files gave, in one transaction: all of them, or none."""
        with transaction(self._connection) as connection:
            for result in results:
                writing.add_result(connection, result)

    def mark_missing(self, paths: Iterable[str]) -> None:
        """Say that these files are gone from the folder; their documents stay, with status `missing`."""
        given = tuple(paths)
        if given:
            with transaction(self._connection) as connection:
                writing.mark_missing(connection, given)

    def replace_findings(self, maker: str, by_document: Mapping[str, Sequence[Finding]]) -> None:
        """Put these in the place of every finding of `maker`, in one transaction. Keys are document ids.

        Raises `ValueError` when a finding has another maker or document.
        """
        with transaction(self._connection) as connection:
            writing.replace_findings(connection, maker, by_document)

    def documents(
        self,
        *,
        text_query: str | None = None,
        facets: Mapping[str, str] | None = None,
        order: str = "path",
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[DocumentRow, ...]:
        """The list of documents, those that answer `text_query` and every facet.

        `order` is `path`, `title`, `date` (unknown last), `newest`, `number` or `relevance`. Raises
        `QueryError` for the query and `ValueError` for an unknown facet or order.
        """
        return reading.list_documents(
            self._connection,
            text_query=text_query,
            facets=facets or {},
            order=order,
            limit=limit,
            offset=offset,
        )

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """For genre, publisher, language, verdict and status: values with the number of documents, most
        first.
        """
        return reading.list_facets(self._connection)

    def document(self, ref: str | int) -> StoredDocument:
        """The document that `ref` names: number, path, end of a path, file name, or 6 or more digits of its
        id.

        Raises `NotFound` with close matches, also when `ref` fits several.
        """
        row = reading.find_row(self._connection, ref)
        return StoredDocument(row, reading.load_document(self._connection, row))

    def findings(self, document: str | int, kinds: Collection[str] | None = None) -> tuple[Finding, ...]:
        """What the program found on a document (id or number), in order of place; of these kinds when given.

        Raises `NotFound`, and `StoreError` when a finding no longer fits the text.
        """
        return reading.load_findings(self._connection, document, kinds)

    def all_findings(self) -> Iterator[tuple[str, Finding, str]]:
        """(path, finding, the document's text) over all documents, by path and place, a document at a time."""
        return reading.iterate_findings(self._connection)

    def add_annotation(self, person: str, finding: Finding) -> None:
        """Put a finding made by `person:NAME` on that person's layer.

        Raises `ValueError` for another maker.
        """
        with transaction(self._connection) as connection:
            people.add_annotation(connection, person, finding)

    def annotations(self, document_id: str, person: str | None = None) -> tuple[Finding, ...]:
        """What people say about a text, in order of place; of one person, or of all."""
        return people.load_annotations(self._connection, document_id, person)

    def undo(self, person: str) -> Finding | None:
        """Take back the latest annotation of `person`; returns it, or `None` when there is none."""
        with transaction(self._connection) as connection:
            return people.undo(connection, person)

    def redo(self, person: str) -> Finding | None:
        """Bring back what `person` undid last; `None` when there is nothing, or something was added since."""
        with transaction(self._connection) as connection:
            return people.redo(connection, person)

    def history(self, limit: int = 50) -> tuple[Event, ...]:
        """The latest events, newest first."""
        return people.load_history(self._connection, limit)

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> SearchPage:
        """One page of documents that answer `query`, best first, each with every hit as a span of its text.

        A query that does not parse gives an empty page that says so in `error`; `parse_query` raises instead.
        """
        try:
            total, matches = find_matches(self._connection, query, limit, offset)
        except QueryError as error:
            return SearchPage(0, error=str(error))
        rows = reading.rows_of_versions(self._connection, [version for version, _ in matches])
        hits = []
        for version, spans in matches:
            text = reading.text_of_version(self._connection, version)
            hits.append(SearchHit(rows[version], spans, choose_snippet(text, spans)))
        return SearchPage(total, tuple(hits))

    def ledger(self, failed_only: bool = False) -> tuple[LedgerRow, ...]:
        """What became of every file, by path; only failures when asked. A missing file is no failure."""
        return reading.load_ledger(self._connection, failed_only=failed_only)

    @property
    def meta(self) -> dict[str, str]:
        """Every setting of the project."""
        rows: Any = self._connection.execute("SELECT name, value FROM meta ORDER BY name").fetchall()
        return dict(rows)

    def get_meta(self, name: str, default: str | None = None) -> str | None:
        """One setting, or `default`."""
        found = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).get
        return default if found is None else str(found)

    def set_meta(self, name: str, value: str) -> None:
        """Keep one setting."""
        with transaction(self._connection) as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def open_or_create(path: Path | str) -> Project:
    """The project at `path`, made when there is none. Raises `StoreError` as `Project.open` does."""
    return Project(connect(Path(path), create=True), Path(path))
