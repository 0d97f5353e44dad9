"""A folded copy of a text that knows where each of its characters came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catena.model.span import Span

Offsets = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Folded text with a map back to the source text.

    `starts[i]` and `ends[i]` (int32, one per character of `text`) are the half-open range of source code points
    that character `i` stands for: its own character plus the marks and joiners folded into it. Both never decrease.
    A view offset never leaves the function that made the view: `project` it first.
    """

    text: str
    starts: Offsets
    ends: Offsets
    source_length: int

    def project(self, span: Span) -> Span:
        """The source range of a range of this view, in code points of the source.

        An expanded ligature is taken whole. An empty view span gives an empty source span.
        """
        if not len(span):
            at = int(self.starts[span.start]) if span.start < len(self.text) else self.source_length
            return Span(at, at)
        return Span(int(self.starts[span.start]), int(self.ends[span.end - 1]))

    def locate(self, span: Span) -> Span:
        """The range of this view whose characters start inside the source range `span`."""
        low, high = np.searchsorted(self.starts, [span.start, span.end], side="left")
        return Span(int(low), int(high))
