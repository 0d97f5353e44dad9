"""One SQLite file a project: documents, findings, people's layers, search index, ledger, events."""

from catena.store.errors import NotFound, QueryError, StoreError
from catena.store.project import Project, open_or_create
from catena.store.query import parse_query
from catena.store.types import (
    STATUSES,
    DocumentRow,
    Event,
    FileResult,
    FileStamp,
    FileState,
    LedgerRow,
    SearchHit,
    SearchPage,
    StoredDocument,
)

__all__ = [
    "STATUSES", "DocumentRow", "Event", "FileResult", "FileStamp", "FileState", "LedgerRow", "NotFound",
    "Project", "QueryError", "SearchHit", "SearchPage", "StoreError", "StoredDocument", "open_or_create",
    "parse_query",
]  # fmt: skip
