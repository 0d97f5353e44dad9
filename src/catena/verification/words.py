"""Words as a comparison counts them: those of a quotation, and those of an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from catena.model import Span


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """One word of the quotation. `gap` says that an ellipsis stands right before it."""

    text: str
    span: Span
    gap: bool = False
    gloss: bool = False


class ReferenceWord(NamedTuple):
    """One word of an edition: `passage` counts in the edition, `start` is its place in that passage's text.

    A tuple, for there are many: it is made in a third of the time of a data class.
    """

    text: str
    passage: int
    start: int
    gloss: bool = False
