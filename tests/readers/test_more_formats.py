"""ODT, EPUB, RTF, messages, Telegram exports and records: what each keeps, with the files written out by hand."""

from __future__ import annotations

import json

import pytest
from tests.readers.builders import make_epub, make_odt

from catena.model import Document
from catena.readers import ReaderError, read_bytes


def blocks(document: Document, kind: str) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind == kind]


ODT = make_odt(
    """<text:tracked-changes><text:changed-region><text:deletion><text:p>in secret</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Harbour<text:s text:c="2"/>notice</text:h>
<text:p>The council<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note below.</text:p>
</text:note-body></text:note> met<text:line-break/>today<text:tab/>here.</text:p>
<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Sorin</text:p></table:table-cell><table:table-cell>
<text:p>open</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Merrow</text:p>
</table:table-cell></table:table-row></table:table>
<text:p text:style-name="P1">می‌خواهیم</text:p>""",
    styles='<style:style style:name="P1"><style:paragraph-properties style:writing-mode="rl-tb"/></style:style>',
    meta="<dc:title>Notice</dc:title><dc:creator>Ada Brisk</dc:creator>",
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset178 Naskh;}}{\*\generator Pen 1.0}"
    rb"\pard The council\u8217?s \'93list\'94{\footnote\pard A note below.\par} hangs\tab here.\par"
    rb"{\deleted in secret}\trowd Sorin\cell open\cell\row\trowd Merrow\cell closed\cell\row"
    rb"\pard\rtlpar\f1 \'e3\'ed\u8204?\'ce\par\pard\ltrpar\f0 A\~gap \\ end \u-10179?\u-8702?.\par"
    rb"{\header\pard Head\par}}"
)
MAIL = (
    b"From: Ada Brisk <ada@example.org>\r\nTo: b@example.org\r\nSubject: =?utf-8?b?2YLYp9im2YXYqQ==?= of dues\r\n"
    b"Date: Fri, 5 Mar 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"The list: =DE=C7=C6=E3=C9\r\n--x\r\nContent-Type: text/html; name=page.html\r\n"
    b"Content-Disposition: attachment; filename=page.html\r\n\r\n<!doctype html><p>An attached page.</p>\r\n"
    b"--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=map.png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAAA\r\n--x--\r\n"
)
ARCHIVE = (
    b"From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/list\nSubject: List\n"
    b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=y\n\n--y\n'
    b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    b'<!doctype html><html><head><meta charset=3D"utf-8"></head><body><p>A =D9=84 list</p></body></html>\n--y\n'
    b"Content-Type: image/png\n\nxx\n--y--\n"
)
TELEGRAM = {
    "name": "Harbour News", "type": "public_channel", "id": 7,
    "messages": [
        {"id": 1, "type": "message", "date": "2021-03-25T10:00:00", "date_unixtime": "1616666400", "from": "News",
         "text": ["The list hangs at ", {"type": "link", "text": "example.org"}, "."]},
        {"id": 2, "type": "message", "date": "2021-03-25T11:00:00", "date_unixtime": "1616670000", "from": "News",
         "edited": "2021-03-25T12:00:00", "forwarded_from": "Lake Desk", "reply_to_message_id": 1, "text": "القائمة"},
        {"id": 3, "type": "service", "date": "2021-03-25T13:00:00", "date_unixtime": "1616677200", "text": ""},
    ],
}  # fmt: skip


def test_odt_keeps_every_part_in_order_and_says_what_each_is() -> None:
    document = read_bytes(ODT, "a.odt")
    assert document.text == (
        "Harbour  notice\n\nThe council met\ntoday\there.\n\nfirst\n\nSorin\topen\nMerrow\n\nمی\u200cخواهیم\n\n"
        "A note below.\n\nin secret"
    )
    assert blocks(document, "heading") == ["Harbour  notice"]
    assert blocks(document, "table-cell") == ["Sorin", "open", "Merrow"]
    assert (blocks(document, "note"), blocks(document, "deleted")) == (["A note below."], ["in secret"])
    assert [block.span.of(document.text) for block in document.blocks if block.direction == "rtl"] == ["می\u200cخواهیم"]
    assert document.stated == (("title", "Notice"), ("author", "Ada Brisk"))
    assert document.warnings == ("1 deleted passages (tracked changes) stand after the text",)


def test_epub_gives_its_chapters_in_reading_order_with_their_files() -> None:
    book = make_epub("<html><body><h1>One</h1><p>First.</p></body></html>", "<html><body><p>Second.</p></body></html>")
    document = read_bytes(book, "a.epub")
    assert document.text == "One\n\nFirst.\n\nSecond."
    assert document.blocks[0].locator == "OPS/c0.xhtml, /html/body/h1[1]"
    assert document.get_stated("title") == "Lakes"


def test_a_page_of_a_book_without_words_is_named_and_the_others_are_read() -> None:
    document = read_bytes(
        make_epub("<html><body><img src='x'/></body></html>", "<html><body><p>A</p></body></html>"), "a"
    )
    assert document.text == "A"
    assert document.warnings == ("OPS/c0.xhtml holds no text",)


