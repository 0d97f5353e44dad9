"""First paint and scrolling of a long document in headless Chromium: `python -m benchmarks.browser`.

Makes an Arabic document of 300,000 characters with 3,000 findings, serves it, and prints what the browser says. Needs
Chromium, Node and tests/browser/node_modules (`./test` installs them).
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from catena.model import Document, Finding, MadeBy, make_finding
from catena.store import FileResult, FileStamp, Project
from catena.text import find_words

BROWSER = Path(__file__).parent.parent / "tests" / "browser"
WORDS = [
    "قال",
    "الوزير",
    "إن",
    "البحيرات",
    "ستبقى",
    "مفتوحة",
    "أمام",
    "جميع",
    "الأعضاء",
    "وأضاف",
    "أن",
    "الاجتماع",
    "القادم",
    "سيعقد",
    "في",
    "الميناء",
]
KINDS = ("quotation", "date", "figure", "attribution", "name")


def make_document(characters: int, draw: random.Random) -> Document:
    """Paragraphs of random words, 300 to 700 characters each."""
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        words = " ".join(draw.choices(WORDS, k=draw.randint(50, 110)))
        paragraphs.append(f"{words}.")
        length += len(words) + 3
    return Document.of("\n\n".join(paragraphs)[:characters], "long.txt")


def make_findings(document: Document, count: int, draw: random.Random) -> tuple[Finding, ...]:
    """Findings of several kinds on runs of 1 to 12 words; many overlap."""
    words = find_words(document.text)
    found = []
    for number in range(count):
        first = draw.randrange(len(words) - 12)
        last = words[first + draw.randrange(12)]
        span = type(last)(words[first].start, last.end)
        kind = KINDS[number % len(KINDS)]
        found.append(make_finding(document, kind, {"content": span}, MadeBy("benchmark"), values={"n": number}))
    return tuple(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--findings", type=int, default=3_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    draw = random.Random(1)
    document = make_document(arguments.characters, draw)
    findings = make_findings(document, arguments.findings, draw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.catena"
        with Project.create(path) as project:
            stamp = FileStamp("long.txt", len(document.text), 1)
            project.add(FileResult(stamp, "0" * 64, "ok", "read", "", document, findings, 0.0, "benchmark"))
        command = [sys.executable, "-u", "-m", "catena", "open", str(path), "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
            try:
                address = reader.stdout.readline().removeprefix("Reading at ").strip() if reader.stdout else ""
                measured = [measure(address) for _ in range(arguments.runs)]
            finally:
                reader.terminate()
    print(f"{platform.machine()}, Python {platform.python_version()}, {arguments.runs} runs, milliseconds")
    print(f"{len(document.text):,} characters, {len(findings):,} findings")
    for name in measured[0]:
        values = [run[name] for run in measured]
        print(f"{name:28} median {statistics.median(values):8.1f}   max {max(values):8.1f}")


def measure(address: str) -> dict[str, float]:
    """One fresh browser: times in milliseconds, and how many highlights cover other words than their finding's."""
    command = ["node", str(BROWSER / "measure.mjs"), address]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=BROWSER)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
