"""The join on every engine: the same chains, spread and bounds as the plain one, whatever the documents."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from tests.engines.test_engines import open_engine

from catena.engines import ENGINES, Duck, Engine
from catena.engines.within import join_within
from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import Joined, Memory, Seeds, find_seeds, join_here, update_shared

TABLE = load_fold_table()
RNG = random.Random(4)
LEXICON = ["".join(RNG.choice("abcdefghijklmnoprstuvwz") for _ in range(RNG.randint(2, 9))) for _ in range(800)]


def words(count: int) -> str:
    return " ".join(RNG.choice(LEXICON) for _ in range(count))


FORMULA = words(25)
REFRAIN = "and nobody will ever close the harbour "
MANY = "one formula in more documents than are joined each with each"
ARABIC = "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة "


def pairs() -> list[str]:
    parts = [words(30) for _ in range(5)]
    return [text for part in parts for text in (f"{words(20)} {part}", f"{part} {words(20)}")]


COLLECTIONS = {
    MANY: [f"{words(30)} {FORMULA} {words(9)}" for _ in range(21)],
    "pairs": pairs(),
    "copies": [f"{FORMULA}{' ' * number}." for number in range(12)],
    "a refrain": [REFRAIN * 30 + words(20), words(20) + REFRAIN * 12],
    "Arabic": [ARABIC + word for word in ("غدا", "اليوم", "أبدا")],
    "nothing shared": [words(40), words(40)],
    "next to nothing": ["", "a b", "…"],
    "no documents": [],
}


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


def seeds_of(texts: list[str]) -> list[Seeds]:
    return [find_seeds(Document.of(text), TABLE) for text in texts]


def rows(joined: Joined) -> tuple[list[tuple[int, ...]], list[int], list[int]]:
    columns = [getattr(joined.chains, name).tolist() for name in type(joined.chains).__slots__]
    return sorted(zip(*columns, strict=True)), joined.spread.tolist(), joined.repeats_cut.tolist()


@pytest.mark.parametrize("since", [0, 30], ids=["all", "the later ones"])
def test_every_engine_joins_alike(engine: Engine, since: int) -> None:
    seeds = seeds_of([text for texts in COLLECTIONS.values() for text in texts])
    assert rows(engine.join(seeds, since)) == rows(join_here(seeds, since))


@pytest.mark.parametrize("name", ["duckdb", "sail"])
@pytest.mark.parametrize("label", COLLECTIONS)
def test_each_kind_of_collection_by_itself_joins_alike(name: str, label: str) -> None:
    seeds = seeds_of(COLLECTIONS[label])
    assert rows(open_engine(name).join(seeds, 0)) == rows(join_here(seeds, 0))


def test_a_cap_that_all_fits_under_and_one_that_little_fits_under_give_the_same() -> None:
    seeds = seeds_of([f"{words(60)} {FORMULA} {words(60)}" for _ in range(60)])
    plain = rows(join_here(seeds))
    for memory in (0, 300_000, 3_000_000, 3_000_000_000):
        assert rows(join_within(seeds, 0, memory)) == plain


def test_the_yardstick_finds_what_is_there() -> None:
    chains, spread, _ = rows(join_here(seeds_of(COLLECTIONS[MANY])))
    met = {tuple(sorted(row[:2])) for row in chains}
    assert len(met) == 28 + 2 * 13  # eight each with each, then each with the first and the one before
    assert max(spread) == 21
    cut = rows(join_here(seeds_of(COLLECTIONS["a refrain"])))[2]
    assert all(places > 0 for places in cut)


def test_the_findings_are_the_same_when_another_engine_joins(engine: Engine) -> None:
    texts = COLLECTIONS["pairs"] + COLLECTIONS["a refrain"]
    documents = [Document.of(text) for text in texts]
    names = [str(number) for number in range(len(texts))]
    there = update_shared(documents, names, TABLE, Memory.empty(), join=engine.join)
    here = update_shared(documents, names, TABLE, Memory.empty())
    assert there.findings == here.findings
    assert there.notes == here.notes


def test_a_join_larger_than_its_memory_spills_and_gives_the_same() -> None:
    pytest.importorskip("duckdb")
    seeds = seeds_of([f"{words(300)} {FORMULA} {words(300)}" for _ in range(150)])
    assert rows(Duck(1, memory="40MB").join(seeds, 0)) == rows(join_here(seeds))


def test_tables_go_out_as_parquet_and_come_in_again(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    from catena.engines.tables import read_parquet

    seeds = seeds_of(COLLECTIONS["pairs"])
    joined = Duck(1, folder=f"{tmp_path}/out").join(seeds, 0)
    starts = read_parquet(f"{tmp_path}/out/chains.parquet").column("start").to_numpy()
    assert np.array_equal(np.sort(starts), np.sort(joined.chains.start))
    assert read_parquet(f"file://{tmp_path}/out/postings.parquet").num_rows == sum(len(one.hashes) for one in seeds)