def test_rtf_keeps_code_pages_escapes_cells_and_notes_and_leaves_tables_of_fonts_out() -> None:
    document = read_bytes(RTF, "a.rtf")
    assert document.text == (
        "The council’s “list” hangs\there.\n\nSorin\topen\nMerrow\tclosed\n\nمي\u200cخ\n\nA\u00a0gap \\ end 😂.\n\n"
        "A note below.\n\nin secret\n\nHead"
    )
    assert blocks(document, "table-cell") == ["Sorin", "open", "Merrow", "closed"]
    assert (blocks(document, "note"), blocks(document, "deleted")) == (["A note below."], ["in secret"])
    assert (blocks(document, "header"), [b.direction for b in document.blocks].count("rtl")) == (["Head"], 1)


def test_a_message_gives_subject_body_and_attachments_and_names_what_it_cannot_read() -> None:
    document = read_bytes(MAIL, "a.eml")
    assert document.text == "قائمة of dues\n\nThe list: قائمة\n\nAn attached page."
    assert [block.locator for block in document.blocks] == [
        "message, subject", "message", "message, attachment page.html, /html/body/p[1]",
    ]  # fmt: skip
    assert document.get_stated("author") == "Ada Brisk <ada@example.org>"
    assert [warning.split(":")[0] for warning in document.warnings] == ["message, attachment map.png was not read"]


def test_each_message_of_a_mailbox_has_its_number() -> None:
    box = (
        b"From a@example.org Fri Mar  5 10:00:00 2021\nSubject: One\n\nFirst.\n\n"
        b"From b@example.org Sat Mar  6 2021\nSubject: Two\n\nFrom here on.\n"
    )
    document = read_bytes(box, "a.mbox")
    assert document.text == "One\n\nFirst.\n\n\n\nTwo\n\nFrom here on.\n"
    assert document.blocks[-1].locator == "message 2"


def test_a_web_archive_is_read_as_the_page_it_holds_in_the_encoding_the_page_states() -> None:
    document = read_bytes(ARCHIVE, "a.mhtml")
    assert document.text == "A ل list"
    assert document.get_stated("url") == "https://example.org/list"


def test_a_text_that_begins_like_a_letter_is_no_message() -> None:
    assert read_bytes(b"From: the harbour\nTo: the council\n\nDear members,", "a.txt").origin.reader == "text"
    assert read_bytes(b"Subject: dues\n\nDear members,", "a.txt").origin.reader == "text"
    assert read_bytes(b"From here on the list hangs.\nIn 2021 it did not.", "a.txt").origin.reader == "text"


def test_a_channel_keeps_who_passed_on_what_and_when() -> None:
    document = read_bytes(json.dumps(TELEGRAM).encode(), "result.json")
    assert document.text == "The list hangs at example.org.\n\nالقائمة"
    assert document.blocks[1].locator == (
        "message 2, by News, on 2021-03-25T11:00:00+00:00, edited 2021-03-25T12:00:00, forwarded from Lake Desk, "
        "in reply to message 1"
    )
    assert document.get_stated("title") == "Harbour News"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", '{"id": 4, "text": "First.", "date": "2021"}\n{"id": 5, "text": "ثانيًا"}\n'),
        ("a.json", '[{"id": 4, "text": "First.", "date": "2021"}, {"id": 5, "text": "ثانيًا"}]'),
        ("a.json", '{"total": 2, "items": [{"id": 4, "text": "First.", "date": "2021"}, {"id": 5, "text": "ثانيًا"}]}'),
        ("a.csv", "id,text,date\n4,First.,2021\n5,ثانيًا,\n"),
        ("a.tsv", "id\ttext\tdate\n4\tFirst.\t2021\n5\tثانيًا\t\n"),
    ],
)
def test_each_record_is_a_block_with_its_number_id_and_date(name: str, data: str) -> None:
    document = read_bytes(data.encode(), name)
    assert document.text == "First.\n\nثانيًا"
    assert [block.locator for block in document.blocks] == ["record 1, id 4, on 2021", "record 2, id 5"]
    assert "the field “text” of each record" in document.origin.steps


def test_the_tweets_of_an_archive_are_records() -> None:
    data = b'window.YTD.tweets.part0 = [{"tweet": {"id_str": "9", "full_text": "The list hangs.", "date": "Fri"}}]'
    document = read_bytes(data, "tweets.js")
    assert (document.text, document.blocks[0].locator) == ("The list hangs.", "record 1, id 9, on Fri")


def test_without_a_known_name_the_field_with_the_most_letters_holds_the_words() -> None:
    assert read_bytes(b'{"a": "x", "b": "The list hangs."}\n{"a": "y", "b": "It does."}', "a.jsonl").text == (
        "The list hangs.\n\nIt does."
    )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b'{"text": ', "broken JSON"),
        ("a.json", b"[" * 100_000, "broken JSON"),
        ("a.json", b"[1, 2]", "no field"),
        ("a.odt", ODT[:300], "damaged or locked ODT"),
        ("a.epub", make_epub("x")[:200], "damaged or locked EPUB"),
        ("a.rtf", b"{\\rtf1" + b"{" * 2000, "groups"),
        ("a.rtf", b"{\\rtf1}", "no text"),
        ("a.eml", b"MIME-Version: 1.0\nFrom: a\n\n", "no text"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason) as caught:
        read_bytes(data, name)
    assert caught.value.next_step
