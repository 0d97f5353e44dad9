"""Passages that documents share, as findings on both sides.

Steps: documents with the same letters are set aside and linked to their first witness; passages of the others are
found, those that lie near each other are one finding, cut to whole words, and their words are aligned. What stands in
very many documents at their edges (letterheads, link lists) is not paired, and one finding a document says so.
No direction is claimed: `first` is set only when the caller gives both dates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catena.model import Document, Evidence, Finding, MadeBy, Operation, Span, Value, cover, make_finding
from catena.text import FoldTable
from catena.transmission.common import Run, is_boilerplate
from catena.transmission.comparison import Comparison, Piece, compare_documents
from catena.transmission.differences import compare
from catena.transmission.direction import Dates
from catena.transmission.join import MOST_REPEATS
from catena.transmission.memory import Memory, digest
from catena.transmission.passages import LEAST_LETTERS, LEAST_WORTH, Join, join_here
from catena.transmission.seeds import GRAM
from catena.transmission.sentences import Sentences
from catena.transmission.similar import Similar
from catena.transmission.witness import Witness, Words

MAKER = "shared-passages"
LONGEST_SHOWN = 600  # code points of the other side's text kept in the finding
LEAST_WORDS = 4

MADE_BY = MadeBy(MAKER, "2", (("gram", GRAM), ("least_letters", LEAST_LETTERS), ("least_worth", LEAST_WORTH)))

Parts = Sequence[tuple[Words, Words]]
"""The words of each piece, here and in the other document."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What was found, and what to remember.

    `findings` holds by document id every finding of each document of which something else is said than before: all
    that share something when nothing was remembered. A document that shares nothing any more has none. `notes` says by
    document id where a bound was applied, for all documents.
    """

    findings: Mapping[str, tuple[Finding, ...]]
    memory: Memory
    notes: Mapping[str, str] = field(default_factory=dict)


def find_shared(
    documents: Sequence[Document],
    names: Sequence[str],
    table: FoldTable,
    *,
    dates: Mapping[str, str] | None = None,
) -> Mapping[str, tuple[Finding, ...]]:
    """Findings "reuse" by document id, in order of place; documents that share nothing are left out.

    The role `content` holds the passage, in pieces when something else stands between them. Values: `other`
    (document id), `other_name`, `other_start`, `other_end` (code points of the other text), `other_text`,
    `shared_letters` (letters of equal words), `kind` (`identical`, `altered`, `reordered`, `whole-document`,
    `similar-wording` for sentences that may restate each other, or `common-wording` for what marks the genre),
    `likeness` (of similar wording, 0 to 1), `documents` (of common wording: in how many it stands at least). `dates`
    maps document id to an ISO date, month, year or interval (`Dates.of`); where one lies before the other `first` is
    `this` or `other`: the earlier of the two held here, which is not the origin. The diff reads from the other document
    to this one. Raises `ValueError` when `names` and `documents` differ in number.
    """
    return update_shared(documents, names, table, Memory.empty(), dates=dates).findings


def update_shared(
    documents: Sequence[Document],
    names: Sequence[str],
    table: FoldTable,
    memory: Memory,
    *,
    dates: Mapping[str, str] | None = None,
    join: Join = join_here,
) -> Shared:
    """`find_shared` of all these documents, at the cost of those that `memory` does not know.

    Documents known and unknown are given in the order in which they came. The findings of a document that is not in
    the result stay as they were. Equal to a full run; documents that are gone make a full run. Raises `ValueError` when
    `names` and `documents` differ in number.
    """
    if len(documents) != len(names):
        raise ValueError(f"{len(documents)} documents but {len(names)} names; give one name a document")
    compared, remembered = compare_documents(documents, names, table, memory, join)
    facts = _facts(compared, dates or {})
    said = {key: digest(sorted(map(repr, many))) for key, many in facts.items()}
    changed = {key for key in said if memory.said.get(key) != said[key]}
    found = _build(compared, dates or {}, changed)
    emptied = [key for key in memory.said if key not in found and (key in changed or key not in said)]
    return Shared(found | dict.fromkeys(emptied, ()), replace(remembered, said=said), dict(_notes(compared)))


def _notes(compared: Comparison) -> Iterator[tuple[str, str]]:
    """By document id: where the same wording stands so often in one text that most of it was not compared."""
    for group, cut in zip(compared.groups, compared.repeats_cut, strict=True):
        if cut:
            note = f"{cut} repetitions of words inside this text were not compared; {MOST_REPEATS} of each were"
            yield from ((one.document.id, note) for one in group)


def _facts(compared: Comparison, dates: Mapping[str, str]) -> dict[str, list[object]]:
    """All that decides what is said of a document, by document id: two equal lists give the same findings."""
    facts: dict[str, list[object]] = {}

    def add(this: Witness, other: Witness, *what: object) -> None:
        for one, far in ((this, other), (other, this)):
            key, far_key = one.document.id, far.document.id
            own = (far_key, far.name, dates.get(key, ""), dates.get(far_key, ""), one is this)
            facts.setdefault(key, []).append((*own, *what))

    heads = [group[0] for group in compared.groups]
    for left, right, many in _copies(compared):
        add(left, right, many)
    for first, second, pieces in compared.pairs:
        add(heads[first], heads[second], pieces, compared.common[first], compared.common[second])
    for similar in compared.similar:
        add(heads[similar.first], heads[similar.second], similar)
    for head, runs in zip(heads, compared.common, strict=True):
        if runs:
            facts.setdefault(head.document.id, []).append(runs)
    return facts


def _build(compared: Comparison, dates: Mapping[str, str], wanted: Collection[str]) -> dict[str, tuple[Finding, ...]]:
    """The findings of the documents wanted, in order of place."""
    found: dict[str, list[Finding]] = {}
    heads = [group[0] for group in compared.groups]

    def sides(left: Witness, right: Witness) -> list[tuple[Witness, Witness]]:
        return [(a, b) for a, b in ((left, right), (right, left)) if a.document.id in wanted]

    def add(finding: Finding | None) -> None:
        if finding is not None:
            found.setdefault(finding.document, []).append(finding)

    for left, right, many in _copies(compared):
        for this, other in sides(left, right):
            add(_copy(this, other, many, dates))
    for first, second, pieces in compared.pairs:
        told = sides(heads[first], heads[second])
        common = (compared.common[first], compared.common[second])
        parts = _to_words(heads[first], heads[second], pieces, common) if told else []
        for this, other in told:
            add(_passage(this, other, parts if this is heads[first] else _mirror(parts), dates))
    for similar in compared.similar:
        for this, other in sides(heads[similar.first], heads[similar.second]):
            add(_similar(this, other, compared.sentences, similar, this is heads[similar.first], dates))
    for head, runs in zip(heads, compared.common, strict=True):
        if runs and head.document.id in wanted:
            add(_common(head, runs))
    return {key: tuple(sorted(many, key=lambda one: (one.place, one.id))) for key, many in found.items()}


def _copies(compared: Comparison) -> Iterator[tuple[Witness, Witness, int]]:
    """Documents of the same letters: each with the first and with its neighbour, so that many copies stay cheap."""
    for group in compared.groups:
        if len(group[0].seeds) < LEAST_LETTERS:
            continue
        pairs = {(0, n) for n in range(1, len(group))} | {(n - 1, n) for n in range(2, len(group))}
        for left, right in sorted(pairs):
            yield group[left], group[right], len(group)


def _copy(this: Witness, other: Witness, many: int, dates: Mapping[str, str]) -> Finding:
    note = Evidence("same-letters", f"at least {_round(many)} documents have the same letters")
    return _finding(this, other, [(_ends(this), _ends(other))], "whole-document", (), len(this.seeds), dates, note)


def _ends(witness: Witness) -> Words:
    """The first and the last word of a document: all that a copy's place needs."""
    size = len(witness.seeds)
    head, tail = witness.words_in(0, min(size, LEAST_LETTERS)), witness.words_in(max(0, size - LEAST_LETTERS), size)
    view = witness.seeds.view
    first = head.spans[0] if head.spans else view.project(Span(0, 1))
    last = tail.spans[-1] if tail.spans else view.project(Span(size - 1, size))
    return Words((first, last), ("", ""))


