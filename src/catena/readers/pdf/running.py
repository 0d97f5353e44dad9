"""Running heads, feet and page numbers: first and last lines that come back from page to page.

They stay in the text, where the page has them, and are marked as blocks, so that whoever reads on can pass them over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from catena.model import Span

_NUMBER = re.compile(r"\d+")
_FEWEST = 3  # pages on which a line must come back
_SHARE = 0.3  # of the pages that have text; a head may change with the chapter
_LONGEST = 150  # characters; a longer first line is a paragraph that happens to come back


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
