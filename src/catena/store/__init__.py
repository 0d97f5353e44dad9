"""One SQLite file a project: documents, findings, people's layers, search index, ledger, events."""

from catena.store.careful import (
    CLOSED,
    OPENED_ALL,
    CarefulProject,
    Restricted,
    describe_withheld,
    is_restricted,
    list_patterns,
    open_careful,
    set_patterns,
)
from catena.store.codebook import new_code, to_paths
from catena.store.corpus import Corpus
from catena.store.errors import NotFound, QueryError, StoreError
from catena.store.project import Project, open_or_create
from catena.store.query import FIELDS, parse_query, single_words, split_fields
from catena.store.reading import FacetIndex
from catena.store.search import LEVELS, Match, Settings
from catena.store.types import (
    STATUSES,
    Code,
    DocumentName,
    DocumentRow,
    Event,
    FileResult,
    FileStamp,
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

__all__ = [
    "CLOSED", "FIELDS", "LEVELS", "OPENED_ALL", "STATUSES", "CarefulProject", "Code", "Corpus", "DocumentName",
    "DocumentRow", "Event", "FacetIndex", "FileResult", "FileStamp", "FileState", "LedgerRow", "Match", "NotFound",
    "Project", "QueryError", "Restricted", "SearchHit", "SearchPage", "Settings", "SharedPlace", "StepTaken",
    "StoreError", "StoredDocument", "StoredFinding", "Unchecked", "describe_withheld", "is_restricted",
    "list_patterns", "new_code", "open_careful", "open_or_create", "parse_query", "set_patterns", "single_words",
    "split_fields", "to_paths",
]  # fmt: skip
