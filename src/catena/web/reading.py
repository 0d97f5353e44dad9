"""A document as rows: paragraphs of its untouched text, each with the cards that begin in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catena.margin import Card
from catena.model import Span

_ROW = re.compile(r".*?(?:\n[^\S\n]*\n\s*|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
LONGEST_ROW = 4000  # code points; a longer paragraph is cut at line ends so that cards stay near their words


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph with its blank lines, its lines one by one, and its cards. `start` is in code points."""

    start: int
    lines: tuple[tuple[int, str], ...]
    cards: tuple[Card, ...]


def to_rows(text: str, cards: Sequence[Card], cuts: Sequence[int] = ()) -> tuple[Row, ...]:
    """Rows whose lines joined are exactly `text`, but for NUL, which browsers drop: it is shown as U+FFFD.

    At each of `cuts` (places in order, each behind a line end) a row begins, too.
    """
    paragraphs = (Span(*match.span()) for match in _ROW.finditer(text) if match[0])
    pieces = (piece for paragraph in paragraphs for piece in _split(paragraph, cuts))
    spans = [span for piece in pieces for span in _cut(text, piece)]
    starts = [span.start for span in spans]
    held: list[list[Card]] = [[] for _ in spans]
    for card in cards:
        if spans:
            held[max(0, bisect_right(starts, card.place.start) - 1)].append(card)
    return tuple(Row(span.start, _lines(text, span), tuple(mine)) for span, mine in zip(spans, held, strict=True))


def _split(span: Span, cuts: Sequence[int]) -> list[Span]:
    """`span` in pieces that begin at `cuts`."""
    inside = cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]
    return [Span(*edges) for edges in pairwise((span.start, *inside, span.end))]


def _cut(text: str, span: Span) -> list[Span]:
    """`span` in pieces of about `LONGEST_ROW`, cut after line ends."""
    pieces = []
    start = span.start
    while span.end - start > LONGEST_ROW:
        at = text.find("\n", start + LONGEST_ROW // 2, span.end)
        if at < 0 or at + 1 >= span.end:
            break
        pieces.append(Span(start, at + 1))
        start = at + 1
    return [*pieces, Span(start, span.end)]


def _lines(text: str, span: Span) -> tuple[tuple[int, str], ...]:
    return tuple((line.start(), line[0].replace("\0", "\ufffd")) for line in _LINE.finditer(text, span.start, span.end))
