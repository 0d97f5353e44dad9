"""OSIS: verses as elements (`<verse osisID>…</verse>`) or between milestones (`sID` … `eID`)."""

from __future__ import annotations

import re

from lxml import etree

from catena.library.importers.base import ImportOptions, refusal
from catena.library.importers.books import osis_code
from catena.library.importers.markup import language_of, line_of, local_name, parse_xml
from catena.library.importers.running import Running, run_through
from catena.library.model import Imported

_LEFT_OUT = {"note": "notes", "title": "headings", "header": "", "figure": "figures", "rdg": "other readings"}
_SEGMENT = re.compile(r"![^\s.]*")


class Osis:
    """The Open Scripture Information Standard. A verse's reference is its `osisID`: `Gen.1.1` is `Gen 1:1`."""

    name = "osis"
    takes = ("skip_empty",)

    def sniff(self, head: str, name: str) -> bool:
        return re.search(r"<(\w+:)?osis[\s>]", head) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        running = Running(name)

        def start(element: etree._Element) -> None:
            if local_name(element) != "verse":
                return
            if element.get("eID") is not None:
                running.close()
            elif given := element.get("osisID") or element.get("sID"):
                running.open(line_of(element), _reference(given, name, line_of(element)), again="!" in given)

        def end(element: etree._Element) -> None:
            contained = element.get("sID") is None and element.get("eID") is None
            if local_name(element) == "verse" and contained:
                running.close()

        run_through(root, running, _LEFT_OUT, start, end)
        title = next((str(each.text) for each in root.iter("{*}title") if each.text), "")
        rights = next((str(each.text) for each in root.iter("{*}rights") if each.text), "")
        return running.collected(options.skip_empty).imported(
            "numbered-verses", rights, work="bible", title=title, language=language_of(root)
        )


def _reference(given: str, name: str, line: int) -> str:
    """`Gen.1.1` -> `Gen 1:1`; `Gen.1.1 Gen.1.2`, one text for two verses, -> `Gen 1:1-2`."""
    ids = [_SEGMENT.sub("", each).rpartition(":")[2] for each in given.split()]
    split = [each.split(".") for each in ids]
    wrong = next((each for each in split if len(each) != 3 or not all(each)), None)
    if wrong is not None:
        raise refusal(name, line, f"{given} is no osisID of a verse", "write book, chapter and verse: Gen.1.1")
    first, last = split[0], split[-1]
    book = osis_code(first[0]) or first[0]
    verse = first[2]
    if len(split) > 1:
        verse += f"-{last[2]}" if last[:2] == first[:2] else f"-{last[1]}:{last[2]}"
    return f"{book} {first[1]}:{verse}"
