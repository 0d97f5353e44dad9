"""The engine at home: files are read by local processes, documents meet in DuckDB, which spills to disk.

DuckDB 2.0 with `preserve_insertion_order=false` has returned sorted rows out of order: nothing here relies on order.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catena.engines.base import find_task, need
from catena.engines.plan import Map
from catena.engines.processes import Processes
from catena.engines.tables import join_with
from catena.transmission import Joined, Seeds

if TYPE_CHECKING:
    import pyarrow as pa

PART = 2_000_000  # rows of a part that a kernel gets at a time
DEFAULT_MEMORY = "2GB"


def join_in_duckdb(seeds: Sequence[Seeds], since: int, memory: str, workers: int, folder: str = "") -> Joined:
    """The join in a DuckDB of its own, which may take `memory` and then spills to a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="catena-") as spill:
        tables = DuckTables(Path(spill), memory, workers)
        try:
            return join_with(tables, seeds, since, folder)
        finally:
            tables.close()


class Duck(Processes):
    """Local processes for the maps, DuckDB for the joins. `memory` is what DuckDB may take before it spills."""

    name = "duckdb"

    def __init__(self, workers: int = 0, *, memory: str = DEFAULT_MEMORY, folder: str = "") -> None:
        super().__init__(workers)
        self.limit = memory
        self.folder = folder

    def join(self, seeds: Sequence[Seeds], since: int) -> Joined:
        return join_in_duckdb(seeds, since, self.limit, self.workers, self.folder)


class DuckTables:
    """An open DuckDB in a file of its own, in a folder that goes afterwards."""

    def __init__(self, spill: Path, memory: str, workers: int) -> None:
        duckdb = need("duckdb", "duckdb")
        settings = {"memory_limit": memory, "temp_directory": str(spill), "threads": workers}
        self._connection: Any = duckdb.connect(str(spill / "tables.duckdb"), config=settings)

    def put(self, name: str, table: pa.Table) -> None:
        self._connection.register("given", table)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        self._connection.unregister("given")

    def make(self, name: str, sql: str, *, reused: bool) -> None:
        self._connection.execute(f"CREATE {'TABLE' if reused else 'VIEW'} {name} AS {sql}")

    def map(self, step: Map) -> None:
        kernel = find_task(step.kernel)
        rows = ", ".join(f'"{name}" {kind}' for name, kind in step.columns)
        self._connection.execute(f"CREATE TABLE part_source AS SELECT *, 0 AS part FROM {step.source} LIMIT 0")
        count = self._connection.execute(f"SELECT count(*) FROM {step.source}").fetchone()[0]
        parts = count // PART + 1
        by = " + ".join(f"{name} * {factor}" for name, factor in zip(step.by, (31, 1, 7), strict=False))
        self._connection.execute(f"INSERT INTO part_source SELECT *, ({by}) % {parts} FROM {step.source}")
        self._connection.execute(f"CREATE TABLE {step.name} ({rows})")
        for part in range(parts):
            table = self._connection.sql(f"SELECT * FROM part_source WHERE part = {part}").to_arrow_table()
            if table.num_rows:
                self._connection.register("made", kernel(table.drop_columns(["part"])))
                self._connection.execute(f"INSERT INTO {step.name} SELECT * FROM made")
                self._connection.unregister("made")
        self._connection.execute("DROP TABLE part_source")

    def fetch(self, name: str) -> pa.Table:
        table: pa.Table = self._connection.sql(f"SELECT * FROM {name}").to_arrow_table()
        return table

    def close(self) -> None:
        """Close the database; its files may go."""
        self._connection.close()
