"""A tradition whose history is known: how many true edges the tree of witnesses has, whichever witness is the base."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree

from catena.model import Document, Span
from catena.text import FoldTable
from catena.transmission.collation import Text, collate
from catena.transmission.stemma import find_tree

TRUE = "T1-T2 T2-A A-J A-C C-M C-F C-S S-D A-U U-F U-V U-B B-L"  # besoin.dot, its one lost witness left out
_NAME = "{http://graphml.graphdrawing.org/xmlns}"


def read_witnesses(data: Path) -> dict[str, str]:
    """The text of each witness of `reuse/besoin.xml.gz`, a variant graph: the path that its edges name."""
    with gzip.open(data / "reuse" / "besoin.xml.gz") as file:
        graph = ElementTree.parse(file).getroot().find(f"{_NAME}graph")
    assert graph is not None
    words, next_of = {}, dict[str, dict[str, str]]()
    start = end = ""
    for node in graph.iter(f"{_NAME}node"):
        facts, key = _facts(node), node.attrib["id"]
        words[key] = facts.get("dn2", "")
        start, end = (key if facts.get("dn3") == "1" else start), (key if facts.get("dn4") == "1" else end)
    for edge in graph.iter(f"{_NAME}edge"):
        facts = _facts(edge)
        if facts.get("de5") == "path" and "de0" in facts and "de4" not in facts:
            next_of.setdefault(facts["de0"], {})[edge.attrib["source"]] = edge.attrib["target"]
    return {siglum: _walk(steps, words, start, end) for siglum, steps in sorted(next_of.items())}


def _facts(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.text or "" for one in element.iter(f"{_NAME}data")}


def _walk(steps: dict[str, str], words: dict[str, str], start: str, end: str) -> str:
    said, at = [], start
    while at in steps:
        at = steps[at]
        if at != end and words[at] != "#LACUNA#":
            said.append(words[at])
    return " ".join(said)


def report_tradition(data: Path, table: FoldTable) -> None:
    """Print the true edges found for every base."""
    texts = [
        Text.of(siglum, Document.of(words), Span(0, len(words)), table)
        for siglum, words in read_witnesses(data).items()
    ]
    true = {frozenset(edge.split("-")) for edge in TRUE.split()}
    counts = []
    for base in range(len(texts)):
        tree = find_tree(collate(texts, base))
        counts.append(sum(frozenset((one.first, one.second)) in true for one in tree))
    print(f"\n## Tradition of {len(texts)} witnesses: true edges of {len(true)}, by base: {counts}")
