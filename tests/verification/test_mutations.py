"""Every changed word is seen; no unchanged verse is called altered. Verses and words are drawn with a fixed
seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from catena.model import Finding
from catena.verification import LoadedLibrary

Check = Callable[[str], tuple[Finding, ...]]
STRANGERS = ("البحيرات", "المرفأ", "والقوارب", "السفينة")
"""Words of harbours that stand nowhere in these verses."""


def _verses(library: LoadedLibrary, many: int, seed: int) -> list[tuple[str, str]]:
    edition = library.editions[0]
    long = [n for n, text in enumerate(edition.texts) if 6 <= len(text.split()) <= 40]
    return [(edition.references[n], edition.texts[n]) for n in random.Random(seed).sample(long, many)]


@pytest.mark.parametrize("fault", ["substitute", "omit", "insert", "prefix"])
def test_each_of_fifty_mutated_verses_is_altered_in_its_place(fault: str, library: LoadedLibrary, check: Check) -> None:
    draw = random.Random(fault)
    for reference, text in _verses(library, 50, 7):
        words = text.split()
        at = draw.randrange(1, len(words) - 1)
        if fault == "substitute":
            words[at] = draw.choice(STRANGERS)
        elif fault == "omit":
            del words[at]
        elif fault == "insert":
            words.insert(at, draw.choice(STRANGERS))
        else:
            words[at] = "س" + words[at]
        found = check(f"﴿{' '.join(words)}﴾ [{reference.removeprefix('Q ')}]")
        assert [finding.verdict for finding in found] == ["altered"], (reference, " ".join(words))
        assert found[0].reference == reference


def test_each_of_three_hundred_unchanged_verses_is_exact(library: LoadedLibrary, check: Check) -> None:
    for reference, text in _verses(library, 300, 11):
        found = check(f"﴿{text}﴾ [{reference.removeprefix('Q ')}]")
        assert [(finding.verdict, finding.reference) for finding in found] == [("exact", reference)]


def test_fragments_of_verses_are_not_altered(library: LoadedLibrary, check: Check) -> None:
    for reference, text in _verses(library, 100, 13):
        words = text.split()
        found = check(f"﴿{' '.join(words[1:-1])}﴾ [{reference.removeprefix('Q ')}]")
        assert found[0].verdict in ("exact", "shortened-meaning"), (reference, found[0].verdict)
        assert found[0].reference == reference
