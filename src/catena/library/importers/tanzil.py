"""The Qur'an as tanzil.net gives it: `sura|aya|text` a line, or XML with one `<aya>` a verse."""

from __future__ import annotations

import html
import re

from catena.library.importers.base import Collector, ImportOptions, decode, refusal, split_notice, text_lines
from catena.library.importers.markup import parse_xml
from catena.library.model import Imported

_NOTICE = re.compile(r"<!--(.*?)-->", re.DOTALL)
_SURA = re.compile(r'<sura\s+index="(\d+)"\s+name="([^"]*)"')
_AYA = re.compile(r'<aya\s+index="(\d+)"\s+text="([^"]*)"')
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
        parse_xml(data, name)  # broken XML and entities are refused here, with their line
        text = decode(data, name)
        found = Collector(name, options.skip_empty)
        sura = ""
        for number, line in enumerate(text_lines(text), 1):
            if begins := _SURA.search(line):
                sura = begins[1]
            elif aya := _AYA.search(line):
                if not sura:
                    raise refusal(name, number, "a verse stands before the first sura", "use Tanzil's own XML file")
                found.add(number, f"{sura}:{aya[1]}", html.unescape(aya[2]))
        comment = _NOTICE.search(text)
        notice = "\n".join(row.lstrip("# \t").rstrip() for row in comment[1].splitlines()).strip() if comment else ""
        language = "ar" if _ARABIC_TEXT.search(notice) else ""
        return found.imported("numbered-verses", notice, work="quran", chapters=read_chapters(text), language=language)


def read_chapters(text: str) -> tuple[tuple[str, str], ...]:
    """Number and name of every sura of Tanzil's XML, in order."""
    return tuple((number, html.unescape(name)) for number, name in _SURA.findall(text))
