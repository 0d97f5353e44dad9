"""Other extractors in the benchmark: what they find is counted as ours is, and a missing one says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks.attribution_peers import Peer, PeerError, gender_gap_tracker, make_peers, rename

from catena.attribution.tagger.network import LABELS
from catena.training.polnear import Attribution, make_article


def parsed(words: list[str], heads: list[int], deps: list[str]) -> Any:
    """A parsed text of spaCy, which the tests do not install."""
    spacy = pytest.importorskip("spacy")
    return spacy.tokens.Doc(spacy.blank("en").vocab, words, heads=heads, deps=deps)


def test_according_to_hangs_as_the_extractors_ask() -> None:
    words = ["Water", "fell", "according", "to", "Dahl"]
    doc = parsed(words, heads=[1, 1, 4, 4, 1], deps=["nsubj", "ROOT", "case", "fixed", "obl"])
    renamed = rename(doc)
    assert [(token.dep_, token.head.text) for token in renamed][2:] == [
        ("prep", "fell"),
        ("prep", "according"),
        ("pobj", "to"),
    ]


def test_a_passive_subject_has_the_name_that_spacy_gives_it() -> None:
    doc = parsed(["Dahl", "was", "told"], heads=[2, 2, 2], deps=["nsubj:pass", "aux:pass", "ROOT"])
    assert [token.dep_ for token in rename(doc)] == ["nsubjpass", "aux:pass", "ROOT"]


def test_what_a_peer_finds_is_counted_in_tokens() -> None:
    text = "Dahl said the water fell."
    article = make_article("x", text, (Attribution(((0, 4),), ((5, 9),), ((10, 24),)),))
    peer = Peer("p", str, lambda _: [(((0, 4),), ((5, 9),), ((10, 24),)), (((0, 4),), (), ())])
    labels, said = peer(article)
    assert [LABELS[label] for label in labels] == [
        "B-source", "B-cue", "B-content", "I-content", "I-content", "O",
    ]  # fmt: skip
    assert [(sorted(one.source), sorted(one.cue), sorted(one.content)) for one in said] == [([0], [1], [2, 3, 4])]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match="no pipeline"):
        make_peers(str(tmp_path / "nothing"), None)
    with pytest.raises(PeerError, match="no checkout"):
        gender_gap_tracker(None, tmp_path)
