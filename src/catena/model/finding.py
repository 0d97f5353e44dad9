"""A finding: something the text shows, tied to characters, with its evidence and its maker.

Vocabulary: *kind* says what it is; *roles* name the spans it rests on (`source`, `cue`, `content` …); a finding may
point at another (*parent*), which is how a quotation inside a quotation is said; *made_by* names the maker.
Findings are never edited: a person's correction is a new finding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from catena.model.document import Document
from catena.model.span import Span, cover

Value: TypeAlias = str | int | float | bool | None

KINDS = (
    "layout", "section", "language", "quotation", "attribution", "citation", "isnad", "verification", "reuse",
    "translation", "date", "name", "figure", "event", "dating", "problem", "coding", "memo",
    "link",
)  # fmt: skip
"""Every kind of finding, in the order the margin shows them. Documented in docs/reference/records.md."""


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The maker of a finding: a detector with version and settings, or a person (`person:NAME`)."""

    name: str
    version: str = "1"
    settings: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, as a stable `code` and, where it helps, a `note` in plain words and the span it rests on."""

    code: str
    note: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a word diff between a quotation and its reference.

    `op` is `equal`, `substitute`, `omit` (in the reference only), `insert` (in the quotation only), `merge` or
    `split`. `quoted` and `reference` are the words as they stand in each text, with their spacing; `span` is the
    place of `quoted` in the document, in code points (`None` for an omission). `what` types a difference:
    `word`, `order`, `negation`, `number`, `name`, `modal`, `vowels`, `spelling`, or "" for none.
    """

    op: str
    quoted: str
    reference: str
    span: Span | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one detector or person says about spans of one document.

    `roles` maps a role name to spans in reading order; `texts` holds the characters under them, so that drift fails
    loudly (`check_finding`). `reference` is a canonical citation. `values` are normalised facts (`iso`, `count`).
    `id` is derived from everything but `made_by.version` and the evidence, so that it is stable between runs.
    Make one with `make_finding`.
    """

    document: str
    kind: str
    roles: tuple[tuple[str, tuple[Span, ...]], ...]
    texts: tuple[tuple[str, tuple[str, ...]], ...]
    made_by: MadeBy
    verdict: str | None = None
    reference: str | None = None
    diff: tuple[Operation, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    parent: str | None = None
    evidence: tuple[Evidence, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"finding kind {self.kind!r} is unknown; allowed: {', '.join(KINDS)}")
        said = [
            self.document, self.kind, [[role, [[s.start, s.end] for s in spans]] for role, spans in self.roles],
            self.made_by.name, self.verdict, self.reference, list(self.values), self.parent,
        ]  # fmt: skip
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
        object.__setattr__(self, "id", digest[:20])

    def spans(self, role: str) -> tuple[Span, ...]:
        """The spans of `role` in reading order; empty when the finding has no such role."""
        return next((spans for name, spans in self.roles if name == role), ())

    def text(self, role: str) -> str:
        """The characters of `role`, pieces joined by " … "; empty when the finding has no such role."""
        return " … ".join(next((texts for name, texts in self.texts if name == role), ()))

    def value(self, name: str) -> Value:
        """The normalised value called `name`, or `None`."""
        return next((value for key, value in self.values if key == name), None)

    @property
    def place(self) -> Span:
        """The smallest span that holds every role; `[0, 0)` for a finding about the whole document."""
        spans = [span for _, many in self.roles for span in many]
        return cover(spans) if spans else Span(0, 0)


def make_finding(
    document: Document,
    kind: str,
    roles: Mapping[str, Iterable[Span] | Span],
    made_by: MadeBy,
    *,
    verdict: str | None = None,
    reference: str | None = None,
    diff: Iterable[Operation] = (),
    values: Mapping[str, Value] | None = None,
    parent: str | None = None,
    evidence: Iterable[Evidence] = (),
) -> Finding:
    """A finding on `document`, with the text under each span kept beside it.

    Raises `IndexError` when a span runs past the text, `ValueError` for an unknown kind.

    >>> doc = Document.of("He said: we agree.")
    >>> make_finding(doc, "attribution", {"cue": Span(3, 7)}, MadeBy("cues")).text("cue")
    'said'
    """
    spans = tuple((role, (given,) if isinstance(given, Span) else tuple(given)) for role, given in roles.items())
    spans = tuple((role, many) for role, many in spans if many)
    texts = tuple((role, tuple(span.of(document.text) for span in many)) for role, many in spans)
    return Finding(
        document=document.id,
        kind=kind,
        roles=spans,
        texts=texts,
        made_by=made_by,
        verdict=verdict,
        reference=reference,
        diff=tuple(diff),
        values=tuple((values or {}).items()),
        parent=parent,
        evidence=tuple(evidence),
    )


def check_finding(finding: Finding, document: Document) -> None:
    """Raise `ValueError` when the finding's stored text is not what stands in `document` at its spans."""
    if finding.document != document.id:
        raise ValueError(f"finding {finding.id} belongs to document {finding.document[:12]}, not {document.id[:12]}")
    texts = dict(finding.texts)
    for role, spans in finding.roles:
        for span, stored in zip(spans, texts.get(role, ()), strict=True):
            if span.end > len(document.text) or span.of(document.text) != stored:
                raise ValueError(f"finding {finding.id}: role {role} at {span} no longer reads {stored[:40]!r}")
