"""How much memory a step takes at most, on Linux.

`getrusage` tells the largest a process ever was, and a child begins with what its parent had: a step that comes after a
larger one would seem to take none. So the kernel is told to forget the peak before the step.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_OWN = Path("/proc/self")
_FORGET_PEAK = "5"  # see proc(5), clear_refs


def watch_peak() -> Callable[[], int]:
    """A function that says by how many bytes this process has been larger at most than it is now."""
    (_OWN / "clear_refs").write_text(_FORGET_PEAK, encoding="ascii")
    before = _status("VmRSS")
    return lambda: max(0, _status("VmHWM") - before)


def _status(name: str) -> int:
    lines = (_OWN / "status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))
