"""Search, concordance and counting at size: `python -m benchmarks.workbench [--documents 20000] [--keep FILE]`.

Prints indexing time and file size against the text, a page of 20 hits with exact spans, a jump in a long concordance,
keyness over the corpus, the pages over HTTP, first paint and jumps in headless Chromium, many readers at once, and
carrying annotations to new versions. Times are CPU time of this one process, so that they can be compared on a busy
machine; on an idle one wall time is hardly longer. Those of the browser and of many readers are wall time.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from benchmarks.make_corpus import make_result, make_texts
from catena import counting
from catena.carrying import find_places
from catena.model import Span
from catena.store import Project, open_or_create
from catena.web import create_app

BATCH = 200
TOKEN = "benchmark"
BROWSER = Path(__file__).parent.parent / "tests" / "browser"
JUMPS = 40


def pick_queries(project: Project) -> list[str]:
    """Queries over common, middling and rare words of the corpus."""
    corpus = project.corpus()
    order = corpus.frequencies.argsort()[::-1]
    word = [corpus.vocabulary[int(order[at])] for at in (3, 9, 40, 160, 700, 2500, 9000)]
    return [
        *word, f'"{word[0]} {word[1]}"', f"{word[2]} {word[3]}", f"NEAR({word[1]} {word[4]}, 5)",
        f"{word[3]} OR {word[5]}", f"{word[4]} NOT {word[2]}", f"{word[5][:3]}*", f"genre:speech {word[3]}",
        f"date:2012..2014 {word[2]}", f'speaker:"Ada Brisk" {word[3]}',
    ]  # fmt: skip


def show(name: str, times: list[float]) -> None:
    """One line: median and 95th percentile in milliseconds."""
    late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(f"{name}: median {statistics.median(times):.1f} ms, p95 {late:.1f} ms")


def clock(work: Callable[[], object]) -> float:
    """Milliseconds of CPU that `work` took."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def index(path: Path, count: int) -> None:
    """Make the project and say how long it took and how large it is."""
    results = [make_result(number, text) for number, text in enumerate(make_texts(count))]
    letters = sum(len(result.document.text) for result in results if result.document)
    size = sum(len(result.document.text.encode()) for result in results if result.document)
    began = time.process_time()
    with open_or_create(path) as project:
        for at in range(0, count, BATCH):
            project.add_many(results[at : at + BATCH])
    print(f"{count} documents, {letters / 1e6:.1f} M characters, {size / 1e6:.1f} MB of text")
    print(f"indexed in {time.process_time() - began:.1f} s")
    with Project.open(path) as project:
        findings = project.room_of("findings")
    whole = path.stat().st_size
    print(f"file {whole / 1e6:.1f} MB: {whole / size:.2f} times the text; {findings / size:.2f} of it are findings")


def search(path: Path) -> list[str]:
    """A page of 20 with every hit exactly placed."""
    with Project.open(path, read_only=True) as project:
        queries = pick_queries(project)
        show("search page of 20 with spans", [clock(lambda q=q: project.search(q)) for q in queries * 5])  # type: ignore[misc]
    return queries


