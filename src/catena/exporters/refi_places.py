"""What the positions of a REFI-QDA file count, told from the file itself.

The standard counts code points from 0 and leaves the end out (1.5, 10.2). Programs differ: a line end of two characters
counts as one or as two, a byte order mark counts or does not, the end is meant or is not. Where selections carry their
words as a name, as those of QualCoder and ours do, the reading under which most names agree with the text is the right
one. Without names the usual reading holds: no byte order mark, two for CR LF, the end left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catena.model import canonical

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Reading:
    """For each position of the file the place in the text as we keep it, and what an end has to be moved by."""

    places: Sequence[int]
    past: int

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """The place of a selection; `None` for one outside of the text."""
        end += self.past
        if not 0 <= start < end < len(self.places):
            return None
        return self.places[start], self.places[end]


def choose_reading(raw: str, named: Sequence[tuple[int, int, str]]) -> Reading:
    """The reading under which most of the selections `(start, end, words)` hold their words; the usual one on a tie."""
    text = canonical(raw)
    bare = raw.removeprefix(BOM)
    usual = count_letters(bare)
    ways: list[Sequence[int]] = [usual]
    if "\r\n" in raw:
        ways.append(range(len(text) + 1))
    if raw != bare:
        ways.append([0, *usual])
    readings = [Reading(places, past) for places in ways for past in (0, 1)]
    return max(
        readings, key=lambda one: sum(_holds(one, text, *selection) for selection in named)
    )  # the first of equals


def _holds(reading: Reading, text: str, start: int, end: int, words: str) -> bool:
    place = reading.find(start, end)
    return place is not None and " ".join(words.split()) == " ".join(text[place[0] : place[1]].split())


def count_letters(raw: str) -> list[int]:
    """For each code point of a text without byte order mark, and its end, the place in the text as we keep it.

    >>> count_letters("a\\r\\nb")
    [0, 1, 1, 2, 3]
    """
    found = []
    at = 0
    for number, letter in enumerate(raw):
        found.append(at)
        # Of CR LF the CR is dropped; a lone CR becomes a line end.
        at += not (letter == "\r" and raw[number + 1 : number + 2] == "\n")
    return [*found, at]
