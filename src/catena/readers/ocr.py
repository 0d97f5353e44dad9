"""Text from pictures through tesseract, where that program is installed.

A picture is read once for each script whose models are installed, since a model for two scripts at once confuses them;
of each line the surest reading is kept. Vowel signs are read badly (more than half of the characters of vocalised text
come out wrong), so that whatever is read here is marked as such wherever it is shown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from catena.readers.base import ReaderError, report_progress

SURE = 60.0
"""Mean confidence, of 100, below which a page is said to be hard to read."""
DPI = 300
"""Dots per inch at which pages are painted for reading: what tesseract's models were trained on."""
VARIABLE = "CATENA_OCR"
"""Set to `off`, no picture is read."""
_SECONDS = 60.0  # for one pass over one page
_SCRIPTS = (("eng", "fra", "tur", "deu", "spa"), ("ara",), ("fas",), ("urd",), ("pus",), ("rus", "ukr"), ("heb",))
_AFTER_FIRST = 2  # passes over later pages: the models that did best so far
_SAME = 0.6  # share of a line's height by which two readings are of the same line
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e]")  # tesseract writes them around every change of script
INSTALL = "install tesseract (Debian: tesseract-ocr and a package for each language) and build with --retry-failed"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: its words, its box in pixels (left, top, right, bottom), confidence from 0 to 100.

    `place` says which block and paragraph of the picture it belongs to.
    """

    text: str
    box: Box
    confidence: float
    place: tuple[int, int]
    model: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together, joined by line ends, with the box around them in pixels, and that of each line."""

    text: str
    box: Box
    lines: tuple[Box, ...] = ()


@dataclass(slots=True)
class Ocr:
    """Reads the pictures of one file. `models` are those that were used, `confidences` one a page."""

    models: list[str] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    _best: list[str] = field(default_factory=list)

    def read(self, picture: bytes) -> list[Passage]:
        """The passages of a picture (PNG, JPEG, TIFF, PNM …) in reading order; empty when there are none.

        Raises `ReaderError` when tesseract cannot open it.
        """
        everything = models()
        lines = merge([_read(picture, model) for model in self._best or everything])
        if self._best and _mean(lines) < SURE:
            lines = merge([_read(picture, model) for model in everything])
        if not lines:
            return []
        self.confidences.append(_mean(lines))
        won = {line.model: 0 for line in lines}
        for line in lines:
            won[line.model] += len(line.text)
        self._best = sorted(won, key=lambda model: -won[model])[:_AFTER_FIRST]
        self.models += [model for model in self._best if model not in self.models]
        return [_join(list(group)) for _, group in groupby(lines, key=lambda line: line.place)]

    @property
    def step(self) -> str:
        """What was done, for the document's origin."""
        return f"letters read from pictures by tesseract {version()} with {', '.join(self.models)}"

    @property
    def confidence(self) -> float:
        """The mean over all pages, of 100."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


def version() -> str:
    """Tesseract's version; "" when it is not installed, has no models that we can use, or is not to be used."""
    if os.environ.get(VARIABLE) == "off" or shutil.which("tesseract") is None or not models():
        return ""
    found = re.search(r"\d[\d.]*", _run(["--version"], b"").decode("utf-8", "replace"))
    return found[0] if found else "?"


@lru_cache(maxsize=1)
def models() -> tuple[str, ...]:
    """One model for each script, or several of one script together, of those that are installed."""
    listed = _run(["--list-langs"], b"").decode("utf-8", "replace").split()
    groups = ("+".join(name for name in script if name in listed) for script in _SCRIPTS)
    return tuple(group for group in groups if group)


def _run(arguments: Sequence[str], given: bytes) -> bytes:
    program = shutil.which("tesseract")
    if program is None:
        return b""
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run([program, *arguments], input=given, capture_output=True, timeout=_SECONDS, env=one_thread,
                              check=False)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ReaderError("read", f"tesseract took more than {_SECONDS:g} s for a page", "make it smaller") from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        raise ReaderError("read", f"tesseract could not read the picture ({said})", "save it as PNG")
    return done.stdout


def _read(picture: bytes, model: str) -> list[Line]:
    report_progress()
    table = _run(["stdin", "stdout", "-l", model, "--dpi", str(DPI), "--psm", "3", "tsv"], picture)
    rows = [row.split("\t") for row in table.decode("utf-8", "replace").split("\n")[1:]]
    words = [row for row in rows if len(row) == 12 and row[0] == "5" and row[11].strip()]
    return [_line(list(group), model) for _, group in groupby(words, key=lambda row: tuple(row[1:5]))]


def _line(words: Sequence[Sequence[str]], model: str) -> Line:
    boxes = [tuple(map(float, word[6:10])) for word in words]
    lefts, tops, widths, heights = zip(*boxes, strict=True)
    right, bottom = max(map(sum, zip(lefts, widths, strict=True))), max(map(sum, zip(tops, heights, strict=True)))
    box = (min(lefts), min(tops), right, bottom)
    text = " ".join(_DIRECTION.sub("", word[11]) for word in words)
    weights = [len(word[11]) for word in words]
    sure = sum(float(word[10]) * weight for word, weight in zip(words, weights, strict=True)) / sum(weights)
    page, block, paragraph = (int(number) for number in words[0][1:4])
    return Line(text, box, sure, (page * 10_000 + block, paragraph), model)


def merge(readings: Sequence[list[Line]]) -> list[Line]:
    """Of each line of the surest reading the surest reading of that line."""
    readings = sorted((reading for reading in readings if reading), key=_mean, reverse=True)
    if not readings:
        return []
    others = [line for reading in readings[1:] for line in reading]
    merged = []
    for line in readings[0]:
        same = [other for other in others if _overlap(line.box, other.box) >= _SAME]
        best = max([line, *same], key=lambda one: one.confidence)
        merged.append(Line(best.text, best.box, best.confidence, line.place, best.model))
    return merged


def _overlap(one: Box, other: Box) -> float:
    """How far two boxes are the same line: the shared part of the higher and of the wider, the smaller of the two."""
    shares = []
    for low, high in ((0, 2), (1, 3)):
        shared = min(one[high], other[high]) - max(one[low], other[low])
        shares.append(shared / (max(one[high] - one[low], other[high] - other[low]) or 1.0))
    return min(shares)


def _mean(lines: Iterable[Line]) -> float:
    known = [(line.confidence, len(line.text)) for line in lines]
    total = sum(weight for _, weight in known)
    return sum(confidence * weight for confidence, weight in known) / total if total else 0.0


def _join(lines: Sequence[Line]) -> Passage:
    lefts, tops, rights, bottoms = zip(*(line.box for line in lines), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return Passage("\n".join(line.text for line in lines), box, tuple(line.box for line in lines))
