"""Links of people in REFI-QDA projects: an end is a selection or a source, the relation is the name (REFI-QDA 1.5, 9).

An end at which its person has a coding or memo is that selection; for any other a selection without codes is made.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from catena.exporters.codebooks import clean
from catena.model import Finding, Span

End = tuple[str, str, Span | None]
"""Whose end it is, the hash of its text, and the passage there (`None`: the whole text)."""


def find_ends(link: Finding) -> tuple[End, End]:
    """Origin and target of a link."""
    person = link.made_by.name
    start, end = link.value("other_start"), link.value("other_end")
    there = Span(int(start), int(end)) if start is not None and end is not None else None
    here = next(iter(link.spans("content")), None)
    return (person, link.document, here), (person, str(link.value("other")), there)


def list_links(notes: Iterable[Finding], texts: Iterable[str]) -> tuple[Finding, ...]:
    """The links among `notes`, each once, of which both ends stand in one of `texts` (hashes)."""
    held = set(texts)
    links = {(note.made_by.name, note.id): note for note in notes if note.kind == "link"}
    return tuple(link for link in links.values() if all(text in held for _, text, _ in find_ends(link)))


def group_ends(links: Iterable[Finding]) -> Mapping[str, Sequence[tuple[str, Span]]]:
    """By text, whose passages links end at: `(maker, span)`, in order of place."""
    found: dict[str, set[tuple[str, Span]]] = defaultdict(set)
    for person, text, span in (end for link in links for end in find_ends(link)):
        if span is not None:
            found[text].add((person, span))
    return {text: sorted(ends, key=lambda end: (end[1], end[0])) for text, ends in found.items()}


def add_links(
    box: etree._Element,
    links: Sequence[Finding],
    ends: Mapping[End, str],
    guid: Callable[..., str],
    make: Callable[..., etree._Element],
) -> list[tuple[str, Finding]]:
    """Write the links; returns the memos that are written as notes, with their ids."""
    memos = []
    for link in links:
        key = guid("link", link.document, link.id, link.made_by.name)
        origin, target = (ends[end] for end in find_ends(link))
        made = make(
            box, "Link", guid=key, name=clean(str(link.value("relation"))), direction="OneWay", originGUID=origin,
            targetGUID=target,
        )  # fmt: skip
        if link.value("memo"):
            memo = guid("memo", key)
            make(made, "NoteRef", targetGUID=memo)
            memos.append((memo, link))
    return memos


def count_unsigned(links: Iterable[Finding]) -> int:
    """How many links do not tell who made them: only selections and memos have an author."""
    return sum(all(span is None for _, _, span in find_ends(link)) and not link.value("memo") for link in links)


@dataclass(frozen=True, slots=True)
class Spot:
    """What an id of a file names: the source by its number, the passage (`None`: all of it), and who made it."""

    source: int
    place: tuple[int, int] | None
    person: str


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """A link as read, from the first of its `ends` to the second. `person` is "" when the file does not name one."""

    person: str
    relation: str
    memo: str
    ends: tuple[Spot, Spot]


def read_links(
    root: etree._Element, spots: Mapping[str, Spot], memos: Mapping[str, tuple[str, str]]
) -> tuple[tuple[ImportedLink, ...], int]:
    """The links between what `spots` names, by id, and how many lead elsewhere; `memos` are `(person, text)` by id.

    A link without a name is said to be `linked`.
    """
    found, lost = [], 0
    for element in root.iterfind("{*}Links/{*}Link"):
        origin, target = (spots.get(to_key(element.get(name) or "")) for name in ("originGUID", "targetGUID"))
        if origin is None or target is None or (origin.source, origin.place) == (target.source, target.place):
            lost += 1
            continue
        said = [
            memos[key]
            for ref in element.iterfind("{*}NoteRef")
            if (key := to_key(ref.get("targetGUID") or "")) in memos
        ]
        person = next((who for who, _ in said if who), origin.person or target.person)
        memo = " ".join(text for _, text in said if text)
        found.append(
            ImportedLink(person, " ".join((element.get("name") or "linked").split())[:120], memo, (origin, target))
        )
    return tuple(found), lost


def to_key(given: str) -> str:
    """An id as it is looked up: programs differ in case and braces."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return given.lower()