def _round(many: int) -> int:
    """The next power of two below: so that one more document does not change what is said of all the others."""
    return 1 << (many.bit_length() - 1)


def _to_words(
    left: Witness, right: Witness, pieces: Sequence[Piece], common: tuple[Sequence[Run], Sequence[Run]]
) -> Parts:
    """The words of the pieces; none for letterheads and the like, which are common wording at the edge of both."""
    if all(
        is_boilerplate(a, b, len(left.seeds), common[0]) and is_boilerplate(c, d, len(right.seeds), common[1])
        for a, b, c, d in pieces
    ):
        return []
    words = [(left.words_in(a, b), right.words_in(c, d)) for a, b, c, d in join_pieces(pieces)]
    return [(here, there) for here, there in words if min(len(here), len(there)) >= LEAST_WORDS]


def _mirror(parts: Parts) -> Parts:
    return sorted(((there, here) for here, there in parts), key=lambda pair: pair[0].cover)


def _passage(this: Witness, other: Witness, parts: Parts, dates: Mapping[str, str]) -> Finding | None:
    if not parts:
        return None
    compared = [compare(this.document.text, here, other.document.text, there) for here, there in parts]
    diff = tuple(step for one in compared for step in one.diff)
    kind = _kind(parts, same=all(one.same for one in compared))
    return _finding(this, other, parts, kind, diff, sum(one.shared for one in compared), dates)


