"""Passages that documents share, as findings on both sides.

Steps: documents with the same letters are set aside and linked to their first witness; passages of the others are
found, those that lie near each other are one finding, cut to whole words, and their words are aligned. What stands in
very many documents at their edges (letterheads, link lists) is not paired, and one finding a document says so.
No direction is claimed: `first` is set only when the caller gives both dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from catena.model import Document, Evidence, Finding, MadeBy, Operation, Span, Value, make_finding
from catena.text import FoldTable
from catena.transmission.common import Run, find_common, is_boilerplate
from catena.transmission.differences import compare
from catena.transmission.passages import LEAST_LETTERS, LEAST_WORTH, Passages, find_passages
from catena.transmission.seeds import GRAM, find_seeds
from catena.transmission.sentences import Sentences, split_sentences
from catena.transmission.similar import Similar, find_similar, is_news
from catena.transmission.witness import Witness

MAKER = "shared-passages"
LONGEST_SHOWN = 600  # code points of the other side's text kept in the finding
LEAST_WORDS = 4

_MADE_BY = MadeBy(MAKER, "2", (("gram", GRAM), ("least_letters", LEAST_LETTERS), ("least_worth", LEAST_WORTH)))

Piece = tuple[int, int, int, int]
"""Letters of one document and of the other."""


@dataclass(slots=True, eq=False)
class _Gathering:
    """What was found so far, by document id."""

    dates: Mapping[str, str]
    by_document: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.by_document.setdefault(finding.document, []).append(finding)

    def known(self, this: Witness, other: Witness) -> list[Span]:
        """The passages of `this` that are known to stand in `other`."""
        mine = self.by_document.get(this.document.id, ())
        return [span for one in mine if one.value("other") == other.document.id for span in one.spans("content")]

    def sorted(self) -> dict[str, tuple[Finding, ...]]:
        return {key: tuple(sorted(many, key=lambda one: (one.place, one.id))) for key, many in self.by_document.items()}


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
    `likeness` (of similar wording, 0 to 1), `documents` (of common wording: how many hold it). `dates` maps
    document id to an ISO date; with two different ones `first` is `this` or `other`: the earlier of the two held here,
    which is not the origin. The diff reads from the other document to this one. Raises `ValueError` when `names` and
    `documents` differ in number.
    """
    if len(documents) != len(names):
        raise ValueError(f"{len(documents)} documents but {len(names)} names; give one name a document")
    witnesses = [Witness(doc, name, find_seeds(doc, table)) for doc, name in zip(documents, names, strict=True)]
    found = _Gathering(dates or {})
    heads: dict[str, list[Witness]] = {}
    for witness in witnesses:
        heads.setdefault(witness.seeds.view.text, []).append(witness)
    for letters, group in heads.items():
        if len(letters) >= LEAST_LETTERS:
            _link_copies(group, found)
    distinct = [group[0] for group in heads.values()]
    passages = find_passages([witness.seeds for witness in distinct])
    common = find_common([witness.seeds for witness in distinct], passages.spread)
    for first, second, pieces in to_pieces(passages):
        _add_pair(distinct[first], distinct[second], pieces, (common[first], common[second]), found)
    sentences = [split_sentences(witness.document, witness.seeds) for witness in distinct]
    for similar in find_similar(sentences):
        _add_similar(distinct, sentences, similar, found)
    for witness, runs in zip(distinct, common, strict=True):
        _add_common(witness, runs, found)
    return found.sorted()


def to_pieces(passages: Passages) -> Iterator[tuple[int, int, list[Piece]]]:
    """Passages that lie near each other in both documents, pair by pair, in order of place in the first document."""
    chains = passages.chains
    columns = (
        chains.first, chains.second, passages.cluster, chains.start, chains.end, chains.other_start, chains.other_end,
    )  # fmt: skip
    rows = sorted(zip(*(column.tolist() for column in columns), strict=True))
    for (first, second, _), many in groupby(rows, key=lambda row: row[:3]):
        yield first, second, [row[3:] for row in many]