def count_words(path: Path) -> None:
    """Keyness of a quarter against the rest, from the file and with the corpus in memory."""
    with Project.open(path, read_only=True) as project:
        began = time.process_time()
        corpus = project.corpus()
        print(f"corpus of {len(corpus.words) / 1e6:.1f} M words loaded in {time.process_time() - began:.2f} s")
        target = project.find_versions("genre:speech")
        print(f"keyness: {clock(lambda: counting.find_keywords(corpus, target)) / 1000:.2f} s")
        node = corpus.vocabulary[int(corpus.frequencies.argsort()[::-1][2])]
        lines = counting.find_lines(project, corpus, node)
        print(f"concordance of {len(lines.firsts)} lines: {clock(lambda: lines.sort('right')):.0f} ms to sort")
        show("a jump in it, 50 lines", [clock(lambda at=at: counting.show_lines(project, lines, at, 50))  # type: ignore[misc]
             for at in range(0, max(1, len(lines.firsts) - 50), max(1, len(lines.firsts) // 40))])  # fmt: skip
        print(f"collocates of it: {clock(lambda: counting.find_neighbours(corpus, lines)) / 1000:.2f} s")
        print(f"bigrams: {clock(lambda: counting.find_ngrams(corpus, 2)) / 1000:.2f} s")


def pages(path: Path, queries: list[str]) -> None:
    """The same over HTTP, page and all."""
    client = TestClient(create_app(path, token=TOKEN, host="127.0.0.1", port=8000), base_url="http://127.0.0.1:8000")
    client.get(f"/?token={TOKEN}")
    show("page /search over HTTP", [clock(lambda q=q: client.get("/search", params={"q": q})) for q in queries * 3])  # type: ignore[misc]
    for page in ("/", "/doc/7", "/words", "/codes"):
        show(f"page {page} over HTTP", [clock(lambda page=page: client.get(page)) for _ in range(5)])  # type: ignore[misc]


@contextmanager
def serve(path: Path) -> Iterator[str]:
    """The address of a reader in a process of its own, until the end of the block."""
    command = [sys.executable, "-u", "-m", "catena", "open", str(path), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield (server.stdout.readline() if server.stdout else "").removeprefix("Reading at ").strip()
        finally:
            server.terminate()


def paint(path: Path, word: str) -> None:
    """What a person waits for in headless Chromium, if it is there: first paint of three pages, jumps among lines."""
    if not (shutil.which("node") and (BROWSER / "node_modules").is_dir()):
        print("first paint: not measured; Node or tests/browser/node_modules is missing (./test installs them)")
        return
    with serve(path) as address:
        command = ["node", str(BROWSER / "measure_workbench.mjs"), address, word, str(JUMPS)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=BROWSER)
    found = json.loads(done.stdout)
    for page, times in found["paint"].items():
        show(f"first paint of the {page} in Chromium", times)
    show(f"a jump in a concordance of {found['lines']} lines in Chromium, lines from the server", found["fresh"])
    show("the same to lines that were seen before", found["again"])


def read_together(path: Path, queries: list[str], readers: int, seconds: float) -> None:
    """Many readers at once against a server in a process of its own: wall time of each answer, and errors."""
    with serve(path) as address, ThreadPoolExecutor(readers) as pool:
        end = time.monotonic() + seconds
        many = list(pool.map(lambda seed: _read(address, queries, seed, end), range(readers)))
    times = [milliseconds for given, _ in many for milliseconds in given]
    show(f"{readers} readers for {seconds:g} s, {len(times)} pages, {sum(bad for _, bad in many)} errors", times)


def _read(address: str, queries: list[str], seed: int, end: float) -> tuple[list[float], int]:
    """What one reader waited for each page, and how many were no page. A person takes a second or two to look at it."""
    chance = random.Random(seed)
    times, bad = [], 0
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        client.get(address)
        root = address.split("/?")[0]
        while time.monotonic() < end:
            query = {"q": chance.choice(queries)}
            page = chance.choice(["/search", "/search", f"/doc/{chance.randint(1, 500)}", "/"])
            began = time.monotonic()
            answer = client.get(root + page, params=query if page == "/search" else None)
            times.append((time.monotonic() - began) * 1000)
            bad += answer.status_code != 200
            time.sleep(chance.uniform(0.5, 2.5))
    return times, bad


def edit(chance: random.Random, words: list[str]) -> tuple[list[str], dict[int, int]]:
    """Words with 6 % left out, replaced or added, some passages repeated, and where each old word stands now."""
    new: list[str] = []
    where: dict[int, int] = {}
    for at, word in enumerate(words):
        roll = chance.random()
        if roll < 0.02:
            continue
        if roll < 0.04:
            new.append("xx" + word)
            continue
        if roll < 0.06:
            new.append("yy")
        where[at] = len(new)
        new.append(word)
    if chance.random() < 0.3:
        at = chance.randrange(max(1, len(new) - 40))
        if chance.random() < 0.5:
            return new + new[at : at + 40], where
        return new[at : at + 40] + new, {old: place + len(new[at : at + 40]) for old, place in where.items()}
    return new, where


def carry(documents: int = 300, notes: int = 20) -> None:
    """Notes of one to eight words carried to edited texts: how many are right, flagged, or wrong without a word."""
    chance = random.Random(1)
    counts: Counter[str] = Counter()
    spent = 0.0
    for text in make_texts(documents, seed=9):
        words = text.split(" ")
        new, where = edit(chance, words)
        starts = [0, *accumulate(len(word) + 1 for word in words)]
        new_starts = [0, *accumulate(len(word) + 1 for word in new)]
        ranges = [(at, min(len(words), at + chance.randint(1, 8))) for at in chance.sample(range(len(words)), notes)]
        spans = [Span(starts[low], starts[high] - 1) for low, high in ranges]
        began = time.process_time()
        places = find_places(text, " ".join(new), spans)
        spent += time.process_time() - began
        for (low, _), place in zip(ranges, places, strict=True):
            if place.state != "carried" or place.span is None:
                counts[place.state] += 1
            else:
                counts["right" if low in where and place.span.start == new_starts[where[low]] else "WRONG"] += 1
    shares = ", ".join(f"{name} {count} ({count / counts.total():.1%})" for name, count in counts.most_common())
    print(f"notes carried to edited texts: {shares}; {spent / documents * 1000:.1f} ms of CPU a document")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=40, help="How many read at once; 0 leaves that part out.")
    parser.add_argument("--seconds", type=float, default=60.0, help="How long they read.")
    parser.add_argument("--keep", type=Path, help="The project file: made when absent, and kept.")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "bench.catena"
        if not path.exists():
            index(path, arguments.documents)
        queries = search(path)
        count_words(path)
        pages(path, queries)
        paint(path, queries[0])
        if arguments.readers:
            read_together(path, queries, arguments.readers, arguments.seconds)
        carry()


if __name__ == "__main__":
    main()
