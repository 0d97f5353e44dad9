r"""USFM: backslash markers, one book a file: `\id GEN`, `\c 1`, `\v 1 In the beginning`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catena.library.importers.base import ImportOptions, decode, refusal, text_lines
from catena.library.importers.books import osis_code
from catena.library.importers.running import Running
from catena.library.model import Imported

# Text of these is no text of the work. Each ends with the same marker and a star.
_NOTES = {"f": "notes", "fe": "notes", "ef": "notes", "x": "notes", "ex": "notes", "fig": "figures", "rq": "notes"}
_NUMBERS = frozenset(("va", "vp", "ca"))  # other numberings printed beside the verse's own
_HEADINGS = re.compile(r"(?:mte?|ms|mr|s|sr|r|d|sp|sd|cl|cp|cd|qa|i[bemopqsl]\w*|imt\w*)\d?")
_SILENT = re.compile(r"(?:ide|usfm|sts|rem|h|toc|toca|periph|b|nb|pb|lit)\d?")
# Markers inside a line: their text is text of the verse.
_CHARACTERS = frozenset(
    ("add", "bk", "dc", "k", "nd", "ord", "pn", "png", "addpn", "qt", "sig", "sls", "tl", "wj", "em", "bd", "it",
     "bdit", "no", "sc", "sup", "w", "wg", "wh", "wa", "rb", "jmp", "qs", "qac", "ndx", "pro", "liv", "fv", "xt")
)  # fmt: skip
_MARKER = re.compile(r"\\(?:(\+?[a-z]+\d*(?:-[se])?)(\*)?|\*)")
_VERSE = re.compile(r"\s*(\d+[a-z]?(?:[-–]\d+[a-z]?)?)\s*")
_CHAPTER = re.compile(r"\s*(\d+)")
_SPACED = frozenset(("v", "c", "id"))


_PERIPHERAL = re.compile(rb"\s*(?:\xef\xbb\xbf)?\\id\s+(?:FRT|INT|BAK|CNC|GLO|TDX|NDX|OTH|XX[A-G])\b")


def is_peripheral(data: bytes) -> bool:
    """True for a file that USFM's list of books calls front or back matter: a preface, a glossary, an index."""
    return _PERIPHERAL.match(data) is not None


class Usfm:
    """Unified Standard Format Markers. Words keep their text and lose what stands behind a bar (`\\w word|strong…`)."""

    name = "usfm"
    takes = ("encoding", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        return re.match(r"\s*\\id\s+\w{3}", head) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        reading = _Reading(name, Running(name))
        for number, line in enumerate(text_lines(decode(data, name, options.encoding)), 1):
            reading.take(line, number)
        reading.finish()
        return reading.running.collected(options.skip_empty).imported("numbered-verses", work="bible")


@dataclass(slots=True)
class _Reading:
    """Where in the book the reading stands.

    `inside` is the note that is open, since line `opened`; `heading` says that text is none of a verse; `character`
    that a marker inside the line is open, `attributes` that the bar before its attributes has passed.
    """

    name: str
    running: Running
    book: str = ""
    chapter: str = ""
    inside: str = ""
    opened: int = 0
    heading: bool = False
    character: bool = False
    attributes: bool = False

    def take(self, line: str, number: int) -> None:
        place = 0
        for marker in _MARKER.finditer(line):
            self.text(line[place : marker.start()])
            name = (marker[1] or "").lstrip("+")
            place = self.mark(name, not name or bool(marker[2]), line, marker.end(), number)
        self.text(line[place:] + "\n")

    def text(self, text: str) -> None:
        if self.inside or self.heading or self.attributes:
            return
        before, bar, _ = text.partition("|") if self.character else (text, "", "")
        self.attributes = bool(bar)
        self.running.text(before)

    def mark(self, name: str, closes: bool, line: str, place: int, number: int) -> int:
        """Heed one marker that ends at `place`; returns where its text begins."""
        self.attributes = self.character = False
        if self.inside or closes:
            self.inside = "" if closes and name == self.inside else self.inside
            return place
        if name in _NOTES or name in _NUMBERS:
            self.inside, self.opened = name, number
            self.running.left_out.update([_NOTES[name]] if name in _NOTES else [])
            return place
        if name in _SPACED:
            return self.number(name, line, place, number)
        if name in _CHARACTERS or name.endswith(("-s", "-e")):
            self.character = True
        else:
            self.paragraph(name)
        return place + 1 if line[place : place + 1] == " " else place

    def paragraph(self, name: str) -> None:
        is_heading = _HEADINGS.fullmatch(name) is not None
        self.heading = is_heading or _SILENT.fullmatch(name) is not None
        self.running.left_out.update(["headings"] if is_heading else [])
        if self.running.current is not None:
            self.running.text(" ")

    def number(self, name: str, line: str, place: int, number: int) -> int:
        if name == "id":
            said = line[place:].split()
            code = said[0] if said else ""
            self.book, self.chapter, self.heading = osis_code(code) or code, "", True
            self.running.close()
            return len(line)
        found = (_CHAPTER if name == "c" else _VERSE).match(line, place)
        if found is None:
            raise refusal(self.name, number, f"\\{name} has no number", "write the number after the marker")
        if name == "c":
            self.chapter, self.heading = found[1], True
            self.running.close()
            return found.end()
        if not self.book or not self.chapter:
            reason = f"verse {found[1]} stands before \\id and \\c"
            raise refusal(self.name, number, reason, "check that the file is whole")
        self.heading = False
        self.running.open(number, f"{self.book} {self.chapter}:{found[1].replace('–', '-')}")
        return found.end()

    def finish(self) -> None:
        if self.inside:
            reason = f"\\{self.inside} is not closed"
            raise refusal(self.name, self.opened, reason, f"write \\{self.inside}* where it ends")
