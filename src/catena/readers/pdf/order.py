"""From the order of painting to the order of writing: the bidirectional algorithm backwards, and checked forwards.

Going back is not unique: a number may belong to the Latin word beside it or to the Arabic one, a bracket to either
side. A first guess is made by nearness; when the forward algorithm would not paint it as the page does, or brackets
do not close, the other choices are tried in turn. What share of the tokens comes out in place is the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from catena.readers.pdf.tokens import GAP, Token
from catena.text.bidi import visual_order

_MIRROR = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_MIRRORED = frozenset("()[]{}<>«»‹›")
_FAMILY = {sign: family for family in ("()", "[]", "{}", "«»", "‹›", "<>") for sign in family}
_OPENING = dict(zip("([{«\ufd3f", ")]}»\ufd3e", strict=True))
_CLOSING = {close: open_ for open_, close in _OPENING.items()}
# Separators that stand inside a number for certain, and those that do so only where no Arabic letter came before.
_INNER, _LOOSE = ".,:/٫٬", ".,:/٫٬-+"
_TERMINATORS = "%٪$€£°#"  # belong to a number beside them, as long as no Arabic letter came before
# What nobody writes: a closing sign after a space and before a letter, an opening one before a space.
_STRAINED = re.compile(r"(?:^|[ \x1e])[.,;:!?)\]}»،؛؟۔](?=\w)|[(\[{«](?:[ \x1e]|$)|^[.,;:!?،؛؟۔]")
_INSIDE = re.compile(f"(?<=[«(\\[{{\ufd3f“]){GAP}|{GAP}(?=[»)\\]}}\ufd3e”])")
_MOST_CHOICES = 7  # choices of one line tried in combination; more would only cost time
_MOST_CHANGED = 3
_STRAIN = 0.02  # share of tokens in place that one strained sign outweighs


class Ordered(NamedTuple):
    """A line in the order of writing. `confidence` is 1.0 when it would be painted as the page is."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens that go together: a number, or one token. `first` is the place of its first token on the line."""

    kind: str
    tokens: tuple[Token, ...]
    first: int


def order_line(tokens: Sequence[Token], base: str, *, mirrored: bool) -> Ordered:
    """The line in a paragraph of direction `base`. `mirrored`: codes of brackets in the file are those of their shape.

    >>> order_line([Token("ب", "R"), Token("ا", "R"), Token(" ", "O"), Token("a", "L")], "L", mirrored=True).text
    'اب a'
    """
    kinds = {token.kind for token in tokens}
    if "R" not in kinds and "N" not in kinds:
        base = "L"
    if kinds <= {"L", "O", "S"}:
        return Ordered(_finish("".join(token.text for token in tokens)), 1.0)
    best, best_score = Ordered("", 0.0), -1000.0
    for loose in (True, False):
        pieces = _group(tokens, loose=loose)
        for sides in _guesses(pieces, base):
            parts = _write(pieces, sides, base, mirrored)
            text = "".join(part for part, _ in parts)
            confidence = _check(parts, text, base, len(tokens))
            score = confidence - _STRAIN * strain(text)
            if score > best_score:
                best, best_score = Ordered(_finish(text), confidence), score
            if score >= 1.0:
                return best
    return best


def _finish(text: str) -> str:
    return _INSIDE.sub("", text).replace(GAP, " ")


def strain(text: str) -> int:
    """The number of things in `text` that nobody writes: brackets without a partner, a comma before its word."""
    return len(_STRAINED.findall(text)) - balance(text)


def balance(text: str) -> int:
    """Minus the number of brackets and quotation marks in `text` that do not pair."""
    waiting: list[str] = []
    bad = 0
    for character in text:
        if character in _OPENING:
            waiting.append(character)
        elif character in _CLOSING:
            if waiting and waiting[-1] == _CLOSING[character]:
                waiting.pop()
            else:
                bad += 1
    return -bad - len(waiting)


def _group(tokens: Sequence[Token], *, loose: bool) -> list[_Piece]:
    """Digits with the separators between them become one piece; `loose` takes in more, as where no Arabic is near."""
    inner = _LOOSE if loose else _INNER
    pieces: list[_Piece] = []
    place = 0
    while place < len(tokens):
        end = place + 1
        if tokens[place].kind == "N":
            while end < len(tokens) and (
                tokens[end].kind == "N"
                or (tokens[end].text in inner and end + 1 < len(tokens) and tokens[end + 1].kind == "N")
            ):
                end += 1
            if loose and end < len(tokens) and tokens[end].text in _TERMINATORS:
                end += 1
            if loose and pieces and pieces[-1].tokens[0].text in _TERMINATORS:
                place = pieces.pop().first
        kind = "N" if end - place > 1 else "O" if tokens[place].kind == "S" else tokens[place].kind
        pieces.append(_Piece(kind, tuple(tokens[place:end]), place))
        place = end
    return pieces


