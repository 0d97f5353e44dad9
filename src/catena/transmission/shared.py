"""Passages that documents share, as findings on both sides.

Steps: documents with the same letters are set aside and linked to their first witness; the rest are fingerprinted
and joined; each stretch grows letter by letter, is cut to whole words, and its words are aligned. What stands in very
many documents (letterheads, link lists) is not paired, and one finding a document says so.
No direction is claimed: `first` is set only when the caller gives both dates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from catena.model import Document, Evidence, Finding, MadeBy, Operation, Span, make_finding
from catena.text import FoldTable, Step, align_words, find_words, fold_each
from catena.transmission.fingerprint import GRAM, Fingerprint, fingerprint
from catena.transmission.join import Stretch, join

MAKER = "shared-passages"
LEAST_LETTERS = 40  # shorter ones are mostly formulae of the genre
LEAST_WORDS = 8
LEAST_SHARE = 0.5  # of the words on the longer side; below it two chance meetings were bridged
LONGEST_SHOWN = 600  # code points of the other side's text kept in the finding
MOST_DIFF_WORDS = 1500  # longer passages carry no word diff: the page aligns them when opened

RESUME = 6  # letters that must be alike after a small difference: two short words
_SKIPS = sorted(
    [(n, 0) for n in range(1, 17)]
    + [(0, n) for n in range(1, 17)]
    + [(n, m) for n in range(1, 9) for m in range(1, 9)],
    key=sum,
)
"""Letters left out on each side at the ends of a passage: a word added or dropped, or one word for another."""

_MADE_BY = MadeBy(MAKER, "1", (("gram", GRAM), ("least_letters", LEAST_LETTERS), ("least_words", LEAST_WORDS)))


@dataclass(frozen=True, eq=False)
class _Witness:
    document: Document
    name: str
    mark: Fingerprint

    @cached_property
    def words(self) -> tuple[Span, ...]:
        return find_words(self.document.text)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The letters of each word."""
        return fold_each(self.mark.view, self.words)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self.words]

    def words_in(self, letters: tuple[int, int]) -> range:
        """Numbers of the words that lie wholly inside a range of letters."""
        place = self.mark.view.project(Span(*letters))
        return range(bisect_left(self._starts, place.start), bisect_right(self._ends, place.end))


def find_shared(
    documents: Sequence[Document],
    names: Sequence[str],
    table: FoldTable,
    *,
    dates: Mapping[str, str] | None = None,
) -> Mapping[str, tuple[Finding, ...]]:
    """Findings "reuse" by document id, in order of place; documents that share nothing are left out.

    Values: `other` (document id), `other_name`, `other_start`, `other_end` (code points of the other text),
    `other_text`, `shared_letters` (letters of equal words), `kind` (`identical`, `altered`, `whole-document`, or
    `common-wording` for what was left unpaired). `dates` maps document id to an ISO date; with two different ones
    `first` is `this` or `other`: the earlier of the two held here, which is not the origin. The diff reads from the
    other document to this one. Raises `ValueError` when `names` and `documents` differ in number.
    """
    if len(documents) != len(names):
        raise ValueError(f"{len(documents)} documents but {len(names)} names; give one name a document")
    witnesses = [_Witness(doc, name, fingerprint(doc, table)) for doc, name in zip(documents, names, strict=True)]
    found: dict[str, list[Finding]] = {}
    heads: dict[str, list[_Witness]] = {}
    for witness in witnesses:
        heads.setdefault(witness.mark.view.text, []).append(witness)
    for letters, group in heads.items():
        if len(letters) >= LEAST_LETTERS:
            _link_copies(group, found, dates or {})
    distinct = [group[0] for group in heads.values()]
    joined = join([witness.mark for witness in distinct])
    for stretch in joined.stretches:
        _add_stretch(distinct[stretch.first], distinct[stretch.second], stretch, found, dates or {})
    for number, places in joined.common.items():
        _add_common(distinct[number], places, found)
    return {key: tuple(sorted(many, key=lambda one: one.place)) for key, many in found.items()}


def _link_copies(group: Sequence[_Witness], found: dict[str, list[Finding]], dates: Mapping[str, str]) -> None:
    """Documents of the same letters: each with the first and with its neighbour, so that many copies stay cheap."""
    note = Evidence("same-letters", f"{len(group)} documents have the same letters")
    pairs = {(0, n) for n in range(1, len(group))} | {(n - 1, n) for n in range(2, len(group))}
    for left, right in sorted(pairs):
        for this, other in ((group[left], group[right]), (group[right], group[left])):
            if this.words and other.words:
                found.setdefault(this.document.id, []).append(
                    _finding(
                        this, other, range(len(this.words)), range(len(other.words)), "whole-document", (),
                        len(this.mark.view.text), dates, note,
                    )
                )  # fmt: skip


def _add_stretch(
    left: _Witness,
    right: _Witness,
    stretch: Stretch,
    found: dict[str, list[Finding]],
    dates: Mapping[str, str],
) -> None:
    mine, theirs = _grow(left.mark.view.text, right.mark.view.text, stretch)
    if max(mine[1] - mine[0], theirs[1] - theirs[0]) < LEAST_LETTERS:
        return
    words, others = left.words_in(mine), right.words_in(theirs)
    if min(len(words), len(others)) < LEAST_WORDS:
        return
    for this, other, here, there in ((left, right, words, others), (right, left, others, words)):
        diff, shared, same = _compare(this, other, here, there)
        letters = sum(map(len, this.folded[here.start : here.stop]))
        if shared < LEAST_LETTERS or shared < LEAST_SHARE * letters:
            return
        kind = "identical" if same else "altered"
        found.setdefault(this.document.id, []).append(_finding(this, other, here, there, kind, diff, shared, dates))


