"""Seeds: candidates for a quotation, with the letters shared."""

from __future__ import annotations

import random

import numpy as np
import pytest

from catena.text import Candidate, SeedIndex, build_seed_index

PASSAGES = [
    "thecouncilwelcomesthereportoftheinquiry",
    "theinquiryheardfiftywitnessesinspring",
    "",
    "short",
    "thecouncilmeetsagaininautumn",
]


def test_a_whole_passage_is_its_own_best_candidate() -> None:
    found = build_seed_index(PASSAGES).candidates(PASSAGES[1])
    assert found[0] == Candidate(1, 0, 37, 0, 37, 37)


def test_a_misprint_costs_no_more_than_the_seeds_over_it() -> None:
    found = build_seed_index(PASSAGES).candidates("theinquiryheardfixtywitnessesinspring")
    assert found[0] == Candidate(1, 0, 37, 0, 37, 36)


def test_a_shortened_quotation_is_one_chain_over_the_gap() -> None:
    found = build_seed_index(PASSAGES).candidates("thecouncilwelcomestheinquiry")
    assert found[0] == Candidate(0, 0, 28, 0, 39, 28)


def test_words_in_another_order_are_not_chained() -> None:
    found = build_seed_index(["abcdefghijklmnopqrst"]).candidates("klmnopqrstabcdefghij")
    assert [each.shared for each in found] == [10]


def test_the_nearer_of_two_equal_pieces_is_chained() -> None:
    passage = "peacetalks" + "x" * 200 + "peacetalksresumed"
    found = build_seed_index([passage]).candidates("peacetalksresumed")
    assert (found[0].passage_start, found[0].passage_end) == (210, 227)


def test_pieces_further_apart_than_a_long_verse_are_not_chained() -> None:
    found = build_seed_index(["abcdefgh" + "-" * 700 + "ijklmnopq"]).candidates("abcdefghijklmnopq")
    assert [(each.quoted_start, each.shared) for each in found] == [(8, 9)]


def test_no_seed_runs_over_the_end_of_a_passage() -> None:
    assert build_seed_index(["peace", "talks"], 6).candidates("peacetalks") == ()


@pytest.mark.parametrize("letters", ["", "counci", "zzzzzzzzzz"])
def test_a_quotation_too_short_or_unknown_has_no_candidate(letters: str) -> None:
    assert build_seed_index(PASSAGES).candidates(letters) == ()


def test_an_empty_library_answers_with_nothing() -> None:
    index = build_seed_index([])
    assert len(index) == 0
    assert index.candidates("thecouncilwelcomes") == ()


def test_a_formula_in_every_passage_does_not_hide_the_rare_words() -> None:
    library = [f"inthenameofpeaceandgoodwill{number:05d}" for number in range(5000)]
    library[4321] += "theharbourwillbeopened"
    found = build_seed_index(library).candidates("inthenameofpeaceandgoodwilltheharbourwillbeopened", 5)
    assert found[0].passage == 4321
    assert found[0].shared >= 22


def test_the_limit_is_kept() -> None:
    assert len(build_seed_index(["thesamewords"] * 30).candidates("thesamewords", 4)) == 4


def test_an_index_can_be_memory_mapped(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("index")
    index = build_seed_index(PASSAGES)
    for name, array in index.to_arrays().items():
        np.save(folder / f"{name}.npy", array)
    mapped = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in index.to_arrays()}
    assert SeedIndex.from_arrays(mapped).candidates(PASSAGES[0]) == index.candidates(PASSAGES[0])


def test_a_seed_of_one_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 letters"):
        build_seed_index(["abc"], k=1)


def test_letters_in_one_run_are_found_wherever_they_stand_whole() -> None:
    index = build_seed_index(["peacetalks", "talkspeacetalkspeacetalks", "peacetal", "ks"])
    assert index.runs("peacetalks").tolist() == [0, 15, 25]
    assert index.passages_of(index.runs("peacetalks")).tolist() == [0, 1, 1]
    assert index.runs("peace").tolist() == []  # shorter than a seed
    assert index.runs("peacetalksx").tolist() == []


def test_a_few_candidates_are_the_first_of_many() -> None:
    draw = random.Random(3)
    passages = ["".join(draw.choices("abcd", k=draw.randrange(5, 60))) for _ in range(300)]
    index = build_seed_index(passages, k=3)
    for _ in range(40):
        letters = "".join(draw.choices("abcd", k=draw.randrange(5, 40)))
        sought = index.seek(letters)
        every = sorted(
            sought.best(300), key=lambda one: (-one.shared, one.passage_end - one.passage_start, one.passage)
        )
        first = {one.passage for one in index.seek(letters).best(12)}
        looked_at = set(sought.passages[:20])  # those with most letters under their hits are chained at all
        assert first == {one.passage for one in [one for one in every if one.passage in looked_at][:12]}
