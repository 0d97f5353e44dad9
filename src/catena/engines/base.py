"""What every engine offers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: its `result`, or a one-line `error` when the task raised or its worker died."""

    item: Any
    result: Any = None
    error: str | None = None


class Engine(Protocol):
    """Maps a task over items. `name` is the key in `ENGINES`, `workers` how many items are under way at once."""

    name: str
    workers: int

    def run(self, task: str, items: Iterable[Any], *, seconds: float) -> Iterator[Outcome]:
        """Yield one outcome per item, in the order they finish.

        `task` is `package.module:function`; items and results can be pickled. An item that takes longer than
        `seconds` yields an error where the engine can stop it (`here` cannot).
        """
        ...


def find_task(task: str) -> Callable[[Any], Any]:
    """The function that `package.module:function` names."""
    module, _, name = task.partition(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    return found


def describe(error: BaseException) -> str:
    """One line for the ledger.

    >>> describe(ValueError("bad\\nthing"))
    'ValueError: bad thing'
    """
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:500]
