"""Texts of a size, for timing: words of invented syllables with Zipf's frequencies, a third in Arabic letters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from catena.model import Document, Finding, MadeBy, Origin, Span, make_finding
from catena.store import FileResult, FileStamp

WORDS = 30_000
EACH = 300  # words a document: about 2,000 code points
LATIN = ("ba", "de", "lo", "mar", "ti", "ves", "or", "kan", "ul", "shi", "ro", "pe", "ni", "ga", "thu", "sel")
ARABIC = ("با", "دي", "لو", "مر", "تي", "فس", "ور", "كن", "ال", "شي", "رو", "بي", "ني", "غا", "ثو", "سل")
SPEAKERS = ("Ada Brisk", "Tomas Eld", "Jorun Haal", "Karel Lund", "Huda Rasim", "the council")
GENRES = ("speech", "press release", "interview", "news")


def make_vocabulary(syllables: tuple[str, ...]) -> list[str]:
    """`WORDS` different words, short ones first."""
    words = ["".join(parts) for length in (1, 2, 3, 4) for parts in product(syllables, repeat=length)]
    return words[:WORDS]


def make_texts(count: int, seed: int = 3, each: int = EACH) -> Iterator[str]:
    """`count` texts of `each` words with Zipf's frequencies."""
    chance = np.random.default_rng(seed)
    shares = 1 / (np.arange(WORDS) + 2.7)
    limits = np.cumsum(shares / shares.sum())
    latin, arabic = np.array(make_vocabulary(LATIN)), np.array(make_vocabulary(ARABIC))
    marks = np.array(["", "", "", "", "", "", "", ",", ".", ".\n\n"])
    for number in range(count):
        words = (arabic if number % 3 == 0 else latin)[np.searchsorted(limits, chance.random(each))]
        ends = marks[chance.integers(0, len(marks), each)]
        yield " ".join(np.char.add(words, ends))


def make_result(number: int, text: str) -> FileResult:
    """What a build would have stored: a title line, a date, a genre, two reports and a quotation."""
    text = f"Statement {number}\n\n{text}"
    name = f"{number % 40:02}/{number:05}.txt"
    origin = Origin(name, f"{number:064x}")
    document = Document(text, origin, stated=(("date", f"{2010 + number % 12}-{1 + number % 9:02}-14"),))
    maker = MadeBy("benchmark")
    genre = {"field": "genre", "value": GENRES[number % len(GENRES)]}
    findings: list[Finding] = [make_finding(document, "layout", {"content": Span(0, 9)}, maker, values=genre)]
    for at in (100, 400, 800):
        speaker = SPEAKERS[(number + at) % len(SPEAKERS)]
        roles = {"content": Span(at, at + 120), "source": Span(at - 20, at - 5)}
        findings.append(make_finding(document, "attribution", roles, maker, values={"speaker": speaker}))
    stamp = FileStamp(name, len(text), number)
    return FileResult(stamp, origin.sha256, "ok", "read", "", document, tuple(findings), 0.0, "benchmark")
