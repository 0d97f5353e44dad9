"""Search at size: `python benchmarks/search.py [DOCUMENTS]` makes its own texts and checks every span.

Prints index time, size against the text, latency of a page of 20 ranked hits (median and 95th percentile),
time to load the file states, and how many documents differ from a plain scan of the texts.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from catena.model import Document, MadeBy, Origin, Span, make_finding
from catena.store import FileResult, FileStamp, Project, open_or_create
from catena.store.tokens import find_tokens

SEED = 7
WORDS_EACH = 300
BATCH = 100
RUNS = 5
ENGLISH = (
    "the", "of", "council", "talks", "border", "treaty", "minister", "said", "peace", "river", "harbour",
    "don’t", "will", "sign", "Northern", "4,500",
)  # fmt: skip
ARABIC = (
    "قال", "الوزير", "إنَّ", "المجلس", "سلام", "نهر", "الميناء", "اتفاق", "معاهدة", "السّلام",
    "لا", "نوقّع",
)  # fmt: skip
PHRASES = (
    "council", '"minister said"', "trea*", "سلام", '"قال الوزير"', "dont", "4500", "rare17", "word42*",
)  # fmt: skip
QUERIES = (
    *PHRASES, "harbour treaty", "NEAR(peace river, 3)", "talks NOT peace", "السلام OR treaty",
    '"the council" sign',
)  # fmt: skip


def make_text(chance: random.Random) -> str:
    common = ARABIC if chance.random() < 0.4 else ENGLISH
    # Half of the words come from a long tail, as in real text.
    words = [
        chance.choice(common) if chance.random() < 0.5 else f"word{int(chance.paretovariate(0.6)) % 40_000}"
        for _ in range(WORDS_EACH)
    ]
    if chance.random() < 0.01:
        words.append(f"rare{chance.randrange(30)}")
    return " ".join(word + chance.choice(("", "", "", ",", ".", "\n\n")) for word in words)


def make_result(number: int, text: str) -> FileResult:
    name = f"{number}.txt"
    document = Document(text, Origin(name, f"{number:064x}"))
    finding = make_finding(document, "name", {"content": Span(0, 5)}, MadeBy("bench"))
    stamp = FileStamp(name, len(text), number)
    return FileResult(stamp, document.origin.sha256, "ok", "read", "", document, (finding,), 0.0, "r1")


def scan(tokens: list[str], spans: list[Span], words: list[str], *, prefix: bool) -> tuple[Span, ...]:
    """Every place of the words in a row, without the index."""
    found = []
    for at in range(len(tokens) - len(words) + 1):
        piece = tokens[at : at + len(words)]
        if piece == words or (prefix and piece[:-1] == words[:-1] and piece[-1].startswith(words[-1])):
            found.append(Span(spans[at].start, spans[at + len(words) - 1].end))
    return tuple(found)


def check(project: Project, texts: list[str]) -> tuple[int, int]:
    """(spans, documents that differ) over the queries that are one phrase."""
    indexed = [find_tokens(text) for text in texts]
    spans = differ = 0
    for query in PHRASES:
        words = find_tokens(query)[0]
        hits = {hit.document.path: hit.spans for hit in project.search(query, limit=len(texts)).hits}
        for number, (tokens, places) in enumerate(indexed):
            expected = scan(tokens, places, words, prefix=query.endswith("*"))
            spans += len(expected)
            differ += hits.get(f"{number}.txt", ()) != expected
    return spans, differ


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    chance = random.Random(SEED)
    texts = [make_text(chance) for _ in range(count)]
    size = sum(len(text.encode()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.catena"
        with open_or_create(path) as project:
            began = time.perf_counter()
            for at in range(0, count, BATCH):
                project.add_many(make_result(at + n, text) for n, text in enumerate(texts[at : at + BATCH]))
            seconds = time.perf_counter() - began
        print(f"{count} documents, {size / 1e6:.1f} MB of text: added in {seconds:.1f} s ({count / seconds:.0f}/s)")
        print(f"file {path.stat().st_size / 1e6:.1f} MB with the text: {path.stat().st_size / size:.2f} x")
        with Project.open(path, read_only=True) as project:
            began = time.perf_counter()
            project.file_states()
            print(f"file states: {(time.perf_counter() - began) * 1000:.1f} ms")
            times = []
            for query in QUERIES * RUNS:
                began = time.perf_counter()
                project.search(query)
                times.append((time.perf_counter() - began) * 1000)
            late = statistics.quantiles(times, n=20)[-1]
            print(f"page of 20 with spans: median {statistics.median(times):.1f} ms, p95 {late:.1f} ms")
            spans, differ = check(project, texts)
            print(f"{len(PHRASES)} phrase queries, {spans} spans: {differ} documents differ from a scan")


if __name__ == "__main__":
    main()
