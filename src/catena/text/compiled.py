"""When the compiled kernels are worth their import: numba takes about half a second, so that small inputs never wait.

Every step that has a compiled twin says here how much work it is about to do, in letters scanned or what costs as much;
once a process has done as much as the import costs, and from then on, the kernels are handed out. A program that must
answer quickly says how they are to be loaded meanwhile (`load_by`), and goes on without them until they are there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import TypeAlias

COMPILED_FROM = 2_000_000  # letters scanned by this process from which compiled kernels are worth their half second

Run: TypeAlias = Callable[[Callable[[], object]], object]
"""Calls what it is given, now or later."""

_DONE = [0]
_RUN: list[Run | None] = [None]
_LOADED: list[ModuleType | None] = []  # empty until the import is over


def kernels(work: int) -> ModuleType | None:
    """`catena.text.kernels` when this process has done so much that they pay, else `None`; `work` is counted."""
    before = _DONE[0]
    _DONE[0] += work
    if _DONE[0] < COMPILED_FROM:
        return None
    run = _RUN[0]
    if _LOADED or run is None:
        return _imported()
    if before < COMPILED_FROM:  # only once
        run(_imported)
    return None


def load_by(run: Run | None) -> None:
    """Let `run` import the kernels when they pay, such as in a thread of its own; `None`: whoever needs them waits."""
    _RUN[0] = run


@cache
def _imported() -> ModuleType | None:
    try:
        from catena.text import kernels as compiled
    except ImportError:  # the program works without numba, three times slower
        _LOADED.append(None)
        return None
    _LOADED.append(compiled)
    return compiled
