"""Peers on the same text in the same run: QDetect on answers of language models, pyahocorasick's bare scan.

    python -m benchmarks.verification_peers DATA

DATA is a folder with `islamiceval2026` and `editions`. Neither peer is part of the project; each is measured when it
is installed (`pip install QDetect pyahocorasick`), and its row says so when it is not. Seconds are of one core.

QDetect finds verses of at least three words, one letter or one word in five wrong (its own notebook's settings);
catena has two spellings of the Qur'an as its whole library, and is measured twice: passages in running text alone,
which is QDetect's task, and with every quotation and citation checked. Compared are the characters of verses, as
labelled by hand; recall is of verses that an answer has right.
"""

from __future__ import annotations

import importlib.metadata
import io
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np

from benchmarks.islamiceval import Answers, paint, read_2026, read_hadith, read_verses
from benchmarks.verification_islamiceval import findings
from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.verification import LoadedLibrary, find_passages, load_edition, make_library
from catena.verification.library_view import Edition

Row = tuple[str, str, str, str]
"""Measure, best known figure, figure to reach, figure reached."""

Spans = Mapping[str, list[tuple[int, int, int]]]
QURAN = (("Tanzil simple", "quran-simple"), ("Tanzil Uthmani", "quran-uthmani"))
_TOKEN = re.compile(r"[۞۝]|[^\s۞۝]+")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهوي")
SCANNED = 20_000_000  # bytes that the bare scan reads


def rows(data: Path) -> list[Row]:
    """Each peer beside catena; a peer that is not installed is said to be missing."""
    return [*_qdetect_rows(data), *_scan_rows(data)]


def version(package: str) -> str:
    """`QDetect 0.7.2`, or an empty string when it is not installed."""
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return ""


# -- QDetect --------------------------------------------------------------------------------------------------------


def _qdetect_rows(data: Path) -> Iterator[Row]:
    answers = read_2026(data / "islamiceval2026")
    size = sum(len(text.encode()) for text in answers.texts.values()) / 1e6
    library = quran(data)
    for first in list(answers.texts.values())[:3]:  # word lists and compiled loops are loaded once
        _verses(first, library)
        _passages(first, library)
    ours, seconds = _timed(answers, lambda text: _verses(text, library))
    yield _overlap_row(f"catena, every quotation and citation checked, {size:.2f} MB", answers, ours, size / seconds)
    alone, quick = _timed(answers, lambda text: _passages(text, library))
    yield _overlap_row("catena, passages in running text alone", answers, alone, size / quick)
    peer = version("QDetect")
    if not peer:
        yield "QDetect on the same text", "", "", "not measured: it is not installed (pip install QDetect)"
        return
    matcher = _matcher()
    theirs, slow = _timed(answers, lambda text: qdetect_spans(matcher, text))
    yield _overlap_row(f"{peer}, same text", answers, theirs, size / slow)
    faster = f"{slow / quick:.2f} times (everything checked: {slow / seconds:.2f} times)"
    yield "Speed against QDetect, same text, passages alone", "1", "100 times", faster


def quran(data: Path) -> LoadedLibrary:
    """Two spellings of the Qur'an, and nothing else."""
    return make_library(
        [
            load_edition(
                Edition(name, "quran", "Qur'an", "ar", kind="numbered-verses"),
                read_verses(data / "editions" / "quran" / f"{file}.txt"),
            )
            for name, file in QURAN
        ]
    )


def _verses(text: str, library: LoadedLibrary) -> list[tuple[int, int, int]]:
    """The places of verses that were found, by their words."""
    found = [one for one in findings(text, library) if one.kind == "verification" and one.value("work") == "quran"]
    kept = [one for one in found if one.verdict not in ("not-found", "reference-text-differs")]
    return [(span.start, span.end, 1) for one in kept for span in one.spans("content")]


