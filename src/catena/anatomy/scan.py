"""Small tools the anatomy detectors share: digits of other scripts, alternations, lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from catena.model import Document, Span, trim

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
MARKS = "[\u064b-\u0655\u0670\u0640]*"
"""Arabic vowel marks and the stretching stroke: they may stand after any letter of a word."""

_SILENT = re.compile("[\u064b-\u0655\u0670\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ARABIC = re.compile("[\u0621-\u064a\u067e-\u06d3]")


def plain_digits(text: str) -> str:
    """`text` with ASCII digits, of the same length.

    >>> plain_digits("١٢ مايو")
    '12 مايو'
    """
    return text.translate(_DIGITS)


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest that fits; tolerant of white space and of Arabic marks.

    Words that begin alike share their beginning, since trying hundreds of words at each place costs most of the time.
    """
    root: _Tree = {}
    for word in sorted(set(words)):
        node = root
        for unit in _units(word):
            node = node.setdefault(unit, {})
        node[""] = {}
    return _join(root)


_Tree: TypeAlias = "dict[str, _Tree]"


def _join(node: _Tree) -> str:
    branches = [unit + _join(rest) for unit, rest in node.items() if unit]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


def _units(word: str) -> Iterator[str]:
    for place, part in enumerate(word.split()):
        if place:
            # A phrase may be broken over a line: "no more / than 28" must not be read as "more than 28".
            yield r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
        for letter in part:
            yield re.escape(letter) + (MARKS if _ARABIC.match(letter) else "")


def find_lines(text: str) -> tuple[Span, ...]:
    """The lines of `text` that are not blank, in order, without white space around them."""
    found = []
    for line in re.finditer(r"[^\n\f]+", text):
        span = trim(text, Span(*line.span()))
        if len(span):
            found.append(span)
    return tuple(found)


def bare(text: str) -> str:
    """`text` in lower case without Arabic marks, white space as single spaces: a key into a word list."""
    return " ".join(_SILENT.sub("", text).casefold().split())


def find_menus(document: Document) -> tuple[Span, ...]:
    """The blocks that are the page's and not the statement's (menus, headers, footers of a site), in order of place."""
    return tuple(block.span for block in document.blocks if block.kind == "boilerplate")


def is_in(span: Span, places: Iterable[Span]) -> bool:
    """True when one of `places` holds the beginning of `span`."""
    return any(place.start <= span.start < place.end for place in places)


_JOINERS = re.compile("[\u064b-\u0655\u0670\u0640\u200b-\u200f]")
_ALIKE = str.maketrans("أإآٱیىکة", "ااااييكه")


def plain(word: str) -> str:
    """An Arabic or Persian word without marks and joiners, with one letter where writers use now one, now another.

    >>> plain("یكى") == plain("يکی")
    True
    """
    return _JOINERS.sub("", word).translate(_ALIKE)
