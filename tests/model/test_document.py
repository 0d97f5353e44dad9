"""Documents: a frozen text, its hash, its layers."""

from __future__ import annotations

import dataclasses

import pytest

from catena.model import Block, Document, Origin, Span, canonical


def test_the_id_is_the_sha256_of_the_text_in_utf8() -> None:
    assert Document.of("abc").id == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\n\rb", "a\n\nb"), ("\ufeffa\ufeff", "a\ufeff")],
)
def test_line_ends_and_one_byte_order_mark_are_all_that_changes(raw: str, clean: str) -> None:
    assert canonical(raw) == clean


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "\ufeffa"])
def test_a_text_that_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="clean it in the reader"):
        Document(text, Origin("x"))


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"U\+D800 at code point 2"):
        Document.of("ab\ud800")


def test_a_block_past_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"block page .* runs past the text of 3"):
        Document("abc", Origin("x"), blocks=(Block(Span(0, 4), "page"),))


def test_marks_joiners_nul_and_emoji_stay_as_they_are() -> None:
    text = "e\u0301 بَ\u200f \x00 👩\u200d🚀"
    assert Document.of(text).text == text


def test_a_document_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Document.of("abc").text = "abd"  # type: ignore[misc]


def test_pages_are_the_blocks_called_page() -> None:
    page, heading = Block(Span(0, 3), "page"), Block(Span(0, 1), "heading")
    assert Document("abc", Origin("x"), blocks=(heading, page)).pages == (page,)


def test_what_the_file_states_can_be_asked_for() -> None:
    document = Document("abc", Origin("x"), stated=(("title", "Talks"),))
    assert document.get_stated("title") == "Talks"
    assert document.get_stated("author") is None
