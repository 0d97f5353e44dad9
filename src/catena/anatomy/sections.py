"""Sections: labelled ("News:", "Comment:"), counted ("First:", "1.", "أولاً:") and addressed ("O people of …").

A counted heading is a section only when its number goes on from the one before, so that years and list remains at
the start of a line stay out. A section reaches to the next heading of its series, or to the end of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catena.anatomy.lexicon import LayoutLexicon
from catena.anatomy.scan import alternation, bare, find_lines, plain_digits
from catena.model import Document, Evidence, Finding, MadeBy, Span, make_finding

_MADE_BY = MadeBy("sections", "1")
_TITLE = 90  # code points: a longer line is a paragraph that a number or label opens
_EDGE = "[#*_\\s\u200e\u200f\u202b\u202c]*"
_LEVELS = {"label": 1, "vocative": 1, "ordinal": 2, "number": 3}


@dataclass(frozen=True, slots=True)
class _Head:
    line: Span
    mark: Span
    rule: str
    label: str
    number: int = 0


def find_sections(document: Document, lexicon: LayoutLexicon) -> tuple[Finding, ...]:
    """Findings "section" in order of place; roles `heading` and `content`; values `label`, `title`, `level`.

    `label` is the section's name (`news`, `comment`, `1` …), `title` the words of the heading, `level` 1 for labels
    and addresses, 2 for ordinals, 3 for numbers. A lone "1." or "First" makes no section.
    """
    heads = [head for line in find_lines(document.text) if (head := _read(document.text, line, lexicon))]
    calls = [head for head in heads if head.rule == "vocative"]
    if len(calls) == 1 and calls[0].line.of(document.text).endswith((",", "،")):
        heads.remove(calls[0])  # "Dear members," opens a letter and no section of it
    kept = _labelled(heads) + _counted(heads, "ordinal") + _counted(heads, "number")
    kept.sort(key=lambda head: head.line)
    return tuple(_finding(document, head, _end(document, head, kept[place + 1 :])) for place, head in enumerate(kept))


def is_address(line: str, lexicon: LayoutLexicon) -> bool:
    """True for a line that calls on somebody, "O boatmen of the Five Lakes!"."""
    return len(line) <= _TITLE and bool(dict(_patterns(lexicon))["vocative"].match(line))


@lru_cache(maxsize=4)
def _patterns(lexicon: LayoutLexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        (
            "label",
            re.compile(rf"[#*\s]*({alternation(form for form, _ in lexicon.labels)})\**\s?[:：]", re.I),
        ),
        (
            "ordinal",
            re.compile(rf"[#*\s]*({alternation(form for form, _ in lexicon.ordinals)})\**\s?[:،,.)–-]", re.I),
        ),
        ("number", re.compile(r"[#*\s]*\(?(\d{1,2})(?:[.)]|\s?[-–])(?=\s)")),
        (
            "vocative",
            re.compile(
                rf"{_EDGE}(?:(?:{alternation(lexicon.vocatives)})(?=\s)[^.\n]*[!:؟،,]?"
                rf"|(?:{alternation(lexicon.callers)})\s(?=[^\W\d_]{{2}})[^.!?؟:\n]*!"
                rf"|(?:{alternation(lexicon.addressees)})(?!\w)[^.!?؟:,\n]{{0,50}}!){_EDGE}$",
                re.I,
            ),
        ),
    )


def _read(text: str, line: Span, lexicon: LayoutLexicon) -> _Head | None:
    printed = plain_digits(line.of(text))
    for rule, pattern in _patterns(lexicon):
        match = pattern.match(printed)
        if match is None or (rule == "vocative" and len(line) > _TITLE):
            continue
        mark = Span(line.start, line.start + match.end())
        if rule == "vocative":
            return _Head(line, line, rule, "address")
        key = bare(match[1])
        if rule == "label":
            return _Head(line, mark, rule, dict(lexicon.labels)[key])
        number = int(key) if rule == "number" else dict(lexicon.ordinals)[key]
        return _Head(line, mark, rule, str(number), number)
    return None


def _labelled(heads: list[_Head]) -> list[_Head]:
    return [head for head in heads if head.rule in ("label", "vocative")]


def _counted(heads: list[_Head], rule: str) -> list[_Head]:
    """Series 1, 2, 3 …; a new 1 opens a new series; a series of one is dropped."""
    kept: list[_Head] = []
    series: list[_Head] = []
    for head in (*(head for head in heads if head.rule == rule), None):
        if head is not None and series and head.number == series[-1].number + 1:
            series.append(head)
        elif head is None or head.number == 1:
            kept.extend(series if len(series) > 1 else [])
            series = [head] if head is not None else []
    return kept


def _end(document: Document, head: _Head, later: list[_Head]) -> int:
    level = _LEVELS[head.rule]
    return next((one.line.start for one in later if _LEVELS[one.rule] <= level), len(document.text))


def _finding(document: Document, head: _Head, end: int) -> Finding:
    own = len(head.line) <= _TITLE
    heading = head.line if own else head.mark
    title = heading.of(document.text)[len(head.mark) if head.rule != "vocative" else 0 :].strip(" #*:")
    stop = head.mark.end + len(document.text[head.mark.end : end].rstrip())
    return make_finding(
        document,
        "section",
        {"heading": heading, "content": Span(head.line.start, max(stop, heading.end))},
        _MADE_BY,
        values={"label": head.label, "title": title, "level": _LEVELS[head.rule]},
        evidence=[Evidence(head.rule)],
    )
