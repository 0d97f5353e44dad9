"""Telegram's JSON export of a channel or chat: each message a block, with its number, time and what it passes on.

The locator of a block tells who wrote it and when, whether it was edited or forwarded and from whom, and which message
it answers: the evidence of how words travelled. Source of the fields: Telegram Desktop's export, `result.json`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timezone
from typing import Any

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.encodings import decode
from catena.readers.flow import Flow
from catena.readers.records import parse_json

_MARKS = (b'"date_unixtime"', b'"from_id"')
_TOLD = (("from", "by {}"), ("date", "on {}"), ("edited", "edited {}"), ("forwarded_from", "forwarded from {}"),
         ("reply_to_message_id", "in reply to message {}"), ("via_bot", "via {}"))  # fmt: skip


class Telegram:
    """Exports of Telegram Desktop (`result.json`)."""

    name = "telegram"
    version = "2"
    media_type = "application/json"
    suffixes: tuple[str, ...] = (".json",)  # told by content; other JSON is records

    def sniff(self, data: bytes) -> bool:
        head = data[:4096].lstrip()
        return head.startswith(b"{") and b'"messages"' in head and any(mark in head for mark in _MARKS)

    def read(self, data: bytes, name: str) -> Document:
        decoded = decode(data)
        export = parse_json(decoded.text)
        messages = export.get("messages") if isinstance(export, dict) else None
        if not isinstance(messages, list):
            raise ReaderError("read", "the export holds no messages", "export the chat again, as JSON")
        flow = Flow()
        for message in messages:
            if isinstance(message, dict):
                flow.add(_text(message), "paragraph", _locator(message))
        title = export.get("name")
        stated = (("title", title), ("author", title)) if isinstance(title, str) and title else ()
        return flow.document(
            self, data, name, steps=("messages in the order of the export",), encoding=decoded.encoding, stated=stated
        )


def _text(message: dict[str, Any]) -> str:
    """The message's words: a string, or pieces of which some are links and names."""
    pieces = message.get("text", "")
    if isinstance(pieces, str):
        return pieces
    if not isinstance(pieces, list):
        return ""
    return "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in pieces
                   if isinstance(piece, (str, dict)))  # fmt: skip


def _locator(message: dict[str, Any]) -> str:
    message = message | {"date": _with_zone(message)}
    told = [text.format(message[key]) for key, text in _TOLD if message.get(key) not in (None, "")]
    return ", ".join([f"message {message.get('id', '?')}", *told])


def _with_zone(message: dict[str, Any]) -> object:
    """The local time of the export with its zone, which the seconds beside it give away; as it stands without them."""
    told, seconds = message.get("date"), str(message.get("date_unixtime", ""))
    try:
        local, moment = datetime.fromisoformat(str(told)), datetime.fromtimestamp(int(seconds), UTC)
        if local.tzinfo is not None:
            return told
        return local.replace(tzinfo=timezone(local - moment.replace(tzinfo=None))).isoformat()
    except (ValueError, OverflowError, OSError):
        return told
