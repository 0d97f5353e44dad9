"""A statement in the making: what the rules know of it before it becomes a finding. Private to this
package."""

from __future__ import annotations

from dataclasses import dataclass, field

from catena.attribution.clauses import Hit
from catena.attribution.sources import Source
from catena.model import Evidence, Finding, Span


@dataclass(slots=True)
class Draft:
    """One cue (or none) with its source and content. `quotation` is set for direct speech.

    `host`: the statement on whose words this one rests (X, citing Y, said: Y rests on X).
    """

    hit: Hit | None
    mode: str
    content: tuple[Span, ...]
    source: Source | None = None
    quotation: Finding | None = None
    speaker: str = ""
    source_type: str = "none"
    outlet: Span | None = None
    medium: Span | None = None
    medium_value: str = ""
    antecedent: Span | None = None
    evidence: list[Evidence] = field(default_factory=list)
    cue: Span | None = None
    tagged: bool = False
    host: Draft | None = None
    modality: str = "asserted"

    @property
    def at(self) -> int:
        """Where the statement is made: its cue, else its content."""
        if self.cue is not None:
            return self.cue.start
        return self.content[0].start if self.content else 0