def _grow(left: str, right: str, stretch: Stretch) -> tuple[tuple[int, int], tuple[int, int]]:
    """The stretch with the equal letters before and after it."""
    a, b, c, d = stretch.start, stretch.end, stretch.other_start, stretch.other_end
    after, behind = _walk(left[b:], right[d:])
    before, ahead = _walk(left[:a][::-1], right[:c][::-1])
    return (a - before, b + after), (c - ahead, d + behind)


def _walk(left: str, right: str) -> tuple[int, int]:
    """Letters that go on alike from the start of both, over small differences; an honest end is a long one."""
    a = c = _alike(left, right)
    while True:
        skip = next(
            (
                (x, y)
                for x, y in _SKIPS
                if _alike(left[a + x : a + x + RESUME], right[c + y : c + y + RESUME]) == RESUME
            ),
            None,
        )
        if skip is None:
            return a, c
        more = _alike(left[a + skip[0] :], right[c + skip[1] :])
        a, c = a + skip[0] + more, c + skip[1] + more


def _alike(left: str, right: str) -> int:
    """How many letters are equal from the start, found by halving."""
    low, high = 0, min(len(left), len(right))
    if left[:high] == right[:high]:
        return high
    step = 32
    while left[low : low + step] == right[low : low + step]:
        low, step = low + step, step * 2
    while left[low] == right[low]:
        low += 1
    return low


def _compare(this: _Witness, other: _Witness, here: range, there: range) -> tuple[tuple[Operation, ...], int, bool]:
    """The diff, the letters of equal words, and whether all words are equal."""
    mine, theirs = this.folded[here.start : here.stop], other.folded[there.start : there.stop]
    if mine == theirs:
        return (), sum(map(len, mine)), True
    if max(len(mine), len(theirs)) > MOST_DIFF_WORDS:  # equal words in any order: a rough count
        shared = set(theirs)
        return (), sum(len(word) for word in mine if word in shared), False
    steps = _align(mine, theirs)
    words, others = this.words[here.start : here.stop], other.words[there.start : there.stop]
    equal = sum(len(word) for step in steps if step.op == "equal" for word in mine[slice(*step.quoted)])
    diff = tuple(
        Operation(
            step.op,
            _cut(this.document.text, words, step.quoted),
            _cut(other.document.text, others, step.reference),
            _place(words, step.quoted),
        )
        for step in steps
    )
    return diff, equal, False


def _align(mine: Sequence[str], theirs: Sequence[str]) -> list[Step]:
    """Steps over both; equal words at either end are set aside first, since most copies differ in one place."""
    most = min(len(mine), len(theirs))
    head = next((n for n in range(most) if mine[n] != theirs[n]), most)
    tail = next((n for n in range(most - head) if mine[-1 - n] != theirs[-1 - n]), most - head)
    steps = [Step("equal", (0, head), (0, head))] if head else []
    for step in align_words(mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]):
        quoted, reference = step.quoted, step.reference
        moved = ((quoted[0] + head, quoted[1] + head), (reference[0] + head, reference[1] + head))
        steps.append(Step(step.op, *moved))
    if tail:
        steps.append(Step("equal", (len(mine) - tail, len(mine)), (len(theirs) - tail, len(theirs))))
    return steps


def _place(words: Sequence[Span], part: tuple[int, int]) -> Span | None:
    return Span(words[part[0]].start, words[part[1] - 1].end) if part[1] > part[0] else None


def _cut(text: str, words: Sequence[Span], part: tuple[int, int]) -> str:
    place = _place(words, part)
    return place.of(text) if place else ""


def _finding(
    this: _Witness, other: _Witness, here: range, there: range, kind: str,
    diff: tuple[Operation, ...], shared: int, dates: Mapping[str, str], note: Evidence | None = None,
) -> Finding:  # fmt: skip
    far = Span(other.words[there[0]].start, other.words[there[-1]].end)
    values: dict[str, str | int | float | bool | None] = {
        "other": other.document.id,
        "other_name": other.name,
        "other_start": far.start,
        "other_end": far.end,
        "other_text": far.of(other.document.text)[:LONGEST_SHOWN],
        "shared_letters": shared,
        "kind": kind,
    }
    mine, theirs = dates.get(this.document.id, ""), dates.get(other.document.id, "")
    if mine and theirs and mine != theirs:
        values["first"] = "this" if mine < theirs else "other"
    span = Span(this.words[here[0]].start, this.words[here[-1]].end)
    return make_finding(
        this.document, "reuse", {"content": span}, _MADE_BY, diff=diff, values=values,
        evidence=[note] if note else [Evidence("shared-letters", f"{shared} letters of equal words")],
    )  # fmt: skip


def _add_common(witness: _Witness, places: Sequence[int], found: dict[str, list[Finding]]) -> None:
    """Say which passages stand in so many documents that they were not paired."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place - runs[-1][1] <= GRAM:
            runs[-1][1] = place + GRAM
        else:
            runs.append([place, place + GRAM])
    spans = [witness.mark.view.project(Span(*run)) for run in runs if run[1] - run[0] >= LEAST_LETTERS]
    if spans:
        note = "stands in more than a fifth of the documents; not paired with each of them"
        found.setdefault(witness.document.id, []).append(
            make_finding(
                witness.document, "reuse", {"content": spans}, _MADE_BY, values={"kind": "common-wording"},
                evidence=[Evidence("common-wording", note)],
            )
        )  # fmt: skip
