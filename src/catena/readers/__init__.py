"""Bytes to documents: one module a format, chosen by content first and by suffix second.

Adding a format is one module, one line in `READERS`, one test and one row in docs/reference/readers.md.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from catena.model import Document
from catena.readers.base import Reader, ReaderError
from catena.readers.checks import check_bytes, check_known
from catena.readers.containers import CONTAINERS
from catena.readers.containers.base import FIELDS
from catena.readers.docx import Docx
from catena.readers.epub import Epub
from catena.readers.fields import parse_fields
from catena.readers.html import Html
from catena.readers.image import Image
from catena.readers.isolate import Limits, ReadOutcome, UnpackOutcome, paint_isolated, read_isolated, unpack_isolated
from catena.readers.mail import Mail
from catena.readers.markdown import Markdown
from catena.readers.odt import Odt
from catena.readers.pdf import Pdf
from catena.readers.records import Records
from catena.readers.rtf import Rtf
from catena.readers.telegram import Telegram
from catena.readers.telegram_html import TelegramHtml
from catena.readers.text import Text

READERS: dict[str, Reader] = {
    "pdf": Pdf(),
    "docx": Docx(),
    "odt": Odt(),
    "epub": Epub(),
    "rtf": Rtf(),
    "telegram-html": TelegramHtml(),
    "html": Html(),
    "image": Image(),
    "mail": Mail(lambda data, name: read_bytes(data, name)),
    "records": Records(),
    "telegram": Telegram(),
    "markdown": Markdown(),
    "text": Text(),
}
"""Every reader by name, in the order in which they are asked."""

__all__ = [
    "CONTAINERS", "FIELDS", "READERS", "Limits", "ReadOutcome", "Reader", "ReaderError", "UnpackOutcome",
    "choose_reader", "paint_isolated", "read_bytes", "read_isolated", "read_path", "unpack_isolated",
]  # fmt: skip


def choose_reader(data: bytes, name: str) -> Reader:
    """The reader for these bytes: by content, else by the suffix of `name`, else plain text.

    >>> choose_reader(b"%PDF-1.7", "letter.txt").name
    'pdf'
    """
    suffix = PurePath(name).suffix.lower()
    by_suffix = next((reader for reader in READERS.values() if suffix in reader.suffixes), READERS["text"])
    return next((reader for reader in READERS.values() if reader.sniff(data)), by_suffix)


def read_bytes(data: bytes, name: str, fields: bytes | None = None) -> Document:
    """The document in `data`, called `name`, in this process. Raises `ReaderError` (stage, reason, next step).

    `fields` is the field map that goes with a table (`catena.readers.fields`).

    >>> read_bytes(b"The talks ended.", "note.txt").text
    'The talks ended.'
    """
    check_bytes(data)
    reader = choose_reader(data, name)
    if fields is not None and isinstance(reader, Records):
        return reader.read(data, name, parse_fields(fields))
    if not reader.sniff(data):
        check_known(data)
    return reader.read(data, name)


def load_fields(path: Path) -> bytes | None:
    """The field map beside a table, `None` where there is none."""
    beside = path.with_name(path.name + FIELDS)
    return beside.read_bytes() if beside.is_file() else None


def read_path(path: Path) -> Document:
    """The document in one file. Raises `ReaderError`, also when the file cannot be opened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(
            "open", f"{path}: {error.strerror or error}", "check that the file exists and may be read"
        ) from error
    try:
        return read_bytes(data, path.name, load_fields(path))
    except ReaderError as error:
        raise ReaderError(error.stage, f"{path}: {error.reason}", error.next_step) from error
