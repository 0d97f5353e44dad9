"""Collation: every witness is in the table whole, whatever the base; differences are said as what they are."""

from __future__ import annotations

from catena.lexicons.folding import load_fold_table
from catena.model import Document, Span
from catena.transmission.collation import Collation, Text, collate

TABLE = load_fold_table()


def text(siglum: str, words: str) -> Text:
    return Text.of(siglum, Document.of(words), Span(0, len(words)), TABLE)


def rows(table: Collation) -> dict[str, list[str]]:
    return {
        one.siglum: [table.reading(column, number) for column in range(len(table.columns))]
        for number, one in enumerate(table.texts)
    }


A = text("A", "The council will not return to the talks")
B = text("B", "The council will return to the long talks")
C = text("C", "the Council shall not return to the long and bitter talks")


def test_words_stand_in_columns() -> None:
    assert rows(collate([A, B, C])) == {
        "A": ["The", "council", "will", "not", "return", "to", "the", "", "", "", "talks"],
        "B": ["The", "council", "will", "", "return", "to", "the", "long", "", "", "talks"],
        "C": ["the", "Council", "shall", "not", "return", "to", "the", "long", "and", "bitter", "talks"],
    }


def test_any_base_can_be_chosen_and_no_word_is_lost() -> None:
    for base in range(3):
        table = collate([A, B, C], base)
        for one in (A, B, C):
            assert [word for word in rows(table)[one.siglum] if word] == list(one.words)


def test_the_order_of_witnesses_does_not_matter() -> None:
    assert rows(collate([A, C, B])) == rows(collate([A, B, C]))


def test_the_apparatus_names_readings_and_witnesses() -> None:
    assert [readings for _, readings in collate([A, B, C]).apparatus()] == [
        {"will": ("A", "B"), "shall": ("C",)},
        {"not": ("A", "C"), "": ("B",)},
        {"": ("A",), "long": ("B", "C")},
        {"": ("A", "B"), "and": ("C",)},
        {"": ("A", "B"), "bitter": ("C",)},
    ]


def test_a_fragment_is_absent_where_it_has_no_text() -> None:
    table = collate([A, text("D", "will not return")])
    assert [column[1].op for column in table.columns] == [
        "absent", "absent", "equal", "equal", "equal", "absent", "absent", "absent",
    ]  # fmt: skip


def test_words_in_another_place_are_moved_and_not_added() -> None:
    first = text("A", "on Monday morning the council of the lake met in the old hall")
    second = text("B", "the council of the lake met in the old hall on Monday morning")
    table = collate([first, second])
    moved = [table.reading(n, 1) for n, column in enumerate(table.columns) if column[1].op == "moved"]
    assert " ".join(moved) == "on Monday morning"


def test_spellings_that_fold_alike_are_one_reading() -> None:
    table = collate([text("A", "كتاب الله"), text("B", "كِتَابُ اللّٰه")])
    assert list(table.apparatus()) == []


def test_two_words_written_as_one_stand_in_one_place() -> None:
    table = collate([text("A", "we met in the court yard at noon"), text("B", "we met in the courtyard at noon")])
    assert rows(table)["B"] == ["we", "met", "in", "the", "courtyard", "", "at", "noon"]
    assert table.columns[5][1].op == "joined"


def test_an_empty_witness_is_absent_everywhere() -> None:
    table = collate([A, text("E", "")])
    assert {column[1].op for column in table.columns} == {"absent"}


def test_what_lies_between_two_pieces_is_absent_and_not_left_out() -> None:
    whole = text("A", "the old bell rang twice in the mill and nobody went to see who had pulled the rope")
    document = Document.of("the old bell rang twice. Another story. nobody went to see who had pulled the rope")
    pieces = Text.of_pieces("P", document, [Span(0, 23), Span(40, len(document.text))], TABLE)
    table = collate([whole, pieces])
    assert [column[0].start for column in table.columns if column[1].op == "absent"] == [5, 6, 7, 8]
    assert not any(column[1].op == "omitted" for column in table.columns)
