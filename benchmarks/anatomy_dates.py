"""Expressions of time against a public set: `python -m benchmarks.anatomy --dates FOLDER`.

FOLDER holds files with inline TIMEX2, such as `keyinline` of WikiWars 1.0.4 (Mazur and Dale 2010; 22 articles of the
English Wikipedia, CC BY-SA 3.0). The set is no part of the project. Its authors mark more than this program looks for
("the time", "later", "now"), so that recall is given twice: over everything, and over values that name calendar days,
months, seasons, years, decades, centuries or lengths. Found: overlapping; a range here may be two marks there.
Resolved: of the calendar values found, those with the same first and last day (of a range, one of them), apart for
those printed with their year and those that take it from elsewhere. The articles tell of the past and bear a date of
2009.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catena.anatomy import find_dates
from catena.kit import load_kit
from catena.model import Document, Finding, Span

_TAG = re.compile(r"<(/?)(\w+)((?:\s[^<>]*)?)>")
_VALUE = re.compile(r'\sval="([^"]*)"')
_DAYS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_IN_SCOPE = re.compile(r"(?:\d{2,4}|\d{4}-(?:\d\d(?:-\d\d)?|W\d\d|Q\d|H\d|S[PU]|FA|WI))(?:T.*)?|P(?:\d+|X)[DWMYEC]")
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One expression of the set: its place, its value, and its words."""

    span: Span
    value: str
    words: str


def read_marked(source: str) -> tuple[str, str, tuple[Mark, ...]]:
    """The text without tags, the day of the document, and its outermost expressions with a value."""
    stated = re.search(r"<DATETIME>.*?(\d{4}-\d\d-\d\d)", source, re.DOTALL)
    body = source.split("<TEXT>", 1)[-1].split("</TEXT>", 1)[0]
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    marks: list[Mark] = []
    at = length = 0
    for tag in _TAG.finditer(body):
        piece = _plain(body[at : tag.start()])
        pieces.append(piece)
        length, at = length + len(piece), tag.end()
        if tag[2] != "TIMEX2":
            continue
        if not tag[1]:
            value = _VALUE.search(tag[3])
            opened.append((length, value[1] if value else ""))
        elif opened:
            start, value_ = opened.pop()
            if not opened and value_:
                marks.append(Mark(Span(start, length), value_, "".join(pieces)[start:length]))
    pieces.append(_plain(body[at:]))
    return "".join(pieces), stated[1] if stated else "", tuple(marks)


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def measure_dates(folder: Path) -> Iterator[str]:
    """Lines of the table. Raises `FileNotFoundError` when `folder` holds no such file."""
    files = sorted(folder.rglob("*.xml"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no .xml with TIMEX2; give the folder keyinline of WikiWars")
    marked = found = right = both = scope = in_scope = 0
    resolved = {"printed in full": [0, 0], "year from elsewhere": [0, 0], "lengths": [0, 0]}
    for path in files:
        text, day, marks = read_marked(path.read_text(encoding="utf-8"))
        dates = find_dates(Document.of(text, path.name), load_kit().dates, document_date=day or None)
        marked, found = marked + len(marks), found + len(dates)
        scope += sum(bool(_IN_SCOPE.fullmatch(mark.value)) for mark in marks)
        places = [one.spans("content")[0] for one in dates]
        right += sum(any(place.overlaps(mark.span) for mark in marks) for place in places)
        for mark in marks:
            held = [one for one, place in zip(dates, places, strict=True) if place.overlaps(mark.span)]
            if not held:
                continue
            both += 1
            in_scope += bool(_IN_SCOPE.fullmatch(mark.value))
            kind = _kind(mark)
            if kind:
                resolved[kind][0] += any(_is_same(mark, one) for one in held)
                resolved[kind][1] += 1
    yield f"{len(files)} articles, {marked} expressions marked, {found} found"
    precision, recall = right / found, both / marked
    yield f"found: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
    yield f"of those with a calendar value or a length: R {in_scope / scope:.3f} ({in_scope} of {scope})"
    for name, (good, all_) in resolved.items():
        yield f"resolved, {name}: {good / all_ if all_ else 0:.3f} ({good} of {all_})"


def _kind(mark: Mark) -> str:
    if _LENGTH.fullmatch(mark.value):
        return "lengths"
    if not _DAYS.fullmatch(mark.value):
        return ""
    return "printed in full" if _YEAR.search(mark.words) else "year from elsewhere"


def _is_same(mark: Mark, one: Finding) -> bool:
    length = _LENGTH.fullmatch(mark.value)
    if length:
        return (one.value("length"), one.value("unit")) == (int(length[1]), _UNITS[length[2]])
    match = _DAYS.fullmatch(mark.value)
    if match is None or one.value("start") is None:
        return False
    year, month, day = (int(part) if part else 0 for part in match.groups())
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    start, end = str(one.value("start")), str(one.value("end"))
    if one.value("part"):  # "early in 1914" is narrowed here, and a mark beside the year there
        return first.isoformat() <= start and end <= last.isoformat()
    if one.value("rule") == "range":
        return start == first.isoformat() or end == last.isoformat()
    return (start, end) == (first.isoformat(), last.isoformat())
