"""Where the work runs: in this process, on local processes, in DuckDB, or on a cluster of Spark or Sail.

An engine maps one task over items and yields an `Outcome` for each, in the order they finish; and it joins documents by
the seeds that they share (`plan`). A task is named by its dotted path, so that any process can find it. The order of
steps (`catena.pipeline`) never asks which engine it is on. What an engine needs is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable

from catena.engines.base import Engine, MissingExtra, Outcome
from catena.engines.duck import Duck
from catena.engines.here import Here
from catena.engines.processes import Processes
from catena.engines.spark import Sail, Spark

ENGINES: dict[str, Callable[[int], Engine]] = {
    "here": lambda workers: Here(),
    "processes": lambda workers: Processes(workers),
    "duckdb": lambda workers: Duck(workers),
    "spark": lambda workers: Spark(workers),
    "sail": lambda workers: Sail(workers),
}
"""Every engine by name; the number is how many workers it may use."""

__all__ = ["ENGINES", "Duck", "Engine", "Here", "MissingExtra", "Outcome", "Processes", "Sail", "Spark"]
