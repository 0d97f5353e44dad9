"""Plain text and Markdown."""

from __future__ import annotations

import hashlib

import pytest

from catena.readers import READERS, ReaderError, choose_reader, read_bytes

NOTE = """---
title: "Notes on the ferry"
author: Ilse Maren
mood: calm
---
# Notes on the ferry

The ferry leaves at nine.

> The council has decided
> to keep the dues.

1. First point
   - inner point
2) Second point

```
# not a heading
> not a quotation
```
***
"""


def kinds(text: str) -> list[tuple[str, str]]:
    document = read_bytes(text.encode(), "note.md")
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def test_text_is_kept_but_for_line_ends_and_the_change_is_named() -> None:
    document = read_bytes(b"One \r\ntwo\rthree\n\n", "a.txt")
    assert document.text == "One \ntwo\nthree\n\n"
    assert document.origin.steps == ("decoded utf-8", "line ends to LF")


def test_the_origin_holds_the_hash_of_the_bytes_and_the_name_given() -> None:
    data = b"The talks ended."
    origin = read_bytes(data, "folder/a.txt").origin
    assert origin.sha256 == hashlib.sha256(data).hexdigest()
    assert (origin.name, origin.media_type, origin.reader) == ("folder/a.txt", "text/plain", "text")


def test_joiners_marks_and_controls_survive() -> None:
    text = "می\u200cخواهیم\u200f قَالَ \u00a0 e\u0301 \U0001f54a\ufe0f \u2067x\u2069"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_doubled_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes(b"\xef\xbb\xbf\xef\xbb\xbfOpen", "a.txt").text == "Open"


@pytest.mark.parametrize("data", [b" \n\t ", b"\xef\xbb\xbf"])
def test_a_file_of_white_space_holds_no_text(data: bytes) -> None:
    with pytest.raises(ReaderError, match="no text"):
        read_bytes(data, "a.txt")


def test_markdown_stays_as_typed_with_blocks_beside_it() -> None:
    assert read_bytes(NOTE.encode(), "note.md").text == NOTE
    assert kinds(NOTE) == [
        ("heading", "Notes on the ferry"),
        ("blockquote", "The council has decided\n> to keep the dues."),
        ("list-item", "First point"),
        ("list-item", "inner point"),
        ("list-item", "Second point"),
    ]


def test_two_quotes_parted_by_a_blank_line_are_two_blocks() -> None:
    assert kinds("> one\n\n> two\n") == [("blockquote", "one"), ("blockquote", "two")]


@pytest.mark.parametrize("line", ["#hashtag", "-dash", "3.14 is a number", "---", "* * *", "> "])
def test_what_only_looks_like_a_mark_is_no_block(line: str) -> None:
    assert kinds(f"Words\n\n{line}\n") == []


def test_front_matter_is_what_the_file_states() -> None:
    stated = read_bytes(NOTE.encode(), "note.md").stated
    assert stated == (("title", "Notes on the ferry"), ("author", "Ilse Maren"))


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"%PDF-1.7", "letter.txt", "pdf"),
        (b"<!DOCTYPE html><p>x", "letter.txt", "html"),
        (b"<!-- saved -->\n<html><p>x", "letter", "html"),
        (b"<p>x", "letter.HTM", "html"),
        (b"# x", "letter.md", "markdown"),
        (b"# x", "letter", "text"),
        (b"He wrote <html> in a note", "letter.txt", "text"),
    ],
)
def test_content_decides_before_the_suffix(data: bytes, name: str, reader: str) -> None:
    assert choose_reader(data, name) is READERS[reader]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "Office"),
        (b"\x1f\x8b" + bytes(50), "compressed"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
    ],
)
def test_a_format_without_a_reader_is_named(data: bytes, said: str) -> None:
    with pytest.raises(ReaderError, match=said) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.next_step
