"""The plain engine: one item after the other in this process. The yardstick for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catena.engines.base import Outcome, describe, find_task
from catena.engines.within import join_within
from catena.transmission import Joined, Seeds


class Here:
    """Runs everything in the calling process, in order. It cannot stop an item that takes too long."""

    name = "here"
    workers = 1

    def __init__(self, memory: int = 0) -> None:
        self.memory = memory

    def join(self, seeds: Sequence[Seeds], since: int) -> Joined:
        return join_within(seeds, since, self.memory)

    def run(self, task: str, items: Iterable[Any], *, seconds: float) -> Iterator[Outcome]:
        work = find_task(task)
        for item in items:
            try:
                yield Outcome(item, work(item))
            except Exception as error:  # noqa: BLE001  one bad item must not end the run
                yield Outcome(item, error=describe(error))
