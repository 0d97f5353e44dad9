"""Messages and saved web archives: EML, mbox and MHTML, which are all the same kind of envelope.

The plain text of a message is taken, or its HTML where there is none; attachments that another reader can read stand
after it, each named in the locators of its blocks. A web archive is read as the page it holds. Where a file holds more
than one message the locator tells who wrote it, when, its identifier and the one it answers, as that of a Telegram
export does; a message inside another is told as passed on.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.flow import Flow
from catena.readers.html import Html
from catena.readers.text import Text

if TYPE_CHECKING:  # loaded where it is used: it takes longer than all readers together
    from email.message import EmailMessage, MIMEPart

MAX_MESSAGES = 20_000
MAX_PARTS = 500
_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
# Headers that programs write. "From:" and "To:" alone may head a letter, whose text they are.
_TOLD = re.compile(rb"(?mi)^(?:mime-version|received|return-path|message-id|delivered-to):")
_BETWEEN = re.compile(rb"^From \S[^\n]*\d{4}[^\n]*\n", re.MULTILINE)
_STATED = (("title", "subject"), ("author", "from"), ("date", "date"), ("url", "snapshot-content-location"),
           ("message-id", "message-id"), ("in-reply-to", "in-reply-to"))  # fmt: skip
ReadPart = Callable[[bytes, str], Document]


class Mail:
    """Messages (EML, mbox) and web archives (MHTML)."""

    name = "mail"
    version = "2"
    media_type = "message/rfc822"
    suffixes: tuple[str, ...] = (".eml", ".mbox", ".mht", ".mhtml")

    def __init__(self, read_part: ReadPart) -> None:
        """`read_part` reads an attachment; it is handed in, since it may be of any format."""
        self._read_part = read_part

    def sniff(self, data: bytes) -> bool:
        head = data[:20_000].replace(b"\r\n", b"\n")
        if _BETWEEN.match(head):
            return True
        found = _HEAD.match(head)
        return found is not None and _TOLD.search(found[0]) is not None and b"\0" not in head

    def read(self, data: bytes, name: str) -> Document:
        plain = data.replace(b"\r\n", b"\n")
        messages = list(_messages(plain))
        flow = Flow()
        for number, message in enumerate(messages, 1):
            place = _tell(message, f"message {number}") if len(messages) > 1 else "message"
            self._add(flow, message, place)
        stated = _stated(messages[0]) if len(messages) == 1 else ()
        return flow.document(self, data, name, steps=("headers but for the subject left out",), stated=stated)

    def _add(self, flow: Flow, message: EmailMessage, place: str) -> None:
        page = message.get_content_type() == "multipart/related" and _page(message)
        if page:
            flow.take(Html().read(_payload(page), "page.html"), place)
            return
        subject = _header(message, "subject")
        if subject:
            flow.add(subject, "heading", f"{place}, subject")
        body = message.get_body(("plain", "html"))
        if body is not None:
            self._take(flow, body, place, Html() if body.get_content_subtype() == "html" else Text())
        for number, part in enumerate(message.iter_attachments(), 1):
            if number > MAX_PARTS:
                flow.warnings.append(f"{place}: only the first {MAX_PARTS} attachments were read")
                break
            self._attach(flow, part, f"{place}, attachment {part.get_filename() or number}")

    def _take(self, flow: Flow, part: MIMEPart, place: str, reader: Html | Text) -> None:
        try:
            flow.take(reader.read(_payload(part), "body"), place)
        except ReaderError as error:
            flow.warnings.append(f"{place}: {error.reason}")

    def _attach(self, flow: Flow, part: MIMEPart, place: str) -> None:
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            if isinstance(inner, list) and inner:
                self._add(flow, inner[0], _tell(inner[0], place, passed_on=True))
            return
        try:
            flow.take(self._read_part(_payload(part), part.get_filename() or "part"), place)
        except ReaderError as error:
            flow.warnings.append(f"{place} was not read: {error.reason}")


def _messages(data: bytes) -> Iterator[EmailMessage]:
    """The messages in an mbox, or the one of another file. Raises `ReaderError` for too many."""
    import email
    import email.message
    import email.policy

    # Between two messages stands an empty line and one that begins with "From " and tells the time.
    breaks = [one for one in _BETWEEN.finditer(data) if data[max(0, one.start() - 2) : one.start()] in (b"", b"\n\n")]
    if len(breaks) > MAX_MESSAGES:
        raise ReaderError("check", f"{len(breaks)} messages; up to {MAX_MESSAGES} are read", "split the file")
    if not breaks or breaks[0].start():
        breaks = []
    starts = [one.end() for one in breaks] or [0]
    ends = [*(one.start() for one in breaks[1:]), len(data)]
    for start, end in zip(starts, ends, strict=True):
        message = email.message_from_bytes(data[start:end], policy=email.policy.default)
        if isinstance(message, email.message.EmailMessage):
            yield message


def _page(message: EmailMessage) -> EmailMessage | None:
    """The page of a web archive: its first part of HTML."""
    parts = (part for part in message.walk() if part.get_content_type() == "text/html")
    found: Any = next(parts, None)
    return found  # type: ignore[no-any-return]


def _payload(part: MIMEPart) -> bytes:
    """The bytes of a part, as UTF-8 where it states an encoding; a page's own statement is left to its reader."""
    held = part.get_payload(decode=True)
    data = held if isinstance(held, bytes) else b""
    said = part.get_content_charset()
    if said and part.get_content_maintype() == "text":
        try:
            return codecs.BOM_UTF8 + data.decode(said).encode()
        except (LookupError, UnicodeError):
            return data
    return data


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # headers that the standard parser cannot take
        return ""


def _stated(message: EmailMessage) -> tuple[tuple[str, str], ...]:
    pairs = ((name, _header(message, header)) for name, header in _STATED)
    return tuple((name, _to_iso(value) if name == "date" else value) for name, value in pairs if value)


def _tell(message: EmailMessage, place: str, *, passed_on: bool = False) -> str:
    """The locator of a message with what its headers tell; `passed_on` within another message."""
    words = ("forwarded from", "first on") if passed_on else ("by", "on")
    told = [
        f"{word} {value}"
        for word, value in (
            (words[0], _header(message, "from")),
            (words[1], _to_iso(_header(message, "date"))),
            ("id", _header(message, "message-id")),
            ("in reply to", _header(message, "in-reply-to")),
        )
        if value
    ]
    return ", ".join([place, *told])


def _to_iso(date: str) -> str:
    """A date in the form of mail as an ISO time with its zone; as it stands when it is in no such form."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).isoformat() if date else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return date