def _passages(text: str, library: LoadedLibrary) -> list[tuple[int, int, int]]:
    """The places of passages that stand in the running text; marks and citations are not looked at."""
    found = find_passages(Document.of(text), library, load_check_lexicon())
    return [(one.span.start, one.span.end, 1) for one in found]


def _matcher() -> object:
    from QDetect.qdetect import qMatcherAnnotater

    with redirect_stdout(io.StringIO()):
        return qMatcherAnnotater()


def qdetect_spans(matcher: object, text: str) -> list[tuple[int, int, int]]:
    """QDetect's matches, given in words, as places in `text`."""
    words = [(word.start(), word.end()) for word in _TOKEN.finditer(text)]
    found = matcher.matchAll(text, allowedErrPers=0.2)  # type: ignore[attr-defined]
    return [(words[one["startInText"]][0], words[one["endInText"] - 1][1], 1) for one in found]


def _timed(answers: Answers, find: Callable[[str], list[tuple[int, int, int]]]) -> tuple[Spans, float]:
    started = time.process_time()
    found = {answer: find(text) for answer, text in answers.texts.items()}
    return found, time.process_time() - started


def _overlap_row(name: str, answers: Answers, found: Spans, speed: float) -> Row:
    precision, recall = overlap(answers, found)
    known = "QDetect .910 / .910 at 0.087 MB/s; prototype .940 / .968 at 1.28"
    reached = f"{precision:.3f} / {recall:.3f} at {speed:.3f} MB/s"
    return f"Verses in answers, precision / recall of correct ones, speed: {name}", known, ".95 / .985", reached


def overlap(answers: Answers, given: Spans) -> tuple[float, float]:
    """In characters: precision against every verse labelled, recall of those labelled correct."""
    true = found = correct = kept = 0
    for answer, text in answers.texts.items():
        verses = [one for one in answers.segments if one.answer == answer and one.kind == "Ayah"]
        gold = paint([(one.start, one.end, 1) for one in verses], len(text)) > 0
        right = paint([(one.start, one.end, 1) for one in verses if one.label == "correct"], len(text)) > 0
        mine = paint(given.get(answer, []), len(text)) > 0
        true, found = true + int(np.sum(gold & mine)), found + int(np.sum(mine))
        kept, correct = kept + int(np.sum(right & mine)), correct + int(np.sum(right))
    return true / max(1, found), kept / max(1, correct)


# -- pyahocorasick --------------------------------------------------------------------------------------------------


def _scan_rows(data: Path) -> Iterator[Row]:
    peer = version("pyahocorasick")
    if not peer:
        yield (
            "pyahocorasick's bare scan",
            "78 MB/s",
            "",
            "not measured: it is not installed (pip install pyahocorasick)",
        )
        return
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for _, text in read_verses(data / "editions" / "quran" / "quran-simple-clean.txt"):
        words = _plain(text).split()
        for at in range(len(words) - 2):
            automaton.add_word(" ".join(words[at : at + 3]), at)
    automaton.make_automaton()
    sayings = [
        text for book in read_hadith(data / "editions" / "hadith" / "six-books.jsonl.gz").values() for _, text in book
    ]
    text = "\n".join(sayings)
    size = len(text.encode())
    folded = _plain(text)
    started = time.process_time()
    hits = sum(1 for _ in automaton.iter(folded))
    seconds = time.process_time() - started
    reached = f"{size / 1e6 / seconds:.0f} MB/s ({hits:,} hits; folding and verdicts not counted)"
    yield (
        f"{peer}, bare scan of {size / 1e6:.0f} MB of vowelled Arabic, {len(automaton):,} trigrams",
        "78 MB/s",
        "",
        reached,
    )


def _plain(text: str) -> str:
    return _MARKS.sub("", text).translate(_FOLD)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m benchmarks.verification_peers DATA", file=sys.stderr)
        return 2
    for row in rows(Path(arguments[0])):
        print("| " + " | ".join(row) + " |", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
