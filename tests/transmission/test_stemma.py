"""The tree joins the witnesses that differ least, and says how near the runner-up was."""

from __future__ import annotations

from catena.lexicons.folding import load_fold_table
from catena.model import Document, Span
from catena.transmission.collation import Text, collate
from catena.transmission.stemma import find_tree, measure_distances

TABLE = load_fold_table()
SENTENCE = """the ferry left the old harbour before dawn and nobody on the quay saw the red lamp that hung from its mast
while the bell of the mill rang twice"""
WORDS = SENTENCE.split()


def text(siglum: str, changes: dict[int, str]) -> Text:
    words = " ".join(changes.get(number, word) for number, word in enumerate(WORDS))
    return Text.of(siglum, Document.of(words), Span(0, len(words)), TABLE)


CHAIN = [
    text("A", {}),
    text("B", {1: "barge"}),
    text("C", {1: "barge", 5: "night"}),
    text("D", {1: "barge", 5: "night", 20: "fore"}),
    text("E", {10: "dock"}),
]


def test_a_line_of_copies_is_a_line() -> None:
    tree = find_tree(collate(CHAIN))
    assert [(branch.first, branch.second) for branch in tree] == [("A", "B"), ("A", "E"), ("B", "C"), ("C", "D")]


def test_the_base_does_not_change_the_tree() -> None:
    trees = {
        tuple((branch.first, branch.second) for branch in find_tree(collate(CHAIN, base))) for base in range(len(CHAIN))
    }
    assert len(trees) == 1


def test_lost_text_is_not_a_difference() -> None:
    words = " ".join(WORDS[:22])
    fragment = Text.of("F", Document.of(words), Span(0, len(words)), TABLE)
    assert measure_distances(collate([CHAIN[0], fragment]))["A", "F"] == (0, 22)


def test_a_mixed_text_has_a_rival_close_behind() -> None:
    left, right = {1: "barge", 3: "new", 5: "night"}, {20: "fore", 22: "as", 24: "call"}
    mixed = text("M", {1: "barge", 3: "new", 20: "fore", 22: "as"})
    tree = find_tree(collate([text("L", left), text("R", right), mixed]))
    branch = next(one for one in tree if {one.first, one.second} == {"L", "M"})
    assert branch.rival == "R"
    assert branch.margin == 0.0


def test_two_scraps_make_no_tree() -> None:
    assert find_tree(collate([text("A", {}), Text("B", ("ferry",), ("ferry",), (Span(0, 5),))])) == ()


def test_words_left_out_together_are_one_difference() -> None:
    shorter = " ".join(WORDS[:4] + WORDS[9:])
    other = Text.of("F", Document.of(shorter), Span(0, len(shorter)), TABLE)
    assert measure_distances(collate([CHAIN[0], other]))["A", "F"][0] == 1
