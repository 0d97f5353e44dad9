"""DOCX: every paragraph of every part."""

from __future__ import annotations

import pytest
from tests.readers.builders import make_docx, make_zip, paragraph, word_part

from catena.model import Document
from catena.readers import ReaderError, read_bytes


def read(body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    return read_bytes(make_docx(body, parts), "letter.docx")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(document.text)) for block in document.blocks]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("The ") + "<w:hyperlink>" + run("talks") + "</w:hyperlink>" + run(" ended"), "The talks ended"),
        ("<w:ins>" + run("We agree") + "</w:ins>", "We agree"),
        ("<w:sdt><w:sdtContent>" + run("We agree") + "</w:sdtContent></w:sdt>", "We agree"),
        ("<w:r><w:t>9</w:t><w:tab/><w:t>May</w:t><w:br/><w:t>Sorin</w:t></w:r>", "9\tMay\nSorin"),
        ("<w:r><w:t>vice</w:t><w:noBreakHyphen/><w:t>chair</w:t></w:r>", "vice\u2011chair"),
        ("<w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t></w:r>", "har\u00adbour"),
        (run("می\u200cخواهیم"), "می\u200cخواهیم"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" on"), "\uf0e0 on"),
        (run("x = ") + "<m:oMath><m:r><m:t>2y</m:t></m:r></m:oMath>", "x = 2y"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("Page"), "Page"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("Set"), "Set"),
        ("<w:moveFrom>" + run("gone ") + "</w:moveFrom>" + run("here"), "here"),
    ],
)
def test_a_paragraph_reads_as_word_shows_it(inside: str, text: str) -> None:
    assert read(f"<w:p>{inside}</w:p>").text == text


def test_cells_are_parted_by_tabs_and_rows_by_line_ends() -> None:
    found = read(paragraph("Harbours") + table(("Sorin", "open"), ("Merrow", "closed")) + paragraph("End"))
    assert found.text == "Harbours\n\nSorin\topen\nMerrow\tclosed\n\nEnd"
    assert [kind for kind, _ in blocks(found)] == ["paragraph", *["table-cell"] * 4, "paragraph"]


def test_two_tables_in_a_row_stay_two() -> None:
    assert read(table(("a", "b")) + paragraph("between") + table(("c",))).text == "a\tb\n\nbetween\n\nc"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph("In the box") + "</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert read(f"<w:p>{run('Around')}<w:r>{both}</w:r></w:p>").text == "Around\n\nIn the box"


def test_headers_notes_and_footers_follow_the_text() -> None:
    found = read(
        paragraph("The text"),
        {
            "word/footer1.xml": word_part(paragraph("Page foot"), "ftr"),
            "word/header1.xml": word_part(paragraph("Letterhead"), "hdr"),
            "word/footnotes.xml": word_part(f"<w:footnote>{paragraph('See the charter')}</w:footnote>", "footnotes"),
            "word/endnotes.xml": word_part(f"<w:endnote>{paragraph('Last note')}</w:endnote>", "endnotes"),
        },
    )
    assert blocks(found) == [
        ("paragraph", "The text"), ("header", "Letterhead"), ("note", "See the charter"), ("note", "Last note"),
        ("footer", "Page foot"),
    ]  # fmt: skip
    assert found.blocks[2].locator == "word/footnotes.xml#1"


def test_deletions_leave_the_flow_and_stand_last_and_a_warning_says_so() -> None:
    gone = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    found = read(f"<w:p>{run('We will ')}{gone}{run('agree')}</w:p>" + paragraph("End"))
    assert blocks(found) == [("paragraph", "We will agree"), ("paragraph", "End"), ("deleted", "never ")]
    assert found.warnings == ("1 deleted passages (tracked changes) stand after the text",)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:pStyle w:val="Heading1"/>', "heading"),
        ('<w:pStyle w:val="berschrift2"/>', "heading"),
        ('<w:pStyle w:val="Chapter"/>', "heading"),
        ('<w:pStyle w:val="IntenseQuote"/>', "blockquote"),
        ("<w:numPr/>", "list-item"),
        ('<w:pStyle w:val="Normal"/>', "paragraph"),
    ],
)
def test_styles_make_the_kind_of_a_block_in_every_language_of_word(properties: str, kind: str) -> None:
    styles = (
        '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Chapter"><w:name w:val="Chapter"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    found = read(paragraph("Words", properties), {"word/styles.xml": word_part(styles, "styles")})
    assert blocks(found) == [(kind, "Words")]


@pytest.mark.parametrize(
    ("properties", "direction"),
    [("<w:bidi/>", "rtl"), ('<w:bidi w:val="0"/>', None), ('<w:bidi w:val="1"/>', "rtl")],
)
def test_direction_is_what_the_paragraph_states(properties: str, direction: str | None) -> None:
    assert read(paragraph("نص", properties)).blocks[0].direction == direction


def test_properties_are_what_the_file_states() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Dues</dc:title>'
        "<dc:creator>Ilse Maren</dc:creator><dcterms:created>2021-03-25T09:00:00Z</dcterms:created></cp:coreProperties>"
    )
    found = read(paragraph("Words"), {"docProps/core.xml": core})
    assert found.stated == (("title", "Dues"), ("author", "Ilse Maren"), ("date", "2021-03-25T09:00:00Z"))


def test_strict_files_are_read_too() -> None:
    strict = word_part(paragraph("Words")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_bytes(make_zip({"word/document.xml": strict}), "a.docx").text == "Words"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (make_docx(paragraph("Words"))[:-60], "damaged DOCX"),
        (make_zip({"word/other.xml": "<a/>"}), "no Word document"),
        (make_docx(paragraph(" ")), "no text"),
        (make_zip({"word/document.xml": "<w:document>"}), "broken XML"),
        (make_zip({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "entities"),
        (
            make_zip({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16")}),
            "entities",
        ),
        (make_docx("<w:r>" * 300 + "</w:r>" * 300), "nests more than 200"),
    ],
)
def test_what_is_no_sound_word_file_is_refused_with_a_next_step(data: bytes, said: str) -> None:
    with pytest.raises(ReaderError, match=said) as caught:
        read_bytes(data, "a.docx")
    assert caught.value.next_step