def _link_copies(group: Sequence[Witness], found: _Gathering) -> None:
    """Documents of the same letters: each with the first and with its neighbour, so that many copies stay cheap."""
    note = Evidence("same-letters", f"{len(group)} documents have the same letters")
    pairs = {(0, n) for n in range(1, len(group))} | {(n - 1, n) for n in range(2, len(group))}
    for left, right in sorted(pairs):
        for this, other in ((group[left], group[right]), (group[right], group[left])):
            if this.words and other.words:
                whole = (range(len(this.words)), range(len(other.words)))
                letters = len(this.seeds)
                found.add(_finding(this, other, [whole], "whole-document", (), letters, found.dates, note))


def _add_pair(
    left: Witness,
    right: Witness,
    pieces: Sequence[Piece],
    common: tuple[Sequence[Run], Sequence[Run]],
    found: _Gathering,
) -> None:
    if all(
        is_boilerplate(a, b, len(left.seeds), common[0]) and is_boilerplate(c, d, len(right.seeds), common[1])
        for a, b, c, d in pieces
    ):
        return
    pieces = join_pieces(pieces)
    words = [(left.words_in(a, b), right.words_in(c, d)) for a, b, c, d in pieces]
    words = [(here, there) for here, there in words if min(len(here), len(there)) >= LEAST_WORDS]
    if not words:
        return
    mirrored = sorted(((there, here) for here, there in words), key=lambda pair: pair[0].start)
    for this, other, parts in ((left, right, words), (right, left, mirrored)):
        compared = [compare(this, other, here, there) for here, there in parts]
        diff = tuple(step for one in compared for step in one.diff)
        found.add(
            _finding(
                this, other, parts, _kind(parts, same=all(one.same for one in compared)), diff,
                sum(one.shared for one in compared), found.dates,
            )
        )  # fmt: skip


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


def _kind(parts: Sequence[tuple[range, range]], *, same: bool) -> str:
    order = [there.start for _, there in parts]
    if order != sorted(order):
        return "reordered"
    return "identical" if same and len(parts) == 1 else "altered"


def _finding(
    this: Witness, other: Witness, parts: Sequence[tuple[range, range]], kind: str,
    diff: tuple[Operation, ...], shared: int, dates: Mapping[str, str], note: Evidence | None = None,
) -> Finding:  # fmt: skip
    far = Span(
        min(other.words[there.start].start for _, there in parts),
        max(other.words[there.stop - 1].end for _, there in parts),
    )
    values = _far_side(other, far) | {"shared_letters": shared, "kind": kind}
    roles = {"content": [this.cover(here) for here, _ in parts]}
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
    mine, theirs = dates.get(this.document.id, ""), dates.get(other.document.id, "")
    if mine and theirs and mine != theirs:
        values["first"] = "this" if mine < theirs else "other"
    return make_finding(this.document, "reuse", roles, _MADE_BY, diff=diff, values=values, evidence=[note])


def _add_similar(
    witnesses: Sequence[Witness], sentences: Sequence[Sentences], similar: Similar, found: _Gathering
) -> None:
    """Sentences that resemble each other, unless their words were found to be the same."""
    left, right = witnesses[similar.first], witnesses[similar.second]
    ours, theirs = sentences[similar.first], sentences[similar.second]
    if not is_news(similar, ours, theirs, found.known(left, right), found.known(right, left)):
        return
    spans = (
        Span(int(ours.starts[similar.start]), int(ours.ends[similar.end - 1])),
        Span(int(theirs.starts[similar.other_start]), int(theirs.ends[similar.other_end - 1])),
    )
    share = round(similar.cosine, 2)
    note = Evidence("similar-words", f"cosine {share} of the sentences' words: likeness of wording, not a copy")
    for this, other, here, there in ((left, right, spans[0], spans[1]), (right, left, spans[1], spans[0])):
        values: dict[str, Value] = _far_side(other, there) | {"kind": "similar-wording", "likeness": share}
        found.add(_dated(this, other, {"content": here}, values, (), found.dates, note))


def _add_common(witness: Witness, runs: Sequence[Run], found: _Gathering) -> None:
    """Say which passages stand in so many documents that they mark the genre."""
    if runs:
        spans = [witness.seeds.view.project(Span(start, end)) for start, end, _ in runs]
        many = max(run[2] for run in runs)
        note = f"stands in up to {many} documents, more than a fifth of them"
        found.add(
            make_finding(
                witness.document, "reuse", {"content": spans}, _MADE_BY,
                values={"kind": "common-wording", "documents": many}, evidence=[Evidence("common-wording", note)],
            )
        )  # fmt: skip
