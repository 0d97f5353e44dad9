"""The scanner of page content: tokens as the PDF reference writes them, and the same pages as pdfminer's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.pdfdevice import PDFTextDevice
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


@pytest.mark.parametrize(
    ("written", "calls"),
    [
        (b"1 -.5 Td", [(b"Td", (1.0, -0.5))]),
        (b"1 2 Td <41> Tj", [(b"Td", (1.0, 2.0)), (b"Tj", (b"A",))]),
        (b"1 2 Td<41 42>Tj", [(b"Td", (1.0, 2.0)), (None, b"AB"), (b"Tj", None)]),
        (b"<414>Tj", [(b"Tj", (b"A@",))]),
        (b"1 0 0 -1 5. 6.25 Tm", [(b"Tm", (1.0, 0.0, 0.0, -1.0, 5.0, 6.25))]),
        (b"/F#31 10 Tf", [(b"Tf", (LIT("F1"), 10.0))]),
        (b"/Span<</ActualText<FEFF0041>>>BDC", [(b"BDC", (LIT("Span"), {"ActualText": b"\xfe\xff\x00A"}))]),
        (b"[<41>-3(b) .5]TJ", [(b"TJ", ([b"A", -3.0, b"b", 0.5],))]),
        (b"[()<>]TJ", [(b"TJ", ([b"", b""],))]),
        (rb"[(\51)]TJ", [(None, [b")"]), (b"TJ", None)]),
        (b"[1-2]TJ", [(b"1-2", None), (None, []), (b"TJ", None)]),
        (b"[1 2 Td]TJ", [(b"Td", None), (None, [1, 2]), (b"TJ", None)]),
        (b"1 2 m 3 4 l 1 2 3 4 re", [(b"n", (1.0, 2.0)), (b"n", (3.0, 4.0)), (b"n", (1.0, 2.0, 3.0, 4.0))]),
        (b"1 2 3 4 5 6 c", [(b"n", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0))]),
        (b"[1 2 m]TJ", [(b"n", None), (None, [1, 2]), (b"TJ", None)]),
        (b"1 2 Tdx", [(None, 1), (None, 2), (b"Tdx", None)]),
        (b"1234567890123456 2 Td", [(None, 1234567890123456), (None, 2), (b"Td", None)]),
        (b"0 % a note\n2 Td", [(None, 0), (None, 2), (b"Td", None)]),
    ],
)
def test_calls_in_their_usual_writing_are_read_whole_and_others_token_by_token(
    written: bytes, calls: list[object]
) -> None:
    assert list(content._scan(written)) == calls


def test_a_long_blank_end_takes_no_time() -> None:
    assert list(content._scan(b"<41> Tj" + b" " * 10_000_000)) == [(b"Tj", (b"A",))]


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


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.pdf")), ids=lambda path: path.name)
def test_strings_are_painted_where_pdfminer_paints_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def units() -> list[str]:
        return [repr(unit) for _, many in glyphs.find_units(path.read_bytes(), range(20)) for unit in many]

    ours = units()
    monkeypatch.setattr(glyphs._Device, "render_string", PDFTextDevice.render_string)
    assert ours == units()
