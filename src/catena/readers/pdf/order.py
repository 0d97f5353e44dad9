"""From the order of painting to the order of writing: the bidirectional algorithm backwards, and checked forwards.

Going back is not unique (`sides`). The first guess that the forward algorithm would paint as the page does, and that
is written as people write, is taken; else the best. What share of its tokens comes out in place is the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from catena.readers.pdf.sides import Piece, group, guess_sides
from catena.readers.pdf.tokens import GAP, Token
from catena.readers.pdf.units import RTL
from catena.text.bidi import visual_order

_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_MIRRORED = frozenset("()[]{}<>«»‹›")
_OPENING = dict(zip("([{«\ufd3f", ")]}»\ufd3e", strict=True))
_CLOSING = {close: open_ for open_, close in _OPENING.items()}
# What nobody writes: a closing sign after a space and before a letter, an opening one before a space, and a line that
# begins with a sign that ends.
_STRAINED = re.compile(rf"[ {GAP}][.,;:!?)\]}}»،؛؟۔](?=\w)|[(\[{{«](?:[ {GAP}]|$)|^[.,;:!?،؛؟۔](?!\d)|﴿﴾")
_INSIDE = re.compile(f"(?<=[«(\\[{{\ufd3f“]){GAP}|{GAP}(?=[»)\\]}}\ufd3e”])")
_STRAIN = 0.02  # share of tokens in place that one strained sign outweighs


class Ordered(NamedTuple):
    """A line in the order of writing. `confidence` is 1.0 when it would be painted as the page is."""

    text: str
    confidence: float
    strain: int


def order_line(
    tokens: Sequence[Token], base: str, *, mirrored: bool, before: str = "", after: str = "", quick: bool = False
) -> Ordered:
    """The line in a paragraph of direction `base`. `mirrored`: codes of brackets in the file are those of their shape.

    `before` and `after` are the lines beside it in its paragraph, as far as they are known: what stands at the end of
    one line decides about the signs at the beginning of the next. `quick` takes the first guess.

    >>> order_line([Token("ب", "R"), Token("ا", "R"), Token(" ", "O"), Token("a", "L")], "L", mirrored=True).text
    'اب a'
    """
    kinds = {token.kind for token in tokens}
    mixed = RTL.search(before + after) is not None
    if "R" not in kinds and not mixed and ("L" in kinds or "N" not in kinds):
        return _finish("".join(token.text for token in tokens), 1.0)
    if base == "R" and not kinds & {"L", "N"}:  # one run from end to end, whatever stands around
        turned = (_turn(token) if mirrored else token.text for token in reversed(tokens))
        return _finish("".join(turned), 1.0)
    best, best_score = Ordered("", 0.0, 0), float("-inf")
    for loose in (True, False):
        pieces = group(tokens, loose=loose)
        for sides in guess_sides(pieces, base, mixed=mixed):
            parts = _write(pieces, sides, base, mirrored)
            text = "".join(part for part, _ in parts)
            found = _finish(text, _check(parts, (before, text, after), base, len(tokens)))
            score = found.confidence - _STRAIN * found.strain
            if score > best_score:
                best, best_score = found, score
            if score >= 1.0 or quick:
                return best
        if "N" not in kinds:
            break
    return best


def has_mirrored(tokens: Sequence[Token]) -> bool:
    """True when a sign in the line has a mirrored twin, so that its code may be that of either."""
    return any(token.text in _MIRRORED for token in tokens)


def _finish(text: str, confidence: float) -> Ordered:
    """Told gaps become spaces, but for those that are only room inside a bracket."""
    written = _INSIDE.sub("", text).replace(GAP, " ")
    return Ordered(written, confidence, len(_STRAINED.findall(written)) + _unpaired(written))


def find_unpaired(text: str) -> list[str]:
    """The brackets and quotation marks in `text` that have no partner, in order."""
    unpaired: list[str] = []
    for character in text:
        if character in _CLOSING and unpaired and unpaired[-1] == _CLOSING[character]:
            unpaired.pop()
        elif character in _OPENING or character in _CLOSING:
            unpaired.append(character)
    return unpaired


def _unpaired(text: str) -> int:
    """Signs without a partner that a line break does not explain: a line may close one and open another."""
    signs = find_unpaired(text)
    closed = [_CLOSING[sign] for sign in signs if sign in _CLOSING]
    opened = [sign for sign in signs if sign in _OPENING]
    return max(0, len(closed) - 1) + max(0, len(opened) - 1) + len(set(closed) & set(opened))


def _write(pieces: Sequence[Piece], sides: Sequence[str], base: str, mirrored: bool) -> list[tuple[str, int]]:
    """The tokens' texts in the order of writing, each with the token's place on the line."""
    runs: list[tuple[str, list[Piece]]] = []
    for side, piece in zip(sides, pieces, strict=True):
        if runs and runs[-1][0] == side:
            runs[-1][1].append(piece)
        else:
            runs.append((side, [piece]))
    parts: list[tuple[str, int]] = []
    for side, run in runs if base == "L" else reversed(runs):
        for piece in run if side == "L" else reversed(run):
            for nth, token in enumerate(piece.tokens):
                text = _turn(token) if side == "R" and mirrored else token.text
                parts.append((text, piece.first + nth))
    return parts


def _turn(token: Token) -> str:
    """The text of a bracket painted in a run from right to left, when the file gives the code of its shape."""
    return token.text.translate(_MIRROR) if not token.stated and token.text in _MIRRORED else token.text


def _check(parts: Sequence[tuple[str, int]], lines: tuple[str, str, str], base: str, count: int) -> float:
    """The share of tokens that the forward algorithm would paint where they stand."""
    before, text, _ = lines
    start = len(before) + 1 if before else 0
    owner = [place for part, place in parts for _ in part]
    order = visual_order("\n".join(line for line in lines if line), base, start, start + len(text))
    painted = dict.fromkeys(owner[spot] for spot in order)
    return sum(place == spot for spot, place in enumerate(painted)) / count
