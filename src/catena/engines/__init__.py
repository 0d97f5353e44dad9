"""Where the work runs: in this process, on local processes, in DuckDB, or on a cluster of Spark or Sail.

An engine maps one task over items and yields an `Outcome` for each, in the order they finish; and it joins documents by
the seeds that they share (`plan`). A task is named by its dotted path, so that any process can find it. The order of
steps (`catena.pipeline`) never asks which engine it is on. What an engine needs is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable

from catena.engines.base import Engine, MissingExtra, Outcome
from catena.engines.duck import DEFAULT_MEMORY, Duck
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


def make_engine(name: str, workers: int = 0, *, memory: int = 0, tables: str = "") -> Engine:
    """The engine `name`. `memory` is what the join may take in bytes before it spills to disk (0: the engine's own
    default), `tables` a folder or address where the join's tables are kept as Parquet.

    Raises `ValueError` for an unknown name, and for tables on an engine that has none.
    """
    if name not in ENGINES:
        raise ValueError(f"engine {name!r} is unknown; allowed: {', '.join(ENGINES)}")
    if tables and name not in ("duckdb", "spark", "sail"):
        raise ValueError(f"the engine {name} makes no tables; use duckdb, spark or sail")
    if name == "here":
        return Here(memory)
    if name == "processes":
        return Processes(workers, memory)
    if name == "duckdb":
        return Duck(workers, memory=f"{memory >> 10}KiB" if memory else DEFAULT_MEMORY, folder=tables)
    cluster = Spark if name == "spark" else Sail
    return cluster(workers, memory=f"{max(memory >> 20, 512)}m" if memory else "1g", folder=tables)


__all__ = ["ENGINES", "Duck", "Engine", "Here", "MissingExtra", "Outcome", "Processes", "Sail", "Spark", "make_engine"]
