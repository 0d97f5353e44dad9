"""Who says what, in statements of our own: `python -m benchmarks.attribution_gold [--show]`.

The texts lie in `attribution_texts`: `development.yaml` was looked at while the rules were made, `held-out.yaml` was
written after they were frozen. Measures, by file and language:

content   partial F1 (Pareti 2013, after Hollingsworth and Teufel): precision is the mean share of a found content that
          lies in the marked content it fits best, recall the mean share of a marked one that is found
source    of marked attributions whose content is found (half of both together), those with the right source
told apart  quotations in marks told apart as somebody's words or as scare quote, title, slogan or term
nested    F1 of pairs of a voice and the voice that reports it
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catena.attribution import find_attributions, find_quotations
from catena.lexicons.cues import load_cues
from catena.lexicons.marks import load_marks
from catena.lexicons.tagger import shipped_tagger
from catena.model import Document, Finding

TEXTS = Path(__file__).with_name("attribution_texts")
USES = ("scare", "title", "slogan", "term")
ROLES = {"s": "source", "q": "cue", "c": "content", "o": "outlet"}
SAME = 0.5
"""Shared characters, of both contents together, from which on they are one attribution."""
_MARK = re.compile(rf"\[(?:([sqco])(\d+)|({'|'.join(USES)})): ?|\]")
_EDGES = " \n.,;:!?،؛؟…\"“”«»‘’'"
Places = set[int]


@dataclass
class Said:
    """One attribution as sets of code points."""

    source: Places = field(default_factory=set)
    cue: Places = field(default_factory=set)
    content: Places = field(default_factory=set)
    outlet: Places = field(default_factory=set)


@dataclass(frozen=True)
class Marked:
    """A text with its marks: attributions by number, uses of quotations by place, inner to outer attribution."""

    name: str
    language: str
    text: str
    said: dict[int, Said]
    uses: dict[tuple[int, int], str]
    inside: dict[int, int]


@dataclass
class Counts:
    """Sums over texts."""

    texts: int = 0
    wanted: int = 0
    found: int = 0
    precision: float = 0.0
    recall: float = 0.0
    paired: int = 0
    right: int = 0
    quotations: int = 0
    apart: int = 0
    nested: list[int] = field(default_factory=lambda: [0, 0, 0])


def load(path: Path) -> Iterator[Marked]:
    """The texts of a file. Raises `ValueError` for marks that do not close."""
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield read_marked(entry)


def read_marked(entry: dict[str, Any]) -> Marked:
    """An entry with its marks taken out; attributions without a content (declined to comment) are left out."""
    marked, plain, size, at = entry["text"], [], 0, 0
    stack: list[tuple[str, int, str, int]] = []
    said: dict[int, Said] = defaultdict(Said)
    uses: dict[tuple[int, int], str] = {}
    for token in _MARK.finditer(marked):
        plain.append(marked[at : token.start()])
        size += token.start() - at
        at = token.end()
        if token[0] != "]":
            stack.append((token[1] or "", int(token[2] or 0), token[3] or "", size))
            continue
        if not stack:
            raise ValueError(f"{entry['name']}: a bracket closes that was not opened")
        role, number, use, begin = stack.pop()
        if use:
            uses[begin, size] = use
        else:
            getattr(said[number], ROLES[role]).update(range(begin, size))
    if stack:
        raise ValueError(f"{entry['name']}: a bracket is not closed")
    text = "".join([*plain, marked[at:]])
    kept = {number: one for number, one in said.items() if one.content}
    return Marked(entry["name"], entry["language"], text, kept, uses, entry.get("inside", {}))


def places(finding: Finding, role: str) -> Places:
    """The code points of a role."""
    return {at for span in finding.spans(role) for at in range(span.start, span.end)}


def inner(text: str, points: Places) -> Places:
    """Without spaces and marks, which belong to nobody."""
    return {at for at in points if text[at] not in _EDGES}


def measure(texts: Sequence[Marked], *, trained: bool = True, show: bool = False) -> Counts:
    """Run the program over the texts."""
    counts, lexicon, marks = Counts(), load_cues(), load_marks()
    tagger = shipped_tagger() if trained else None
    for marked in texts:
        document = Document.of(marked.text)
        quotations = find_quotations(document, marks)
        found = find_attributions(document, quotations, lexicon, tagger)
        add(counts, marked, [one for one in quotations if one.kind == "quotation"], found, show)
    return counts


def add(
    counts: Counts, marked: Marked, quotations: Sequence[Finding], found: Sequence[Finding], show: bool = False
) -> None:
    """Count one text."""
    text = marked.text
    gold = {number: inner(text, one.content) for number, one in marked.said.items()}
    mine = [inner(text, places(one, "content")) for one in found]
    counts.texts += 1
    counts.wanted += len(gold)
    counts.found += len(mine)
    counts.recall += sum(max((len(g & m) / len(g) for m in mine), default=0) for g in gold.values())
    counts.precision += sum(max((len(g & m) / len(m) for g in gold.values()), default=0) for m in mine if m)
    pairs = pair(gold, mine)
    for number, index in pairs.items():
        wanted, got = marked.said[number].source, places(found[index], "source")
        right = bool(wanted & got) or not (wanted or got)
        counts.paired += 1
        counts.right += right
        if show and not right:
            print(f"  source of {number}: {shown(text, wanted)!r}, found {shown(text, got)!r}")
    if show:
        for number in gold.keys() - pairs.keys():
            print(f"  missed {number}: {shown(text, gold[number])!r}")
        for index in set(range(len(mine))) - set(pairs.values()):
            print(f"  not marked: {dict(found[index].texts)}")
    _count_uses(counts, marked, quotations, gold, show)
    _count_nested(counts, marked, found, pairs)


def shown(text: str, points: Places) -> str:
    """The words at some places."""
    return text[min(points) : max(points) + 1] if points else ""


def pair(gold: dict[int, Places], mine: Sequence[Places]) -> dict[int, int]:
    """Number of a marked attribution to index of the found one, one to one, those that share most first."""
    shares = sorted(
        (
            (len(points & other) / len(points | other), -number, -index)
            for number, points in gold.items()
            for index, other in enumerate(mine)
            if points & other
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for share, number, index in shares:
        if share >= SAME and -number not in pairs and -index not in pairs.values():
            pairs[-number] = -index
    return pairs


def _count_uses(
    counts: Counts, marked: Marked, quotations: Sequence[Finding], gold: dict[int, Places], show: bool
) -> None:
    """Every quotation in marks is somebody's words (part of a content) or marked with another use."""
    spoken = set().union(*gold.values()) if gold else set()
    for one in quotations:
        points = inner(marked.text, places(one, "content"))
        use = next((name for (a, b), name in marked.uses.items() if points & set(range(a, b))), "")
        if not use and not points <= spoken:
            continue
        got = str(one.value("use"))
        counts.quotations += 1
        counts.apart += (use in USES) == (got in USES)
        if show and (use in USES) != (got in USES):
            print(f"  use {use or 'speech'}, found {got}: {one.text('content')!r}")


