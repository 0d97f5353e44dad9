"""Words as a comparison counts them: those of a quotation, and those of an edition."""

from __future__ import annotations

from dataclasses import dataclass

from catena.model import Span


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """One word of the quotation. `gap` says that an ellipsis stands right before it."""

    text: str
    span: Span
    gap: bool = False
    gloss: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceWord:
    """One word of an edition: `passage` counts in the edition, `span` in that passage's text."""

    text: str
    passage: int
    span: Span
    gloss: bool = False
