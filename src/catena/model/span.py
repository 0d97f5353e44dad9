"""Half-open ranges of code points and their arithmetic.

A `Span` is the only way the program points at text: `[start, end)` in Unicode code points of one frozen text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `[start, end)` in code points. Ordered by start, then end.

    Raises `ValueError` when `start` is negative or `end` lies before `start`. An empty span is allowed: it marks
    a place between two characters.

    >>> Span(3, 8).of("On 9 May")
    '9 May'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            raise ValueError(f"span [{self.start}, {self.end}) is not a range; need 0 <= start <= end")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True  # an empty span is still a place

    def of(self, text: str) -> str:
        """The characters of `text` under the span. Raises `IndexError` when the span runs past the end."""
        if self.end > len(text):
            raise IndexError(f"span [{self.start}, {self.end}) runs past the text of {len(text)} code points")
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def intersect(self, other: Span) -> Span | None:
        """The shared range, or `None` when no character is shared."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))

    def shift(self, by: int) -> Span:
        """The same length, `by` code points further on (back when negative)."""
        return Span(self.start + by, self.end + by)


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all `spans`. Raises `ValueError` when there are none.

    >>> cover([Span(4, 6), Span(1, 2)])
    Span(start=1, end=6)
    """
    found = sorted(spans)
    if not found:
        raise ValueError("cover() needs at least one span")
    return Span(found[0].start, max(span.end for span in found))


def trim(text: str, span: Span) -> Span:
    """`span` without white space at both ends; an all-blank span becomes empty at its start.

    >>> trim("  a b ", Span(0, 6))
    Span(start=2, end=5)
    """
    piece = span.of(text)
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return Span(span.start, span.start)
    return Span(span.start + left, span.start + len(piece.rstrip()))
