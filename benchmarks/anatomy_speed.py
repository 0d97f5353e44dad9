"""Documents a second for the anatomy steps alone: `python -m benchmarks.anatomy --speed 1000`.

The documents are put together from the benchmark's own statements: the head of one, then paragraphs of others, about
3,000 code points each, no two alike. One process; CPU seconds; word lists are loaded before the clock runs.
"""

from __future__ import annotations

import platform
import random
import time
from collections.abc import Iterator, Sequence

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


def _seconds(documents: Sequence[Document], steps: tuple[str, ...]) -> float:
    kit = load_kit()
    began = time.process_time()
    for document in documents:
        analyse(document, kit, steps)
    return time.process_time() - began
