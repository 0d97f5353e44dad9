"""Which direction each piece of a painted line belongs to: the likeliest guess first, then the other choices.

The direction of letters is known. Numbers, brackets and signs between two directions leave a choice, since several
written lines are painted alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from catena.readers.pdf.tokens import GAP, Token

_FAMILY = {sign: family for family in ("()", "[]", "{}", "«»", "‹›", "<>") for sign in family}
# Separators that stand inside a number for certain, and those that do so only where no Arabic letter came before.
_INNER, _LOOSE = ".,:/٫٬", ".,:/٫٬-+"
_TERMINATORS = "%٪$€£°#"  # belong to a number beside them, as long as no Arabic letter came before
_MOST_CHOICES = 7  # choices of one line tried in combination; more would only cost time
_MOST_CHANGED = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens that go together: a number, or one token. `first` is the place of its first token on the line."""

    kind: str
    tokens: tuple[Token, ...]
    first: int


class _Choice(NamedTuple):
    """Pieces from `start` up to `end` (not included) that may go to the other side. `what` names the reason."""

    what: str
    start: int
    end: int


def group(tokens: Sequence[Token], *, loose: bool) -> list[Piece]:
    """Digits with the separators between them become one piece; `loose` takes in more, as where no Arabic is near."""
    inner = _LOOSE if loose else _INNER
    pieces: list[Piece] = []
    place = 0
    while place < len(tokens):
        end = place + 1
        if tokens[place].kind == "N":
            end = _number_end(tokens, end, inner)
            if loose and end < len(tokens) and tokens[end].text in _TERMINATORS:
                end += 1
            if loose and pieces and pieces[-1].tokens[0].text in _TERMINATORS:
                place = pieces.pop().first
        kind = "N" if end - place > 1 else "O" if tokens[place].kind == "S" else tokens[place].kind
        pieces.append(Piece(kind, tuple(tokens[place:end]), place))
        place = end
    return pieces


def _number_end(tokens: Sequence[Token], end: int, inner: str) -> int:
    while end < len(tokens):
        joins = tokens[end].text in inner and end + 1 < len(tokens) and tokens[end + 1].kind == "N"
        if tokens[end].kind != "N" and not joins:
            break
        end += 1
    return end


def guess_sides(pieces: Sequence[Piece], base: str, *, mixed: bool = False) -> Iterator[list[str]]:
    """`L` or `R` for every piece: the likeliest first, then with one, two or three choices made the other way.

    `mixed`: the lines beside this one hold letters from right to left.
    """
    kinds = [piece.kind for piece in pieces]
    numbers = {place: _near_side(pieces, place, base) for place, kind in enumerate(kinds) if kind == "N"}
    pairs = _find_pairs(pieces)
    other = "R" if base == "L" else "L"
    choices: list[_Choice] = []
    if mixed or "L" in kinds:
        choices = [_Choice("number", place, place + 1) for place in numbers]
        inner = [pair for pair in pairs if {other, "N"} & set(kinds[pair[0] + 1 : pair[1]])]
        choices += [_Choice("pair", start, end + 1) for start, end in inner]
    choices += list(_edges(kinds, base))
    choices = choices[:_MOST_CHOICES]
    for count in range(min(_MOST_CHANGED, len(choices)) + 1):
        for changed in combinations(choices, count):
            yield _resolve(kinds, numbers, pairs, frozenset(changed), base)


def _near_side(pieces: Sequence[Piece], place: int, base: str) -> str:
    """The direction of the nearer letter; `base` when both are as near, or there is none."""
    left, right = _strong(pieces, place, -1), _strong(pieces, place, 1)
    if left is None or right is None:
        one = left or right
        if one is None:
            return base
        return one[0] if one[0] == base or base == "R" or one[1] <= 2 else base
    if left[0] == right[0]:
        return left[0]
    return base if left[1] == right[1] else left[0] if left[1] < right[1] else right[0]


def _strong(pieces: Sequence[Piece], place: int, step: int) -> tuple[str, int] | None:
    """The next letter's direction and how far it is: one for each piece between, two for each space."""
    far = 0
    place += step
    while 0 <= place < len(pieces):
        if pieces[place].kind in "RL":
            return pieces[place].kind, far
        far += 2 if pieces[place].tokens[0].text in (" ", GAP) else 1
        place += step
    return None


def _find_pairs(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Places of brackets that pair on the page, whichever way their codes turn; the inner before the outer."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for place, piece in enumerate(pieces):
        family = _FAMILY.get(piece.tokens[0].text)
        if family is None:
            continue
        if waiting and waiting[-1][0] == family and pieces[waiting[-1][1]].tokens[0].text != piece.tokens[0].text:
            pairs.append((waiting.pop()[1], place))
        else:
            waiting.append((family, place))
    return pairs


def _edges(kinds: Sequence[str], base: str) -> Iterator[_Choice]:
    """Signs between letters of two directions, where there is more than one."""
    for place in range(1, len(kinds)):
        if kinds[place] == "O" and kinds[place - 1] in "RL":
            end = place
            while end < len(kinds) and kinds[end] == "O":
                end += 1
            if end - place > 1 and end < len(kinds) and kinds[end] in "RL" and kinds[end] != kinds[place - 1]:
                yield _Choice("signs", place, end)
                # Only the sign at the letter of the other direction: a bracket that belongs to its words.
                yield _Choice("signs", end - 1, end) if kinds[end] != base else _Choice("signs", place, place + 1)


def _resolve(
    kinds: Sequence[str], numbers: dict[int, str], pairs: Sequence[tuple[int, int]], changed: frozenset[_Choice],
    base: str,
) -> list[str]:  # fmt: skip
    """The side of every piece: Latin in brackets takes the brackets along, Arabic does not, unless `changed`."""
    other = "R" if base == "L" else "L"
    sides: list[str | None] = [kind if kind in "RL" else numbers.get(place) for place, kind in enumerate(kinds)]
    for choice in changed:
        if choice.what == "number":
            sides[choice.start] = "L" if sides[choice.start] == "R" else "R"
    for start, end in pairs:
        inside = {side for side in sides[start + 1 : end] if side}
        if inside == {other} and (other == "L") != (_Choice("pair", start, end + 1) in changed):
            sides[start : end + 1] = [other] * (end + 1 - start)
    _fill(sides, base)
    for choice in changed:
        if choice.what == "signs":
            sides[choice.start : choice.end] = [other] * (choice.end - choice.start)
    return [side or base for side in sides]


def _fill(sides: list[str | None], base: str) -> None:
    """Signs between equal sides take theirs, all others `base`."""
    left: str = base
    start = 0
    for place, side in enumerate([*sides, base]):
        if side is None:
            continue
        sides[start:place] = [left if left == side else base] * (place - start)
        left, start = side, place + 1
