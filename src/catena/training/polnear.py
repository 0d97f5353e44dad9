"""Read PolNeAR: texts with brat stand-off, as tokens with one label each.

One role a token, by design of the data: where spans overlap, cue wins over source over content. The first annotator's
file is taken where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catena.attribution import find_quotations
from catena.attribution.regions import unwrap
from catena.attribution.tagger.network import LABELS
from catena.attribution.tagger.tokens import Tokens, tokenize
from catena.lexicons.marks import load_marks
from catena.model import Document, Span

ROLES = ("source", "cue", "content")
ROW = 400
"""Tokens of the longest paragraph that a model is trained on in one piece."""
Fragment = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """Spans of the three roles, each a list of half-open ranges of code points."""

    source: tuple[Fragment, ...]
    cue: tuple[Fragment, ...]
    content: tuple[Fragment, ...]


@dataclass(frozen=True)
class Article:
    """One annotated text. `labels` number `LABELS`, one a token; `quoted` are the contents of its quotations."""

    name: str
    text: str
    tokens: Tokens
    labels: np.ndarray
    quoted: tuple[Span, ...]
    attributions: tuple[Attribution, ...]


def read_articles(folder: Path, *, whole: bool = True) -> Iterator[Article]:
    """The articles of `folder` (with `text` and `attributions` in it), by name. Raises `OSError`, `ValueError`."""
    marks: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        marks.setdefault(path.stem.rsplit("_", 1)[0], path)
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem not in marks:
            continue
        text = path.read_bytes().decode("utf-8")
        attributions = tuple(_read_marks(marks[path.stem]))
        yield make_article(path.stem, text, attributions, whole=whole)


def make_article(name: str, text: str, attributions: tuple[Attribution, ...], *, whole: bool = True) -> Article:
    """Tokens, labels and quotations of a text; `whole` leaves paragraphs of up to `ROW` tokens uncut, for training."""
    tokens = tokenize(unwrap(text), ROW, ROW) if whole else tokenize(unwrap(text))
    document = Document.of(text, name)
    if len(document.text) != len(text):
        raise ValueError(f"{name}: line ends other than \\n would move the marks")
    quoted = tuple(
        span
        for finding in find_quotations(document, load_marks())
        if finding.kind == "quotation"
        for span in finding.spans("content")
    )
    return Article(name, text, tokens, _label(tokens, attributions), quoted, attributions)


def _read_marks(path: Path) -> Iterator[Attribution]:
    spans: dict[str, tuple[Fragment, ...]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"(T\d+)\t\S+ ([\d; ]+)\t", line)
        if found:
            spans[found[1]] = tuple((int(a), int(b)) for a, b in (p.split() for p in found[2].split(";")))
        elif line.startswith("E"):
            events.append(line.split("\t")[1])
    for event in events:
        roles: dict[str, list[Fragment]] = {role: [] for role in ROLES}
        for argument in event.split()[1:]:
            role, _, target = argument.partition(":")
            role = re.sub(r"\d+$", "", role).lower()
            if role in roles and target in spans:
                roles[role] += spans[target]
        yield Attribution(*(tuple(sorted(roles[role])) for role in ROLES))


def _label(tokens: Tokens, attributions: tuple[Attribution, ...]) -> np.ndarray:
    labels = np.zeros(len(tokens.words), dtype=np.int32)
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    for role in ("content", "source", "cue"):
        for attribution in attributions:
            for begin, end in getattr(attribution, role):
                first = int(np.searchsorted(ends, begin, side="right"))
                last = int(np.searchsorted(starts, end))
                if last > first:
                    labels[first:last] = LABELS.index("I-" + role)
                    labels[first] = LABELS.index("B-" + role)
    for index, label in enumerate(labels):
        name = LABELS[label]
        if name.startswith("I-") and (index == 0 or LABELS[labels[index - 1]][2:] != name[2:]):
            labels[index] = label - 1
    return labels
