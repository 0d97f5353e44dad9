"""Running heads, feet and page numbers: first and last lines that come back from page to page.

They are taken out of the flow, so that a sentence runs on from page to page, and are kept behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from catena.model import Span
from catena.readers.pdf.pages import Page, Paragraph

_NUMBER = re.compile(r"\d+")
_FEWEST = 3  # pages on which a line must come back
_SHARE = 0.3  # of the pages that have text; a head may change with the chapter
_LONGEST = 150  # characters; a longer first line is a paragraph that happens to come back
_DEEPEST = 3  # lines of a head or foot


def take_running(pages: Sequence[Page]) -> list[tuple[int, str, str]]:
    """Take running heads and feet off `pages`: number of the page, `header` or `footer`, and the line, in order."""
    taken: list[tuple[int, int, str, str]] = []  # the number between sorts lines from top to bottom
    for deep in range(_DEEPEST):
        found = find_running([page.text for page in pages])
        for place, span, kind in found:
            page = pages[place]
            taken.append((page.number, deep if kind == "header" else 2 * _DEEPEST - deep, kind, span.of(page.text)))
        for place, _, kind in found:
            pages[place].paragraphs = _without(pages[place].paragraphs, last=kind == "footer")
        if not found:
            break
    return [(number, kind, line) for number, _, kind, line in sorted(taken)]


def _without(paragraphs: tuple[Paragraph, ...], *, last: bool) -> tuple[Paragraph, ...]:
    """The paragraphs without their first or last line."""
    if not paragraphs:
        return ()
    edge = paragraphs[-1 if last else 0]
    lines = list(zip_longest(edge.text.split("\n"), edge.lines))
    lines = lines[:-1] if last else lines[1:]
    while lines and not lines[0][0]:
        del lines[0]
    while lines and not lines[-1][0]:
        del lines[-1]
    boxes = tuple(box for _, box in lines if box is not None)
    kept = (replace(edge, text="\n".join(line or "" for line, _ in lines), lines=boxes),) if lines else ()
    return (*paragraphs[:-1], *kept) if last else (*kept, *paragraphs[1:])


def find_running(pages: Sequence[str]) -> list[tuple[int, Span, str]]:
    """Page (counted from 0), place in its text, and `header` or `footer`, in order. Numbers may differ."""
    found = []
    for kind, pick in (("header", _first), ("footer", _last)):
        lines = [(page, span) for page, text in enumerate(pages) if (span := pick(text)) is not None]
        keys = Counter(_key(pages[page], span) for page, span in lines)
        needed = max(_FEWEST, _SHARE * len(lines))
        found += [(page, span, kind) for page, span in lines if keys[_key(pages[page], span)] >= needed]
    return sorted(found, key=lambda one: (one[0], one[1].start))


def _key(text: str, span: Span) -> str:
    return " ".join(_NUMBER.sub("#", span.of(text)).split())


def _first(text: str) -> Span | None:
    end = text.find("\n")
    return _line(text, 0, len(text) if end < 0 else end)


def _last(text: str) -> Span | None:
    start = text.rfind("\n") + 1
    return _line(text, start, len(text)) if start else None  # the only line of a page is no foot


def _line(text: str, start: int, end: int) -> Span | None:
    return Span(start, end) if text[start:end].strip() and end - start <= _LONGEST else None
