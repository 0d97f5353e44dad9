"""Letters from pictures: what tesseract reads is marked as such; without it a picture is refused with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.builders import make_pdf, make_png, make_scan, paint

from catena.model import Document
from catena.readers import ReaderError, read_bytes, read_isolated
from catena.readers.ocr import Line, merge, version

installed = pytest.mark.skipif(not version(), reason="tesseract is not installed")
PAGE = make_pdf("The council met on 9 May.\nThe lakes stay open.")
ARABIC = Path(__file__).parent / "fixtures" / "chromium.pdf"


@pytest.fixture(scope="module")
def picture() -> Document:
    return read_bytes(make_png(*paint(PAGE)), "letter.png")


@installed
def test_a_picture_is_read_and_says_that_it_was(picture: Document) -> None:
    assert picture.text == "The council met on 9 May.\nThe lakes stay open."
    assert [block.locator.startswith("by OCR, paragraph 1, pixels ") for block in picture.blocks] == [True]
    assert picture.origin.steps[0].startswith("letters read from pictures by tesseract ")
    assert picture.warnings[0].startswith("the picture read by OCR (eng; confidence ")


@installed
def test_pages_that_are_pictures_are_read_and_named_beside_those_with_text() -> None:
    found = read_bytes(make_scan(*paint(PAGE)), "a.pdf")
    assert found.text == "The council met on 9 May.\nThe lakes stay open.\n\nThe second page is text."
    locators = [block.locator.partition(", box")[0] for block in found.blocks]
    assert locators == ["page 1", "page 1, paragraph 1, by OCR", "page 2"]
    assert found.warnings[0].startswith("page 1 read by OCR (eng; confidence ")


@installed
def test_a_process_with_limits_can_run_tesseract(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(make_png(*paint(PAGE)))
    outcome = read_isolated(path, "a.png")
    assert (outcome.status, outcome.reason) == ("ok", "")


@installed
def test_each_line_is_read_in_its_own_script() -> None:
    if not {"ara", "eng"} <= set(
        read_bytes(make_png(*paint(ARABIC.read_bytes())), "a.png").warnings[0].split("(")[1].split(";")[0].split(", ")
    ):
        pytest.skip("tesseract's Arabic model is not installed")
    lines = read_bytes(make_png(*paint(ARABIC.read_bytes())), "a.png").text.split("\n")
    assert lines[0] == "Harbour notice"
    assert "أعلن مجلس فلدانيا فتح الميناء." in lines


@installed
def test_a_picture_without_letters_is_refused() -> None:
    with pytest.raises(ReaderError, match="no letters"):
        read_bytes(make_png(400, 300, bytes([255]) * 120_000), "a.png")


@pytest.mark.parametrize("given", [make_png(*paint(PAGE)), b"\xff\xd8\xff\xe0" + bytes(50), b"GIF89a" + bytes(50)])
def test_without_tesseract_a_picture_is_refused_with_the_way_out(given: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATENA_OCR", "off")
    with pytest.raises(ReaderError, match="a picture, and tesseract is not installed; install tesseract"):
        read_bytes(given, "a.png")


def test_of_two_readings_of_a_line_the_surer_one_is_kept() -> None:
    latin = [Line("The talks", (0, 0, 200, 20), 95, (1, 1), "eng"), Line("lib", (0, 30, 200, 50), 30, (1, 2), "eng")]
    arabic = [Line("ثم", (0, 1, 198, 20), 20, (1, 1), "ara"), Line("قال", (0, 30, 200, 51), 90, (1, 2), "ara")]
    assert [(line.text, line.model) for line in merge([latin, arabic])] == [("The talks", "eng"), ("قال", "ara")]
