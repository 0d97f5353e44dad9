"""Names against a public set: `python -m benchmarks.anatomy --names FOLDER`.

FOLDER is a copy of re3d (Dstl 2017: English press releases, government statements and news; each part under the licence
beside it, most of them the Open Government Licence or its like). The set is no part of the project. Mentions of people,
organisations and locations, one to one: exact, and overlapping with the right type. The set marks every mention, states
as locations, and words such as "the coalition"; this program names a state that its head noun shows as a state, and
claims no lone word that nothing explains, so that its recall is low by choice. The rows "named" leave out marks without
a capital behind their article ("the coalition") and pronouns.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quality.match import pair

from catena.kit import load_kit
from catena.model import Document, Span
from catena.pipeline import analyse

TYPES = {"Person": "person", "Organisation": "organisation", "Location": "place"}
STEPS = ("layout", "quotations", "attributions", "names", "proper names")
_SAME = {"media": "organisation", "state": "place"}

Marked = tuple[Span, str]


def measure_names(folder: Path) -> Iterator[str]:
    """Lines of the table. Raises `FileNotFoundError` when `folder` holds no such set."""
    files = sorted(folder.rglob("documents.json"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no documents.json; give a copy of re3d")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    documents = 0
    for path in files:
        marks = _read_marks(path.with_name("entities.json"))
        for row in _read_lines(path):
            documents += 1
            _count(counts, row["text"], marks.get(row["_id"], []))
    yield f"{documents} documents of {len(files)} sources"
    kinds = [f"{kind}, overlapping" for kind in TYPES.values()]
    for name in ("exact", "overlapping", *kinds, "named, overlapping", *(f"{kind}, named" for kind in TYPES.values())):
        held = counts[name]
        right, wanted, found = held["right"], held["wanted"], held["found"]
        precision, recall = right / max(1, found), right / max(1, wanted)
        together = 2 * precision * recall / max(1e-9, precision + recall)
        yield f"{name:<28} P {precision:.3f} R {recall:.3f} F1 {together:.3f} ({right} of {wanted}, {found} found)"


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            yield json.loads(line)


def _read_marks(path: Path) -> dict[str, list[Marked]]:
    marks: dict[str, set[Marked]] = defaultdict(set)
    for row in _read_lines(path):
        if row["type"] in TYPES and row["begin"] < row["end"]:
            marks[row["documentId"]].add((Span(row["begin"], row["end"]), TYPES[row["type"]]))
    return {key: sorted(many) for key, many in marks.items()}


_PRONOUNS = re.compile(r"i|we|he|she|it|they|you|me|us|him|hers?|them|our|their|his|its|my|this|that|these|those", re.I)


def _is_named(text: str, span: Span) -> bool:
    """True when a word of the mark behind its article has a capital and is no pronoun."""
    words = [word for word in span.of(text).split() if word.lower() not in ("the", "a", "an")]
    return any(word[0].isupper() and not _PRONOUNS.fullmatch(word) for word in words)


def _count(counts: dict[str, Counter[str]], text: str, wanted: list[Marked]) -> None:
    document = Document.of(text)
    if document.text != text:  # other line ends: the places of the marks would not hold
        return
    found = [
        (one.spans("content")[0], _SAME.get(kind, kind))
        for one in analyse(document, load_kit(), STEPS)
        if one.kind == "name"
        for kind in (str(one.value("type") or "person"),)
    ]
    for kind in (None, *TYPES.values()):
        theirs = [one for one in found if kind in (None, one[1])]
        for sort in ("overlapping", "named"):
            mine = [one for one in wanted if kind in (None, one[1]) and (sort != "named" or _is_named(text, one[0]))]
            pairs = pair(mine, theirs, lambda one, other: one[1] == other[1] and one[0].overlaps(other[0]))
            right = sum(one is not None and other is not None for one, other in pairs)
            name = f"{kind}, {sort}" if kind else sort if sort == "overlapping" else "named, overlapping"
            counts[name].update(right=right, wanted=len(mine), found=len(theirs))
    exact = len(set(wanted) & set(found))
    counts["exact"].update(right=exact, wanted=len(wanted), found=len(found))
