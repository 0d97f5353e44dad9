"""Akoma Ntoso: laws and resolutions as numbered paragraphs, with preamble and annexes.

A paragraph is cited under the symbol of its document: `S/RES/2513 (2020) 4(a)`, `… preamble 3`, `… annex 2`. What has
no number of its own gets its place: `… unnumbered 1`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from catena.library.importers.base import Collector, ImportOptions, flow, refusal
from catena.library.importers.markup import line_of, local_name, parse_xml, short_language
from catena.library.model import Imported

_LEFT_OUT = {
    "meta": "", "coverPage": "", "preface": "", "conclusions": "", "num": "", "heading": "headings",
    "subheading": "headings", "crossHeading": "headings", "authorialNote": "notes", "noteRef": "", "toc": "",
    "longTitle": "headings", "docTitle": "headings",
}  # fmt: skip
# What holds articles and paragraphs without being part of how they are cited: articles are numbered through.
_CONTAINERS = frozenset(
    ("book", "tome", "part", "subpart", "title", "subtitle", "chapter", "subchapter", "division", "subdivision")
)
_NUMBER = re.compile(r"(?:.*\s)?\(?([\w.]*\w)\)?[\s.:)\-–—ـ]*$")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PRINTED = re.compile(r"\s*(\d{1,3})\s?(?:[.)]|[-–])\s+\D")  # a number that stands in the text itself
_NOTE_MARK = re.compile(r"[\d*]{1,3}")


class AkomaNtoso:
    """One document a file; an archive of files makes one edition of all of them."""

    name = "akoma-ntoso"
    takes = ("members", "skip_empty")

    def sniff(self, head: str, name: str) -> bool:
        return re.search(r"<(\w+:)?akomaNtoso[\s>]", head) is not None

    def read(self, data: bytes, name: str, options: ImportOptions) -> Imported:
        root = parse_xml(data, name)
        reading = _Reading(_symbol(root, name))
        for element in root:
            for part in element:
                reading.take(part, _PLACES.get(local_name(part), ""), ())
        found = Collector(name, options.skip_empty)
        for leaf in _told_apart(reading.leaves):
            found.add(leaf.line, leaf.reference(), leaf.joined(), parent=leaf.parent())
        found.left_out.update(reading.left_out)
        comments = [str(each.text or "").strip() for each in root.iter(etree.Comment)]
        work = "un-documents" if re.match(r"[SA]/", reading.symbol) else ""
        return found.imported(
            "numbered-passages", comments[0] if comments else "", work=work,
            title=reading.symbol, language=_language(root), canonical=True,
        )  # fmt: skip


_PLACES = {"preamble": "preamble", "attachments": "annex", "components": "annex"}


@dataclass(slots=True)
class _Leaf:
    """One passage: where it is cited, the containers it lies in, and its stretches of text."""

    line: int
    symbol: str
    where: str
    path: tuple[str, ...]
    containers: tuple[str, ...]
    parts: list[str] = field(default_factory=list)

    def reference(self) -> str:
        return self._written(self.path)

    def parent(self) -> str:
        return self._written(self.path[:-1])

    def _written(self, path: tuple[str, ...]) -> str:
        head = " ".join(part for part in (self.symbol, self.where, *path[:1]) if part)
        return head + "".join(number if number.startswith("[") else f"({number})" for number in path[1:])

    def joined(self) -> str:
        return flow(" ".join(self.parts))


@dataclass(slots=True)
class _Reading:
    symbol: str
    leaves: list[_Leaf] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unnumbered: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    containers: tuple[str, ...] = ()
    annexes: int = 0

    def take(self, element: etree._Element, where: str, path: tuple[str, ...], begun: int = 0) -> None:
        """Gather the passages in `element`, cited as `path` inside `where`; those since `begun` are of that path."""
        what = local_name(element)
        if what in _LEFT_OUT or not what:
            self.left_out.update([_LEFT_OUT[what]] if _LEFT_OUT.get(what) else [])
            return
        if what in ("attachment", "component"):
            self.annexes += 1
            where = "annex" if self.annexes == 1 else f"annex {chr(ord('A') + self.annexes - 1)}"
        number = _number(element)
        outer = self.containers
        if number:
            begun = len(self.leaves)
        if number and what in _CONTAINERS:
            self.containers = (*outer, number)
        elif number:
            path = (*path, number)
        if number or _holds_parts(element):
            self.children(element, where, path, begun)
        else:
            self.block(element, where, path, begun)
        self.containers = outer

    def children(self, element: etree._Element, where: str, path: tuple[str, ...], begun: int) -> None:
        last, place = "", begun
        for child in element:
            if last and local_name(child) == "sublist":  # it stands beside the point that it belongs to, not in it
                self.take(child, where, (*path, last), place)
                continue
            if local_name(child) == "point":
                last, place = _number(child), len(self.leaves)
            self.take(child, where, path, begun)

    def block(self, element: etree._Element, where: str, path: tuple[str, ...], begun: int) -> None:
        """Take the text of an element that holds no further numbers."""
        text = self.text(element)
        if not text.strip():
            return
        since = self.leaves[begun:] if path else []
        if since and since[-1].path == path:
            since[-1].parts.append(text)
            return
        if since:
            where = f"{where} after".strip()  # what follows a list and belongs to the paragraph around it
        elif not path and where != "preamble" and (printed := _PRINTED.match(text)):
            path = (printed[1].translate(_DIGITS),)
        elif not path:
            self.unnumbered[where, self.containers] += 1
            path = (str(self.unnumbered[where, self.containers]),)
            # A preamble has no numbers and is cited by counting.
            where = where if where == "preamble" else f"{where} unnumbered".strip()
        self.leaves.append(_Leaf(line_of(element), self.symbol, where, path, self.containers, [text]))

    def text(self, element: etree._Element) -> str:
        """The text in document order without notes and their marks."""
        parts = [element.text or ""]
        for child in element:
            what = local_name(child)
            mark = what == "sup" and _NOTE_MARK.fullmatch("".join(map(str, child.itertext())).strip())
            if what == "authorialNote" or mark:
                self.left_out["notes"] += 1
            elif what in _LEFT_OUT:
                self.left_out.update([_LEFT_OUT[what]] if _LEFT_OUT[what] else [])
            elif what:
                gap = " " if what in ("p", "td", "th", "tr", "br", "eol") else ""
                parts += (gap, self.text(child), gap)
            parts.append(child.tail or "")
        return "".join(parts)


def _told_apart(leaves: list[_Leaf]) -> list[_Leaf]:
    """Passages whose references meet are cited with the containers they lie in; those that still meet are counted."""
    many = Counter(leaf.reference() for leaf in leaves)
    for leaf in leaves:
        if many[leaf.reference()] > 1 and leaf.containers:
            leaf.path = (*leaf.containers, *leaf.path)
    seen: Counter[str] = Counter()
    for leaf in leaves:
        reference = leaf.reference()
        seen[reference] += 1
        if seen[reference] > 1:
            leaf.path = (*leaf.path[:-1], f"{leaf.path[-1]}#{seen[reference]}")
    return leaves


def _holds_parts(element: etree._Element) -> bool:
    """True when numbered parts or rows lie below, so that the element is more than one passage."""
    if local_name(element) in (
        "preamble",
        "mainBody",
        "body",
        "attachments",
        "attachment",
        "doc",
        "components",
        "table",
    ):
        return True
    return any(local_name(each) in ("num", "table", "tr") for each in element.iterdescendants())


def _number(element: etree._Element) -> str:
    """`4` for `<num>4.</num>`, `a` for `(a)`, `5` for `Article 5`; its place in the list for a bullet."""
    num = next((child for child in element if local_name(child) == "num"), None)
    if num is None:
        return ""
    said = flow("".join(str(part) for part in num.itertext())).strip("“”\"'«» ")
    found = _NUMBER.fullmatch(said)
    if found:
        return found[1].strip("ـ").translate(_DIGITS)
    parent = element.getparent()
    alike = [] if parent is None else [each for each in parent if each.tag == element.tag]
    return f"[{alike.index(element) + 1 if alike else 1}]"


def _symbol(root: etree._Element, name: str) -> str:
    """The document's own number, else its address in the ontology."""
    for element in root.iter("{*}docNumber"):
        said = flow("".join(str(part) for part in element.itertext()))
        if said:
            return said
    for element in root.iter("{*}FRBRWork"):
        for address in element.iter("{*}FRBRuri"):
            if address.get("value"):
                return str(address.get("value")).strip("/")
    raise refusal(name, 1, "the document has no number and no address", "check that the file is whole")


def _language(root: etree._Element) -> str:
    return short_language(next((str(each.get("language", "")) for each in root.iter("{*}FRBRlanguage")), ""))
