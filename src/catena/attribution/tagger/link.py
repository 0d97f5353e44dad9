"""Join sources and contents to cues: one logistic regression over pairs of spans.

Each content goes to the cue that fits it best, each cue takes the source that fits it best; a source may serve several
cues. What no cue fits stands alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log1p

from catena.attribution.tagger.decode import Piece
from catena.attribution.tagger.features import Numbers
from catena.attribution.tagger.tokens import Tokens

CONTENT_LEAST = 0.3
"""Probability from which a content belongs to a cue."""
SOURCE_LEAST = 0.15
"""Probability from which a cue takes a source: below, no source was right more often."""
REACH = 4
"""Sentences between a cue and its source or content at most; more held under 1 in 1000."""
_KNOWN_CUES = frozenset({"according", "said", "says", "told", "saying", ":", "added", "that"})
_OPENERS = frozenset({"that", '"', "“", "to", "he", "she", "it", "they"})

Coefficients = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Joined:
    """One attribution: indexes into the pieces of the text. `contents` is never empty; no cue means nothing fitted."""

    cue: int | None
    source: int | None
    contents: tuple[int, ...]
    surety: float


@dataclass(frozen=True)
class Layout:
    """The pieces of a text with what the features look up. `states` are the quote states of the tokens."""

    tokens: Tokens
    pieces: Sequence[Piece]
    states: Numbers

    @cached_property
    def sentence(self) -> list[int]:
        count, found = 0, []
        for opens in self.tokens.opens:
            count += opens
            found.append(count)
        return found

    @cached_property
    def low(self) -> list[str]:
        return [word.lower() for word in self.tokens.words]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """First tokens of the pieces by role."""
        found: dict[str, list[int]] = {"source": [], "cue": [], "content": []}
        for piece in self.pieces:
            found[piece.role].append(piece.first)
        return found

    def between(self, role: str, begin: int, end: int) -> int:
        """Pieces of `role` that begin in the tokens `[begin, end)`."""
        places = self.places[role]
        return bisect_left(places, end) - bisect_left(places, begin)

    @cached_property
    def starts(self) -> list[int]:
        return [begin for begin, _ in self.tokens.sequences]

    def paragraph(self, piece: Piece) -> int:
        return bisect_right(self.starts, piece.first)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """(piece, cue) that may belong together, at most `REACH` sentences apart, in one paragraph.

        A cue with a colon at the end of the paragraph before is looked at too.
        """
        starts = self.starts
        groups: dict[int, list[int]] = {}
        for index, piece in enumerate(self.pieces):
            groups.setdefault(self.paragraph(piece), []).append(index)
        for number, group in groups.items():
            cues = [index for index in group if self.pieces[index].role == "cue"]
            if starts[number - 1] and self.tokens.words[starts[number - 1] - 1] == ":":
                cues += [index for index in groups.get(number - 1, ()) if self.pieces[index].role == "cue"][-1:]
            for index in group:
                piece = self.pieces[index]
                if piece.role != "cue":
                    yield from ((index, cue) for cue in cues if self.apart(piece, self.pieces[cue]) <= REACH)

    def apart(self, piece: Piece, cue: Piece) -> int:
        """Sentences between the nearer ends."""
        near = piece.last - 1 if piece.first < cue.first else piece.first
        return abs(self.sentence[near] - self.sentence[cue.first])


def describe(layout: Layout, piece: Piece, cue: Piece) -> dict[str, float]:
    """Features of a pair by name; what is not named is 0."""
    before = piece.last <= cue.first
    left, right = (piece.last, cue.first) if before else (cue.last, piece.first)
    gap, between = max(0, right - left), layout.low[left:right]
    kind = piece.role[:2] + ("<" if before else ">")
    sources, cues, contents = (layout.between(role, left, right) for role in ("source", "cue", "content"))
    apart = layout.apart(piece, cue)
    word = layout.low[cue.first]
    named = word if word in _KNOWN_CUES else "other"
    first = layout.low[piece.first]
    found = {
        kind: 1.0,
        "gap": min(gap, 40) / 10,
        f"paragraph {kind} {layout.paragraph(piece) == layout.paragraph(cue)}": 1.0,
        f"log gap {kind}": log1p(gap),
        f"apart {kind} {min(apart, 3)}": 1.0,
        f"sources {kind} {min(sources, 2)}": 1.0,
        f"cues {kind} {min(cues, 2)}": 1.0,
        f"contents {kind} {min(contents, 2)}": 1.0,
        f"cue {kind} {named}": 1.0,
        f"first {kind} {first if first in _OPENERS else 'other'}": 1.0,
        f"beside {kind} {min(gap, 2)}": 1.0,
        f"states {kind} {layout.states[piece.first]} {layout.states[cue.first]}": 1.0,
        f"crowd {kind} {min(cues, 1)} {min(sources, 1)} {min(contents, 1)} {apart == 0}": 1.0,
    }
    for sign in (",", ".", '"', "”", "“", "and", ";"):
        if sign in between:
            found[f"has {kind} {sign}"] = 1.0
    if between:
        found[f"last {kind} {between[-1] if between[-1] in (',', 'and', 'but', 'that', '”', '.') else 'other'}"] = 1.0
    return found


def probability(features: Mapping[str, float], weights: Coefficients) -> float:
    """The logistic regression; features that the weights do not know count nothing."""
    total = weights[""] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def join(layout: Layout, weights: Coefficients) -> tuple[Joined, ...]:
    """The attributions in the order of their first content."""
    cue_of: dict[int, tuple[float, int]] = {}
    source_of: dict[int, tuple[float, int]] = {}
    for index, cue in layout.pairs():
        sure = probability(describe(layout, layout.pieces[index], layout.pieces[cue]), weights)
        if layout.pieces[index].role == "content":
            if sure > CONTENT_LEAST and sure > cue_of.get(index, (0.0, 0))[0]:
                cue_of[index] = sure, cue
        elif sure > SOURCE_LEAST and sure > source_of.get(cue, (0.0, 0))[0]:
            source_of[cue] = sure, index
    contents: dict[int, list[int]] = {}
    alone = []
    for index, piece in enumerate(layout.pieces):
        if piece.role == "content":
            if index in cue_of:
                contents.setdefault(cue_of[index][1], []).append(index)
            else:
                alone.append(Joined(None, None, (index,), 1.0))
    found = [
        Joined(cue, source_of[cue][1] if cue in source_of else None, tuple(many), min(cue_of[i][0] for i in many))
        for cue, many in contents.items()
    ]
    return tuple(sorted([*found, *alone], key=lambda joined: joined.contents))
