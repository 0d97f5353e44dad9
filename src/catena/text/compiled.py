"""When the compiled kernels are worth their import: numba takes about half a second, so that small inputs never wait.

Every step that has a compiled twin says here how much work it is about to do, in letters scanned or what costs as much;
once a process has done as much as the import costs, and from then on, the kernels are handed out.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

COMPILED_FROM = 2_000_000  # letters scanned by this process from which compiled kernels are worth their half second

_DONE = [0]


def kernels(work: int) -> ModuleType | None:
    """`catena.text.kernels` when this process has done so much that they pay, else `None`; `work` is counted."""
    _DONE[0] += work
    return _imported() if _DONE[0] >= COMPILED_FROM else None


@cache
def _imported() -> ModuleType | None:
    try:
        from catena.text import kernels as compiled
    except ImportError:  # the program works without numba, three times slower
        return None
    return compiled
