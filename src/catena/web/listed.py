"""The lists of documents and of hits as tables: what their pages show, for the exports of these pages."""

from __future__ import annotations

from collections.abc import Iterable

from catena.store import DocumentRow
from catena.web.tables import Column, Table

_FACTS = (
    Column("number", "No"), Column("document", "Document"), Column("path", "File"), Column("date", "Date"),
)  # fmt: skip
DOCUMENTS = (
    *_FACTS, Column("genre", "Genre"), Column("publisher", "Publisher"), Column("language", "Language"),
    Column("verdicts", "Verdicts"), Column("quotations", "Quotations"), Column("shared_passages", "Shared passages"),
    Column("notes", "Notes"), Column("status", "File is"),
)  # fmt: skip
HITS = (*_FACTS, Column("hits", "Hits"), Column("words", "Words"))


def to_documents_table(rows: Iterable[DocumentRow]) -> Table:
    """Documents as the list shows them; of a restricted one nothing that was found in it."""
    return Table("Documents", DOCUMENTS, [(*_facts(row), *_found(row), row.status) for row in rows])


def to_hits_table(query: str, hits: Iterable[tuple[DocumentRow, int, Iterable[tuple[str, bool]]]]) -> Table:
    """Documents that answer a search, best first, each with how many hits and the words around the first."""
    rows = [(*_facts(row), count, "".join(words for words, _ in pieces)) for row, count, pieces in hits]
    return Table(f"Search for {query}", HITS, rows)


def _facts(row: DocumentRow) -> tuple[int, str, str, str]:
    return row.number, row.title or row.path, row.path, row.date


def _found(row: DocumentRow) -> tuple[str, str, str, str, int | None, int | None, int | None]:
    if row.status == "restricted":
        return row.genre, row.publisher, row.language, "", None, None, None
    verdicts = "; ".join(f"{verdict.replace('-', ' ')} {count}" for verdict, count in row.verdicts.items())
    counts = (row.counts.get("quotation", 0), row.counts.get("reuse", 0), len(row.warnings))
    return row.genre, row.publisher, row.language, verdicts, *counts
