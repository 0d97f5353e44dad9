"""The scorer is a published protocol: every figure here was counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from catena.attribution.tagger import LABELS
from catena.training.polnear import read_articles
from catena.training.scoring import Said, Tally, f1, match, score_labels, tally


def labels(line: str) -> list[int]:
    """`S s C c Q .`: a capital begins a source, content or cue (Q), a small letter goes on, a stop is nothing."""
    names = {"S": "B-source", "s": "I-source", "Q": "B-cue", "q": "I-cue", "C": "B-content", "c": "I-content", ".": "O"}
    return [LABELS.index(names[one]) for one in line.split()]


def said(source: str = "", cue: str = "", content: str = "", kind: str = "") -> Said:
    return Said(*(frozenset(map(int, part.split())) for part in (source, cue, content)), kind)


def test_the_same_labels_score_one() -> None:
    gold = labels("S s Q C c c .")
    assert set(score_labels([(gold, gold)]).values()) == {1.0}


def test_a_token_counts_for_its_role_whether_it_begins_or_goes_on() -> None:
    found = score_labels([(labels("S s Q C c c"), labels("S S Q C c ."))])
    # 5 tokens right, 5 found, 6 wanted
    assert found["token"] == pytest.approx(10 / 11)


def test_a_run_counts_only_when_both_ends_agree() -> None:
    found = score_labels([(labels("S s Q C c c"), labels("S s Q C c ."))])
    assert (found["exact source"], found["exact cue"], found["exact content"]) == (1.0, 1.0, 0.0)
    # two of three runs right on both sides
    assert found["exact"] == pytest.approx(2 / 3)


def test_two_pieces_of_one_content_are_two_runs() -> None:
    gold, got = labels("C c Q S C c"), labels("C c Q S . .")
    # one content run found, and right; two wanted
    assert score_labels([(gold, got)])["exact content"] == pytest.approx(2 / 3)


def test_an_inside_label_after_another_role_begins_a_run() -> None:
    assert score_labels([(labels("S C c"), labels("S c c"))])["exact content"] == 1.0


def test_nothing_wanted_and_nothing_found_is_no_success() -> None:
    assert f1(0, 0, 0) == 0.0


def test_contents_that_share_half_of_both_together_are_one_attribution() -> None:
    # 3 shared of 6 together: exactly half
    assert match([said(content="1 2 3 4")], [said(content="2 3 4 5 6")]) == [(0, 0)]
    # 3 shared of 7
    assert match([said(content="1 2 3 4")], [said(content="2 3 4 5 6 7")]) == []


def test_pairs_are_one_to_one_and_the_nearest_go_first() -> None:
    gold = [said(content="1 2 3 4"), said(content="1 2 3")]
    assert match(gold, [said(content="1 2 3")]) == [(1, 0)]


def test_a_source_is_right_when_it_shares_a_token_or_when_neither_has_one() -> None:
    gold = [said("1", "2", "3 4"), said("", "6", "7 8"), said("10", "11", "12 13")]
    found = [said("0 1", "2", "3 4"), said("", "5", "7 8"), said("", "11", "12 13"), said("20", "21", "22")]
    into = Tally()
    tally(gold, found, into)
    numbers = into.numbers()
    assert numbers["content"] == pytest.approx(6 / 7)  # three right, four found, three wanted
    assert numbers["with source"] == pytest.approx(4 / 7)
    assert numbers["source given content"] == 0.5  # of the two that have a source
    assert numbers["all given content"] == pytest.approx(1 / 3)  # only the first has source and cue


def test_recall_is_told_by_kind() -> None:
    into = Tally()
    tally([said(content="1", kind="direct"), said(content="2", kind="indirect")], [said(content="2")], into)
    assert (into.numbers()["recall direct"], into.numbers()["recall indirect"]) == (0.0, 1.0)


TEXT = "Council notes.\n\n“We agree,” Lena Dahl said on Monday.\n"
MARKS = """T1\tContent 16 27\t“We agree,”
T2\tSource 28 37\tLena Dahl
T3\tCue 38 42\tsaid
E1\tAttribution:T4 Content:T1 Source:T2 Cue:T3
"""


def test_marked_texts_are_read_as_tokens_with_labels(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "note_aa.ann").write_text(MARKS, encoding="utf-8")
    (article,) = read_articles(tmp_path)
    named = [(word, LABELS[label]) for word, label in zip(article.tokens.words, article.labels, strict=True)]
    assert named[3:12] == [
        ("“", "B-content"),
        ("We", "I-content"),
        ("agree", "I-content"),
        (",", "I-content"),
        ("”", "I-content"),
        ("Lena", "B-source"),
        ("Dahl", "I-source"),
        ("said", "B-cue"),
        ("on", "O"),
    ]
    assert article.attributions[0].source == ((28, 37),)
    assert [TEXT[span.start : span.end] for span in article.quoted] == ["We agree,"]


def test_a_text_without_marks_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "note.txt").write_text(TEXT, encoding="utf-8")
    assert list(read_articles(tmp_path)) == []
