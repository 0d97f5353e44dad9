"""Telegram's HTML export of a channel or chat (`messages.html`): each message a block, as in its JSON export.

The locator tells number, writer, time, from whom it was passed on and which message it answers. Source of the markup:
pages that Telegram Desktop writes. It does not say there whether a message was edited; the JSON export does.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.checks import check_html
from catena.readers.encodings import decode
from catena.readers.flow import Flow
from catena.readers.html_walk import Walk

_LOOKED_AT = 20_000  # bytes: styles and the name of the chat stand before the first message
_MARKS = (b'class="page_wrap"', b'class="page_header"')
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_NUMBER = re.compile(r"message(-?\d+)")
_WORDS = ".text, .question, .answer"  # of a poll, question and answers


class TelegramHtml:
    """Exports of Telegram Desktop as pages."""

    name = "telegram-html"
    version = "1"
    media_type = "text/html"
    suffixes: tuple[str, ...] = ()  # told by content; other pages are HTML

    def sniff(self, data: bytes) -> bool:
        head = data[:_LOOKED_AT]
        return b"<html" in head[:200].lower() and all(mark in head for mark in _MARKS)

    def read(self, data: bytes, name: str) -> Document:
        decoded = decode(data)
        check_html(decoded.text)
        page = LexborHTMLParser(decoded.text)
        flow = Flow()
        writer = ""
        for message in page.css("div.message"):
            if "default" not in (message.attributes.get("class") or ""):
                continue  # dates between messages, and what the service says of the chat
            body = message.css_first(".body")
            if body is not None:
                writer = _own_line(body.css_first(".from_name")) if _has_writer(body) else writer
                flow.add(_words(body), "paragraph", _locator(message, body, writer))
        title = _own_line(page.css_first(".page_header .text"))
        if not flow.parts:
            raise ReaderError("read", "the export holds no messages with words", "export the chat again")
        stated = (("title", title), ("author", title)) if title else ()
        steps = ("messages in the order of the export", "lines of the service left out")
        return flow.document(self, data, name, steps=steps, encoding=decoded.encoding, stated=stated)


def _has_writer(body: LexborNode) -> bool:
    """False for a message that follows another of the same writer: a name in it is that of whom it passes on."""
    first = body.css_first(".from_name")
    return first is not None and not _is_forwarded(first)


def _is_forwarded(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and "forwarded" in (parent.attributes.get("class") or "")


def _own_line(node: LexborNode | None) -> str:
    """The words of a node without those of the nodes in it, on one line."""
    return " ".join(node.text(deep=False).split()) if node is not None else ""


def _words(body: LexborNode) -> str:
    parts = []
    for node in body.css(_WORDS):
        walk = Walk()
        walk.visit(node)
        parts.append(walk.text.strip("\n"))
    return "\n".join(part for part in parts if part)


def _locator(message: LexborNode, body: LexborNode, writer: str) -> str:
    told = [f"message {_number(message.attributes.get('id')) or '?'}"]
    told += [f"by {writer}"] if writer else []
    when = _time(body.css_first(".date.details"))
    told += [f"on {when}"] if when else []
    source = body.css_first(".forwarded .from_name")
    if source is not None:
        told.append(f"forwarded from {_own_line(source)}")
        first = _time(source.css_first(".date.details"))
        told += [f"first on {first}"] if first else []
    answered = body.css_first(".reply_to a")
    number = _number(answered.attributes.get("href")) if answered is not None else ""
    told += [f"in reply to message {number}"] if number else []
    return ", ".join(told)


def _number(given: str | None) -> str:
    found = _NUMBER.search(given or "")
    return found[1] if found else ""


def _time(node: LexborNode | None) -> str:
    """The time in ISO 8601, with the zone where it is told."""
    found = _TIME.search((node.attributes.get("title") or "") if node is not None else "")
    return f"{found[3]}-{found[2]}-{found[1]}T{found[4]}{found[5] or ''}" if found else ""
