"""What goes into a project and what comes out: frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from catena.model import Code, Document, Finding, Span

__all__ = [
    "STATUSES", "Attribution", "Code", "DocumentName", "DocumentRow", "Event", "FileResult", "FileStamp", "FileState",
    "LedgerRow", "SearchHit", "SearchPage", "SharedPlace", "StepTaken", "StoredDocument", "StoredFinding", "Unchecked",
]  # fmt: skip

STATUSES = ("ok", "rejected", "error", "crash", "timeout", "missing")
"""What can become of a file. All but `ok` and `missing` are failures."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as its folder lists it: `path` relative to the folder with `/`, size in bytes (-1: cannot be
    looked at).
    """

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FileState:
    """What the ledger last knew of a file; equal size, time and version: it need not be read again."""

    size: int
    mtime_ns: int
    sha256: str
    status: str
    pipeline_version: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What reading and analysing one file gave.

    `document` is `None` unless `status` is `ok`; `seconds` is wall time.
    """

    stamp: FileStamp
    sha256: str
    status: str
    stage: str
    reason: str
    document: Document | None
    findings: tuple[Finding, ...]
    seconds: float
    pipeline_version: str

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is unknown; allowed: {', '.join(STATUSES)}")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of the list of documents: what its current version shows.

    `number` is stable in this project; `id` is the hash of the text. Facts that are not known are "".
    `characters` counts code points, `counts` findings by kind, `verdicts` findings by verdict, `versions` the
    texts this path has had. `status` is that of its file: `ok`, `missing`, or a failure of the last attempt
    to read it again.
    """

    number: int
    id: str
    path: str
    title: str
    date: str
    genre: str
    publisher: str
    language: str
    characters: int
    counts: dict[str, int]
    verdicts: dict[str, int]
    warnings: tuple[str, ...]
    versions: int
    status: str = "ok"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a list of witnesses says of a document: its number and facts as in the list, "" where not known."""

    number: int
    path: str
    title: str
    date: str
    publisher: str


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A passage that a document shares with the text `other`: `span` here answers to `there` in the other one.

    `id` is that of the finding, `shared_letters` how many letters of equal words it counts, `kind` its kind of reuse.
    """

    id: str
    span: Span
    other: str
    there: Span
    shared_letters: int
    kind: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its line in the list."""

    row: DocumentRow
    document: Document


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that answers a query: every hit in it as a span of its text, in order, and a stretch to
    show.
    """

    document: DocumentRow
    spans: tuple[Span, ...]
    snippet: Span


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, best first.

    `total` counts documents; `error` says what is wrong with the query, if anything. `versions` are all that answer,
    in any order, where they are known anyway.
    """

    total: int
    hits: tuple[SearchHit, ...] = ()
    error: str | None = None
    versions: tuple[int, ...] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of a file at a stage.

    `when` is UTC in ISO 8601, `seconds` wall time, `version` the recipe used.
    """

    path: str
    stage: str
    status: str
    reason: str
    seconds: float
    when: str
    version: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log: who did what, when. `who` is "" for the program itself."""

    number: int
    when: str
    who: str
    what: str
    subject: str
    detail: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to speak at a place: the document's number, the finding's id and parent, names as printed or ""."""

    document: int
    id: str
    parent: str | None
    speaker: str
    outlet: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that was undone or redone: what it was, and the findings it touched (none for a code)."""

    what: str
    findings: tuple[Finding, ...] = ()

    def text(self, role: str) -> str:
        """The words of the first finding in `role`; "" when there is none."""
        return self.findings[0].text(role) if self.findings else ""


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding for lists over all documents: where it stands and its record, which is not checked against the text."""

    document: int
    path: str
    date: str
    start: int
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What the file holds of the current version of a document, whether or not it still fits together.

    `sha256` is of the source's bytes as they were read, `recipe` what made the findings; `notes` are people's.
    """

    number: int
    path: str
    id: str
    text: str
    sha256: str
    recipe: str
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
