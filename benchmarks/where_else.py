"""Where else a passage stands, at size: `python -m benchmarks.where_else [--documents 20000] [--keep FILE]`.

Makes a project of invented texts in which passages travel (from two documents to two hundred), then prints what the
comparison of all takes, what ten more documents take, how long the reader needs to say where else a passage stands, and
how long its chain view takes to open, both over the application's own routes. CPU time of this one process; the slowest
of all passages asked for is what counts.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.make_corpus import make_result, make_texts
from catena.kit import load_kit
from catena.model import Span
from catena.relating import relate_project
from catena.store import FileResult, Project, open_or_create
from catena.web import create_app

BATCH = 200
TOKEN = "benchmark"
TRAVELS = (2, 3, 5, 8, 20, 60, 200)  # documents that carry one passage
EACH = 60  # passages of each such number, for 20,000 documents
WORDS = 40  # words of a passage
ADDED = 10
ASKED = 120


def make_results(documents: int, seed: int = 5) -> Iterator[FileResult]:
    """Documents as a build would have stored them, with passages that travel from one to others, some words changed."""
    chance = random.Random(seed)
    passages = [text.split(" ")[:WORDS] for text in make_texts(len(TRAVELS) * EACH * documents // 20_000 + 7, seed + 1)]
    given: dict[int, list[list[str]]] = {}
    for number, words in enumerate(passages):
        for at in chance.sample(range(documents), min(documents, TRAVELS[number % len(TRAVELS)])):
            copy = [word for word in words if chance.random() > 0.03]
            given.setdefault(at, []).append(copy)
    for number, text in enumerate(make_texts(documents, seed)):
        words = text.split(" ")
        for passage in given.get(number, ()):
            at = chance.randrange(len(words))
            words[at:at] = passage
        yield make_result(number, " ".join(words))


def add(path: Path, results: Iterator[FileResult]) -> None:
    with open_or_create(path) as project:
        waiting: list[FileResult] = []
        for result in results:
            waiting.append(result)
            if len(waiting) == BATCH:
                project.add_many(waiting)
                waiting = []
        project.add_many(waiting)
        project.set_meta("relate", "pending")


def relate(path: Path) -> float:
    """CPU seconds of the comparison and dating."""
    kit = load_kit()
    began = time.process_time()
    with Project.open(path) as project:
        relate_project(project, kit)
    return time.process_time() - began


def read(path: Path) -> None:
    """What the reader takes for passages that travel."""
    with Project.open(path, read_only=True) as project:
        rows = {row.path: row.number for row in project.documents()}
        found = [(rows[name], one.place) for name, one, _ in project.all_findings(["reuse"]) if one.value("other")]
    first, *asked = random.Random(1).sample(sorted(set(found)), min(ASKED + 1, len(set(found))))
    app = create_app(path, token=TOKEN, host="127.0.0.1", port=8000)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        client.get(f"/?token={TOKEN}")
        for name, form in (("where else", "/api/documents/{}/elsewhere"), ("chain view", "/where/{}")):
            once = ask(client, form, *first)  # loads what the reader needs for such an answer
            times = [ask(client, form, number, span) for number, span in asked]
            late = statistics.quantiles(times, n=20)[-1]
            print(
                f"{name}: median {statistics.median(times):.1f} ms, p95 {late:.1f} ms, slowest {max(times):.1f} ms;"
                f" the first after a start {once:.1f} ms"
            )


def ask(client: TestClient, form: str, number: int, span: Span) -> float:
    """Milliseconds of one answer. Raises `RuntimeError` when it is none."""
    began = time.process_time()
    answer = client.get(form.format(number), params={"start": span.start, "end": span.end})
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.url}: {answer.status_code}")
    return (time.process_time() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="The project file: made when absent, and kept.")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}; {arguments.documents} documents")
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "where.catena"
        if not path.exists():
            add(path, make_results(arguments.documents))
            print(f"comparison of all: {relate(path):.1f} s of CPU")
        more = make_results(ADDED, seed=int(time.time()))
        add(path, (_renamed(result, number) for number, result in enumerate(more)))
        print(f"{ADDED} more documents: {relate(path):.1f} s of CPU")
        read(path)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def _renamed(result: FileResult, number: int) -> FileResult:
    """The result under a path that is not taken."""
    name = f"more/{time.time_ns()}-{number}.txt"
    return replace(result, stamp=replace(result.stamp, path=name))


if __name__ == "__main__":
    main()
