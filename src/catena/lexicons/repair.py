"""The counts behind the repair of damaged Arabic marks. Where they come from stands in data/repair/card.md."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources

from catena.text.repair import MarkModel

WORDS = "data/repair/words.txt.gz"


@cache
def load_mark_model() -> MarkModel:
    """The bundled model; read once a process, in a few tenths of a second, and only where damage was found."""
    lines = gzip.decompress((resources.files("catena") / WORDS).read_bytes()).decode().splitlines()
    return MarkModel.of((word, int(count)) for word, _, count in (line.partition(" ") for line in lines))
