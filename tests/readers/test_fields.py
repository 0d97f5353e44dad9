"""Field maps: the columns that a person names beside a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.builders import make_zip

from catena.building import build
from catena.engines import Here
from catena.readers import ReaderError, read_bytes, read_path
from catena.store import Project

TABLE = """nr,kopf,rumpf,von,am,note
7,Talks,The talks have ended.,Tarek Salim,2021-05-09,a long remark of the archive that is no statement
8,Lakes,The lakes stay open.,Ilse Maren,2021-05-10,another long remark of the archive that is none
"""
MAP = "text: [kopf, rumpf]\nauthor: von\ndate: am\nid: nr\n"


def test_the_map_says_which_columns_are_the_words_and_who_wrote_them_when() -> None:
    document = read_bytes(TABLE.encode(), "a.csv", MAP.encode())
    assert document.text == "Talks\n\nThe talks have ended.\n\nLakes\n\nThe lakes stay open."
    assert [block.locator for block in document.blocks] == [
        "record 1, id 7, by Tarek Salim, on 2021-05-09", "record 2, id 8, by Ilse Maren, on 2021-05-10",
    ]  # fmt: skip
    assert document.origin.steps == ("the field “kopf”, “rumpf” of each record, by the field map",)


def test_json_lines_take_a_map_too() -> None:
    data = b'{"aa": "The talks have ended.", "zz": "a much longer remark of the archive"}\n'
    assert read_bytes(data, "a.jsonl", b"text: aa").text == "The talks have ended."


def test_a_column_called_no_is_a_word() -> None:
    assert read_bytes(b"no,yes\nThe talks have ended.,x\n", "a.csv", b"text: no").text == "The talks have ended."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text: body\n", "no column body; the table has nr, kopf, rumpf, von, am, note"),
        ("date: am\n", "does not say which column is the text"),
        ("text: rumpf\nauthr: von\n", "“authr” is not one of text, id, title, author"),
        ("text: rumpf\neach: page\n", "“each” is one of block, document"),
        ("text: rumpf\ndate: [am, nr]\n", "“date” takes the name of one column"),
        ("- rumpf\n", "has no lines"),
        ("text: [rumpf\n", "no YAML"),
    ],
)
def test_a_wrong_map_is_refused_with_what_is_wrong(given: str, said: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_bytes(TABLE.encode(), "a.csv", given.encode())
    assert said in caught.value.reason


def test_a_map_lies_beside_its_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "a.csv.fields.yaml").write_text("text: rumpf")
    assert read_path(tmp_path / "a.csv").text == "The talks have ended.\n\nThe lakes stay open."


@pytest.mark.parametrize("packed", [False, True])
def test_each_record_becomes_a_document_that_states_its_author_and_date(packed: bool, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    files = {"a.csv": TABLE, "a.csv.fields.yaml": MAP + "each: document\n"}
    if packed:
        (folder / "in.zip").write_bytes(make_zip(files))
    else:
        for name, words in files.items():
            (folder / name).write_text(words)
    report = build(folder, tmp_path / "p.catena", engine=Here())
    assert report.failures == ()
    before = "in.zip/" if packed else ""
    with Project.open(tmp_path / "p.catena") as opened:
        assert [row.path for row in opened.documents()] == [f"{before}a.csv/record {n}.txt" for n in ("1 7", "2 8")]
        document = opened.document(f"{before}a.csv/record 2 8.txt").document
    assert document.text == "Lakes\n\nThe lakes stay open."
    assert document.stated == (("author", "Ilse Maren"), ("date", "2021-05-10"))


def test_a_changed_map_makes_the_table_new(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(TABLE)
    build(folder, tmp_path / "p.catena", engine=Here())
    (folder / "a.csv.fields.yaml").write_text("text: rumpf")
    report = build(folder, tmp_path / "p.catena", engine=Here())
    assert (report.files, report.new) == (1, 1)
    with Project.open(tmp_path / "p.catena") as opened:
        assert opened.document("a.csv").document.text == "The talks have ended.\n\nThe lakes stay open."
