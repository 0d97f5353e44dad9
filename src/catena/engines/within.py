"""The join in this process within a memory cap: in numpy while it fits, else in DuckDB, which spills to disk."""

from __future__ import annotations

from collections.abc import Sequence

from catena.transmission import Joined, Seeds, join_here
from catena.transmission.join import BLOCK

SEED_BYTES = 60  # what a seed takes while all are sorted and made into units; 56 measured on 7.8 million
LINK_BYTES = 120  # what a link takes while a block of them is joined and chained; 109 measured


def join_within(seeds: Sequence[Seeds], since: int, memory: int) -> Joined:
    """The join, within `memory` bytes beside texts and seeds; 0 is no cap. Raises `MissingExtra` without DuckDB."""
    needed = SEED_BYTES * sum(len(one.hashes) for one in seeds)
    if not memory or needed + BLOCK * LINK_BYTES <= memory:
        return join_here(seeds, since)
    if needed <= memory // 2:
        return join_here(seeds, since, block=max(10_000, memory // 2 // LINK_BYTES))
    from catena.engines.duck import join_in_duckdb

    return join_in_duckdb(seeds, since, f"{max(memory >> 10, 32 << 10)}KiB", 1)
