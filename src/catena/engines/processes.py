"""The engine on local processes: each worker has one item in hand; one that dies or hangs is replaced.

A worker that is killed costs its own item only: the item is reported with an error and the rest goes on.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from catena.engines.base import Outcome
from catena.engines.wire import receive, send
from catena.engines.within import join_within
from catena.transmission import Joined, Seeds

_TICK = 0.5  # seconds between looks at the clock while nothing is reported


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    item: Any = None
    since: float = 0.0

    @property
    def answers(self) -> BinaryIO:
        return cast("BinaryIO", self.process.stdout)

    def give(self, task: str, item: Any) -> None:
        self.item, self.since = item, time.monotonic()
        send(cast("BinaryIO", self.process.stdin), (task, item))

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(BrokenPipeError):  # unsent bytes for a dead worker
                    stream.close()


class Processes:
    """Runs items on `workers` local processes (default: one for each core)."""

    name = "processes"

    def __init__(self, workers: int = 0, memory: int = 0) -> None:
        self.memory = memory
        self.workers = workers if workers > 0 else (os.cpu_count() or 1)

    def join(self, seeds: Sequence[Seeds], since: int) -> Joined:
        return join_within(seeds, since, self.memory)

    def run(self, task: str, items: Iterable[Any], *, seconds: float) -> Iterator[Outcome]:
        waiting = iter(items)
        with selectors.DefaultSelector() as selector:
            try:
                for _ in range(self.workers):
                    self._hire(selector, task, waiting)
                while selector.get_map():
                    for key, _ in selector.select(_TICK):
                        yield self._collect(selector, key.data, task, waiting)
                    yield from self._stop_late(selector, task, waiting, seconds)
            finally:
                for key in list(selector.get_map().values()):
                    key.data.end()

    def _hire(self, selector: selectors.BaseSelector, task: str, waiting: Iterator[Any]) -> None:
        """Start a worker on the next item, if there is one."""
        for item in waiting:
            worker = _Worker(_start())
            selector.register(worker.answers, selectors.EVENT_READ, worker)
            worker.give(task, item)
            return

    def _collect(self, selector: selectors.BaseSelector, worker: _Worker, task: str, waiting: Iterator[Any]) -> Outcome:
        """Take one answer and hand out the next item; replace a worker that died."""
        item = worker.item
        try:
            result, error = receive(worker.answers)
        except EOFError:
            code = worker.process.wait()
            self._replace(selector, worker, task, waiting)
            return Outcome(item, error=f"the worker died with exit code {code}")
        for following in waiting:
            worker.give(task, following)
            break
        else:
            selector.unregister(worker.answers)
            worker.end()
        return Outcome(item, result, error)

    def _stop_late(
        self, selector: selectors.BaseSelector, task: str, waiting: Iterator[Any], seconds: float
    ) -> Iterator[Outcome]:
        for key in list(selector.get_map().values()):
            worker: _Worker = key.data
            if time.monotonic() - worker.since > seconds:
                item = worker.item
                self._replace(selector, worker, task, waiting)
                yield Outcome(item, error=f"no answer after {seconds:g} s; the worker was stopped")

    def _replace(self, selector: selectors.BaseSelector, worker: _Worker, task: str, waiting: Iterator[Any]) -> None:
        selector.unregister(worker.answers)
        worker.end()
        self._hire(selector, task, waiting)


def _start() -> subprocess.Popen[bytes]:
    # One thread each: the workers already fill the cores, and a process with one thread can fork safely.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "catena.engines.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
