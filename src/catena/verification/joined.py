"""Verses that an edition prints as one passage (`Gen 1:3-4`) or in parts (`Q 1:7a`, `Q 1:7b`).

Statements cite the single verse. It is found in the passage that holds it, so that a right quotation with the right
number is not said to stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_SEVERAL = re.compile(r"(.+?\s)(\d+):(\d+)[-–](?:(\d+):)?(\d+)")
_PART = re.compile(r"(.+?\s\d+:\d+)(?:[a-z]|\[\d+\])")
LONGEST = 60  # verses; a longer range is no verse that somebody joined but a wrong reference


def held_verses(references: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Each verse that is no passage of its own -> the first and the last passage that hold it, by number.

    >>> dict(held_verses(("Gen 1:2", "Gen 1:3-4", "Gen 1:5a", "Gen 1:5b")))
    {'Gen 1:3': (1, 1), 'Gen 1:4': (1, 1), 'Gen 1:5': (2, 3)}
    """
    whole = frozenset(references)
    found: dict[str, tuple[int, int]] = {}
    for number, reference in enumerate(references):
        for verse in _verses(reference):
            if verse not in whole:
                found[verse] = (found.get(verse, (number, number))[0], number)
    return found


def _verses(reference: str) -> Iterator[str]:
    """The verses that a passage of this name holds, when it is not the name of one."""
    if part := _PART.fullmatch(reference):
        yield part[1]
    elif several := _SEVERAL.fullmatch(reference):
        book, chapter, first, other, last = several.groups()
        if other is None and int(first) < int(last) <= int(first) + LONGEST:
            yield from (f"{book}{chapter}:{verse}" for verse in range(int(first), int(last) + 1))
        elif other is not None:  # over the end of a chapter: its length is not known here
            yield f"{book}{chapter}:{first}"
            yield from (f"{book}{other}:{verse}" for verse in range(1, min(int(last), LONGEST) + 1))
