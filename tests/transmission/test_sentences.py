"""The hashes of words do not depend on how many letters are looked at together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catena.lexicons.folding import load_fold_table
from catena.model import Document
from catena.transmission import find_seeds, sentences, split_sentences

TABLE = load_fold_table()


@given(text=st.text(st.sampled_from("ab م. "), max_size=60), piece=st.integers(1, 9))
def test_words_that_run_on_into_the_next_piece_keep_their_hashes(text: str, piece: int) -> None:
    seeds = find_seeds(Document.of(text), TABLE)
    places, whole = sentences._words(seeds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "PIECE", piece)
        again, parts = sentences._words(seeds)
    assert (again.tolist(), parts.tolist()) == (places.tolist(), whole.tolist())


def test_equal_words_have_equal_hashes_and_others_have_not() -> None:
    document = Document.of("The harbour is the harbour. That is all.")
    found = split_sentences(document, find_seeds(document, TABLE)).words.tolist()
    assert [found.index(word) for word in found] == [0, 1, 2, 0, 1, 5, 2, 7]
