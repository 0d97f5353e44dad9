"""Zefania XML: `<BIBLEBOOK bnumber>`, `<CHAPTER cnumber>`, `<VERS vnumber>`."""

from __future__ import annotations

import re

from lxml import etree

from catena.library.importers.base import ImportOptions, refusal
from catena.library.importers.books import osis_code
from catena.library.importers.markup import line_of, local_name, parse_xml, short_language
from catena.library.importers.running import Running, run_through
from catena.library.model import Imported

_LEFT_OUT = {
    "NOTE": "notes", "XREF": "notes", "CAPTION": "headings", "REMARK": "notes", "PROLOG": "headings",
    "INFORMATION": "", "MEDIA": "figures",
}  # fmt: skip


class Zefania:
    """One Bible in one file. A book is known by its short name or, up to 66, by its number."""

    name = "zefania"
    takes = ("skip_empty",)

    def sniff(self, head: str, name: str) -> bool:
        return re.search(r"<(XMLBIBLE|x)[\s>]", head) is not None and "<BIBLEBOOK" in head.upper()

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        running = Running(name)
        place = {"book": "", "chapter": ""}

        def start(element: etree._Element) -> None:
            what = local_name(element)
            if what == "BIBLEBOOK":
                place.update(book=_book(element, name), chapter="")
            elif what == "CHAPTER":
                place["chapter"] = str(element.get("cnumber", ""))
            elif what == "VERS":
                verse = str(element.get("vnumber", ""))
                if not (place["book"] and place["chapter"] and verse):
                    reason = f"verse {verse or '?'} has no book, chapter and number"
                    raise refusal(name, line_of(element), reason, "check that the file is whole")
                running.open(line_of(element), f"{place['book']} {place['chapter']}:{verse}")

        def end(element: etree._Element) -> None:
            if local_name(element) == "VERS":
                running.close()

        run_through(root, running, _LEFT_OUT, start, end)
        said = {each.tag: (each.text or "").strip() for each in root.iterfind("INFORMATION/*")}
        title = said.get("title", "") or str(root.get("biblename", ""))
        language = short_language(said.get("language", ""))
        return running.collected(options.skip_empty).imported(
            "numbered-verses", said.get("rights", ""), work="bible", title=title, language=language
        )


def _book(element: etree._Element, name: str) -> str:
    for key in ("bsname", "bname", "bnumber"):
        if code := osis_code(str(element.get(key, ""))):
            return code
    said = str(element.get("bname") or element.get("bsname") or "")
    if not said:
        raise refusal(name, line_of(element), "a book has no known number and no name", "give it a bname")
    return said
