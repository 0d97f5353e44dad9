"""The engines past one machine: Spark where Java is found, Sail (the same interface in Rust) without it.

Both run the plan's SQL, carried over by sqlglot, and the kernels on Arrow batches. Files are read where the work is
done: every worker must see them under the same path, and have catena installed.
"""

from __future__ import annotations

import atexit
import os
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from catena.engines.base import MissingExtra, Outcome, describe, find_task, need
from catena.engines.plan import Map
from catena.engines.tables import join_with, on_table, to_dialect
from catena.transmission import Joined, Seeds

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 2048  # items of one job: what the caller holds at a time
EACH = 4  # parts of a job for each worker, so that a slow item holds up few others
MASTER = "CATENA_SPARK"  # environment: the address of a cluster (spark://host:port); without it, this machine


class Spark:
    """A Spark cluster, or Spark in this machine's own processes when no address is given."""

    name = "spark"

    def __init__(self, workers: int = 0, *, master: str = "", memory: str = "1g", folder: str = "") -> None:
        self.workers = workers if workers > 0 else (os.cpu_count() or 1)
        self.master = master or os.environ.get(MASTER, "") or f"local[{self.workers}]"
        self.memory = memory
        self.folder = folder

    def run(self, task: str, items: Iterable[Any], *, seconds: float) -> Iterator[Outcome]:
        waiting = iter(items)
        group = list(islice(waiting, GROUP))
        if not group:
            return
        spark = self.open()
        while group:
            yield from self._run_group(spark, task, group)
            group = list(islice(waiting, GROUP))

    def join(self, seeds: Sequence[Seeds], since: int) -> Joined:
        return join_with(SparkTables(self.open(), self.workers * EACH), seeds, since, self.folder)

    def open(self) -> Any:
        """The session of this process: started when it is first asked for, and kept until the process ends."""
        need("pyspark", self.name)
        need("pyarrow", self.name)
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise MissingExtra("the engine spark needs Java 17 or later; install it, or use --engine sail")
        return _start_spark(self.master, self.memory, self.workers * EACH)

    def _run_group(self, spark: Any, task: str, group: Sequence[Any]) -> Iterator[Outcome]:
        """The outcomes of some items. When the job fails as a whole, what has no answer gets its error."""
        import pyarrow

        given = pyarrow.table(
            {"number": pyarrow.array(range(len(group)), pyarrow.int64()),
             "item": pyarrow.array([pickle.dumps(item) for item in group], pyarrow.binary())}
        )  # fmt: skip
        open_ones = dict(enumerate(group))
        error = "the engine gave no result"
        parts = min(len(group), self.workers * EACH)
        try:
            frame = spark.createDataFrame(given).repartition(parts)
            rows = frame.mapInArrow(Task(task), "number bigint, answer binary").toArrow()
        except Exception as failure:  # noqa: BLE001  a job that failed must not end the build
            rows, error = None, describe(failure)
        if rows is not None:
            for row in rows.to_pylist():
                result, wrong = pickle.loads(row["answer"])
                yield Outcome(open_ones.pop(row["number"]), result, wrong)
        for item in open_ones.values():
            yield Outcome(item, error=error)


class Sail(Spark):
    """Sail, a server in this process that speaks Spark's protocol; no Java is needed."""

    name = "sail"

    def open(self) -> Any:
        need("pysail.spark", self.name)
        need("pyspark.sql.connect.session", self.name)
        return _start_sail()


@cache
def _start_spark(master: str, memory: str, parts: int) -> Any:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    settings = {
        "spark.master": master,
        "spark.app.name": "catena",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.sql.shuffle.partitions": str(parts),
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",  # the workers already fill the cores
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


@cache
def _start_sail() -> Any:
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer
    from pyspark.sql.connect.session import SparkSession

    server = SparkConnectServer(port=0)
    server.start(background=True)
    atexit.register(server.stop)
    return SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()


class Task:
    """A task over pickled items, as Spark maps it over batches; sent to the workers by name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow

        work = find_task(self.name)
        for batch in batches:
            for number, item in zip(batch.column("number").to_pylist(), batch.column("item").to_pylist(), strict=True):
                answer: tuple[Any, str | None]
                try:
                    answer = (work(pickle.loads(item)), None)
                except Exception as error:  # noqa: BLE001  reported to the caller, which writes it to the ledger
                    answer = (None, describe(error))
                numbers, answers = pyarrow.array([number]), pyarrow.array([pickle.dumps(answer)], pyarrow.binary())
                yield pyarrow.RecordBatch.from_arrays([numbers, answers], ["number", "answer"])


class Kernel:
    """A kernel over all batches of a part, as Spark maps it."""

    def __init__(self, step: Map) -> None:
        self.step = step

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow

        empty = pyarrow.schema([(name, pyarrow.int64()) for name, _ in self.step.columns])
        yield from on_table(find_task(self.step.kernel), list(batches), empty).to_batches()


class SparkTables:
    """The plan's tables as views of a session, in `parts` parts where a kernel runs on them."""

    def __init__(self, spark: Any, parts: int) -> None:
        self._spark = spark
        self._parts = parts

    def put(self, name: str, table: pa.Table) -> None:
        self._spark.createDataFrame(table).createOrReplaceTempView(name)

    def make(self, name: str, sql: str, *, reused: bool) -> None:
        frame = self._spark.sql(to_dialect(sql, "spark"))
        if reused:
            with suppress(Exception):  # Sail works it out again where it cannot keep it
                frame = frame.persist()
        frame.createOrReplaceTempView(name)

    def map(self, step: Map) -> None:
        columns = ", ".join(f"`{name}` {kind}" for name, kind in step.columns)
        frame = self._spark.table(step.source).repartition(self._parts, *step.by)
        frame.mapInArrow(Kernel(step), columns).createOrReplaceTempView(step.name)

    def fetch(self, name: str) -> pa.Table:
        table: pa.Table = self._spark.table(name).toArrow()
        return table
