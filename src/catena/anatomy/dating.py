"""Between which days a document was written, by constraints: never a guessed point.

Not before: the latest day of an event that it reports as past, and the date of a document that it cites (by its
reference number or title) or whose words it reports with the name of their publisher. Not after: the date of a document
that does so with this one. Each bound carries its evidence; bounds that contradict each other, or the date that the
document bears, are shown as a conflict and not settled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from catena.anatomy.collection import Source
from catena.anatomy.proper_names import to_plain_key
from catena.anatomy.surroundings import printed_days
from catena.model import Document, Evidence, Finding, MadeBy, Span, Value, make_finding

MADE_BY = MadeBy("dating", "1")
_TITLE = 25  # code points: a shorter title may stand in a text by chance
_WORDS = 3  # words of a name by which it is looked for
_SLACK = 20  # code points that white space may add to a name
_EDGES = "()[]{},.;:!?\"'“”‘’«»،؛؟*_#"
_NUMBER = 4  # code points of a reference number


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: `side` is `not-before` or `not-after`, `day` ISO; `span` is the place in this document, if any."""

    side: str
    day: str
    evidence: Evidence
    other: str = ""


@dataclass(frozen=True, slots=True)
class Dating:
    """The bounds of one document, the tightest of each side first, and the `conflicts` in words."""

    source: Source
    bounds: tuple[Bound, ...]
    conflicts: tuple[str, ...]

    def day(self, side: str) -> str | None:
        """The tightest bound of one side."""
        return next((one.day for one in self.bounds if one.side == side), None)


def date_documents(sources: Sequence[Source]) -> tuple[Dating, ...]:
    """What bounds the writing of each document, in their order; documents without any bound are left out."""
    links: dict[str, list[_Link]] = defaultdict(list)
    for link in _links(sources):
        for end in {link[0].id, link[1].id}:
            links[end].append(link)
    found = []
    for source in sources:
        bounds = list(_events(source))
        for later, earlier, evidence, place in links.get(source.id, ()):
            if later is source and earlier.date:
                own = Evidence(evidence.code, evidence.note, place)
                bounds.append(Bound("not-before", earlier.date, own, earlier.name))
            if earlier is source and later.date:
                bounds.append(Bound("not-after", later.date, evidence, later.name))
        if bounds:
            found.append(_dating(source, bounds))
    return tuple(found)


def to_findings(datings: Sequence[Dating], documents: Sequence[Document]) -> dict[str, tuple[Finding, ...]]:
    """Findings "dating" by document id: values `not_before`, `not_after`, `stated` (ISO days or null), `conflict`."""
    by_id = {document.id: document for document in documents}
    return {dating.source.id: (_finding(dating, by_id[dating.source.id]),) for dating in datings}


def _finding(dating: Dating, document: Document) -> Finding:
    spans = [bound.evidence.span for bound in dating.bounds if bound.evidence.span is not None]
    values: dict[str, Value] = {
        "not_before": dating.day("not-before"),
        "not_after": dating.day("not-after"),
        "stated": dating.source.date,
        "conflict": bool(dating.conflicts),
    }
    evidence = [
        Evidence(bound.side, f"{bound.day}: {bound.evidence.code}: {bound.evidence.note}", bound.evidence.span)
        for bound in dating.bounds
    ]
    evidence += [Evidence("conflict", words) for words in dating.conflicts]
    roles = {"content": sorted(set(spans))} if spans else {}
    return make_finding(document, "dating", roles, MADE_BY, values=values, evidence=evidence)


def _dating(source: Source, bounds: list[Bound]) -> Dating:
    before = sorted((one for one in bounds if one.side == "not-before"), key=lambda one: one.day, reverse=True)
    after = sorted((one for one in bounds if one.side == "not-after"), key=lambda one: one.day)
    conflicts = []
    if before and after and before[0].day > after[0].day:
        conflicts.append(f"not before {before[0].day}, yet not after {after[0].day}")
    if source.date and before and source.date < before[0].day:
        conflicts.append(f"it bears the date {source.date}, yet tells of {before[0].day}")
    if source.date and after and source.date > after[0].day:
        conflicts.append(f"it bears the date {source.date}, yet {after[0].other} of {after[0].day} cites it")
    return Dating(source, (*before, *after), tuple(conflicts))


def _events(source: Source) -> Iterator[Bound]:
    """Events told as past, by days that the text prints: a day counted from the document's date proves nothing."""
    printed = printed_days(source.findings)
    for event in source.of("event"):
        place = next(iter(event.spans("when")), None)
        if event.value("status") == "happened" and place in printed:
            evidence = Evidence("event-told", " ".join(event.text("content").split())[:120], place)
            yield Bound("not-before", str(event.value("when_start")), evidence)


