"""Paragraphs, clause ends and words as this package needs them: cheap, and safe on damaged text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from catena.model import Document, Span, trim
from catena.text import segment

_LINE_END = re.compile(r"(?<=[.!?:؟۔…\"”»’])[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•>#]|»\s|[\"“«„‘]))")
_WORD = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d]|['’.\-‑](?=\w))*")
_SEMICOLON = re.compile(r"[;؛](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, its folded form and its place."""

    text: str
    folded: str
    start: int
    end: int


def find_paragraphs(document: Document) -> tuple[Span, ...]:
    """Paragraphs in order, without the white space between them.

    Those of `catena.text.segment`, cut further: a line that ends like a sentence, a line that opens with a mark, and
    the edge of a block of the file each end one.
    """
    text = document.text
    whole = [*segment.find_paragraphs(text), *(block.span for block in document.blocks if block.kind != "page")]
    cuts = {edge for span in whole for edge in (span.start, span.end)}
    cuts |= {found.end() for found in _LINE_END.finditer(text)}
    pieces = (trim(text, Span(start, end)) for start, end in pairwise(sorted(cuts)))
    return tuple(piece for piece in pieces if len(piece))


WRAP_LEAST = 30
"""Code points of a line that may have been broken for its length; shorter ones are headings and addresses."""
_BLOCK = re.compile(r"\n[ \t\u00a0\u200e\u200f]*\n")
_MARKS_ABOVE = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
NEARLY = 0.92
"""Share of the longest line that a full one reaches: letters differ in width, and long words jump down."""
_CLOSED = '.!?:؟۔…"”»’'
_MARKED = tuple("-*•>#")


def unwrap(text: str) -> str:
    """`text`, of the same length, with a space for each line break that only the width of the page set.

    A break is such when the next line goes on in small letters, or when the line is long and the next word would
    not have fitted within the longest line of its paragraph. Breaks after the end of a sentence stay.
    """
    pieces, at = [], 0
    for block in _BLOCK.finditer(text):
        pieces += [_unwrap_block(text[at : block.start()]), block[0]]
        at = block.end()
    pieces.append(_unwrap_block(text[at:]))
    return "".join(pieces)


def _unwrap_block(block: str) -> str:
    lines = block.split("\n")
    if len(lines) < 2:
        return block
    widths = [_printed(line) for line in lines]
    widest = max(widths)
    joined = [lines[0]]
    for line, following in pairwise(lines):
        joined += [" " if _runs_on(line, following, widest) else "\n", following]
    return "".join(joined)


def _runs_on(line: str, following: str, widest: int) -> bool:
    last, first = line.rstrip()[-1:], following.lstrip()[:1]
    if not last or not first or last in _CLOSED or first in _MARKED:
        return False
    word = following.split(maxsplit=1)[0]
    width = _printed(line)
    full = width >= WRAP_LEAST and width + 1 + len(word) > NEARLY * widest
    return full or (first.islower() and len(line) >= WRAP_LEAST // 2)


def _printed(line: str) -> int:
    """Code points that take room in print: vowels set above and below the letters take none."""
    return len(line) - len(_MARKS_ABOVE.findall(line))


def find_stops(text: str, abbreviations: Collection[str]) -> tuple[int, ...]:
    """Offsets just after each clause end, in order: where a sentence ends, and after a semicolon.

    `abbreviations` are small and without their full stop.
    """
    ends = {sentence.end for sentence in segment.find_sentences(text, abbreviations=abbreviations)}
    return tuple(sorted(ends.union(found.end() for found in _SEMICOLON.finditer(text))))


def iter_words(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """(word, start, end) in `text[start:end]`, offsets in the whole text."""
    return tuple((found[0], found.start(), found.end()) for found in _WORD.finditer(text, start, end))