def _count_nested(counts: Counts, marked: Marked, found: Sequence[Finding], pairs: dict[int, int]) -> None:
    numbers = {found[index].id: number for number, index in pairs.items()}
    got = {(numbers.get(one.id, 0), numbers.get(one.parent or "", 0)) for one in found if _nested(one, found)}
    wanted = set(marked.inside.items())
    counts.nested[0] += len(wanted & got)
    counts.nested[1] += sum(_nested(one, found) for one in found)
    counts.nested[2] += len(wanted)


def _nested(one: Finding, found: Sequence[Finding]) -> bool:
    return any(other.id == one.parent for other in found)


def row(name: str, counts: Counts) -> str:
    """One line of the table."""
    p, r = counts.precision / max(counts.found, 1), counts.recall / max(counts.wanted, 1)
    content = 2 * p * r / (p + r) if p + r else 0.0
    right, got, wanted = counts.nested
    nested = f"{2 * right / (got + wanted):.2f} ({wanted})" if wanted else "–"
    source = counts.right / max(counts.paired, 1)
    apart = f"{counts.apart / max(counts.quotations, 1):.2f} ({counts.quotations})"
    cells = (name, str(counts.texts), str(counts.wanted), f"{content:.2f} ({p:.2f} / {r:.2f})")
    return "| " + " | ".join((*cells, f"{source:.2f} ({counts.paired})", apart, nested)) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="list what is missed, wrong or not marked")
    given = parser.parse_args()
    print("| texts | number | marked | content F1 (P / R) | source (of) | told apart (of) | nested (of) |")
    print("|---|---|---|---|---|---|---|")
    for path in (TEXTS / "development.yaml", TEXTS / "held-out.yaml", TEXTS / "third.yaml"):
        texts = list(load(path)) if path.exists() else []
        for language in ("en", "ar"):
            chosen = [one for one in texts if one.language == language]
            if chosen:
                for system, trained in (("rules", False), ("rules and tagger", True)):
                    if trained or language == "en":
                        counts = measure(chosen, trained=trained, show=given.show and trained)
                        print(row(f"{path.stem}, {language}, {system}", counts))


if __name__ == "__main__":
    main()
