"""Text that runs past the marks of its verses: what OSIS, USFM, USFX and Zefania importers share.

A verse opens, text flows into it through paragraphs and lines, and it closes at the next one. Text outside any verse,
notes and headings are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from catena.library.importers.base import Collector, flow, refusal
from catena.library.importers.markup import local_name, walk


@dataclass(slots=True)
class _Verse:
    line: int
    reference: str
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Running:
    """Verses in order of their opening, and the one that text flows into."""

    name: str
    verses: list[_Verse] = field(default_factory=list)
    current: _Verse | None = None
    by_reference: dict[str, _Verse] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def open(self, line: int, reference: str, *, again: bool = False) -> None:
        """Open a verse. `again` allows a later part of one that was opened before (`Gen.1.1!b`)."""
        known = self.by_reference.get(reference)
        if known is not None and not again:
            reason = f"{reference} is there already, in line {known.line}"
            raise refusal(self.name, line, reason, "give every verse a reference of its own")
        if known is None:
            known = _Verse(line, reference)
            self.verses.append(known)
            self.by_reference[reference] = known
        known.parts.append(" ")
        self.current = known

    def close(self) -> None:
        self.current = None

    def text(self, text: str) -> None:
        """Let `text` flow into the open verse; outside of one it is counted and left out."""
        if self.current is not None:
            self.current.parts.append(text)
        elif text.strip():
            self.left_out["texts outside of verses"] += 1

    def collected(self, skip_empty: bool) -> Collector:
        """The verses as passages, white space of the layout folded."""
        found = Collector(self.name, skip_empty)
        for verse in self.verses:
            found.add(verse.line, verse.reference, flow("".join(verse.parts)))
        found.left_out.update(self.left_out)
        return found


def run_through(
    root: etree._Element,
    running: Running,
    left_out: Mapping[str, str],
    start: Callable[[etree._Element], None],
    end: Callable[[etree._Element], None],
) -> None:
    """Walk `root`, feeding its text to `running`. Elements named in `left_out` are passed over whole and counted.

    `left_out` maps an element's name to what it is counted as, empty for no count. `start` and `end` open and close
    verses.
    """
    inside: etree._Element | None = None
    for event, element, text in walk(root):
        if inside is not None:
            if event == "end" and element is inside:
                inside = None
        elif event == "start" and local_name(element) in left_out:
            inside = element
            if what := left_out[local_name(element)]:
                running.left_out[what] += 1
        elif event == "start":
            start(element)
        elif event == "end":
            end(element)
        else:
            running.text(text)
