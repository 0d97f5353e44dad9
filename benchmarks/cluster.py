"""A real cluster on this machine: several workers, one of them killed during the run, the same result.

python -m benchmarks.cluster [--workers 3] [--documents 400] [--without-killing]

Starts a master and workers of Spark's own cluster manager (Java 17 is needed, and the extra `cluster`), each with
executors in processes of their own; reads and joins invented documents there, kills one worker with all its executors
while tasks run, and compares with the plain engine. Ends with 0 only when both results are equal.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.make_corpus import make_texts
from catena.engines import Here, Spark
from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import Joined, find_seeds, join_here

MEMORY = "640m"  # of an executor; a worker offers a little more
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(*command: str) -> subprocess.Popen[bytes]:
    """A process with its own group, so that all that it starts can be ended with it."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1", "SPARK_LOCAL_IP": "127.0.0.1"}
    environment |= {"PYSPARK_PYTHON": sys.executable, "SPARK_DAEMON_MEMORY": "256m"}
    return subprocess.Popen(
        [str(home / "bin" / "spark-class"), *command],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a master, and its workers; all are ended at the end."""
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    names = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port()))
    started = [start("org.apache.spark.deploy.master.Master", *names)]
    try:
        wait_for(port)
        for _ in range(workers):
            offer = ("--cores", "1", "--memory", "700m", "--host", "127.0.0.1", "--webui-port", str(free_port()))
            started.append(start("org.apache.spark.deploy.worker.Worker", *offer, address))
        yield address, started[1:]
    finally:
        for process in started:
            end(process)


def wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.3)
    raise SystemExit(f"no master answered on port {port} within {START_SECONDS} s")


def make_collection(count: int) -> list[str]:
    """Invented documents, each with a passage of one of a few, changed a little."""
    rng = random.Random(5)
    passages = [text.split() for text in make_texts(max(1, count // 20), seed=9, each=60)]
    texts = []
    for text in make_texts(count, each=400):
        words = list(rng.choice(passages))
        words[rng.randrange(len(words))] = "harbour"
        texts.append(f"{text} {' '.join(words)}")
    return texts


def rows(joined: Joined) -> list[tuple[int, ...]]:
    chains = joined.chains
    return sorted(zip(*(getattr(chains, name).tolist() for name in type(chains).__slots__), strict=True))


def count_letters(text: str) -> int:
    """What the map does with each document here; it takes long enough to be interrupted."""
    time.sleep(0.05)
    return len(find_seeds(Document.of(text), load_fold_table()))


def kill_one(spark: Any, victim: subprocess.Popen[bytes], said: list[str]) -> None:
    """End the worker as soon as tasks run."""
    tracker = spark.sparkContext.statusTracker()
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
        running = [one for one in stages if one and one.numActiveTasks]
        if running:
            end(victim)
            said.append(f"killed a worker while {running[0].numActiveTasks} tasks of stage {running[0].stageId} ran")
            return
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--without-killing", action="store_true")
    given = parser.parse_args()
    texts = make_collection(given.documents)
    seeds = [find_seeds(Document.of(text), load_fold_table()) for text in texts]
    began = time.monotonic()
    plain, counted = join_here(seeds), [one.result for one in Here().run(TASK, texts, seconds=60)]
    print(f"here: {len(plain.chains)} chains, {sum(counted):,} letters, {time.monotonic() - began:.1f} s")
    with cluster(given.workers) as (address, workers):
        engine = Spark(given.workers, master=address, memory=MEMORY)
        spark, said, victims = engine.open(), list[str](), iter(workers)
        for name in ("map", "join"):
            began = time.monotonic()
            thread = threading.Thread(target=kill_one, args=(spark, next(victims), said))
            if not given.without_killing:
                thread.start()
            if name == "map":
                found = {one.item: one.result for one in engine.run(TASK, texts, seconds=60)}
                same = [found.get(text) for text in texts] == counted
            else:
                there = engine.join(seeds, 0)
                same = rows(there) == rows(plain) and np.array_equal(there.spread, plain.spread)
            if thread.is_alive() or thread.ident:
                thread.join()
            told = said[-1] if said else "nobody killed"
            print(f"cluster, {name}: {time.monotonic() - began:.1f} s; {told}; same: {same}")
            if not same:
                raise SystemExit(1)
        print(f"{sum(worker.poll() is None for worker in workers)} of {len(workers)} workers left")
        spark.stop()


TASK = "benchmarks.cluster:count_letters"

if __name__ == "__main__":
    main()
