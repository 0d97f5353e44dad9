"""The same cases on every engine, and what only the process engine can survive."""

from __future__ import annotations

import os
import shutil
import signal
import time

import pytest

from catena.engines import ENGINES, Engine, Outcome, Processes

NEEDS = {"duckdb": ("duckdb",), "spark": ("pyspark", "pyarrow", "sqlglot"), "sail": ("pysail", "pyspark", "sqlglot")}


def open_engine(name: str) -> Engine:
    """The engine with two workers; skips the test when what it needs is not installed."""
    for package in NEEDS.get(name, ()):
        pytest.importorskip(package, reason=f"{package} is missing; install the extra cluster")
    if name == "spark" and not shutil.which("java"):
        pytest.skip("Java is missing; Spark needs it")
    return ENGINES[name](2)


def double(number: int) -> int:
    if number == 13:
        raise ValueError("thirteen is refused")
    return number * 2


def die_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang_on_three(number: int) -> int:
    if number == 3:
        time.sleep(60)
    return number


def talk(number: int) -> int:
    os.write(1, b"a library that prints\n")
    return number


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


def run(engine: Engine, task: str, items: list[int], seconds: float = 30) -> dict[int, Outcome]:
    return {outcome.item: outcome for outcome in engine.run(f"test_engines:{task}", items, seconds=seconds)}


def test_every_item_comes_back_once_with_its_result(engine: Engine) -> None:
    found = run(engine, "double", [1, 2, 3, 4, 5])
    assert {item: outcome.result for item, outcome in found.items()} == {1: 2, 2: 4, 3: 6, 4: 8, 5: 10}


def test_an_item_that_raises_is_reported_and_the_rest_goes_on(engine: Engine) -> None:
    found = run(engine, "double", [1, 13, 2])
    assert found[13].error == "ValueError: thirteen is refused"
    assert (found[1].result, found[2].result) == (2, 4)


def test_no_items_give_no_outcomes(engine: Engine) -> None:
    assert run(engine, "double", []) == {}


def test_output_of_a_task_does_not_garble_its_answer(engine: Engine) -> None:
    assert run(engine, "talk", [7])[7].result == 7


def test_a_worker_that_is_killed_costs_its_own_item_only() -> None:
    found = run(Processes(2), "die_on_three", [1, 2, 3, 4, 5, 6])
    assert found[3].error == "the worker died with exit code -9"
    assert sorted(item for item, outcome in found.items() if outcome.result == item) == [1, 2, 4, 5, 6]


def test_a_worker_that_hangs_is_stopped_after_its_time() -> None:
    found = run(Processes(2), "hang_on_three", [1, 2, 3, 4, 5], seconds=8)
    assert found[3].error == "no answer after 8 s; the worker was stopped"
    assert sorted(item for item, outcome in found.items() if outcome.result == item) == [1, 2, 4, 5]


def test_the_run_can_be_left_early_without_leaving_workers_behind() -> None:
    engine = Processes(2)
    outcomes = engine.run("test_engines:double", range(100), seconds=30)
    first = next(iter(outcomes))
    outcomes.close()  # type: ignore[attr-defined]
    assert first.result == first.item * 2
