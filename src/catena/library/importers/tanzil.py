"""The Qur'an as tanzil.net gives it: `sura|aya|text` a line, or XML with one `<aya>` a verse."""

from __future__ import annotations

import html
import re

from lxml import etree

from catena.library.importers.base import Collector, ImportOptions, decode, refusal, split_notice, text_lines
from catena.library.importers.markup import line_of, parse_xml
from catena.library.model import Imported

_SURA = re.compile(r'<sura\s+index="(\d+)"\s+name="([^"]*)"')
_LINE = re.compile(r"\d+\|\d+\|")
_ARABIC_TEXT = re.compile(r"Tanzil Quran Text")


class Tanzil:
    """`sura|aya|text` a line; the comment block at the end is the notice."""

    name = "tanzil"
    takes = ("encoding", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        first = next((row for row in text_lines(head) if row.strip() and not row.startswith("#")), "")
        return _LINE.match(first) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        found = Collector(name, options.skip_empty)
        notice, lines = split_notice(text_lines(decode(data, name, options.encoding)))
        for number, line in lines:
            columns = line.split("|")
            if len(columns) != 3:
                raise refusal(name, number, f"{len(columns)} columns instead of 3", "write: sura|aya|text")
            if not (columns[0].strip().isdecimal() and columns[1].strip().isdecimal()):
                raise refusal(name, number, f"{columns[0]}|{columns[1]} is no sura and aya", "write both as numbers")
            found.add(number, f"{int(columns[0])}:{int(columns[1])}", columns[2])
        language = "ar" if _ARABIC_TEXT.search(notice) else ""
        return found.imported("numbered-verses", notice, work="quran", language=language)


class TanzilXml:
    """Tanzil's XML: `<sura index name>` with `<aya index text>`; the first comment is the notice."""

    name = "tanzil-xml"
    takes = ("skip_empty",)

    def sniff(self, head: str, name: str) -> bool:
        return "<quran" in head and "<sura" in head

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        found = Collector(name, options.skip_empty)
        sura = ""
        for element in root.iter("sura", "aya"):
            index = str(element.get("index", ""))
            if not index.isdecimal():
                raise refusal(name, line_of(element), f"{element.tag} has no index", "use Tanzil's own XML file")
            if element.tag == "sura":
                sura = index
                continue
            if not sura:
                raise refusal(
                    name, line_of(element), "a verse stands before the first sura", "use Tanzil's own XML file"
                )
            found.add(line_of(element), f"{sura}:{index}", str(element.get("text", "")))
        comments = [str(each.text or "") for each in root.itersiblings(etree.Comment, preceding=True)]
        rows = comments[-1].splitlines() if comments else []
        notice = "\n".join(row.lstrip("# \t").rstrip() for row in rows).strip()
        chapters = tuple((str(each.get("index")), str(each.get("name", ""))) for each in root.iter("sura"))
        language = "ar" if _ARABIC_TEXT.search(notice) else ""
        return found.imported("numbered-verses", notice, work="quran", chapters=chapters, language=language)


def read_chapters(text: str) -> tuple[tuple[str, str], ...]:
    """Number and name of every sura of Tanzil's XML, in order."""
    return tuple((number, html.unescape(name)) for number, name in _SURA.findall(text))
