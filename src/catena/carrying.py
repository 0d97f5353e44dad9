"""A file has changed: where do the notes on its older text belong now?

Nothing is moved silently. Each note gets a proposal: *carried*, its words stand at the place that answers to theirs;
*changed*, some of its words are others now; *several*, its words stand more than once and their surroundings do not
tell which they are; *lost*, too little of it is left. Proposals are taken over by a person, note by note or all carried
ones at once, or left behind, as one step that can be undone. The old note stays on the old text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from catena.measures.matching import align
from catena.model import Document, Evidence, Finding, Span, make_finding
from catena.store import DocumentRow, Project
from catena.store.people import CARRIED_OVER, PREFIX
from catena.store.tokens import find_tokens

STATES = ("carried", "changed", "several", "lost")
CODE = CARRIED_OVER
AROUND = 12  # words on each side that may tell one copy of a passage from another
SHOWN = 120  # letters of a passage in the memo that says it was left behind
ENOUGH = 0.5  # share of a passage's words that must be left for a place to be proposed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in the new text, or `None`, and how sure that is: one of `STATES`."""

    state: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A note on an older text and where it would go. `words` are those of the new place."""

    document: DocumentRow
    note: Finding
    state: str
    span: Span | None
    words: str


def find_places(old: str, new: str, spans: Sequence[Span]) -> tuple[Place, ...]:
    """Where each span of `old` stands in `new`, in the order given.

    >>> find_places("The lakes stay open.", "Now the lakes stay open.", [Span(4, 14)])[0].span.start
    8
    """
    (words, places), (others, other_places) = find_tokens(old), find_tokens(new)
    pairs = dict(align(words, others))
    starts, ends = [place.start for place in places], [place.end for place in places]
    joined = f" {'  '.join(others)} "  # two spaces: runs that follow each other are both counted
    found = []
    for span in spans:
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end)
        found.append(_place(words, others, pairs, first, last, other_places, joined))
    return tuple(found)


def _place(
    words: Sequence[str],
    others: Sequence[str],
    pairs: dict[int, int],
    first: int,
    last: int,
    places: Sequence[Span],
    joined: str,
) -> Place:
    held = [pairs[at] for at in range(first, last) if at in pairs]
    if not held or len(held) < ENOUGH * (last - first):
        return Place("lost", None)
    span = Span(places[held[0]].start, places[held[-1]].end)
    whole = len(held) == last - first and held[-1] - held[0] == len(held) - 1
    if not whole:
        return Place("changed", span)
    low, high = held[0], held[-1] + 1
    for _ in range(AROUND):  # widen as long as the surroundings answer too
        low -= pairs.get(first - 1 - (held[0] - low)) == low - 1 and low > 0
        high += pairs.get(last + (high - held[-1] - 1)) == high
    several = joined.count(f" {'  '.join(others[low:high])} ") > 1
    return Place("several" if several else "carried", span)


def propose(project: Project, number: int, person: str | None = None) -> tuple[Proposal, ...]:
    """Proposals for the notes on older texts of a document, by place; of one person or all.

    Those that were taken over are left out.
    """
    stored = project.document(number)
    waiting: list[Proposal] = []
    taken = {
        reason.note
        for note in project.annotations(stored.document.id, person)
        for reason in note.evidence
        if reason.code == CODE
    }
    for hash_ in project.older_texts(number):
        notes = [note for note in project.annotations(hash_, person) if note.id not in taken]
        passages = [note for note in notes if note.spans("content")]
        places = find_places(project.text_of(hash_), stored.document.text, [note.place for note in passages])
        for note, place in zip(passages, places, strict=True):
            words = place.span.of(stored.document.text) if place.span else ""
            waiting.append(Proposal(stored.row, note, place.state, place.span, words))
        # A note on the whole document is about a text that is no more: a person decides.
        waiting += [Proposal(stored.row, note, "changed", None, "") for note in notes if not note.spans("content")]
    return tuple(sorted(waiting, key=lambda one: (one.note.place, one.note.id)))


def take_over(project: Project, person: str, proposals: Sequence[Proposal]) -> int:
    """Write the proposals of `person` that are not lost, as one step; returns how many."""
    found = []
    for one in proposals:
        if one.note.made_by.name != PREFIX + person or one.state == "lost":
            continue
        found.append(_move(project.document(one.document.number).document, one))
    if found:
        project.add_annotation(person, *found)
    return len(found)


def leave_behind(project: Project, person: str, proposals: Sequence[Proposal]) -> int:
    """Settle proposals of `person` without moving the notes, as one step; returns how many.

    Each stays on its old text; a memo on the new one says so, so that the decision can be seen and taken back.
    """
    found = []
    for one in proposals:
        if one.note.made_by.name != PREFIX + person:
            continue
        document = project.document(one.document.number).document
        words = one.note.text("content") or "the whole document"
        said = {"text": f"Left behind on the older text: {' '.join(words.split())[:SHOWN]}"}
        found.append(
            make_finding(document, "memo", {}, one.note.made_by, values=said, evidence=[Evidence(CODE, one.note.id)])
        )
    if found:
        project.add_annotation(person, *found)
    return len(found)


def _move(document: Document, one: Proposal) -> Finding:
    note = one.note
    return make_finding(
        document,
        note.kind,
        {} if one.span is None else {"content": one.span},
        note.made_by,
        values=dict(note.values),
        parent=note.parent,
        evidence=(*note.evidence, Evidence(CODE, note.id)),
    )


def list_waiting(project: Project, person: str | None = None) -> tuple[Proposal, ...]:
    """Proposals of every document whose text has changed since it was noted on."""
    return tuple(one for number in project.outdated_documents() for one in propose(project, number, person))
