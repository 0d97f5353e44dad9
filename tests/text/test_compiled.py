"""The compiled kernels and the plain code say the same, and small inputs never wait for numba."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from catena.text import compiled
from catena.text.align import align_words

WORDS = [
    "the",
    "envoys",
    "of",
    "both",
    "lakes",
    "will",
    "not",
    "meet",
    "again",
    "in",
    "the",
    "spring",
    "of",
    "next",
    "year",
    "unless",
    "they",
    "agree",
]


def test_the_kernels_align_as_the_plain_code_does(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("catena.text.kernels")
    draw = random.Random(7)
    for _ in range(200):
        reference = draw.choices(WORDS, k=draw.randrange(1, 30))
        quoted = [word for word in reference if draw.random() > 0.2] + draw.choices(WORDS, k=draw.randrange(3))
        quoted = [one + "s" if draw.random() < 0.1 else one for one in quoted]
        for within in (False, True):
            monkeypatch.setattr(compiled, "COMPILED_FROM", 10**15)
            plain = align_words(quoted, reference, within=within)
            monkeypatch.setattr(compiled, "COMPILED_FROM", 0)
            assert align_words(quoted, reference, within=within) == plain


def test_small_inputs_do_not_wait_for_the_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_DONE", [0])
    assert compiled.kernels(10_000) is None


def test_who_must_answer_quickly_goes_on_without_the_kernels_until_they_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compiled, "_DONE", [0])
    monkeypatch.setattr(compiled, "_LOADED", [])
    waiting: list[Callable[[], object]] = []
    compiled.load_by(waiting.append)
    try:
        assert compiled.kernels(compiled.COMPILED_FROM - 1) is None
        assert not waiting
        assert compiled.kernels(1) is None
        assert compiled.kernels(1) is None
        (work,) = waiting
        compiled._imported.cache_clear()
        found = work()
        assert compiled.kernels(1) is found
    finally:
        compiled.load_by(None)
