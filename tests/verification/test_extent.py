"""How far a passage goes on: the compiled code and the plain code say the same, also beside ligatures and breaks."""

from __future__ import annotations

import random

import pytest

from catena.model import Span
from catena.text import compiled
from catena.verification.extent import Letters, find_extent

ARABIC = "لا تغلق دولة المعبر بين البحيرتين أمام سفن دولة أخرى في زمن السلم ولا في غيره ﷺ"
ENGLISH = "No state shall close the passage between the lakes to the boats of another in time of peace."


def damaged(text: str, draw: random.Random) -> str:
    often = draw.choice((0.0, 0.05, 0.2))
    return "".join(draw.choice(("", char + char, "ن", "e ", "ﷲ")) if draw.random() < often else char for char in text)


@pytest.mark.parametrize("seed", range(8))
def test_the_kernels_grow_the_same_stretch(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("catena.text.kernels")
    draw = random.Random(seed)
    for _ in range(60):
        words = draw.choice((ARABIC, ENGLISH))
        theirs = "\n".join([words] * draw.randrange(1, 4))
        ours = "He read " + damaged(theirs.replace("\n", " "), draw) + " and sat down"
        start = draw.randrange(len(ours) - 8)
        low = draw.randrange(len(theirs) - 8)
        anchor, held = Span(start, start + 8), Span(low, low + 8)
        window = Span(max(0, start - draw.randrange(200)), min(len(ours), start + 8 + draw.randrange(200)))
        for backwards in (False, True):
            given = (Letters.of(ours), window, anchor, Letters.of(theirs), held)
            monkeypatch.setattr(compiled, "COMPILED_FROM", 10**15)
            plain = find_extent(*given, backwards=backwards)
            monkeypatch.setattr(compiled, "COMPILED_FROM", 0)
            assert find_extent(*given, backwards=backwards) == plain


def test_a_stretch_ends_where_the_passage_does() -> None:
    text, passages = "He read: the lakes are open. Tea came.", "The lakes are open.\nDues are low."
    letters, reference = Letters.of(text), Letters.of(passages)
    found = find_extent(letters, Span(0, len(text)), Span(13, 18), reference, Span(4, 9), backwards=False)
    assert found.span.of(text) == "the lakes are open"
    assert (found.letters, found.kept, found.words) == (15, 15, 4)
