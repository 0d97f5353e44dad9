"""Where the work runs: in this process, or on local processes.

An engine maps one task over items and yields an `Outcome` for each, in the order they finish. A task is named by its
dotted path, so that any process can find it. The plan itself (`catena.pipeline`) never asks which engine it is on.
"""

from __future__ import annotations

from collections.abc import Callable

from catena.engines.base import Engine, Outcome
from catena.engines.here import Here
from catena.engines.processes import Processes

ENGINES: dict[str, Callable[[int], Engine]] = {
    "here": lambda workers: Here(),
    "processes": lambda workers: Processes(workers),
}
"""Every engine by name; the number is how many workers it may use."""

__all__ = ["ENGINES", "Engine", "Here", "Outcome", "Processes"]
