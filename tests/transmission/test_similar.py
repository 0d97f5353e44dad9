"""Sentences of like wording are those that a plain comparison of all with all finds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catena.transmission import find_similar, similar
from catena.transmission.sentences import Sentences

Texts = Sequence[Sequence[Sequence[int]]]
"""Words as numbers, by sentence, by document."""

WORDS = 12
SENTENCES = st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=8, unique=True)
TEXTS = st.lists(st.lists(SENTENCES, max_size=6), min_size=2, max_size=6)
FEW = {"MOST_HOLDERS": 4, "SMALL": 12, "LEAST_LENGTH": 0, "LEAST_WHOLE": -1.0, "LEAST_COSINE": 0.1}
"""Bounds that a handful of sentences reaches."""


def to_sentences(text: Sequence[Sequence[int]]) -> Sentences:
    bounds = np.cumsum([0, *map(len, text)])
    words = np.array([word for sentence in text for word in sentence], dtype=np.uint32)
    return Sentences(bounds[:-1] * 10, bounds[1:] * 10, words, bounds)


def find_pairs(texts: Texts, since: int = 0) -> set[tuple[int, int, int, int]]:
    """Both documents and both sentences of each pair that is said to be alike."""
    found = find_similar([to_sentences(text) for text in texts], since=since)
    return {(one.first, one.second, here, there) for one in found for here, there in one.pairs}


def compare_all(texts: Texts) -> set[tuple[int, int, int, int]]:
    """The same by looking at every pair of sentences."""
    rows = [(owner, n, Counter(words)) for owner, text in enumerate(texts) for n, words in enumerate(text)]
    first = [row for at, row in enumerate(rows) if all(row[2] != other[2] for other in rows[:at])]
    found = set()
    for at, (second, there, words) in enumerate(first):
        limit = max(similar.MOST_HOLDERS, similar.SMALL // (second + 1))
        led = {word for word in words if sum(word in other for _, _, other in first[:at]) < limit}
        for owner, here, other in first[:at]:
            least = max(similar.LEAST_RARE, similar.RARE_SHARE * min(len(words), len(other)))
            dice = 2 * len(words.keys() & other.keys()) / (len(words) + len(other))
            if owner == second or len(led & other.keys()) < least:
                continue
            if similar.LEAST_DICE <= dice < similar.NEAR_COPY:
                cosine = find_cosine([*texts[owner], *texts[second]], words, other)
                found |= {(owner, second, here, there)} if cosine >= similar.LEAST_COSINE else set()
    return found


def find_cosine(sentences: Sequence[Sequence[int]], one: Counter[int], other: Counter[int]) -> float:
    def weigh(words: Counter[int]) -> dict[int, float]:
        held = {word: sum(word in sentence for sentence in sentences) for word in words}
        return {word: times * (math.log(len(sentences) / held[word]) + 0.01) for word, times in words.items()}

    left, right = weigh(one), weigh(other)
    norms = [math.sqrt(sum(weight**2 for weight in side.values())) for side in (left, right)]
    return sum(weight * right.get(word, 0.0) for word, weight in left.items()) / (norms[0] * norms[1])


@settings(max_examples=200)
@given(texts=TEXTS)
def test_what_a_comparison_of_all_finds_is_found(texts: Texts) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (FEW | {"MOST_ALIKE": 1000}).items():
            patch.setattr(similar, name, value)
        wanted = compare_all(texts)
        assert find_pairs(texts) == wanted
        since = len(texts) // 2
        assert find_pairs(texts, since) == {pair for pair in wanted if pair[1] >= since}


@settings(max_examples=100)
@given(texts=TEXTS, block=st.integers(1, 40))
def test_how_much_is_looked_at_together_changes_nothing(texts: Texts, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (FEW | {"MOST_ALIKE": 2}).items():
            patch.setattr(similar, name, value)
        whole = find_pairs(texts)
        patch.setattr(similar, "BLOCK", block)
        patch.setattr(similar, "_PAIRS", 2)
        assert find_pairs(texts) == whole


def test_sentences_of_one_document_do_not_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    meetings = 0
    blocks = similar._blocks

    def count(sentence: similar.Ints, links: similar.Ints) -> Iterator[tuple[int, int]]:
        nonlocal meetings
        meetings += int(links.sum())
        return blocks(sentence, links)

    monkeypatch.setattr(similar, "_blocks", count)
    many = [[number % 50, number % 49, number] for number in range(2000)]
    assert find_pairs([many, [[0, 1, 2]]]) == set()
    assert 0 < meetings <= 3 * len(many)  # and not its square


def test_likeness_is_found_across_many_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FEW.items():
        monkeypatch.setattr(similar, name, value)
    one, other = [1, 2, 3, 4], [5, 6, 7, 8]
    between = [[number] for number in range(9, 80_000)]
    found = find_pairs([[one, other], [[1, 2], *between, [5, 6]]])
    assert found == {(0, 1, 0, 0), (0, 1, 1, len(between) + 1)}
