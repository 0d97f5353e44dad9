"""Keyness, collocation, dispersion and n-grams, with values worked out by hand or printed in the papers."""

from __future__ import annotations

import numpy as np
import pytest

from catena.measures import (
    Cooccurrence,
    compare,
    count_ngrams,
    find_collocates,
    log_likelihood,
    measure_dispersion,
    per_million,
    score,
)


def test_a_rate_is_per_million_words_and_0_where_there_are_none() -> None:
    assert per_million(2, 40_000) == 50
    assert per_million(0, 0) == 0


def test_g2_of_ten_against_two_in_equal_parts() -> None:
    # 2 (10 ln(10/6) + 2 ln(2/6)) = 2 (5.1083 - 2.1972)
    assert log_likelihood(10, 2, 1000, 1000) == pytest.approx(5.8221, abs=0.0001)
    assert log_likelihood(5, 5, 1000, 1000) == 0


def test_the_log_ratio_counts_doublings_and_its_interval_holds_it() -> None:
    (word,) = compare([("lakes", 40, 10)], 1000, 1000)
    assert word.log_ratio == pytest.approx(2)
    # sqrt(1/40 - 1/1000 + 1/10 - 1/1000) / ln 2 = 0.5059
    assert (word.low, word.high) == (pytest.approx(2 - 1.96 * 0.5059, abs=0.001), pytest.approx(2.9916, abs=0.001))
    assert (word.target_rate, word.reference_rate) == (40_000, 10_000)


def test_a_word_that_one_part_lacks_stays_finite_and_rare_words_are_left_out() -> None:
    found = compare([("only", 8, 0), ("rare", 1, 1), ("absent", 0, 8)], 1000, 1000)
    assert [word.word for word in found] == ["only", "absent"]
    assert found[0].log_ratio == pytest.approx(4)  # 8 against a half


def test_the_surest_over_use_comes_first_and_under_use_last() -> None:
    found = compare([("sure", 200, 100), ("shaky", 4, 1), ("less", 10, 90), ("even", 50, 50)], 10_000, 10_000)
    assert [word.word for word in found] == ["sure", "shaky", "less", "even"]


def test_keyness_needs_words_on_both_sides() -> None:
    with pytest.raises(ValueError, match="both parts need words"):
        compare([("a", 1, 0)], 10, 0)


def test_dp_of_gries_example_is_0_18() -> None:
    # Gries (2008): five parts of 9, 10, 10, 10 and 11 words, with 1 to 5 occurrences.
    found = measure_dispersion([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    assert found is not None
    assert found.dp == pytest.approx(0.18)
    assert found.dp_norm == pytest.approx(0.18 / 0.82)
    assert (found.range, found.parts) == (5, 5)


def test_an_even_spread_has_dp_0_and_d_1_and_a_single_part_the_opposite() -> None:
    even, single = measure_dispersion([2, 2, 2], [10, 10, 10]), measure_dispersion([6, 0, 0], [10, 10, 10])
    assert even is not None
    assert single is not None
    assert (even.dp, even.juilland) == (0, 1)
    assert (single.dp_norm, single.juilland) == (1, 0)
    assert measure_dispersion([0, 0], [10, 10]) is None


def test_logdice_is_14_when_two_words_never_stand_apart() -> None:
    assert score(Cooccurrence(together=7, node=7, collocate=7, window=70, size=7000))[0] == 14


def test_collocates_count_left_and_right_within_the_window_and_the_document() -> None:
    #        0  1  2  3  4 | 5  6  7  8
    words = np.array([1, 2, 9, 3, 4, 5, 9, 2, 6], np.uint32)
    bounds = np.array([0, 5, 9])
    nodes, lengths = np.array([2, 6]), np.array([1, 1])
    found = {one.word: one for one in find_collocates(words, bounds, nodes, lengths, left=2, right=2, least=1)}
    assert {word: (one.left, one.right) for word, one in found.items()} == {
        1: (1, 0), 2: (1, 1), 3: (0, 1), 4: (0, 1), 5: (1, 0), 6: (0, 1),
    }  # fmt: skip
    assert 9 not in found
    assert found[2].log_dice == 14  # 2 x 2 together / (2 nodes + 2 of the word)


def test_ngrams_do_not_leave_their_document() -> None:
    words = np.array([1, 2, 3, 1, 2, 3, 1, 2], np.uint32)
    assert count_ngrams(words, np.array([0, 8]), 2) == [((1, 2), 3), ((2, 3), 2), ((3, 1), 2)]
    assert count_ngrams(words, np.array([0, 4, 8]), 2) == [((1, 2), 2), ((2, 3), 2), ((3, 1), 2)]
    assert count_ngrams(words, np.array([0, 8]), 3) == [((1, 2, 3), 2), ((2, 3, 1), 2), ((3, 1, 2), 2)]


def test_ngrams_of_a_corpus_too_short_for_one_are_none() -> None:
    assert count_ngrams(np.array([1], np.uint32), np.array([0, 1]), 2) == []
