"""Marks to letters. A mark belongs to the letter painted just before or just after it; which, the page decides.

Some programs paint marks before their letter, others after. Where the ink of a mark lies plainly over one of its two
neighbours and not over the other, the page votes; all its marks follow the vote, as far as their place allows it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from catena.readers.pdf.lines import Line
from catena.readers.pdf.units import RTL, Unit

_PLAIN = 0.05  # em: a mark this far from a letter is not over it
_REACH = 0.5  # em: the voted neighbour may be this far away
_HEIGHT = 1.2  # em between the baselines of mark and letter
_WORST = 1.5  # the largest distance, in em with penalties, at which a mark finds a letter at all


def attach_marks(units: Sequence[Unit], lines: Sequence[Line]) -> int:
    """Put marks into the `marks` of their letters, and spaces and fillers into their lines; marks left over go.

    Returns the number of marks that found no letter. Changes `units` and `lines` in place.
    """
    before, after = _neighbours(units)
    marks = [place for place, unit in enumerate(units) if unit.mark]
    follows = sum(_vote(units[place], before[place], after[place]) for place in marks) > 0
    homeless = 0
    for place in marks:
        mark = units[place]
        first, second = (before, after) if follows else (after, before)
        letter = _choose(mark, first[place], second[place]) or _nearest(mark, lines)
        if letter is None:
            homeless += 1
        else:
            letter.marks.append(mark)
    for unit in units:
        if unit.space or unit.filler:
            home = _line_of(unit, lines)
            if home is not None:
                (home.spaces if unit.space else home.fillers).append(unit)
    return homeless


def _neighbours(units: Sequence[Unit]) -> tuple[list[Unit | None], list[Unit | None]]:
    """For each unit, the last unit before it and the first after it that is no mark."""
    before: list[Unit | None] = []
    last: Unit | None = None
    for unit in units:
        before.append(last)
        last = last if unit.mark or unit.filler else unit
    after: list[Unit | None] = []
    last = None
    for unit in reversed(units):
        after.append(last)
        last = last if unit.mark or unit.filler else unit
    return before, after[::-1]


def _fits(letter: Unit | None, mark: Unit) -> bool:
    if letter is None or abs(letter.baseline - mark.baseline) >= _HEIGHT * mark.size:
        return False
    return letter.text == " " or RTL.search(letter.text) is not None


def _distance(mark: Unit, letter: Unit) -> float:
    """From the middle of the mark to the letter's box, in em; 0 within it."""
    middle = mark.middle
    if letter.left - 0.01 <= middle <= letter.right + 0.01:
        return 0.0
    return min(abs(middle - letter.left), abs(middle - letter.right)) / max(1.0, mark.size)


def _vote(mark: Unit, before: Unit | None, after: Unit | None) -> int:
    """1 when the mark plainly belongs to the unit painted before it, -1 to the one after it, else 0."""
    if before is None or after is None or not _fits(before, mark) or not _fits(after, mark):
        return 0
    left, right = _distance(mark, before), _distance(mark, after)
    if left == 0 and right > _PLAIN:
        return 1
    return -1 if right == 0 and left > _PLAIN else 0


def _choose(mark: Unit, first: Unit | None, second: Unit | None) -> Unit | None:
    if first is not None and _fits(first, mark) and _distance(mark, first) < _REACH:
        return first
    if second is not None and _fits(second, mark) and _distance(mark, second) < _PLAIN:
        return second
    return None


def _nearest(mark: Unit, lines: Sequence[Line]) -> Unit | None:
    best: tuple[float, Unit] | None = None
    for line in _near(mark.baseline, lines):
        spot = bisect_left(line.starts, mark.middle + 0.01)
        for unit in line.units[max(0, spot - 2) : spot + 1]:
            height = 0.8 * abs(line.baseline - mark.baseline) / max(1.0, mark.size)
            far = _distance(mark, unit) + height + (0 if RTL.search(unit.text) else 0.5)
            if best is None or far < best[0]:
                best = far, unit
    return best[1] if best and best[0] < _WORST else None


def _near(baseline: float, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines just above and just below `baseline`."""
    spot = bisect_left(lines, -baseline, key=lambda line: -line.baseline)
    return lines[max(0, spot - 1) : spot + 1]


def _line_of(space: Unit, lines: Sequence[Line]) -> Line | None:
    near = [
        line
        for line in _near(space.baseline, lines)
        if abs(line.baseline - space.baseline) < 0.5 * max(space.size, line.size)
    ]
    return min(near, key=lambda line: abs(line.baseline - space.baseline), default=None)
