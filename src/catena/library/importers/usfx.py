"""USFX: one file of `<book>`, `<c>` and `<v>` milestones, with `<ve/>` where a verse ends."""

from __future__ import annotations

import re

from lxml import etree

from catena.library.importers.base import ImportOptions, refusal
from catena.library.importers.books import osis_code
from catena.library.importers.markup import line_of, local_name, parse_xml, short_language
from catena.library.importers.running import Running, run_through
from catena.library.model import Imported

_LEFT_OUT = {
    "f": "notes", "x": "notes", "ef": "notes", "fig": "figures", "s": "headings", "d": "headings", "r": "headings",
    "h": "", "toc": "", "id": "", "ide": "", "rem": "", "cl": "headings", "cp": "", "ca": "", "va": "", "vp": "",
    "languageCode": "",
}  # fmt: skip


class Usfx:
    """Unified Scripture Format XML. `<v id="1-2"/>` is one passage of two verses, `Gen 1:1-2`."""

    name = "usfx"
    takes = ("skip_empty",)

    def sniff(self, head: str, name: str) -> bool:
        return re.search(r"<usfx[\s>]", head) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        running = Running(name)
        place = {"book": "", "c": ""}

        def start(element: etree._Element) -> None:
            what = local_name(element)
            if what == "book":
                given = str(element.get("id", ""))
                place.update(book=osis_code(given) or given, c="")
                running.close()
            elif what == "c":
                place["c"] = str(element.get("id", ""))
                running.close()
            elif what == "v":
                if not place["book"] or not place["c"]:
                    reason = f"verse {element.get('id')} stands before a book and a chapter"
                    raise refusal(name, line_of(element), reason, "check that the file is whole")
                if not element.get("id"):
                    raise refusal(name, line_of(element), "v has no id", "give the verse its number")
                running.open(line_of(element), f"{place['book']} {place['c']}:{element.get('id', '')}")
            elif what == "ve" or (what == "p" and str(element.get("style", "")).startswith(("mt", "s"))):
                running.close()

        def end(element: etree._Element) -> None:
            if local_name(element) == "book":
                running.close()

        run_through(root, running, _LEFT_OUT, start, end)
        language = short_language(next((str(each.text or "") for each in root.iter("languageCode")), ""))
        return running.collected(options.skip_empty).imported("numbered-verses", work="bible", language=language)
