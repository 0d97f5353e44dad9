"""Hostile collections: does the time grow no faster than n log n?

python -m benchmarks.transmission_adversarial [--largest 64] [--skip-100]

Each kind at 1x, 4x, 16x and 64x its size: CPU seconds of the whole comparison (folding, seeds, join, sentences,
findings) and the exponent between sizes, counted in letters; then single files of 100 MB, with the
memory that each takes. Words are invented.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable
from itertools import pairwise

from benchmarks.memory import watch_peak
from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import Memory, update_shared

TABLE = load_fold_table()
RNG = random.Random(1)
LEXICON = ["".join(RNG.choice("abcdefghijklmnoprstuvwz") for _ in range(RNG.randint(2, 9))) for _ in range(20_000)]


def words(count: int) -> str:
    return " ".join(RNG.choices(LEXICON, k=count))


FORMULA = words(120)
SMALL = 250  # documents at 1x

KINDS: dict[str, Callable[[int], list[str]]] = {
    "all identical but for a space": lambda n: [FORMULA + " " * number for number in range(n)],
    "the same formula in every document": lambda n: [f"{words(150)} {FORMULA} {words(150)}" for _ in range(n)],
    "nearly identical": lambda n: [f"{FORMULA} {words(6)}" for _ in range(n)],
    "each quotes the one before": lambda n: _quoting(n),
    "empty": lambda n: [" " * number for number in range(n)],
    "one word": lambda n: [f"peace{'!' * number}" for number in range(n)],
    "one document, the same line again and again": lambda n: ["and nobody will ever close the harbour " * (n * 20)],
    "one document, one letter": lambda n: ["a" * (n * 800)],
    "nothing shared": lambda n: [words(300) for _ in range(n)],
}


def _quoting(count: int) -> list[str]:
    parts = [words(150) for _ in range(count + 1)]
    return [f"{one} {other}" for one, other in pairwise(parts)]


def compare(texts: list[str]) -> tuple[float, int, int]:
    """CPU seconds, findings and notes of bounds."""
    began = time.process_time()
    documents = [Document.of(text) for text in texts]
    shared = update_shared(documents, [str(number) for number in range(len(texts))], TABLE, Memory.empty())
    return time.process_time() - began, sum(map(len, shared.findings.values())), len(shared.notes)


def grow(label: str, largest: int) -> None:
    """One kind at its sizes: CPU seconds, exponent against the size before, findings, notes."""
    cells, before, smaller = [], 0.0, 0
    for times in (1, 4, 16, 64):
        if times > largest:
            break
        texts = KINDS[label](SMALL * times)
        letters = sum(map(len, texts))
        seconds, findings, notes = compare(texts)
        exponent = f" (n^{math.log(seconds / before) / math.log(letters / smaller):.2f})" if before > 0.02 else ""
        cells.append(f"{seconds:6.2f} s{exponent}, {findings} findings, {notes} notes")
        before, smaller = seconds, letters
    print(f"| {label} | " + " | ".join(cells) + " |", flush=True)


def hundred() -> None:
    """Single files of 100 MB: prose, one line again and again, one letter."""
    line = words(12_000)
    for label, text in (
        ("100 MB of prose", " ".join(words(100_000) for _ in range(170))[:100_000_000]),
        ("100 MB, 80 KB again and again", (line + " ") * (100_000_000 // len(line))),
        ("100 MB, one letter", "a" * 100_000_000),
    ):
        peak = watch_peak()
        seconds, findings, notes = compare([text])
        print(f"| {label} | {seconds:.1f} s, {findings} findings, {notes} notes, {peak() / 1e6:,.0f} MB |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--largest", type=int, default=64)
    parser.add_argument("--skip-100", action="store_true")
    given = parser.parse_args()
    compare(KINDS["nothing shared"](50))  # what is loaded once
    print(f"| collection | 1x ({SMALL} documents) | 4x | 16x | 64x |\n|---|---|---|---|---|")
    for label in KINDS:
        grow(label, given.largest)
    if not given.skip_100:
        hundred()


if __name__ == "__main__":
    main()