def join_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that follow each other with a gap on one side only, as one: something was left out, or put in."""
    joined: list[Piece] = []
    for piece in sorted(pieces):
        if joined:
            last = joined[-1]
            gap, other_gap = piece[0] - last[1], piece[2] - last[3]
            forward = piece[2] >= last[2] and piece[3] >= last[3]
            if forward and min(gap, other_gap) <= GRAM and min(gap, other_gap) >= -2 * GRAM:
                joined[-1] = (last[0], max(last[1], piece[1]), last[2], piece[3])
                continue
        joined.append(piece)
    return joined


def _kind(parts: Parts, *, same: bool) -> str:
    order = [there.cover for _, there in parts]
    if order != sorted(order):
        return "reordered"
    return "identical" if same and len(parts) == 1 else "altered"


def _finding(
    this: Witness, other: Witness, parts: Parts, kind: str,
    diff: tuple[Operation, ...], shared: int, dates: Mapping[str, str], note: Evidence | None = None,
) -> Finding:  # fmt: skip
    far = cover(there.cover for _, there in parts)
    values = _far_side(other, far) | {"shared_letters": shared, "kind": kind}
    roles = {"content": [here.cover for here, _ in parts]}
    note = note or Evidence("shared-letters", f"{shared} letters of equal words")
    return _dated(this, other, roles, values, diff, dates, note)


def _far_side(other: Witness, far: Span) -> dict[str, Value]:
    return {
        "other": other.document.id,
        "other_name": other.name,
        "other_start": far.start,
        "other_end": far.end,
        "other_text": far.of(other.document.text)[:LONGEST_SHOWN],
    }


def _dated(
    this: Witness, other: Witness, roles: Mapping[str, Span | Sequence[Span]], values: dict[str, Value],
    diff: tuple[Operation, ...], dates: Mapping[str, str], note: Evidence,
) -> Finding:  # fmt: skip
    mine, theirs = (Dates.of(dates.get(one.document.id, "")) for one in (this, other))
    if mine.before(theirs) or theirs.before(mine):
        values["first"] = "this" if mine.before(theirs) else "other"
    return make_finding(this.document, "reuse", roles, MADE_BY, diff=diff, values=values, evidence=[note])


def _similar(
    this: Witness,
    other: Witness,
    sentences: Sequence[Sentences],
    similar: Similar,
    first: bool,
    dates: Mapping[str, str],
) -> Finding:
    """Sentences that resemble each other; `first` when `this` is the first document of `similar`."""
    spans = [
        Span(int(sentences[number].starts[start]), int(sentences[number].ends[end - 1]))
        for number, start, end in (
            (similar.first, similar.start, similar.end), (similar.second, similar.other_start, similar.other_end),
        )
    ]  # fmt: skip
    here, there = spans if first else spans[::-1]
    share = round(similar.cosine, 2)
    note = Evidence("similar-words", f"cosine {share} of the sentences' words: likeness of wording, not a copy")
    values: dict[str, Value] = _far_side(other, there) | {"kind": "similar-wording", "likeness": share}
    return _dated(this, other, {"content": here}, values, (), dates, note)


def _common(witness: Witness, runs: Sequence[Run]) -> Finding:
    """Which passages stand in so many documents that they mark the genre."""
    spans = [witness.seeds.view.project(Span(start, end)) for start, end, _ in runs]
    many = max(run[2] for run in runs)
    note = f"stands in at least {many} documents, more than a fifth of them"
    return make_finding(
        witness.document, "reuse", {"content": spans}, MADE_BY,
        values={"kind": "common-wording", "documents": many}, evidence=[Evidence("common-wording", note)],
    )  # fmt: skip
