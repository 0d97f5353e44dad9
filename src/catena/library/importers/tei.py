"""TEI and CTS: the smallest parts that carry a number, each under the numbers of what it lies in (`1.2.3`)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from catena.library.importers.base import Collector, ImportOptions, flow, refusal
from catena.library.importers.markup import language_of, line_of, local_name, parse_xml, walk
from catena.library.model import Imported

_PARTS = frozenset(("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"))
_UNITS = frozenset(("l", "ab", "p", "seg", "s", "lg"))
# Page and line ends of a print are no numbers of the work.
_PRINT = frozenset(("page", "line", "column", "folio", "card", "tlnum"))
_LEFT_OUT = {
    "note": "notes", "head": "headings", "rdg": "other readings", "fw": "", "figDesc": "figures", "del": "deletions",
    "sic": "", "reg": "", "abbr": "", "surplus": "deletions", "speaker": "headings", "listBibl": "notes",
}  # fmt: skip


class Tei:
    """A text of the Text Encoding Initiative, also with the numbers of a CTS edition.

    Of alternatives, the text is `lem`, `corr`, `orig` and `expan`; notes, headings, other readings and what the
    editor deleted are left out and counted.
    """

    name = "tei"
    takes = ("skip_empty",)

    def sniff(self, head: str, name: str) -> bool:
        return re.search(r"<(\w+:)?TEI(\.2)?[\s>]", head) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        text = next(root.iter("{*}text", "text"), None)
        if text is None:
            raise refusal(name, 1, "the file has no <text>", "check that it is whole")
        reading = _Reading(frozenset(_leaves(text)))
        reading.take(text)
        found = Collector(name, options.skip_empty)
        for part in reading.parts:
            found.add(part.line, part.reference, flow("".join(part.text)))
        found.left_out.update(reading.left_out)
        header = next(root.iter("{*}teiHeader", "teiHeader"), None)
        return found.imported(
            "numbered-passages", _said(header, "availability"), title=_said(header, "title"), language=language_of(text)
        )


@dataclass(slots=True)
class _Part:
    line: int
    reference: str
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """`numbers` are the numbers open at this place with their elements; `part` is the passage that text flows into."""

    leaves: frozenset[etree._Element]
    parts: list[_Part] = field(default_factory=list)
    numbers: list[tuple[etree._Element, str]] = field(default_factory=list)
    part: _Part | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def take(self, root: etree._Element) -> None:
        inside: etree._Element | None = None
        for event, element, text in walk(root):
            what = local_name(element)
            if inside is not None:
                inside = None if event == "end" and element is inside else inside
            elif event == "start" and what in _LEFT_OUT:
                inside = element
                self.left_out.update([_LEFT_OUT[what]] if _LEFT_OUT[what] else [])
            elif event == "start":
                self.start(element, what)
            elif event == "end":
                self.end(element)
            else:
                self.text(text)

    def start(self, element: etree._Element, what: str) -> None:
        if what == "milestone" and element.get("n") and element.get("unit") not in _PRINT:
            base = [number for _, number in self.numbers]
            self.open(element, ".".join((*base, str(element.get("n")))))
        elif what == "lb" and element.get("break") != "no":
            self.text(" ", layout=True)
        elif element.get("n") and (what in _PARTS or what in _UNITS) and not _is_whole(element):
            self.numbers.append((element, str(element.get("n"))))
            if element in self.leaves:
                self.open(element, ".".join(number for _, number in self.numbers))
        if what in ("p", "l", "lg", "ab"):
            self.text(" ", layout=True)

    def open(self, element: etree._Element, reference: str) -> None:
        self.part = _Part(line_of(element), reference)
        self.parts.append(self.part)

    def end(self, element: etree._Element) -> None:
        if self.numbers and self.numbers[-1][0] is element:
            self.numbers.pop()
            self.part = None

    def text(self, text: str, *, layout: bool = False) -> None:
        if self.part is not None:
            self.part.text.append(text)
        elif text.strip() and not layout:
            self.left_out["texts without a number"] += 1


def _is_whole(element: etree._Element) -> bool:
    """True for the division that holds the whole edition: its number is the work's name, no part of a reference."""
    return element.get("type") in ("edition", "translation") or str(element.get("n", "")).startswith("urn:")


def _leaves(text: etree._Element) -> list[etree._Element]:
    """The numbered elements that hold no numbered ones; those with milestones inside are no leaves."""
    found = []
    for element in text.iter():
        what = local_name(element)
        if not element.get("n") or what not in _PARTS | _UNITS or _is_whole(element):
            continue
        inner = (each for each in element.iterdescendants() if each.get("n"))
        if not any(
            local_name(each) in _PARTS | _UNITS or (local_name(each) == "milestone" and each.get("unit") not in _PRINT)
            for each in inner
        ):
            found.append(element)
    return found


def _said(header: etree._Element | None, what: str) -> str:
    """All text of the header's first element of that name, as one line."""
    element = None if header is None else next(header.iter(f"{{*}}{what}", what), None)
    return "" if element is None else flow("".join(str(part) for part in element.itertext()))
