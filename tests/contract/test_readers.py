"""What every reader must keep to, and how hostile files end: with a status and a reason, never without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.readers.builders import (
    SAMPLE_BODY,
    make_epub,
    make_flate_bomb,
    make_odt,
    make_pdf,
    make_png,
    make_sample_docx,
    make_zip_bomb,
    paint,
    word_part,
)
from tests.readers.test_telegram_html import EXPORT as TELEGRAM

from catena.model import Document
from catena.readers import READERS, Limits, choose_reader, read_bytes, read_isolated
from catena.readers.ocr import version

SAMPLES = {
    "text": ("a.txt", "The council met. قال الوزير".encode()),
    "markdown": ("a.md", b"# Title\n\n> quoted words\n"),
    "html": ("a.html", b"<!doctype html><p>The council met.</p><p dir=rtl>\xd9\x82\xd8\xa7\xd9\x84</p>"),
    "docx": ("a.docx", make_sample_docx()),
    "pdf": ("a.pdf", make_pdf("The council met.")),
    "odt": ("a.odt", make_odt("<text:h>Notice</text:h><text:p>The council met.</text:p>")),
    "epub": ("a.epub", make_epub("<html><body><p>The council met.</p></body></html>")),
    "rtf": ("a.rtf", rb"{\rtf1\ansi The council met.\par \u1602?\u1575?\u1604?}"),
    "mail": ("a.eml", b"MIME-Version: 1.0\nMessage-ID: <1@example.org>\nSubject: Dues\n\nThe council met.\n"),
    "telegram": (
        "result.json",
        b'{"name": "News", "messages": [{"id": 1, "date_unixtime": "1616666400", "text": "The council met."}]}',
    ),
    "telegram-html": ("messages.html", TELEGRAM.encode()),
    "image": ("a.png", make_png(*paint(make_pdf("The council met."), box=(250, 180, 800, 380)))),
    "records": ("a.jsonl", '{"text": "The council met."}\n{"text": "قال"}\n'.encode()),
}
ENTITIES = word_part(SAMPLE_BODY).replace(
    "?>", '?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>', 1
)
HOSTILE = {
    "empty.txt": b"",
    "noise.txt": bytes(range(256)) * 4000,
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "cut.pdf": make_pdf("The council met.")[:250],
    "cut.docx": make_sample_docx()[:400],
    "entities.docx": make_sample_docx(ENTITIES),
    "attributes.html": b"<!doctype html><p " + b"a=1 " * 200_000 + b">x</p>",
    "deep.html": b"<!doctype html>" + b"<div>" * 100_000 + b"x",
    "noise.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "cut.png": make_png(*paint(make_pdf("The council met."), box=(250, 180, 800, 380)))[:200],
    "cut.odt": make_odt("<text:p>The council met.</text:p>")[:200],
    "entities.odt": make_odt("x").replace(b"PK", b"PK", 1)[:-30],
    "cut.epub": make_epub("<p>x</p>")[:300],
    "deep.rtf": b"{\\rtf1" + b"{" * 100_000,
    "deep.json": b"[" * 1_000_000,
    "cut-messages.html": TELEGRAM.split('<div class="page_body')[0].encode(),
    "deep-messages.html": TELEGRAM.replace("Lakes Daily", "<div>" * 50_000).encode(),
    "nothing.csv": b"a,b\n1,2\n",
    "noise.md": bytes(range(256)) * 4000,
    "deep.eml": b"MIME-Version: 1.0\nMessage-ID: <1@example.org>\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
    "many.mbox": b"From a@example.org Thu Mar 25 10:00:00 2021\nSubject: x\n\nx\n\n" * 25_000,
    "cut-result.json": b'{"name": "News", "messages": [{"id": 1, "date_unixtime": "1616666400", "text": "The cou',
    "deep-result.json": b'{"name": "News", "messages": [{"id": 1, "date_unixtime": "1", "text": ' + b"[" * 500_000,
    "nul.html": b"<!doctype html><p>" + b"\0" * 100_000,
}


# What stands where: words of the sample, the kind of their block, and its way back into the file. Plain text has no
# blocks, since nothing in the file marks any off.
LOCATED = {
    "text": [],
    "markdown": [("Title", "heading", "line 1"), ("quoted words", "blockquote", "line 3")],
    "html": [("The council met.", "paragraph", "/html/body/p[1]"), ("قال", "paragraph", "/html/body/p[2]")],
    "docx": [
        ("Statement on the Lakes", "heading", "word/document.xml#1"), ("Boats", "table-cell", "word/document.xml#4"),
        ("A note below.", "note", "word/footnotes.xml#1"), (" in secret", "deleted", "word/document.xml#2"),
    ],
    "pdf": [("The council met.", "page", "page 1")],
    "odt": [("Notice", "heading", "content.xml#1"), ("The council met.", "paragraph", "content.xml#2")],
    "epub": [("The council met.", "paragraph", "OPS/c0.xhtml, /html/body/p[1]")],
    "rtf": [("The council met.", "paragraph", "paragraph 1"), ("قال", "paragraph", "paragraph 2")],
    "mail": [("Dues", "heading", "message, subject"), ("The council met.\n", "paragraph", "message")],
    "telegram": [("The council met.", "paragraph", "message 1")],
    "telegram-html": [
        ("Which lakes?", "paragraph", "message 14, by Ilse Maren, on 2021-05-09T11:00:00, in reply to message 12"),
    ],
    "image": [("The council met.", "paragraph", "by OCR, paragraph 1, pixels")],
    "records": [("The council met.", "paragraph", "record 1"), ("قال", "paragraph", "record 2")],
}  # fmt: skip


def test_every_registered_reader_has_a_sample_places_and_hostile_files() -> None:
    assert set(SAMPLES) == set(LOCATED) == set(READERS)
    assert {choose_reader(data, name).name for name, data in SAMPLES.values()} == set(READERS)
    assert {choose_reader(data, name).name for name, data in HOSTILE.items()} == set(READERS)


@pytest.fixture(params=READERS)
def sample(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    if request.param == "image" and not version():
        pytest.skip("tesseract is not installed; pictures are refused, which other tests hold")
    return SAMPLES[request.param]


def test_the_same_bytes_give_the_same_document(sample: tuple[str, bytes]) -> None:
    name, data = sample
    assert read_bytes(data, name) == read_bytes(data, name)


WORDS = {  # what else than "The council met." a sample holds
    "text": ["قال الوزير"], "markdown": ["Title", "quoted words"], "html": ["قال"], "odt": ["Notice"], "mail": ["Dues"],
    "rtf": ["قال"], "records": ["قال"],
    "docx": ["Statement on the Lakes", "today ", " in secret", "Port", "Boats", "In a control", "می\u200cخواهیم",
             "A note below."],
    "telegram-html": ["The talks have ended.", "قال الوزير طارق سالم", "Which lakes?", "No"],
}  # fmt: skip
OTHERS = ("markdown", "docx", "telegram-html")  # samples without that sentence


@pytest.mark.parametrize("reader", READERS)
def test_nothing_that_the_sample_holds_is_lost(reader: str) -> None:
    if reader == "image" and not version():
        pytest.skip("tesseract is not installed")
    name, data = SAMPLES[reader]
    text = read_bytes(data, name).text
    for words in (*WORDS.get(reader, ()), *(() if reader in OTHERS else ("The council met.",))):
        assert words in text


def test_the_origin_names_file_hash_reader_and_steps(sample: tuple[str, bytes]) -> None:
    name, data = sample
    origin = read_bytes(data, name).origin
    assert origin.name == name
    assert len(origin.sha256) == 64
    assert origin.steps
    assert origin.reader in READERS


def test_blocks_are_in_order_and_hold_text(sample: tuple[str, bytes]) -> None:
    name, data = sample
    document: Document = read_bytes(data, name)
    for block in document.blocks:
        assert block.span.of(document.text).strip()
        assert block.locator


@pytest.mark.parametrize("reader", READERS)
def test_each_stretch_of_the_sample_has_its_span_its_kind_and_its_way_back(reader: str) -> None:
    if reader == "image" and not version():
        pytest.skip("tesseract is not installed")
    name, data = SAMPLES[reader]
    document = read_bytes(data, name)
    found = [(block.span.of(document.text), block.kind, block.locator) for block in document.blocks]
    for words, kind, locator in LOCATED[reader]:
        assert any(one[:2] == (words, kind) and one[2].startswith(locator) for one in found), (words, found)


def test_reading_alone_gives_what_reading_here_gives(sample: tuple[str, bytes], tmp_path: Path) -> None:
    name, data = sample
    path = tmp_path / name
    path.write_bytes(data)
    outcome = read_isolated(path, name)
    assert (outcome.status, outcome.document) == ("ok", read_bytes(data, name))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_with_a_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    outcome = read_isolated(path, name, Limits(seconds=20))
    assert outcome.status in ("rejected", "error", "crash", "timeout")
    assert outcome.stage
    assert outcome.reason
    assert "\n" not in outcome.reason
    assert outcome.document is None


@pytest.mark.parametrize("make", [make_zip_bomb, make_flate_bomb])
def test_a_bomb_costs_only_its_own_process(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / ("a.docx" if make is make_zip_bomb else "a.pdf")
    path.write_bytes(make())
    outcome = read_isolated(path, path.name, Limits(seconds=10))
    assert outcome.status != "ok"
    assert outcome.reason


def test_a_file_that_may_not_be_opened_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    outcome = read_isolated(tmp_path / "a.txt", "a.txt")
    assert (outcome.status, outcome.stage) == ("error", "open")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    assert read_isolated(path, "a.txt").status == "error"


def test_text_beyond_the_cap_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words " * 100)
    assert read_isolated(path, "a.txt", Limits(characters=100)).status == "rejected"
