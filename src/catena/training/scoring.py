"""Scores of spans and of whole attributions as the published work counts them.

token micro: each token's role, all roles together. exact: runs of one role that agree in both ends. Both as
precision, recall and F1. A *run* is a contiguous piece; pieces of one content that something interrupts are two runs.

whole: attributions of a text are paired one to one, those whose contents share most first; a pair counts when
contents share at least half of the tokens of both together (intersection over union), and counts with its source when
the sources share a token or neither has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from catena.attribution.tagger.decode import to_pieces
from catena.attribution.tagger.network import LABELS

ROLES = ("source", "cue", "content")
SHARED_LEAST = 0.5
"""Intersection over union of two contents that count as one."""
Numbers = dict[str, float]


def f1(right: float, found: float, wanted: float) -> float:
    """Harmonic mean of precision and recall; 0 when nothing is right."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def score_labels(pairs: Iterable[tuple[Sequence[int], Sequence[int]]]) -> Numbers:
    """`pairs` are (gold, found) labels of one text each. Keys: `token`, `exact`, `exact source` and so on."""
    token = [0, 0, 0]
    exact = {role: [0, 0, 0] for role in ROLES}
    for gold, found in pairs:
        for wanted, got in zip(gold, found, strict=True):
            a, b = LABELS[wanted][2:], LABELS[got][2:]
            token[0] += bool(a) and a == b
            token[1] += bool(b)
            token[2] += bool(a)
        mine = {(piece.first, piece.last, piece.role) for piece in to_pieces(gold)}
        other = {(piece.first, piece.last, piece.role) for piece in to_pieces(found)}
        for role in ROLES:
            exact[role][0] += sum(piece[2] == role for piece in mine & other)
            exact[role][1] += sum(piece[2] == role for piece in other)
            exact[role][2] += sum(piece[2] == role for piece in mine)
    total = [sum(counts[k] for counts in exact.values()) for k in range(3)]
    return {
        "token": f1(*token),
        "exact": f1(*total),
        **{f"exact {role}": f1(*counts) for role, counts in exact.items()},
    }


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as sets of token numbers. `kind` sorts the gold ones (direct, mixed, indirect)."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    kind: str = ""


@dataclass
class Tally:
    """Counts over texts: attributions wanted and found, and those of them that are right."""

    wanted: int = 0
    found: int = 0
    content: int = 0
    source: int = 0
    linked: int = 0
    paired: int = 0
    with_source: int = 0
    right_source: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)

    def numbers(self) -> Numbers:
        """F1 of contents and of contents with source, precision and recall, and recall by kind.

        `source given content`: among matched attributions with a source in the gold. `all given content`: both source
        and cue overlap, among matched attributions.
        """
        return {
            "content": f1(self.content, self.found, self.wanted),
            "with source": f1(self.source, self.found, self.wanted),
            "precision": self.content / max(self.found, 1),
            "recall": self.content / max(self.wanted, 1),
            "recall with source": self.source / max(self.wanted, 1),
            "source given content": self.right_source / max(self.with_source, 1),
            "all given content": self.linked / max(self.content, 1),
            **{
                f"{what} {kind}": count / max(counts[0], 1)
                for kind, counts in sorted(self.kinds.items())
                for what, count in (("recall", counts[1]), ("recall with source", counts[2]))
            },
            **{
                f"source given content {kind}": counts[4] / max(counts[3], 1)
                for kind, counts in sorted(self.kinds.items())
            },
        }


def tally(gold: Sequence[Said], found: Sequence[Said], into: Tally) -> list[tuple[int, int]]:
    """Add one text to `into`; returns the pairs (gold, found) that count."""
    into.wanted += len(gold)
    into.found += len(found)
    for one in gold:
        into.kinds.setdefault(one.kind, [0, 0, 0, 0, 0])[0] += 1
    matched = match(gold, found)
    for a, b in matched:
        wanted, got = gold[a], found[b]
        counts = into.kinds[wanted.kind]
        right = _meet(wanted.source, got.source)
        into.content += 1
        into.source += right
        into.linked += right and _meet(wanted.cue, got.cue)
        counts[1] += 1
        counts[2] += right
        if wanted.source:
            into.with_source += 1
            into.right_source += right
            counts[3] += 1
            counts[4] += right
    return matched


def match(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs of numbers, one to one, contents that share most first, of those that share `SHARED_LEAST`."""
    holders: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        for token in one.content:
            holders.setdefault(token, []).append(number)
    shares = []
    for a, wanted in enumerate(gold):
        for b in {number for token in wanted.content for number in holders.get(token, ())}:
            both = len(wanted.content & found[b].content)
            shares.append((both / (len(wanted.content) + len(found[b].content) - both), -a, -b))
    pairs, used = [], (set[int](), set[int]())
    for share, a, b in sorted(shares, reverse=True):
        if share >= SHARED_LEAST and -a not in used[0] and -b not in used[1]:
            used[0].add(-a)
            used[1].add(-b)
            pairs.append((-a, -b))
    return pairs


def _meet(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one & other) or not (one or other)
