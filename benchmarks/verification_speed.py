"""Speed of the search of whole documents for unmarked passages, offsets and verdicts included, on one core.

    python -m benchmarks.verification_speed --data FOLDER

News texts against about 40,000 passages in Latin script, and hadith and answers of language models against three
spellings of the Qur'an. Seconds are CPU time, after the kernels are loaded; loading them is a row of its own. A machine
shared with others is slower than its name: pyahocorasick's bare scan of the same news text, when it is installed, is
the yardstick of the same minute.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verification_data import QURAN, Row, library, news, passages, run
from catena.lexicons.formulae import load_check_lexicon
from catena.model import Document
from catena.text import compiled
from catena.verification import LoadedLibrary, find_passages

LATIN = ("kjv", "en.sahih", "en.pickthall")
SAYINGS = 1500
FIRST_SEARCH = """
import sys, time
from pathlib import Path
from benchmarks.verification_data import QURAN, library, passages
from benchmarks.verification_speed import search_with_kernels
data = Path(sys.argv[1])
sayings = [text for _, text in passages(data, "hadith-ar")[:150]]
loaded = library(data, *QURAN)
started = time.process_time()
search_with_kernels(sayings, loaded)
print(time.process_time() - started)
"""


def rows(data: Path) -> Iterator[Row]:
    """Each kind of text, then the kernels' cost and the yardstick."""
    latin, quran = library(data, *LATIN), library(data, *QURAN)
    texts = news(data)
    sayings = [text for _, text in passages(data, "hadith-ar")[:SAYINGS]]
    search_with_kernels(texts[:20], latin)  # compiling is done once for a machine, and is no part of the rows
    search_with_kernels(sayings[:100], quran)
    many = sum(len(one.references) for one in latin.editions)
    yield _row(f"News against {many:,} passages", "5 MB/s", "20 MB/s", texts, latin)
    yield _row("Hadith against the Qur'an in three spellings", "5.5 MB/s", "3 MB/s", sayings, quran)
    lines = (data / "islamiceval2026/responses.jsonl").read_text(encoding="utf-8").splitlines()
    answers = [json.loads(line)["generated_answer"] for line in lines]
    yield _row("Answers of language models against the Qur'an", "1.28 MB/s", "3 MB/s", answers, quran)
    yield Row("Compiled kernels: first compile, once per machine", "-", "8 s", _compiling(data))
    yield Row("Compiled kernels: loading them in a new process, after the first time", "-", "8 s", _loading())
    yield _yardstick(data, texts)


def _row(what: str, known: str, reach: str, texts: Sequence[str], loaded: LoadedLibrary) -> Row:
    documents = [Document.of(text) for text in texts]
    size = sum(len(one.text.encode()) for one in documents) / 1e6
    lexicon = load_check_lexicon()
    before, compiled.COMPILED_FROM = compiled.COMPILED_FROM, 0
    find_passages(documents[0], loaded, lexicon)
    gc.collect()  # what earlier rows left behind is theirs
    started = time.process_time()
    found = sum(len(find_passages(one, loaded, lexicon)) for one in documents)
    seconds = time.process_time() - started
    compiled.COMPILED_FROM = before
    said = f"{size / seconds:.2f} MB/s ({size:.1f} MB in {len(documents)} documents, {found} passages)"
    return Row(f"{what}, one core", known, reach, said)


def search_with_kernels(texts: Sequence[str], loaded: LoadedLibrary) -> None:
    """Search these texts, with the kernels from the first letter on."""
    compiled.kernels(compiled.COMPILED_FROM)
    for text in texts:
        find_passages(Document.of(text), loaded, load_check_lexicon())


def _loading() -> str:
    code = "import time; t = time.process_time(); from catena.text import kernels; print(time.process_time() - t)"
    return f"{_told([sys.executable, '-c', code]):.2f} s"


def _compiling(data: Path) -> str:
    """What a first search costs more in a process that must compile than in one that finds the compiled code."""
    with TemporaryDirectory() as empty:
        first, second = (_told([sys.executable, "-c", FIRST_SEARCH, str(data)], NUMBA_CACHE_DIR=empty) for _ in "12")
    return f"{first - second:.1f} s"


def _told(command: Sequence[str], **surroundings: str) -> float:
    """The figure that a program of its own prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **surroundings})
    return float(done.stdout)


def _yardstick(data: Path, texts: Sequence[str]) -> Row:
    what = "pyahocorasick, bare scan of the same news for three-word phrases, folding and verdicts not counted"
    try:
        import ahocorasick
    except ImportError:
        return Row(what, "78 MB/s", "", "not measured: it is not installed (pip install pyahocorasick)")
    automaton = ahocorasick.Automaton()
    for name in LATIN:
        for _, text in passages(data, name):
            words = text.lower().split()
            for at in range(len(words) - 2):
                automaton.add_word(" ".join(words[at : at + 3]), at)
    automaton.make_automaton()
    folded = [text.lower() for text in texts]
    started = time.process_time()
    hits = sum(1 for text in folded for _ in automaton.iter(text))
    seconds = time.process_time() - started
    size = sum(len(text.encode()) for text in texts) / 1e6
    return Row(what, "78 MB/s", "", f"{size / seconds:.1f} MB/s ({len(automaton):,} phrases, {hits:,} hits)")


if __name__ == "__main__":
    run(rows)
