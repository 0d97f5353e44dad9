"""Carrying out the plan on an engine that speaks SQL over Arrow tables, and what goes in and comes out.

An engine supplies four verbs (`Tables`); everything else is the same for all. Tables are kept as Parquet in a folder
when one is given: a local path, or an address that `pyarrow.fs` knows (`s3://bucket/path`, `hdfs://…`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from catena.engines.base import need
from catena.engines.plan import PLAN, WANTED, Map, Step
from catena.transmission import Joined, Seeds, join_here
from catena.transmission.chain import Chains

if TYPE_CHECKING:
    import pyarrow as pa


class Tables(Protocol):
    """An open session. Names are those of the plan; the order of rows is never promised."""

    def put(self, name: str, table: pa.Table) -> None:
        """Make `table` known under a name."""
        ...

    def make(self, name: str, sql: str, *, reused: bool) -> None:
        """Make the table that `sql` (in DuckDB's dialect) gives; worked out once when it is `reused`."""
        ...

    def map(self, step: Map) -> None:
        """Make the table that a kernel gives for parts of another."""
        ...

    def fetch(self, name: str) -> pa.Table:
        """The whole table, in no order."""
        ...


def join_with(tables: Tables, seeds: Sequence[Seeds], since: int, folder: str = "") -> Joined:
    """The join, carried out by `tables`: equal to `join_here` but for the order of chains."""
    pyarrow = need("pyarrow", "here named")
    if not any(len(one.hashes) for one in seeds):
        return join_here(seeds, since)  # no rows at all: an engine could not tell what its columns are
    given = {"postings": _postings(seeds, pyarrow), "docs": _documents(seeds, since, pyarrow)}
    for name, table in given.items():
        tables.put(name, table)
    for step in PLAN:
        _carry_out(tables, step)
    found = {name: tables.fetch(name) for name in WANTED}
    if folder:
        for name, table in (given | found).items():
            write_parquet(table, inside(folder, f"{name}.parquet"))
    columns = _columns(found["chains"], Chains.__slots__)
    order = np.lexsort(columns[::-1])
    chains = Chains(*(column[order] for column in columns))
    return Joined(chains, _spread(seeds, found["spread"]), _cut(seeds, found["cut"]))


def inside(folder: str, name: str) -> str:
    """The address of a file in a folder; what an address says after `?` (an endpoint, a region) stays at its end.

    >>> inside("s3://bucket/run?region=eu-north-1", "chains.parquet")
    's3://bucket/run/chains.parquet?region=eu-north-1'
    """
    path, mark, settings = folder.partition("?") if "://" in folder else (folder, "", "")
    return f"{path.rstrip('/')}/{name}{mark}{settings}"


def write_parquet(table: pa.Table, address: str) -> None:
    """`table` as one Parquet file at a path or an address of `pyarrow.fs`, its folder made when it is not there."""
    need("pyarrow.parquet", "Parquet")
    import pyarrow.parquet
    from pyarrow import fs

    if "://" in address:
        system, path = fs.FileSystem.from_uri(address)
    else:
        system, path = fs.LocalFileSystem(), address
    system.create_dir(path.rpartition("/")[0], recursive=True)
    pyarrow.parquet.write_table(table, path, filesystem=system, compression="zstd")


def read_parquet(address: str) -> pa.Table:
    """The table in a Parquet file at a path or an address of `pyarrow.fs`."""
    need("pyarrow.parquet", "Parquet")
    import pyarrow.parquet
    from pyarrow import fs

    system, path = fs.FileSystem.from_uri(address) if "://" in address else (fs.LocalFileSystem(), address)
    return pyarrow.parquet.read_table(path, filesystem=system)


def to_dialect(sql: str, dialect: str) -> str:
    """The plan's SQL for another engine."""
    sqlglot: Any = need("sqlglot", dialect)
    return str(sqlglot.transpile(sql, read="duckdb", write=dialect)[0])


def on_table(kernel: Callable[[pa.Table], pa.Table], batches: Sequence[pa.RecordBatch], empty: pa.Schema) -> pa.Table:
    """The kernel's table for all batches of a part; one without rows when there are none."""
    import pyarrow

    rows = [batch for batch in batches if batch.num_rows]
    return kernel(pyarrow.Table.from_batches(rows)) if rows else empty.empty_table()


def _carry_out(tables: Tables, step: Step) -> None:
    if isinstance(step, Map):
        tables.map(step)
    else:
        tables.make(step.name, step.sql, reused=step.reused)


def _postings(seeds: Sequence[Seeds], pyarrow: Any) -> pa.Table:
    """Hashes have 40 bits, so that engines without unsigned numbers hold them."""
    sizes = [len(one.hashes) for one in seeds]
    return pyarrow.table(
        {
            "hash": np.concatenate([np.empty(0, np.uint64), *(one.hashes for one in seeds)]).astype(np.int64),
            "doc": np.repeat(np.arange(len(seeds), dtype=np.int32), sizes),
            "place": np.concatenate([np.empty(0, np.int32), *(one.places for one in seeds)]),
        }
    )


def _documents(seeds: Sequence[Seeds], since: int, pyarrow: Any) -> pa.Table:
    """Keys are replaced by their ranks: equal where they are equal, greater where they are greater."""
    keys = np.array([one.hashes.sum() for one in seeds], dtype=np.uint64)
    ranks = np.unique(keys, return_inverse=True)[1] if len(keys) else np.empty(0, np.int64)
    numbers = np.arange(len(seeds), dtype=np.int32)
    return pyarrow.table({"doc": numbers, "key": ranks.astype(np.int32), "fresh": (numbers >= since).astype(np.int32)})


def _columns(table: pa.Table, names: Sequence[str]) -> list[NDArray[np.int64]]:
    return [table.column(name).to_numpy().astype(np.int64) for name in names]


def _spread(seeds: Sequence[Seeds], table: pa.Table) -> NDArray[np.int32]:
    """In how many documents each seed stands, in the order of documents and places."""
    firsts = np.cumsum([0, *(len(one.hashes) for one in seeds)])
    width = np.int64(1) << 32
    places = np.concatenate([np.empty(0, np.int64), *(one.places + number * width for number, one in enumerate(seeds))])
    documents, where, holders = _columns(table, ("doc", "place", "holders"))
    spread = np.ones(int(firsts[-1]), dtype=np.int32)
    spread[np.searchsorted(places, documents * width + where)] = holders
    return spread


def _cut(seeds: Sequence[Seeds], table: pa.Table) -> NDArray[np.int64]:
    found = np.zeros(len(seeds), dtype=np.int64)
    documents, places = _columns(table, ("doc", "places"))
    found[documents] = places
    return found
