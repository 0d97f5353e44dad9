"""The Unicode bidirectional algorithm, from logical to visual order, for one line without explicit controls.

Used to check a line that was put together from a page: what we say was written must come out as what was painted.
Source: Unicode Standard Annex 9, rules W1 to W7, N0 to N2, I1, I2, L1 and L2. Explicit embeddings and isolates
(X1 to X8) are left out: the characters that make them are no part of what a page paints.

Vocabulary: `base` is the direction of the paragraph, `"L"` or `"R"`; *visual* order runs from left to right.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional

_PAIRS = dict(zip("([{⟨⟦⦅〈《「『【", ")]}⟩⟧⦆〉》」』】", strict=True))
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def visual_order(text: str, base: str, start: int = 0, end: int | None = None) -> list[int]:
    """Places in `text` (code points) from the leftmost to the rightmost, when its paragraph runs in `base`.

    With `start` and `end`, the places of that line of the paragraph, counted from `start`.

    >>> visual_order("a אב", "L")
    [0, 1, 3, 2]
    """
    levels = find_levels(text, base)[start:end]
    order = list(range(len(levels)))
    if not levels:
        return order
    for level in range(max(levels), 0, -1):  # L2
        _reverse_runs(order, levels, level)
    return order


def _reverse_runs(order: list[int], levels: list[int], level: int) -> None:
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and levels[order[end]] >= level:
            end += 1
        order[start:end] = reversed(order[start:end])
        start = end + 1


def find_levels(text: str, base: str) -> list[int]:
    """The embedding level of each code point: even from left to right, odd from right to left."""
    kinds = [_class(character) for character in text]
    _resolve_weak(kinds, base)
    _resolve_brackets(text, kinds, base)
    _resolve_neutral(kinds, base)
    levels = [_level(kind, base) for kind in kinds]
    end = len(text)
    while end and text[end - 1].isspace():  # L1
        end -= 1
        levels[end] = 0 if base == "L" else 1
    return levels


@lru_cache(maxsize=4096)
def _class(character: str) -> str:
    return bidirectional(character) or "L"


def _level(kind: str, base: str) -> int:
    if base == "L":
        return {"L": 0, "R": 1}.get(kind, 2)
    return {"R": 1}.get(kind, 2)


def _resolve_weak(kinds: list[str], base: str) -> None:
    """W1 to W7, in place; afterwards every kind is L, R, EN, AN or ON."""
    before = strong = base
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind == "EN" and strong == "AL":
            kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        kinds[place] = before = kind
    for place in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and ((kind == "CS" and left in ("EN", "AN")) or (kind == "ES" and left == "EN")):
            kinds[place] = left
    _join_terminators(kinds)
    strong = base
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = "R" if kind == "AL" else kind
            kinds[place] = strong
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("ES", "ET", "CS") or kind in _NEUTRAL:
            kinds[place] = "ON"


def _join_terminators(kinds: list[str]) -> None:
    """W5: signs such as % beside a European number belong to it."""
    start = 0
    while start < len(kinds):
        if kinds[start] != "ET":
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
        start = end


def _resolve_brackets(text: str, kinds: list[str], base: str) -> None:
    """N0, in place."""
    for start, end in sorted(_find_pairs(text, kinds)):
        inside = {_side(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        side = base
        if base not in inside:
            context = next((_side(kind) for kind in reversed(kinds[:start]) if _side(kind)), base)
            side = context if context in inside else base
        kinds[start] = kinds[end] = side


def _find_pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _PAIRS:
            waiting.append((character, place))
        elif character in _CLOSING:
            deep = next((k for k in range(len(waiting) - 1, -1, -1) if waiting[k][0] == _CLOSING[character]), None)
            if deep is not None:
                pairs.append((waiting[deep][1], place))
                del waiting[deep:]
    return pairs


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """N1 and N2, in place."""
    start = 0
    while start < len(kinds):
        if kinds[start] != "ON":
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] == "ON":
            end += 1
        left = _side(kinds[start - 1]) if start else base
        right = _side(kinds[end]) if end < len(kinds) else base
        kinds[start:end] = [left if left == right else base] * (end - start)
        start = end