def _guesses(pieces: Sequence[_Piece], base: str) -> Iterator[list[str]]:
    """Sides for all pieces: the likeliest first, then with one, two or three choices made the other way."""
    kinds = [piece.kind for piece in pieces]
    numbers = {place: _near_side(kinds, place, base) for place, kind in enumerate(kinds) if kind == "N"}
    pairs = _find_pairs(pieces)
    free = [place for place in numbers if _is_open(kinds, place)]
    other = "R" if base == "L" else "L"
    choices: list[tuple[str, object]] = [("number", place) for place in free]
    choices += [("pair", pair) for pair in pairs]
    choices += [("neutral", place) for place in _edges(kinds)]
    choices = choices[:_MOST_CHOICES]
    for changed in range(min(_MOST_CHANGED, len(choices)) + 1):
        for chosen in combinations(choices, changed):
            flipped = dict(numbers)
            for what, place in chosen:
                if what == "number" and isinstance(place, int):
                    flipped[place] = "L" if flipped[place] == "R" else "R"
            turned = {pair for what, pair in chosen if what == "pair"}
            moved = {place for what, place in chosen if what == "neutral"}
            yield _resolve(kinds, flipped, pairs, turned, moved, base, other)


def _is_open(kinds: Sequence[str], place: int) -> bool:
    """True when letters of both directions stand in the line, so that a number may belong to either."""
    return "L" in kinds and ("R" in kinds[:place] or "R" in kinds[place:] or True)


def _edges(kinds: Sequence[str]) -> list[int]:
    """Neutral stretches between letters of two directions, each by its first place."""
    found = []
    for place in range(1, len(kinds)):
        if kinds[place] == "O" and kinds[place - 1] in "RL":
            end = place
            while end < len(kinds) and kinds[end] == "O":
                end += 1
            if end < len(kinds) and kinds[end] in "RL" and kinds[end] != kinds[place - 1] and end - place > 1:
                found.append(place)
    return found


def _near_side(kinds: Sequence[str], place: int, base: str) -> str:
    """The direction of the nearer letter; `base` when both are as near, or there is none."""
    left, right = _strong(kinds, place, -1), _strong(kinds, place, 1)
    if left is None or right is None:
        one = left or right
        if one is None or (base == "R" and one[0] == "L"):
            return base if one is None else "L"
        return one[0] if one[0] == base or one[1] <= 2 else base
    if left[0] == right[0] or left[1] == right[1]:
        return left[0] if left[0] == right[0] else base
    return left[0] if left[1] < right[1] else right[0]


def _strong(kinds: Sequence[str], place: int, step: int) -> tuple[str, int] | None:
    far = 0
    place += step
    while 0 <= place < len(kinds):
        if kinds[place] in "RL":
            return kinds[place], far
        far += 1
        place += step
    return None


def _find_pairs(pieces: Sequence[_Piece]) -> list[tuple[int, int]]:
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


def _resolve(
    kinds: Sequence[str], numbers: dict[int, str], pairs: Sequence[tuple[int, int]], turned: set[object],
    moved: set[object], base: str, other: str,
) -> list[str]:  # fmt: skip
    """The side of every piece; brackets round one direction go with what is inside, unless `turned`."""
    sides: list[str | None] = [kind if kind in "RL" else numbers.get(place) for place, kind in enumerate(kinds)]
    for start, end in pairs:
        inside = {side for side in sides[start + 1 : end] if side}
        whole = inside == {"L"} and not any(kind == "N" for kind in kinds[start + 1 : end] if "L" not in kinds)
        if inside == {other} and (whole if other == "L" else False) != ((start, end) in turned):
            sides[start : end + 1] = [other] * (end + 1 - start)
    known = list(sides)
    for place, side in enumerate(sides):
        if side is None:
            left = next((one for one in reversed(known[:place]) if one), base)
            right = next((one for one in known[place + 1 :] if one), base)
            sides[place] = left if left == right else base
    for place in moved:
        end = int(str(place))
        while end < len(kinds) and kinds[end] == "O":
            sides[end] = other
            end += 1
    return [side or base for side in sides]


def _write(pieces: Sequence[_Piece], sides: Sequence[str], base: str, mirrored: bool) -> list[tuple[str, int]]:
    """The tokens' texts in the order of writing, each with the token's place on the line."""
    runs: list[tuple[str, list[_Piece]]] = []
    for side, piece in zip(sides, pieces, strict=True):
        if runs and runs[-1][0] == side:
            runs[-1][1].append(piece)
        else:
            runs.append((side, [piece]))
    parts: list[tuple[str, int]] = []
    for side, run in runs if base == "L" else reversed(runs):
        for piece in run if side == "L" else reversed(run):
            for nth, token in enumerate(piece.tokens):
                turn = side == "R" and mirrored and not token.stated and token.text in _MIRRORED
                parts.append((token.text.translate(_MIRROR) if turn else token.text, piece.first + nth))
    return parts


def _check(parts: Sequence[tuple[str, int]], text: str, base: str, count: int) -> float:
    """The share of tokens that the forward algorithm would paint where they stand."""
    owner = [place for part, place in parts for _ in part]
    painted: list[int] = []
    seen: set[int] = set()
    for spot in visual_order(text, base):
        if owner[spot] not in seen:
            seen.add(owner[spot])
            painted.append(owner[spot])
    return sum(place == spot for spot, place in enumerate(painted)) / count
