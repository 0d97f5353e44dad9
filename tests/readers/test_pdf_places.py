"""Where the lines of a PDF's pages stand: one box a line, on the page as it is shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from tests.readers.builders import make_pdf, make_pdf_streams

from catena.model import Document
from catena.readers import read_bytes, read_path

FIXTURES = Path(__file__).parent / "fixtures"
PRINTED = sorted((FIXTURES / "printed").glob("*/*.pdf"))
LINES = "The council met.\nThe talks ended.\n\nNobody had asked for them."


def lines_of(found: Document) -> list[tuple[str, tuple[int, int, int, int]]]:
    return [
        (line, box)
        for page in found.pages
        for line, box in zip(page.span.of(found.text).split("\n"), page.boxes, strict=True)
    ]


def has_ink(data: bytes, box: tuple[int, int, int, int]) -> bool:
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        dots = np.array(page.render(scale=2, grayscale=True).to_numpy()).reshape(round(page.get_height() * 2), -1)
    left, bottom, right, top = (2 * edge for edge in box)
    return bool((dots[len(dots) - top : len(dots) - bottom, left:right] < 128).any())


def test_each_line_of_a_left_to_right_page_has_its_box() -> None:
    data = make_pdf(LINES)
    found = lines_of(read_bytes(data, "a.pdf"))
    assert [line for line, _ in found] == LINES.replace("\n\n", "\n").split("\n")
    for _, (left, bottom, right, top) in found:
        assert 70 <= left <= 74 < right < 300  # the lines begin 72 points from the left
        assert 5 <= top - bottom <= 16  # letters of 12 points
    assert [box[3] for _, box in found] == sorted((box[3] for _, box in found), reverse=True)


@pytest.mark.parametrize("path", [*PRINTED, *FIXTURES.glob("*.pdf")], ids=lambda one: one.name)
def test_every_line_of_a_rebuilt_page_has_a_box_with_ink_in_it(path: Path) -> None:
    found = lines_of(read_path(path))
    assert found
    assert all(has_ink(path.read_bytes(), box) for line, box in found if line.strip())


def test_lines_taken_out_as_running_heads_take_their_boxes_with_them() -> None:
    pages = [f"Harbour notice\nThe council met for the {word} time in this long season.\n{n}" for n, word in
             enumerate(("first", "second", "third", "fourth"), 1)]  # fmt: skip
    found = read_bytes(make_pdf(*pages), "a.pdf")
    assert [line for line, _ in lines_of(found)] == [page.split("\n")[1] for page in pages]
    assert {box[3] for _, box in lines_of(found)} == {lines_of(found)[0][1][3]}


@pytest.mark.parametrize(
    ("facts", "place", "width"),
    [
        (b"/Rotate 90", b"0 1 -1 0 100 72 Tm", 842),
        (b"/CropBox[50 400 545 842]", b"1 0 0 1 72 770 Tm", 495),
        (b"/Rotate 270/CropBox[50 400 545 842]", b"0 -1 1 0 300 800 Tm", 442),
    ],
)
def test_on_a_page_that_is_turned_or_cut_the_boxes_are_those_of_the_page_as_shown(
    facts: bytes, place: bytes, width: int
) -> None:
    data = make_pdf_streams([b"BT /F1 12 Tf 14 TL " + place + b" (The council met.) Tj T* (The talks ended.) Tj ET"])
    data = data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 842]" + facts)
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf[0].get_width() == pytest.approx(width, abs=1)
    found = lines_of(read_bytes(data, "a.pdf"))
    assert [line for line, _ in found] == ["The council met.", "The talks ended."]
    assert all(has_ink(data, box) for _, box in found)
