"""How well shared passages are found, and at what cost.

python -m benchmarks.transmission --data FOLDER [--seed N] [--skip growth] [--peers]

FOLDER holds `reuse/` (speeches, Indonesian gold), `polnear/train/text` and `editions/`; nothing of it is part of the
project. Prints one table a gold set (PlagDet with the neutral rule, raw value beside it, detections of a pair within
300 code points merged), recall by kind of change, false alarms in articles without a plant, the tree of a tradition
whose history is known, a viral passage, CPU seconds and memory at 1x, 4x and 16x, and the join under smaller and
smaller caps of memory. With `--peers` passim and TextPAIR get the same texts, where they are installed
(`benchmarks.transmission_peers` says how).
"""

from __future__ import annotations

import argparse
import platform
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import transmission_arabic, transmission_english, transmission_peers
from benchmarks.memory import watch_peak
from benchmarks.transmission_data import read_arabic, read_articles, read_indonesian, read_speeches
from benchmarks.transmission_plagdet import Case, by_condition, drop_neutral, measure, merge
from benchmarks.transmission_tradition import report_tradition
from catena.engines.within import join_within
from catena.lexicons.folding import load_fold_table
from catena.model import Document, Span
from catena.transmission import find_passages, find_seeds, find_similar, split_sentences
from catena.transmission.similar import find_news

TABLE = load_fold_table()
SETS = ("english", "arabic", "indonesian", "tradition", "viral", "growth")
SOURCES = 660  # speeches that the English set plants from
CAPS = (1000, 600, 300, 150, 60)  # MB
COLUMNS = ("first", "second", "start", "end", "other_start", "other_end")


def detect(texts: dict[str, str]) -> tuple[list[Case], list[Case], tuple[float, float]]:
    """Shared passages and similar sentences between hosts and sources, and the CPU seconds each took."""
    began = time.process_time()
    documents = [Document.of(text) for text in texts.values()]
    names = list(texts)
    seeds = [find_seeds(document, TABLE) for document in documents]
    passages = find_passages(seeds)
    shared = []
    columns = [getattr(passages.chains, name).tolist() for name in COLUMNS]
    for first, second, *ends in zip(*columns, strict=True):
        here, there = seeds[first].view.project(Span(*ends[:2])), seeds[second].view.project(Span(*ends[2:]))
        shared.append((names[first], here.start, here.end, names[second], there.start, there.end))
    middle = time.process_time()
    sentences = [split_sentences(document, seed) for document, seed in zip(documents, seeds, strict=True)]
    number_of = {name: number for number, name in enumerate(names)}
    known: dict[int, dict[int, list[Span]]] = {}
    for this, start, end, other, other_start, other_end in shared:
        one, two = number_of[this], number_of[other]
        known.setdefault(one, {}).setdefault(two, []).append(Span(start, end))
        known.setdefault(two, {}).setdefault(one, []).append(Span(other_start, other_end))
    similar = []
    for found in find_news(find_similar(sentences), sentences, known):
        mine, theirs = sentences[found.first], sentences[found.second]
        here = (names[found.first], int(mine.starts[found.start]), int(mine.ends[found.end - 1]))
        there = (int(theirs.starts[found.other_start]), int(theirs.ends[found.other_end - 1]))
        similar.append((*here, names[found.second], *there))
    seconds = (middle - began, time.process_time() - middle)
    return _from_hosts(shared), _from_hosts(similar), seconds


def _from_hosts(rows: Sequence[tuple[str, int, int, str, int, int]]) -> list[Case]:
    """Only pairs of a host and a source, the host first."""
    turned = [row if row[0][0] == "H" else (*row[3:], *row[:3]) for row in rows]
    return [Case(*row) for row in turned if row[0][0] == "H" and row[3][0] == "S"]


def report(title: str, texts: dict[str, str], cases: Sequence[Case], *, peers: bool = False) -> None:
    """One gold set: shared passages alone, and with similar sentences; the peers on the same texts."""
    shared, similar, seconds = detect(texts)
    planted = {case.this for case in cases}
    words = sum(len(text.split()) for name, text in texts.items() if name[0] == "H" and name not in planted)
    print(f"\n## {title}: {len(texts)} documents, {len(cases)} cases, {words:,} words in hosts without a case")
    for label, found in (("passages", shared), ("passages + similar sentences", shared + similar)):
        kept = merge(drop_neutral(cases, found))
        one, raw = measure(cases, kept), measure(cases, merge(found))
        alone = measure(cases, drop_neutral(cases, found)).plagdet
        alarms = sum(case.this not in planted for case in kept)
        rate = f"{alarms / words * 1e6:.1f}/M words" if words else "-"
        print(
            f"{label}: merged {one.plagdet:.3f} (raw {raw.plagdet:.3f}, unmerged {alone:.3f}); "
            f"recall {one.recall:.3f}, precision {one.precision:.3f}, "
            f"granularity {one.granularity:.2f}; false alarms {alarms} = {rate}"
        )
        recalls = by_condition(cases, one.recalls)
        print("  recall " + ", ".join(f"{name} {value:.2f}" for name, value in recalls.items()))
    print(f"CPU {seconds[0]:.1f} s passages, {seconds[1]:.1f} s similar sentences")
    if peers:
        report_peers(texts, cases, seconds[0])


