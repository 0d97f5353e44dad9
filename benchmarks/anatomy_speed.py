"""Documents a second: `python -m benchmarks.anatomy --speed 1000`.

The documents are put together from the benchmark's own statements: the head of one, then paragraphs of others, about
3,000 code points each, no two alike. The anatomy steps alone: one process, CPU seconds, word lists loaded before the
clock runs. A whole `catena build` of a folder of 40 of them by two workers, from a cold start: CPU and wall seconds;
`taskset -c 0,1` holds it to two cores.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from catena.kit import load_kit
from catena.model import Document
from catena.pipeline import analyse

STEPS = ("layout", "sections", "languages", "dates", "names", "proper names", "figures", "events")
SIZE = 3000  # code points a document
WARM = 40  # documents read before the clock runs


def make_documents(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[Document]:
    """`count` documents out of the paragraphs of `texts`, the same for the same seed."""
    draw = random.Random(seed)
    heads = [text.split("\n\n")[:4] for text in texts]
    bodies = [part for text in texts for part in text.split("\n\n")[2:] if len(part) > 80]
    for number in range(count):
        parts = list(draw.choice(heads))
        while sum(map(len, parts)) < SIZE:
            parts.append(draw.choice(bodies))
        yield Document.of("\n\n".join(parts), f"{number}.txt")


def measure_speed(texts: Sequence[str], count: int) -> Iterator[str]:
    """Lines for the table: documents and code points a CPU second, and the share of each step."""
    kit = load_kit()
    documents = list(make_documents(texts, count))
    for document in documents[:WARM]:
        analyse(document, kit, STEPS)
    whole = _seconds(documents, STEPS)
    size = sum(len(document.text) for document in documents)
    yield f"{count} documents of {size // count} code points, {platform.machine()}, Python {platform.python_version()}"
    yield f"{count / whole:.1f} documents and {size / whole:,.0f} code points a CPU second, one process"
    yield f"40 documents: {40 * whole / count:.1f} CPU seconds; 10,000 by the same rate: {10_000 * whole / count:,.0f}"
    for step in STEPS:
        yield f"    {step:<14}{_seconds(documents[:200], (step,)) / len(documents[:200]) * 1000:>8.2f} ms a document"


def measure_build(texts: Sequence[str]) -> Iterator[str]:
    """Whole builds of `WARM` documents, with attribution, checks and shared passages: the first statements as they are,
    and the made ones, which share most of their paragraphs."""
    own = [Document.of(text, f"{number}.txt") for number, text in enumerate(texts[:WARM])]
    yield _build("statements", own)
    yield _build("documents that share paragraphs", list(make_documents(texts, WARM)))


def _build(name: str, documents: Sequence[Document]) -> str:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "texts"
        folder.mkdir()
        for document in documents:
            (folder / document.origin.name).write_text(document.text, encoding="utf-8")
        command = [sys.executable, "-m", "catena", "build", str(folder), "-o", str(Path(place) / "p.catena")]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*command, "--workers", "2"], check=True, stdout=subprocess.DEVNULL)
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return f"catena build of {len(documents)} {name}, 2 workers: {cpu:.1f} CPU seconds, {wall:.1f} seconds; {load}"


def _seconds(documents: Sequence[Document], steps: tuple[str, ...]) -> float:
    kit = load_kit()
    began = time.process_time()
    for document in documents:
        analyse(document, kit, steps)
    return time.process_time() - began
