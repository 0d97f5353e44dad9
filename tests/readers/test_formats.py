"""What each reader keeps of its format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.readers.builders import SAMPLE_BODY, make_pdf, make_sample_docx, word_part

from catena.model import Document
from catena.readers import READERS, ReaderError, read_bytes, read_path

ARABIC = "وقال وزير الخارجية إن البحيرات ستبقى مفتوحة أمام جميع الأعضاء، وأضاف أن الاجتماع سيعقد في الشهر المقبل. " * 3
RUSSIAN = "Министр иностранных дел заявил, что озёра останутся открытыми для всех членов лиги. " * 3
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Lake Day</title><meta name="author" content="Ada Brisk">
<style>p { color: red }</style></head><body><nav><a href="/">Home</a></nav><article><h1>Lake Day</h1>
<p>The  council <b>met</b>\ntoday.</p><p>Same words.</p><p>Same words.</p>
<ol start="3"><li>third</li><li>fourth</li></ol><table><tr><td>Port</td><td>Boats</td></tr></table>
<blockquote><p>Quoted here.</p></blockquote><p dir="rtl" lang="fa">می\u200cخواهیم\u200f&nbsp;بدانیم</p>
<pre>two  spaces\n  kept</pre><p style="display: none">unseen</p><script>var a = 1</script></article></body></html>"""


def blocks(document: Document, kind: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "utf-8"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
    ],
)
def test_the_encoding_of_plain_text_is_found_and_reported(text: str, encoding: str) -> None:
    document = read_bytes(text.encode(encoding), "a.txt")
    assert document.text == text
    assert document.origin.encoding == encoding


@pytest.mark.parametrize(("encoding", "named"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16")])
def test_a_byte_order_mark_decides_and_is_no_text(encoding: str, named: str) -> None:
    document = read_bytes(ARABIC.encode(encoding), "a.txt")
    assert (document.text, document.origin.encoding) == (ARABIC, named)


def test_line_ends_become_one_kind_and_that_is_said() -> None:
    document = read_bytes(b"one\r\ntwo\rthree\n", "a.txt")
    assert document.text == "one\ntwo\nthree\n"
    assert "line ends to LF" in document.origin.steps


def test_a_text_cut_inside_a_character_is_read_with_a_warning() -> None:
    document = read_bytes("Ostravia, Öland".encode()[:-3] + "é".encode()[:1], "a.txt")
    assert document.warnings
    assert document.text.startswith("Ostravia")


def test_noise_is_no_text() -> None:
    with pytest.raises(ReaderError, match="not text"):
        read_bytes(bytes(range(256)) * 40, "a.txt")


def test_markdown_stays_as_typed_and_shows_its_blocks() -> None:
    source = "---\ntitle: Lake Day\n---\n# Heading\n\n> quoted\n> on\n\n- item\n\ntext\n"
    document = read_bytes(source.encode(), "a.md")
    assert document.text == source
    assert blocks(document, "heading") == ["Heading"]
    assert blocks(document, "blockquote") == ["quoted\n> on"]
    assert document.get_stated("title") == "Lake Day"


def test_html_keeps_joiners_marks_repeats_numbers_and_cells() -> None:
    document = read_bytes(PAGE.encode(), "a.html")
    assert "The council met today." in document.text
    assert document.text.count("Same words.") == 2
    assert "3. third\n4. fourth" in document.text
    assert "می\u200cخواهیم\u200f\u00a0بدانیم" in document.text
    assert "two  spaces\n  kept" in document.text
    assert blocks(document, "table-cell") == ["Port", "Boats"]
    assert blocks(document, "blockquote") or "Quoted here." in document.text
    assert not {"unseen", "var a", "color"} & set(document.text.split())
    assert "unseen" not in document.text


def test_html_says_direction_language_title_and_what_is_boilerplate() -> None:
    document = read_bytes(PAGE.encode(), "a.html")
    rtl = [block for block in document.blocks if block.direction == "rtl"]
    assert [block.language for block in rtl] == ["fa"]
    assert document.get_stated("title") == "Lake Day"
    assert "Home" in blocks(document, "boilerplate")


def test_html_in_an_old_encoding_is_read_as_it_declares() -> None:
    page = f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC}</p></body></html>'
    assert ARABIC.strip() in read_bytes(page.encode("cp1256"), "a.html").text


def test_docx_keeps_every_part_in_order() -> None:
    document = read_bytes(make_sample_docx(), "a.docx")
    assert document.text.split("\n\n") == [
        "Statement on the Lakes",
        "The council today met.",
        "Port\tBoats",
        "In a control\tafter a tab",
        "می\u200cخواهیم",
        "A note below.",
        " in secret",
    ]


def test_docx_blocks_say_what_they_are() -> None:
    document = read_bytes(make_sample_docx(), "a.docx")
    assert blocks(document, "heading") == ["Statement on the Lakes"]
    assert blocks(document, "deleted") == [" in secret"]
    assert blocks(document, "note") == ["A note below."]
    assert document.get_stated("author") == "Ada Brisk"
    assert [block.direction for block in document.blocks].count("rtl") == 1


def test_pdf_pages_have_their_places() -> None:
    document = read_bytes(make_pdf("The council met.", "It will meet again."), "a.pdf")
    assert [page.span.of(document.text) for page in document.pages] == [
        "The council met.",
        "It will meet again.",
    ]


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(ReaderError, match="blank"):
        read_bytes(make_pdf(""), "a.pdf")


def test_content_decides_before_the_name() -> None:
    assert read_bytes(make_pdf("The council met."), "a.txt").origin.reader == "pdf"
    assert read_bytes(PAGE.encode(), "a.txt").origin.reader == "html"
    assert read_bytes(b"plain words", "a.unknown").origin.reader == "text"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (make_sample_docx()[:300], "damaged DOCX"),
        (make_pdf("words")[:200], "damaged PDF"),
        (
            make_sample_docx(word_part(SAMPLE_BODY).replace("?>", '?><!DOCTYPE w [<!ENTITY a "b">]>', 1)),
            "document type",
        ),
        (make_sample_docx("<w:document"), "broken XML"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason) as caught:
        read_bytes(data, "a.docx" if data[:2] == b"PK" else "a.pdf")
    assert caught.value.next_step


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="nowhere"):
        read_path(tmp_path / "nowhere.txt")


def test_readers_load_nothing_they_do_not_need() -> None:
    heavy = "{'trafilatura', 'pdfminer', 'fontTools'}"
    code = f"import sys, catena.readers; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", READERS)
def test_every_reader_is_stated_once_under_its_own_name(name: str) -> None:
    assert READERS[name].name == name
