"""What the seed index promises for every library."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catena.text import SeedIndex, build_seed_index

letters = st.text("abcاب", max_size=40)
libraries = st.lists(letters, min_size=1, max_size=8)
K = 4


@given(libraries, st.data())
def test_a_piece_of_a_passage_finds_that_passage_with_all_its_letters(library: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(library) - 1))
    passage = library[number]
    low = data.draw(st.integers(0, len(passage)))
    piece = passage[low : data.draw(st.integers(low, len(passage)))]
    found = build_seed_index(library, K).candidates(piece, limit=len(library))
    if len(piece) < K:
        assert found == ()
        return
    mine = next(each for each in found if each.passage == number)
    assert mine.shared == len(piece) == found[0].shared
    assert passage[mine.passage_start : mine.passage_end] == piece


@given(libraries, letters)
def test_candidates_lie_inside_both_texts_best_first(library: list[str], quoted: str) -> None:
    found = build_seed_index(library, K).candidates(quoted, limit=5)
    assert len(found) <= 5
    assert [each.shared for each in found] == sorted((each.shared for each in found), reverse=True)
    assert len({each.passage for each in found}) == len(found)
    for each in found:
        passage = library[each.passage]
        assert 0 <= each.quoted_start < each.quoted_end <= len(quoted)
        assert 0 <= each.passage_start < each.passage_end <= len(passage)
        assert K <= each.shared <= each.quoted_end - each.quoted_start
        assert quoted[each.quoted_start :][:K] == passage[each.passage_start :][:K]
        assert quoted[: each.quoted_end][-K:] == passage[: each.passage_end][-K:]


@given(libraries, letters)
def test_a_passage_is_found_exactly_when_it_shares_a_run_of_k_letters(library: list[str], quoted: str) -> None:
    runs = {quoted[at : at + K] for at in range(len(quoted) - K + 1)}
    sharing = {number for number, passage in enumerate(library) if any(run in passage for run in runs)}
    assert {each.passage for each in build_seed_index(library, K).candidates(quoted, 99)} == sharing


@given(libraries, letters)
def test_an_index_from_saved_arrays_answers_the_same(library: list[str], quoted: str) -> None:
    index = build_seed_index(library, K)
    again = SeedIndex.from_arrays(index.to_arrays())
    assert len(again) == len(library)
    assert again.candidates(quoted) == index.candidates(quoted)


@given(libraries, letters, st.lists(st.integers(1, 12), min_size=1, max_size=3))
def test_candidates_of_several_limits_from_one_look_up_are_those_of_each(
    library: list[str], quoted: str, limits: list[int]
) -> None:
    index = build_seed_index(library * 3, K)
    sought = index.seek(quoted)
    for limit in limits:
        assert sought.best(limit) == index.candidates(quoted, limit)