_Link = tuple[Source, Source, Evidence, Span | None]


def _links(sources: Sequence[Source]) -> Iterator[_Link]:
    """(later, earlier, why, place in the later one): who cites whom."""
    by_id = {source.id: source for source in sources}
    yield from _named(sources)
    for source in sources:
        for passage in source.of("reuse"):
            other = by_id.get(str(passage.value("other")))
            if other is not None and (voice := _reports(source, passage, other)):
                note = f"it reports words of {other.name} on the word of {voice}"
                yield source, other, Evidence("reports-words", note), passage.place


def _named(sources: Sequence[Source]) -> Iterator[_Link]:
    """Documents that print the reference number or the title of another, which is not their own."""
    by_id = {source.id: source for source in sources}
    fields = {source.id: find_fields(source.findings) for source in sources}
    for mention in find_mentions([(source.id, source.text) for source in sources], fields, fields):
        earlier = by_id[mention.earlier]
        note = f"it names {mention.field.replace('-', ' ')} {mention.value[:60]!r} of {earlier.name}"
        evidence = Evidence(f"names-{mention.field}", note)
        yield by_id[mention.later], earlier, evidence, mention.place


@dataclass(frozen=True, slots=True)
class Mention:
    """A document (`later`) prints the reference number or title (`field`, `value`) of another (`earlier`)."""

    later: str
    earlier: str
    field: str
    value: str
    place: Span


Fields = tuple[tuple[str, str], ...]
"""Reference numbers and titles of one document: (field, value)."""


def find_mentions(
    texts: Iterable[tuple[str, str]], named: Mapping[str, Fields], fields: Mapping[str, Fields]
) -> Iterator[Mention]:
    """Which of these texts, given as (id, text), print a name of one of the documents in `named` that is not their own.

    `fields` holds the names of each text's own document. The texts are looked through once: names are found by their
    first words, so that the work grows with the texts and not with the pairs of documents.
    """
    names: dict[tuple[str, ...], dict[tuple[str, str], list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for number, (id_, field, value) in enumerate((id_, *one) for id_, many in named.items() for one in many):
        names[opening_of(value)][field, value].append((number, id_))
    patterns = {value: re.compile(_words(value)) for groups in names.values() for _, value in groups}
    for later, text in texts:
        own = set(fields.get(later, ()))
        tokens = [(match.start(), match[0].strip(_EDGES)) for match in re.finditer(r"\S+", text)] if names else []
        for place, (start, _) in enumerate(tokens):
            for length in range(1, _WORDS + 1):
                key = tuple(word for _, word in tokens[place : place + length])
                found = []
                # A name is looked for once, however many documents bear it.
                for (field, value), bearers in names.get(key, {}).items() if len(key) == length else ():
                    end = start + len(value) + _SLACK
                    match = None if (field, value) in own else patterns[value].search(text, start, end)
                    if match:
                        where = Span(*match.span())
                        found += [(number, Mention(later, one, field, value, where)) for number, one in bearers]
                yield from (mention for _, mention in sorted(found, key=itemgetter(0)) if mention.earlier != later)


def find_fields(findings: Iterable[Finding]) -> Fields:
    """Reference number and title of a document, where they are long enough to name it, in order of place."""
    shown = sorted((one for one in findings if one.kind == "layout"), key=lambda one: one.place)
    pairs = ((str(one.value("field")), str(one.value("value"))) for one in shown)
    return tuple(
        (field, value)
        for field, value in pairs
        if len(value) >= {"reference-number": _NUMBER, "title": _TITLE}.get(field, len(value) + 1)
    )


def opening_of(value: str) -> tuple[str, ...]:
    """The first words of a name without the marks about them: a text without these does not print it."""
    return tuple(word.strip(_EDGES) for word in value.split()[:_WORDS])


def _words(value: str) -> str:
    return r"(?<![\w/])" + r"\s+".join(map(re.escape, value.split())) + r"(?![\w/])"


def _reports(source: Source, passage: Finding, other: Source) -> str:
    """The voice on whose word the shared words stand here, when it is the publisher of the other document."""
    publishers = {
        to_plain_key(str(one.value("value"))) for one in other.of("layout") if one.value("field") == "publisher"
    }
    mine = {to_plain_key(str(one.value("value"))) for one in source.of("layout") if one.value("field") == "publisher"}
    for one in source.of("attribution"):
        inside = any(span.contains(passage.place) for span in one.spans("content"))
        for voice in (str(one.value("speaker") or ""), one.text("outlet")):
            if inside and voice and to_plain_key(voice) in publishers - mine:
                return voice
    return ""
