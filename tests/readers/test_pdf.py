"""PDF: text with page spans."""

from __future__ import annotations

import pytest
from tests.readers.builders import make_pdf, make_pdf_streams

from catena.readers import ReaderError, read_bytes


def test_each_page_is_a_block_that_holds_its_text() -> None:
    found = read_bytes(make_pdf("The talks ended.\nThe dues stay.", "Second page."), "a.pdf")
    assert found.text == "The talks ended.\nThe dues stay.\n\nSecond page."
    assert [(page.locator, page.span.of(found.text)) for page in found.pages] == [
        ("page 1", "The talks ended.\nThe dues stay."), ("page 2", "Second page."),
    ]  # fmt: skip


def test_a_hyphen_at_a_line_end_stays_and_the_words_are_not_joined() -> None:
    found = read_bytes(make_pdf("The boatmen of the har-\nbour agree."), "a.pdf")
    assert found.text == "The boatmen of the har-\nbour agree."
    assert "\ufffe" not in found.text
    assert "\x02" not in found.text


def test_a_restored_hyphen_is_a_named_step_and_only_then() -> None:
    step = "hyphens at line ends restored"
    assert step in read_bytes(make_pdf("The boatmen of the har-\nbour agree."), "a.pdf").origin.steps
    assert step not in read_bytes(make_pdf("The talks ended."), "a.pdf").origin.steps


INKED = b"72 400 300 200 re f"  # a page that shows something, but no letters


def test_a_page_that_shows_something_without_text_is_named_in_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATENA_OCR", "off")
    text = b"BT /F1 12 Tf 72 700 Td (The talks ended.) Tj ET"
    found = read_bytes(make_pdf_streams([text, INKED, text]), "a.pdf")
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("page 2 without text (scanned?); install tesseract")
    assert [page.locator for page in found.pages] == ["page 1", "page 2", "page 3"]


def test_a_blank_page_is_nothing_to_warn_of() -> None:
    assert read_bytes(make_pdf("The talks ended.", "", "End."), "a.pdf").warnings == ()


def test_a_scanned_file_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATENA_OCR", "off")
    with pytest.raises(ReaderError, match="install tesseract"):
        read_bytes(make_pdf_streams([INKED, INKED]), "a.pdf")
    with pytest.raises(ReaderError, match="blank"):
        read_bytes(make_pdf("", ""), "a.pdf")


def test_the_title_is_what_the_file_states() -> None:
    assert read_bytes(make_pdf("Words", title="Dues of the lake"), "a.pdf").stated == (("title", "Dues of the lake"),)


def test_packed_pages_are_read() -> None:
    assert (
        read_bytes(make_pdf_streams([b"BT /F1 12 Tf 72 700 Td (Packed) Tj ET"], packed=True), "a.pdf").text == "Packed"
    )


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", make_pdf("The talks ended.")[:200], b"%PDF-1.7\n" + bytes(500)])
def test_a_damaged_file_is_refused_with_a_next_step(data: bytes) -> None:
    with pytest.raises(ReaderError, match="damaged PDF") as caught:
        read_bytes(data, "a.pdf")
    assert caught.value.stage == "open"


def test_running_heads_and_page_numbers_leave_the_flow_and_are_kept_behind_it() -> None:
    pages = [f"Dues of the lake\nThe list for {month} hangs.\nPage {number} of 3"
             for number, month in enumerate(("March", "April", "May"), 1)]  # fmt: skip
    found = read_bytes(make_pdf(*pages), "a.pdf")
    assert found.text == (
        "The list for March hangs.\n\nThe list for April hangs.\n\nThe list for May hangs.\n\n"
        "Dues of the lake\nPage 1 of 3\nDues of the lake\nPage 2 of 3\nDues of the lake\nPage 3 of 3"
    )
    assert [(block.kind, block.locator) for block in found.blocks[3:5]] == [
        ("header", "page 1, header"), ("footer", "page 1, footer"),
    ]  # fmt: skip


def test_a_head_of_two_lines_leaves_the_flow_whole() -> None:
    found = read_bytes(make_pdf(*(f"Council of Veldania\nDues of the lake\nList {one}." for one in "ABC")), "a.pdf")
    assert found.text.startswith("List A.\n\nList B.\n\nList C.\n\n")


def test_a_sentence_runs_on_over_the_end_of_a_page() -> None:
    first = "Head\nThe council of Veldania met on Saturday and said that the"
    found = read_bytes(make_pdf(first, "Head\nlakes stay open.", "Head\nThe end."), "a.pdf")
    assert "said that the\nlakes stay open.\n\nThe end." in found.text


def test_lines_that_come_back_twice_are_no_running_heads() -> None:
    found = read_bytes(make_pdf("Dues\nOne.", "Dues\nTwo.", "End\nThree."), "a.pdf")
    assert {block.kind for block in found.blocks} == {"page"}
