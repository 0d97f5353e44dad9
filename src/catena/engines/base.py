"""What every engine offers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from catena.transmission import Joined, Seeds


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: its `result`, or a one-line `error` when the task raised or its worker died."""

    item: Any
    result: Any = None
    error: str | None = None


class Engine(Protocol):
    """Maps a task over items, and joins documents by what they share.

    `name` is the key in `ENGINES`, `workers` how many items are under way at once.
    """

    name: str
    workers: int

    def join(self, seeds: Sequence[Seeds], since: int) -> Joined:
        """Where documents meet: the chains of every pair whose later document has the number `since` or more."""
        ...

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


class MissingExtra(ImportError):
    """A package that an engine needs is not installed; the message names the extra."""


def need(package: str, engine: str) -> ModuleType:
    """The package, or `MissingExtra` with the next step."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise MissingExtra(
            f"the engine {engine} needs {package.partition('.')[0]}; install it with: pip install 'catena[cluster]'"
        ) from error