def report_peers(texts: dict[str, str], cases: Sequence[Case], own: float) -> None:
    """What the peers find in the same texts, by the same scorer; `own` is what our passages took, in CPU seconds."""
    lacking = transmission_peers.missing_passim()
    name = transmission_peers.name_passim()
    if lacking:
        print(f"{name}: {lacking}", flush=True)
    else:
        run = transmission_peers.run_passim(texts)
        size = sum(len(text.encode()) for text in texts.values())
        for least in (0.0, transmission_peers.LEAST_ALIKE):
            found = transmission_peers.turned(run.rows, least)
            kept = drop_neutral(cases, found)
            one, alone = measure(cases, merge(kept)), measure(cases, kept).plagdet
            print(
                f"{name}, defaults, letters alike {least:.1f} or more: merged {one.plagdet:.3f} "
                f"(raw {measure(cases, merge(found)).plagdet:.3f}, unmerged {alone:.3f}); "
                f"recall {one.recall:.3f}, precision {one.precision:.3f}"
            )
        print(
            f"{name}: {len(run.rows)} pairs, CPU {run.seconds:.1f} s without clustering, {run.seconds / own:.0f} times "
            f"ours; {run.memory / 1e9:.1f} GB for {size / 1e6:.1f} MB of text",
            flush=True,
        )
    lacking = transmission_peers.missing_textpair()
    print(f"TextPAIR: {lacking or 'found, but not run: its preprocessing is not part of this benchmark'}", flush=True)


def viral(speeches: dict[str, str], seed: int) -> None:
    """One passage put into 160 of 400 documents: how many copies are found."""
    rng = random.Random(seed)
    names = list(speeches)[:400]
    donor = speeches[list(speeches)[450]]
    passage = " ".join(donor.split()[200:280])
    carriers = set(rng.sample(range(400), 160))
    texts = []
    for number, name in enumerate(names):
        text = speeches[name][:6000]
        texts.append(f"{text[:3000]}\n{passage}\n{text[3000:]}" if number in carriers else text)
    began = time.process_time()
    seeds = [find_seeds(Document.of(text), TABLE) for text in texts]
    chains = find_passages(seeds).chains
    held = set()
    for document, start, end in (
        *zip(chains.first, chains.start, chains.end, strict=True),
        *zip(chains.second, chains.other_start, chains.other_end, strict=True),
    ):
        place = seeds[document].view.project(Span(int(start), int(end)))
        at = texts[document].find(passage)
        if at >= 0 and min(place.end, at + len(passage)) - max(place.start, at) > 0.8 * len(passage):
            held.add(int(document))
    cost = time.process_time() - began
    print(f"\n## One passage in 160 of 400 documents: {len(held)} copies, {len(chains)} pairs, {cost:.1f} s CPU")


def growth(data: Path, part: int) -> None:
    """One size, in this process: prints its row. `part` is the share of the speeches, 16 for all."""
    grown = watch_peak()
    texts = list(read_speeches(data, part).values())
    size = sum(len(text.encode()) for text in texts)
    began, wall = time.process_time(), time.perf_counter()
    documents = [Document.of(text) for text in texts]
    seeds = [find_seeds(document, TABLE) for document in documents]
    middle = time.process_time()
    passages = find_passages(seeds)
    end, spent = time.process_time(), time.perf_counter() - wall
    room = grown()
    similar = find_similar([split_sentences(document, seed) for document, seed in zip(documents, seeds, strict=True)])
    last = time.process_time()
    clusters = len(np.unique(passages.cluster))
    print(
        f"{part:>2}/16 {len(texts):>5} docs {size / 1e6:5.1f} MB: seeds {middle - began:5.2f} s, passages "
        f"{end - middle:5.2f} s CPU ({spent:.1f} s wall), {clusters} passages, "
        f"{room / size:.0f} bytes a byte of text; "
        f"similar sentences {last - end:5.2f} s CPU, {len(similar)} found"
    )


def join_capped(data: Path, cap: int) -> None:
    """All speeches under a cap of so many MB, in this process: what the join takes beside texts and seeds, and CPU."""
    seeds = [find_seeds(Document.of(text), TABLE) for text in read_speeches(data, 16).values()]
    grown, began = watch_peak(), time.process_time()
    join_within(seeds, 0, cap * 1_000_000)
    print(f"join, cap of {cap:>5,} MB: {grown() / 1e6:5.0f} MB, {time.process_time() - began:.1f} s CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, nargs="+", default=[20261, 5, 6, 7])
    parser.add_argument("--skip", nargs="*", default=[], choices=SETS)
    parser.add_argument("--speeches", type=int, default=SOURCES, help="Sources of the English set; fewer for peers.")
    parser.add_argument("--peers", action="store_true", help="Run passim and TextPAIR on the same texts, if installed.")
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--cap", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cap:
        join_capped(given.data, given.cap)
        return
    if given.part:
        growth(given.data, given.part)
        return
    print(f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    speeches = read_speeches(given.data)
    names = list(speeches)
    seeds = [] if "english" in given.skip else given.seed
    for number, seed in enumerate(seeds):
        some = names[number * SOURCES % len(names) :][: given.speeches]  # other speeches for every seed
        planted = transmission_english.plant(read_articles(given.data), {name: speeches[name] for name in some}, seed)
        report(f"Synthetic English, seed {seed}", planted.texts, planted.cases, peers=given.peers)
    if "arabic" not in given.skip:
        planted = transmission_arabic.plant(*read_arabic(given.data), 77)
        report("Synthetic Arabic", planted.texts, planted.cases, peers=given.peers)
    if "indonesian" not in given.skip:
        report("Indonesian gold", *read_indonesian(given.data), peers=given.peers)
    if "tradition" not in given.skip:
        report_tradition(given.data, TABLE)
    if "viral" not in given.skip:
        viral(speeches, 1)
    if "growth" not in given.skip:
        print("\n## Growth")
        for own in (*(("--part", part) for part in (1, 4, 16)), *(("--cap", cap) for cap in CAPS)):
            command = [sys.executable, "-m", "benchmarks.transmission", "--data", given.data, *own]
            subprocess.run(list(map(str, command)), check=True)  # each in a process of its own


if __name__ == "__main__":
    main()
