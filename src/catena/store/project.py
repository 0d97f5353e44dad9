"""A project: one SQLite file with everything about one folder of statements.

One object is one connection: use it in one thread at a time; another thread opens the file for itself.
Readers never wait for the writer. Every method that writes is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from catena.model import Document, Finding, Span
from catena.store import codebook, merging, people, reading, sharing, writing
from catena.store.connection import connect, now
from catena.store.connection import writing as transaction
from catena.store.corpus import Corpus, find_stamp, load_corpus
from catena.store.errors import QueryError
from catena.store.merging import MergeReport
from catena.store.reading import FacetIndex
from catena.store.search import (
    FOLDED,
    Match,
    Settings,
    choose_snippet,
    find_all,
    find_matches,
    find_versions,
    places_of_version,
)
from catena.store.tokens import Places
from catena.store.types import (
    Attribution,
    Code,
    DocumentName,
    DocumentRow,
    Event,
    FileResult,
    FileState,
    LedgerRow,
    SearchHit,
    SearchPage,
    SharedPlace,
    StepTaken,
    StoredDocument,
    StoredFinding,
    Unchecked,
)


class Project:
    """An open project file.

    Made by `Project.open`, `Project.create` or `open_or_create`; a context manager.
    """

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._words: dict[str, int] = {}  # the vocabulary as far as it was met in writing

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
        try:
            with transaction(self._connection) as connection:
                for result in results:
                    writing.add_result(connection, result, self._words)
        except BaseException:
            self._words.clear()  # what was taken back may get other numbers
            raise

    def mark_missing(self, paths: Iterable[str]) -> None:
        """Say that these files are gone from the folder; their documents stay, with status `missing`."""
        given = tuple(paths)
        if given:
            with transaction(self._connection) as connection:
                writing.mark_missing(connection, given)

    def replace_findings(
        self, maker: str, by_document: Mapping[str, Sequence[Finding]], *, only_these: bool = False
    ) -> None:
        """Put these in the place of every finding of `maker`, in one transaction. Keys are document ids.

        With `only_these` documents that are not named keep theirs. Raises `ValueError` when a finding has another
        maker or document.
        """
        with transaction(self._connection) as connection:
            writing.replace_findings(connection, maker, by_document, only_these=only_these)

    def replace_notes(self, stage: str, notes: Mapping[str, str]) -> None:
        """Put these notes, by document id, in the place of all of `stage` in the ledger."""
        with transaction(self._connection) as connection:
            writing.replace_notes(connection, stage, notes)

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
        row = self.row(ref)
        return StoredDocument(row, sharing.load_source(self._connection, row.number))

    def row(self, ref: str | int) -> DocumentRow:
        """The line in the list of the document that `ref` names, without reading it. Raises as `document` does."""
        return reading.find_row(self._connection, ref)

    def source(self, number: int) -> Document:
        """The document with this number, without its line in the list. Raises `NotFound`."""
        return sharing.load_source(self._connection, number)

    def findings(
        self,
        document: str | int,
        kinds: Collection[str] | None = None,
        near: Span | None = None,
        text: str | None = None,
    ) -> tuple[Finding, ...]:
        """What the program found on a document (id or number), in order of place; of these kinds, and with a place that
        touches `near`, when given. Who holds its `text` gives it, and it is not read again.

        Raises `NotFound`, and `StoreError` when a finding no longer fits the text.
        """
        return reading.load_findings(self._connection, document, kinds, near, text)

    def shared_places(self, document: str, near: Span) -> tuple[SharedPlace, ...]:
        """Passages that touch `near` and that a text (by its id) shares with others, in order of place.

        What `findings` of kind `reuse` say, without the wordings. Raises as `findings` does.
        """
        return tuple(sharing.load_shared(self._connection, document, near))

    def all_findings(
        self, kinds: Collection[str] | None = None, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, Finding, str]]:
        """(path, finding, the document's text) over all documents, by path and place, a document at a time.

        Of these kinds, and of the documents whose ids are in `only`, when given.
        """
        return reading.iterate_findings(self._connection, kinds, only)

    def stamps(self) -> dict[str, str]:
        """For each document id something that changes when a path with its text comes, goes or is read again."""
        return reading.find_stamps(self._connection)

    def all_texts(self) -> Iterator[tuple[str, str, str, str]]:
        """(path, document id, date or "", text) of every document, by path, one at a time."""
        return reading.iterate_texts(self._connection)

    def copies(self, document_id: str) -> tuple[DocumentRow, ...]:
        """The rows of every path whose current text has this hash, by path."""
        return reading.rows_of_text(self._connection, document_id)

    def names(self, document_ids: Collection[str]) -> dict[str, tuple[DocumentName, ...]]:
        """What `copies` gives for each of these texts, in few words and at once; texts that stand nowhere are left
        out."""
        return sharing.load_names(self._connection, document_ids)

    def numbers(self) -> dict[str, int]:
        """The number of the document for each id; where paths share a text, of the last by path."""
        return sharing.load_numbers(self._connection)

    def documents_without(self, maker: str) -> set[str]:
        """Ids of the documents without a finding of `maker`: nothing was found, or they were read again since."""
        return reading.find_without(self._connection, maker)

    def unchecked(self) -> Iterator[Unchecked]:
        """Every document by path with its findings and notes as stored: the only way that raises nothing for drift."""
        return reading.iterate_unchecked(self._connection)

    def add_annotation(self, person: str, *findings: Finding) -> None:
        """Put findings made by `person:NAME` on that person's layer, as one step.

        What stands there already is left as it is. Raises `ValueError` for another maker.
        """
        with transaction(self._connection) as connection:
            people.add_annotations(connection, person, findings)

    def replace_annotation(self, person: str, id_: str, *findings: Finding) -> None:
        """Take a finding off the layer of `person`, put others in its place or none, as one step.

        Raises `NotFound` when it is not there.
        """
        with transaction(self._connection) as connection:
            people.replace_annotation(connection, person, id_, findings)

    def annotations(self, document_id: str, person: str | None = None) -> tuple[Finding, ...]:
        """What people say about a text, in order of place; of one person, or of all."""
        return people.load_annotations(self._connection, document_id, person)

    def older_texts(self, number: int) -> tuple[str, ...]:
        """Hashes of earlier texts of a document on which somebody has notes, oldest first."""
        return people.find_older_texts(self._connection, number)

    def texts_of(self, number: int) -> tuple[tuple[str, str], ...]:
        """Every text that a document has had, the oldest first: (hash, when it was first read)."""
        return reading.texts_of(self._connection, number)

    def outdated_documents(self) -> tuple[int, ...]:
        """Numbers of the documents whose text has changed since somebody made notes, in order."""
        return people.find_outdated(self._connection)

    def people_findings(self) -> Iterator[tuple[str, Finding, str]]:
        """(path, note, the document's text) over all documents with notes, by path and place."""
        for row in self.coded_documents():
            text = self.text_of(row.id)
            for finding in self.annotations(row.id):
                yield row.path, finding, text

    def links(self, document_id: str | None = None, person: str | None = None) -> tuple[Finding, ...]:
        """Links with either end on a text, or all, as they were made; of one person, or of all."""
        return people.load_links(self._connection, document_id, person)

    def relations(self, person: str | None = None) -> tuple[str, ...]:
        """The relations that links of one person, or of all, have: the most used first."""
        return people.load_relations(self._connection, person)

    def annotation(self, id_: str) -> tuple[Finding, ...]:
        """The active notes with this id: one for each text and person; usually one."""
        return people.find_annotation(self._connection, id_)

    def coded_documents(self) -> tuple[DocumentRow, ...]:
        """Documents with a note of anybody, by path."""
        return reading.list_documents(
            self._connection, facets={}, order="path", limit=None, offset=0, only_annotated=True
        )

    def people(self) -> tuple[tuple[str, int], ...]:
        """Everybody with a layer and how many notes stand on it, by name."""
        return people.list_people(self._connection)

    def undo(self, person: str) -> StepTaken | None:
        """Take back the latest step of `person`, of whatever kind; returns it, or `None` when there is none."""
        with transaction(self._connection) as connection:
            return people.undo(connection, person)

    def redo(self, person: str) -> StepTaken | None:
        """Bring back what `person` undid last; `None` when there is nothing, or something was done since."""
        with transaction(self._connection) as connection:
            return people.redo(connection, person)

    def codes(self, *, deleted: bool = False) -> tuple[Code, ...]:
        """The codebook from top to bottom, parents before children."""
        return codebook.load_codes(self._connection, deleted=deleted)

    def code(self, ref: str) -> Code:
        """The code with this id, path (`Tone > Measured`) or name. Raises `NotFound`, also when several fit."""
        return codebook.get_code(self._connection, ref)

    def put_codes(self, person: str, *codes: Code) -> None:
        """Write new codes, or new states of codes, as one step of `person`. A code is deleted with `active=False`.

        Raises `StoreError` when the tree, a name or a key would not do; then nothing is written.
        """
        with transaction(self._connection) as connection:
            changes = [codebook.put_code(connection, person, code) for code in codes]
            people.record_step(connection, person, "codebook", [change for change in changes if change is not None])

    def merge(self, other: Project, name: str) -> MergeReport:
        """Bring in everything that people did in `other`, a copy of this project; `name` is for the log.

        One transaction; a second time nothing comes in.
        """
        with transaction(self._connection) as connection:
            return merging.merge(connection, other._connection, name)

    def take_codes(self, person: str, codes: Sequence[Code], name: str) -> int:
        """Take in codes from the file `name`, as one step of `person`; returns how many were new or changed.

        A code whose name or key is taken gets the name of the file behind it, or no key.
        """
        with transaction(self._connection) as connection:
            changes = []
            for code in codes:
                shown, key = merging.make_room(connection, code, [], name)
                changes.append(codebook.put_code(connection, person, replace(code, name=shown, key=key)))
            changed = [change for change in changes if change is not None]
            people.record_step(connection, person, "codebook", changed)
        return len(changed)

    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to speak in the current version of every document, by document and place."""
        return reading.load_attributions(self._connection)

    def stored_findings(self, kind: str, versions: Collection[int] | None = None) -> tuple[StoredFinding, ...]:
        """Findings of a kind in the current version of every document, or of these versions, by document and place."""
        return reading.load_stored(self._connection, kind, versions)

    def history(self, limit: int = 50) -> tuple[Event, ...]:
        """The latest events, newest first."""
        return people.load_history(self._connection, limit)

    def change_stamp(self) -> int:
        """A number that grows with everything that is written: each writing is an event of the log."""
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM events").get)

    def note_event(self, who: str, what: str, subject: str, detail: Mapping[str, object] | None = None) -> None:
        """Write an event into the log: who did what on what."""
        with transaction(self._connection) as connection:
            writing.log(connection, what, subject, detail or {}, who=who)

    def events_of(self, kinds: Collection[str], limit: int) -> tuple[Event, ...]:
        """The latest events of these kinds, newest first."""
        return people.load_history(self._connection, limit, kinds)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, settings: Settings = FOLDED) -> SearchPage:
        """One page of documents that answer `query`, best first, each with every hit as a span of its text.

        A query that does not parse gives an empty page that says so in `error`; `parse_query` raises instead.
        """
        try:
            total, matches, versions = find_matches(self._connection, query, limit, offset, settings)
        except QueryError as error:
            return SearchPage(0, error=str(error))
        rows = reading.rows_of_versions(self._connection, [match.version for match in matches])
        hits = []
        for match in matches:
            text = reading.text_of_version(self._connection, match.version)
            hits.append(SearchHit(rows[match.version], match.spans, choose_snippet(text, match.spans)))
        return SearchPage(total, tuple(hits), versions=versions)

    def find_all(self, query: str, settings: Settings = FOLDED) -> tuple[Match, ...]:
        """Every version that answers `query`, best first, with every hit. Raises `QueryError`."""
        return find_all(self._connection, query, settings)

    def find_versions(self, query: str, settings: Settings = FOLDED) -> tuple[int, ...]:
        """The versions that answer `query`, best first. Raises `QueryError`."""
        return find_versions(self._connection, query, settings)

    def facet_index(self) -> FacetIndex:
        """What facets count, for every current document; good for as long as nothing is written."""
        return reading.load_facet_index(self._connection)

    def rows_of_versions(self, versions: Collection[int]) -> dict[int, DocumentRow]:
        """The lines of the list of these current versions."""
        return reading.rows_of_versions(self._connection, versions)

    def sources_of(self, versions: Collection[int]) -> dict[int, tuple[DocumentName, str]]:
        """The names and texts of these current versions."""
        return sharing.load_sources(self._connection, versions)

    def text_of(self, document_id: str) -> str:
        """The text with this hash. Raises `NotFound`."""
        return reading.text_of(self._connection, document_id)

    def text_of_version(self, version: int) -> str:
        """The text of one version."""
        return reading.text_of_version(self._connection, version)

    def places_of_version(self, version: int) -> tuple[Places, Places]:
        """Starts and ends of the words of one current version, in code points."""
        return places_of_version(self._connection, version)

    def corpus(self) -> Corpus:
        """The words of all current documents, for counting."""
        return load_corpus(self._connection)

    def corpus_stamp(self) -> str:
        """A value that changes whenever the corpus does."""
        return find_stamp(self._connection)

    def save_search(self, person: str, name: str, query: str, settings: str = "") -> None:
        """Keep a search under a name; the same name again replaces it. Raises `ValueError` for a blank name.

        `settings` are its level and ticked forms as parameters of an address (`level=affixes&form=lakes`).
        """
        if not name.strip() or not query.strip():
            raise ValueError("a saved search needs a name and a query")
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO searches VALUES (?, ?, ?, ?, ?)", (name, query, settings, person, now())
            )
            detail = {"query": query, **({"settings": settings} if settings else {})}
            writing.log(connection, "search.save", name, detail, who=person)

    def forget_search(self, person: str, name: str) -> None:
        """Forget a saved search; the log still has it."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM searches WHERE name = ?", (name,))
            writing.log(connection, "search.forget", name, {}, who=person)

    def searches(self) -> tuple[tuple[str, str, str, str], ...]:
        """Saved searches: (name, query, who, settings), by name."""
        rows: Any = self._connection.execute("SELECT name, query, who, settings FROM searches ORDER BY name").fetchall()
        return tuple((name, query, who, settings) for name, query, who, settings in rows)

    def room_of(self, name: str) -> int:
        """Bytes that the tables and indexes take whose names begin so."""
        found = self._connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE ? || '%'", (name,)).get
        return int(found or 0)

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
