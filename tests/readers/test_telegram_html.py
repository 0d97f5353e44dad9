"""Telegram's HTML export: who wrote a message, when, from whom it comes, what it answers."""

from __future__ import annotations

from catena.readers import READERS, choose_reader, read_bytes

EXPORT = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
Lakes Daily
</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">9 May 2021</div></div>
<div class="message default clearfix" id="message12"><div class="body">
 <div class="pull_right date details" title="09.05.2021 10:11:12 UTC+03:00">10:11</div>
 <div class="from_name">Lakes Daily</div>
 <div class="text">The talks have ended.<br>The lakes <strong>stay</strong> open.</div></div></div>
<div class="message default clearfix joined" id="message13"><div class="body">
 <div class="pull_right date details" title="09.05.2021 10:15:00 UTC+03:00">10:15</div>
 <div class="forwarded body"><div class="from_name">Port News <span class="date details"
  title="08.05.2021 18:00:00 UTC+03:00"> 08.05.2021 18:00:00</span></div>
 <div class="text">قال الوزير طارق سالم</div></div></div></div>
<div class="message default clearfix" id="message14"><div class="body">
 <div class="pull_right date details" title="09.05.2021 11:00:00">11:00</div>
 <div class="from_name">Ilse Maren</div>
 <div class="reply_to details">In reply to <a href="messages.html#go_to_message12">this message</a></div>
 <div class="text">Which lakes?</div></div></div>
<div class="message default clearfix" id="message15"><div class="body">
 <div class="pull_right date details" title="09.05.2021 11:05:00">11:05</div>
 <div class="from_name">Ilse Maren</div>
 <div class="media_poll"><div class="question bold">Shall the lakes stay open?</div>
 <div class="answer">Yes</div><div class="answer">No</div></div></div></div>
</div></div></div></body></html>"""


def test_an_export_is_told_from_other_pages() -> None:
    assert choose_reader(EXPORT.encode(), "messages.html") is READERS["telegram-html"]
    assert choose_reader(b"<!doctype html><p>On Telegram", "messages.html") is READERS["html"]


def test_each_message_is_a_block_with_writer_time_source_and_what_it_answers() -> None:
    document = read_bytes(EXPORT.encode(), "messages.html")
    assert [(block.span.of(document.text), block.locator) for block in document.blocks] == [
        ("The talks have ended.\nThe lakes stay open.", "message 12, by Lakes Daily, on 2021-05-09T10:11:12+03:00"),
        (
            "قال الوزير طارق سالم",
            "message 13, by Lakes Daily, on 2021-05-09T10:15:00+03:00, forwarded from Port News,"
            " first on 2021-05-08T18:00:00+03:00",
        ),
        ("Which lakes?", "message 14, by Ilse Maren, on 2021-05-09T11:00:00, in reply to message 12"),
        ("Shall the lakes stay open?\nYes\nNo", "message 15, by Ilse Maren, on 2021-05-09T11:05:00"),
    ]
    assert document.get_stated("title") == "Lakes Daily"
