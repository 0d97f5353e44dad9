"""A million passages: building the index, opening it, memory.

    python -m benchmarks.verification_index --data FOLDER

The passages are those of the King James Version, three translations of the Qur'an and the six books of hadith in
English, eight times over: each time with every word replaced by another one of its length of the same edition, so that
words are as long and as frequent as in real text, and no two passages are alike. Building, opening and asking each run
in a process of their own; seconds of building are CPU time of one core, seconds of opening are by the clock.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.memory import watch_peak
from benchmarks.verification_data import TRANSLATIONS, Passages, Row, passages, run
from catena.library.index_cache import read_cache, write_cache
from catena.verification import Edition, load_edition, make_library
from catena.verification.candidates import sought_stretches

MANY = 1_000_000
VIEW = Edition("million", "million", "A million passages", "en")


def make_passages(data: Path) -> Iterator[tuple[str, str]]:
    """`MANY` passages of other words."""
    sources: list[Passages] = [passages(data, name) for name in ("kjv", *TRANSLATIONS, "hadith-en")]
    number = 0
    for turn in range(100):
        for source in sources:
            words = sorted({word for _, text in source for word in text.split()})
            other = words.copy()
            random.Random(turn).shuffle(other)
            words.sort(key=len)
            other.sort(key=len)  # in shuffled order within each length
            swap = dict(zip(words, other, strict=True))
            for _, text in source:
                yield f"Million {number}", " ".join(map(swap.__getitem__, text.split()))
                number += 1
                if number == MANY:
                    return


def build(data: Path, path: Path) -> None:
    """Build and write the index; prints the CPU seconds, the letters, and the memory at the peak in MB."""
    pairs = list(make_passages(data))
    grown = watch_peak()
    started = time.process_time()
    loaded = load_edition(VIEW, pairs)
    write_cache(path, loaded)
    print(time.process_time() - started, len(loaded.index.letters), grown() // 2**20)


def ask(path: Path) -> None:
    """Open the index and ask once; prints the seconds of both by the clock, and the memory used in MB."""
    grown = watch_peak()
    started = time.perf_counter()
    loaded = read_cache(path, VIEW)
    assert loaded is not None
    opened = time.perf_counter()
    text = " ".join(loaded.texts[len(loaded.texts) // 2].split()[:12])
    found = sought_stretches(make_library([loaded]), text)
    assert any(one.first <= len(loaded.texts) // 2 <= one.last for one in found)
    asked = time.perf_counter()
    print(opened - started, asked - opened, grown() // 2**20)


def rows(data: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.index"
        seconds, letters, room = _process("build", data, path)
        size = path.stat().st_size / 1e6
        opened, asked, used = min(_process("ask", data, path) for _ in range(3))
    what = f"Index of {MANY:,} passages, {letters / 1e6:.0f} M letters"
    yield Row(f"{what}: built on one core", "50 s", "30 s", f"{seconds:.0f} s ({room:.0f} MB while building)")
    said = f"{opened:.3f} s; {opened + asked:.3f} s to the first answer"
    yield Row(f"{what}: cold start", "-", "0.2 s", said)
    yield Row(f"{what}: memory", "0.6 GB", "0.6 GB", f"{size / 1000:.2f} GB mapped file, {used:.0f} MB of it in use")


def _process(step: str, data: Path, path: Path) -> tuple[float, ...]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.verification_index", step, str(data), str(path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(map(float, done.stdout.split()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        build(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["ask"]:
        ask(Path(sys.argv[3]))
    else:
        run(rows)
