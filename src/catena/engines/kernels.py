"""Kernels: Arrow table in, Arrow table out. What an engine runs on the rows of one part, on whatever machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from catena.transmission.chain import Chains, chain
from catena.transmission.join import Anchors

if TYPE_CHECKING:
    import pyarrow as pa

ANCHORS = ("first", "second", "place", "other_place", "spread")


def chain_anchors(anchors: pa.Table) -> pa.Table:
    """The chains of the pairs in `anchors`, whose rows may come in any order."""
    import pyarrow

    columns = [anchors.column(name).to_numpy().astype(np.int32) for name in ANCHORS]
    order = np.lexsort(columns[::-1])  # engines give rows in any order: the same rows must give the same chains
    found = chain(Anchors(*(column[order] for column in columns)))
    return pyarrow.table({name: pyarrow.array(getattr(found, name), pyarrow.int64()) for name in Chains.__slots__})
