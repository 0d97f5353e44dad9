"""A code of a codebook: what people mark passages with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLOR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook.

    `id` is a UUID that stays when the codebook is carried to another file; `parent` the id of the code above it, or
    `None`; `color` is `#rrggbb` or ""; `key` the key that chooses it while coding, or "". Raises `ValueError` for a
    blank name, a colour or key of another form.
    """

    id: str
    name: str
    parent: str | None = None
    definition: str = ""
    examples: str = ""
    color: str = ""
    key: str = ""
    position: int = 0
    active: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a code needs a name")
        if self.color and not _COLOR.fullmatch(self.color):
            raise ValueError(f"the colour {self.color!r} is not of the form #1d6b3a")
        if len(self.key) > 1:
            raise ValueError(f"the key {self.key!r} is not one character")
