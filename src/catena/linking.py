"""Links: a person says how one passage stands to another, of the same document or of another one.

A link is a finding of kind `link` on the layer of a person, on the text of its *origin*: role `content` is the passage
(none: the whole document). Its values name the *target*: `other` is the hash of that text, `other_start` and
`other_end` are code points of it (null: the whole document), `other_text` the words there; `relation` says how origin
stands to target ("answers"), `memo` is a note on it. Both ends name texts, not files: an end whose file has changed
since stays where it was and is marked as `OLDER`, nothing moves by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from catena.model import Document, Finding, MadeBy, Span, Value, make_finding
from catena.store import DocumentName, Project
from catena.store.people import CARRIED_OVER, PREFIX

OLDER = "older text"
"""The state of an end whose text is no longer the current one of any file."""
LONGEST = 120  # letters of a relation: a name, not a memo


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link. `span` is `None` for a whole document, `place` where its text stands now, if anywhere."""

    document: str
    span: Span | None
    words: str
    place: DocumentName | None

    @property
    def state(self) -> str:
        """ "" when the text is current, or `OLDER`."""
        return "" if self.place else OLDER


@dataclass(frozen=True, slots=True)
class Link:
    """A link with both of its ends looked up."""

    finding: Finding
    origin: End
    target: End

    @property
    def relation(self) -> str:
        """How origin stands to target."""
        return str(self.finding.value("relation"))

    @property
    def memo(self) -> str:
        """The note on the link, or ""."""
        return str(self.finding.value("memo") or "")

    @property
    def person(self) -> str:
        """Whose layer it stands on."""
        return self.finding.made_by.name.removeprefix(PREFIX)


def make_link(
    origin: tuple[Document, Span | None],
    target: tuple[Document, Span | None],
    relation: str,
    person: str,
    memo: str = "",
) -> Finding:
    """The finding that `person` sees `origin` stand in a relation to `target`; a span of `None` is the whole document.

    Raises `ValueError` for a relation without words or too long, a span without characters, or two ends that are one;
    `IndexError` for a span past the end.
    """
    (document, span), (other, other_span) = origin, target
    relation = " ".join(relation.split())
    if not relation:
        raise ValueError("say how the two passages stand to each other, such as: answers")
    if len(relation) > LONGEST:
        raise ValueError(f"a relation is a short name of at most {LONGEST} letters; the rest belongs into the memo")
    if any(one is not None and not len(one) for one in (span, other_span)):
        raise ValueError("select some words first")
    if (document.id, span) == (other.id, other_span):
        raise ValueError("both ends of the link are the same passage; choose other words for one of them")
    values: dict[str, Value] = {
        "relation": relation,
        "other": other.id,
        "other_start": other_span.start if other_span else None,
        "other_end": other_span.end if other_span else None,
        "other_text": other_span.of(other.text) if other_span else "",
        **({"memo": memo.strip()} if memo.strip() else {}),
    }
    roles = {} if span is None else {"content": span}
    return make_finding(document, "link", roles, MadeBy(PREFIX + person), values=values)


def change_link(held: Finding, document: Document, relation: str, memo: str) -> Finding:
    """The same link under another relation and memo. Raises `ValueError` as `make_link` does for a relation."""
    relation = " ".join(relation.split())
    if not relation or len(relation) > LONGEST:
        raise ValueError(f"a relation is a short name of 1 to {LONGEST} letters")
    values = {**dict(held.values), "relation": relation}
    values.pop("memo", None)
    if memo.strip():
        values["memo"] = memo.strip()
    roles = dict(held.roles)
    return make_finding(document, "link", roles, held.made_by, values=values, evidence=held.evidence)


def target_span(finding: Finding) -> Span | None:
    """The passage that a link leads to; `None` for a whole document."""
    start, end = finding.value("other_start"), finding.value("other_end")
    return Span(int(start), int(end)) if start is not None and end is not None else None


def list_links(project: Project, *, document: str | None = None, person: str | None = None) -> tuple[Link, ...]:
    """Links by path and place of their origins; those with an end on one text (its hash), or of one person, when given.

    A link on an older text that was taken over to the current one is told once, as it stands now.
    """
    found = project.links(document, person)
    taken = {(one.made_by.name, why.note) for one in found for why in one.evidence if why.code == CARRIED_OVER}
    names = project.names({id_ for one in found for id_ in (one.document, str(one.value("other")))})
    first = {id_: many[0] for id_, many in names.items() if many}
    links = [_resolve(one, first) for one in found if one.document in first or (one.made_by.name, one.id) not in taken]
    return tuple(sorted(links, key=_order))


def _resolve(finding: Finding, names: dict[str, DocumentName]) -> Link:
    here = next(iter(finding.spans("content")), None)
    other = str(finding.value("other"))
    return Link(
        finding,
        End(finding.document, here, finding.text("content"), names.get(finding.document)),
        End(other, target_span(finding), str(finding.value("other_text") or ""), names.get(other)),
    )


def _order(link: Link) -> tuple[str, Span, str]:
    return (link.origin.place.path if link.origin.place else "", link.finding.place, link.finding.id)
