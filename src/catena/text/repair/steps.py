"""What a repair did: named steps of edits that can be replayed, and the way back for every character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catena.model import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of the code points from `start` to `end`.

    `sources[i]` is the place, in the text before the step, that character `i` of `text` was or stands for.
    """

    start: int
    end: int
    text: str
    sources: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.sources):
            raise ValueError(f"{len(self.text)} characters with {len(self.sources)} sources; one each is needed")


@dataclass(frozen=True, slots=True)
class Step:
    """One named kind of repair: its edits, in order and apart from each other."""

    name: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A second reading: its text, the steps that led to it, and the source place of each of its characters."""

    text: str
    steps: tuple[Step, ...]
    sources: tuple[int, ...]

    def project(self, span: Span) -> Span:
        """The smallest range of the source that holds every character of `span`. Empty for an empty span."""
        held = self.sources[span.start : span.end]
        return Span(min(held), max(held) + 1) if held else Span(0, 0)


def replay(text: str, steps: Iterable[Step]) -> Repaired:
    """`text` after `steps`, in order. Raises `ValueError` for edits that overlap or run past the text."""
    steps = tuple(steps)
    sources: Sequence[int] = range(len(text))
    for step in steps:
        text, sources = _apply(text, sources, step)
    return Repaired(text, steps, tuple(sources))


def _apply(text: str, sources: Sequence[int], step: Step) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for edit in step.edits:
        if edit.start < done or edit.end > len(text):
            raise ValueError(f"{step.name}: the edit at {edit.start} overlaps another or runs past the text")
        parts += (text[done : edit.start], edit.text)
        places += sources[done : edit.start]
        places += (sources[place] for place in edit.sources)
        done = edit.end
    parts.append(text[done:])
    places += sources[done:]
    return "".join(parts), places
