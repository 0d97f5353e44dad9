"""The scanner of page content: tokens as the PDF reference writes them, and the same pages as pdfminer's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.psparser import LIT

from catena.readers.pdf import content, glyphs

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"12", 12),
        (b"-.5", -0.5),
        (b"+4.", 4.0),
        (b"(plain)", b"plain"),
        (rb"(a\(b\)\\c)", b"a(b)\\c"),
        (b"(a(b(c))d)", b"a(b(c))d"),
        (rb"(\101\12\n\q)", b"A\n\nq"),
        (b"(one\\\ntwo)", b"onetwo"),
        (b"(one\r\ntwo)", b"one\ntwo"),
        (b"<48 65 6C6>", b"Hel`"),
        (b"/F1", LIT("F1")),
        (b"/A#20B", LIT("A B")),
        (b"[(a) -120 (b)]", [b"a", -120, b"b"]),
        (b"<</ActualText <FEFF0041> /MCID 3>>", {"ActualText": b"\xfe\xff\x00A", "MCID": 3}),
        (b"true", True),
    ],
)
def test_an_operand_is_read_as_it_is_written(written: bytes, value: object) -> None:
    assert list(content._scan(written + b" Tj")) == [(None, value), (b"Tj", None)]


def test_comments_and_pictures_inside_the_content_are_passed_over() -> None:
    data = b"% a note (with a sign\nBT BI /W 1 /H 1 ID \x00(EIx EI 1 Tr"
    assert [token for token in content._scan(data) if token[0] != b"n"][-2:] == [(None, 1), (b"Tr", None)]


@pytest.mark.parametrize("data", [b"(open", b"<<", b"]", b">>", b"<zz>", b"/", b"\xff\xfe", b"BI ID x", b"((((" * 1000])
def test_broken_content_ends_without_an_error(data: bytes) -> None:
    assert len(list(content._scan(data))) <= 2000


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.pdf")), ids=lambda path: path.name)
def test_pages_give_the_same_glyphs_as_with_the_scanner_of_pdfminer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def units() -> list[tuple[str, float, float, float]]:
        found = glyphs.find_units(path.read_bytes(), range(20))
        return [(unit.text, unit.left, unit.right, unit.baseline) for _, many in found for unit in many]

    ours = units()
    monkeypatch.setattr(glyphs, "Interpreter", PDFPageInterpreter)
    assert ours == units()
    assert ours
