"""The benchmark on statements of our own: the marks are read as written, and every figure here was counted by hand."""

from __future__ import annotations

import pytest
from benchmarks.attribution_gold import TEXTS, Counts, add, load, read_marked, row

from catena.model import Document, Finding, MadeBy, Span, make_finding

ENTRY = {
    "name": "note",
    "language": "en",
    "text": "[s1: Lena] [q1: said]: “[c1: [s2: he] [q2: said] that [c2: no boat sails]].” The “[scare: reform]” ends.",
    "inside": {2: 1},
}


def found(text: str, source: str, content: str, parent: str | None = None) -> Finding:
    document = Document.of(text)
    roles = {role: (span,) for role, words in (("source", source), ("content", content)) if (span := at(text, words))}
    return make_finding(document, "attribution", roles, MadeBy("by-hand", "1"), parent=parent)


def at(text: str, words: str) -> Span | None:
    return Span(text.index(words), text.index(words) + len(words)) if words else None


def test_marks_are_taken_out_and_their_places_kept() -> None:
    marked = read_marked(ENTRY)
    assert marked.text == "Lena said: “he said that no boat sails.” The “reform” ends."
    assert sorted(marked.said[2].content) == list(range(25, 38))
    assert marked.uses == {(46, 52): "scare"}


def test_a_bracket_that_does_not_close_is_an_error() -> None:
    with pytest.raises(ValueError, match="not closed"):
        read_marked({**ENTRY, "text": "[s1: Lena said"})


def test_half_of_a_content_counts_half() -> None:
    marked = read_marked({**ENTRY, "text": "[s1: Lena] [q1: said] [c1: one two six ten].", "inside": {}})
    counts = Counts()
    add(counts, marked, [], [found(marked.text, "Lena", "one two")])
    # six of the twelve letters are found, and all six that are found are right
    assert (counts.recall, counts.precision, counts.paired, counts.right) == (0.5, 1.0, 1, 1)


def test_a_content_that_shares_less_than_half_has_no_source_to_judge() -> None:
    marked = read_marked({**ENTRY, "text": "[s1: Lena] [q1: said] [c1: one two six ten].", "inside": {}})
    counts = Counts()
    add(counts, marked, [], [found(marked.text, "Lena", "one")])
    assert (counts.paired, counts.right) == (0, 0)


def test_a_voice_inside_another_counts_when_both_are_found_and_one_points_at_the_other() -> None:
    marked = read_marked(ENTRY)
    outer = found(marked.text, "Lena", "he said that no boat sails")
    inner = found(marked.text, "he", "no boat sails", parent=outer.id)
    counts = Counts()
    add(counts, marked, [], [outer, inner])
    assert counts.nested == [1, 1, 1]
    alone = Counts()
    add(alone, marked, [], [outer, found(marked.text, "he", "no boat sails")])
    assert alone.nested == [0, 0, 1]


def test_words_in_marks_that_nobody_says_are_told_apart() -> None:
    marked = read_marked(ENTRY)
    document = Document.of(marked.text)
    counts = Counts()
    for words, use in (("reform", "speech"), ("he said that no boat sails.", "speech")):
        span = at(marked.text, words)
        assert span is not None
        quotation = make_finding(document, "quotation", {"content": span}, MadeBy("by-hand", "1"), values={"use": use})
        add(counts, marked, [quotation], [])
    assert (counts.quotations, counts.apart) == (2, 1)
    assert row("x", counts).startswith("| x | 2 | 4 |")


def test_every_text_reads_and_has_a_name_of_its_own() -> None:
    for path in TEXTS.glob("*.yaml"):
        texts = list(load(path))
        assert len({one.name for one in texts}) == len(texts) in (19, 21)
        for one in texts:
            assert all(inner in one.said and outer in one.said for inner, outer in one.inside.items()), one.name
