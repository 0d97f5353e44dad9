"""Which encoding the bytes of a plain text are in.

Order: byte order mark, the high bytes of UTF-16, strict UTF-8, UTF-8 with a few damaged bytes, then 8-bit code pages.
A code page is chosen by how much its decoding looks like writing: letters of one script in a word, in ordinary case,
the common ones often. Where no page convinces, charset-normalizer is asked and a warning says so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from catena.readers.base import ReaderError
from catena.readers.plausibility import rate

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PAGES = ("cp1252", "cp1256", "cp1251", "cp1254", "koi8-r", "iso8859-6", "iso8859-5", "cp866")
"""Code pages tried, the likelier first: of two that give the same text, the first is named."""

_SAMPLE = 20_000  # bytes; enough to judge by
_NOISE_SHARE = 0.02  # control characters beyond this share mean that the file is no text
_SOUND_SHARE = 0.9  # of the characters beyond ASCII: UTF-8 with some damage, not another encoding
_MARGIN = 0.15  # rating by which the first page must lead; less was a coin toss in trials on 60 characters
_FEW = 8  # characters beyond ASCII: fewer are too little to judge by
_HIGH_BYTES = frozenset((0x00, 0x01, 0x03, 0x04, 0x05, 0x06, 0x20))  # of UTF-16 in the scripts we read, and signs
_AROUND = re.compile(rb"[\x09\x20-\x7e]{0,40}[\x80-\xff][^\r\n]{0,200}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in; `doubt` is a warning for the reader of the text, or ""."""

    text: str
    encoding: str
    doubt: str = ""


def decode(data: bytes) -> Decoded:
    """The text of `data`, with its line ends. Raises `ReaderError` when it is no text in any encoding known here.

    >>> decode("Çeviri: görüşme".encode("cp1254")).encoding
    'cp1254'
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data, name)
    wide = _wide(data)
    if wide:
        return _marked(data, wide)
    if _is_noise(data):
        raise ReaderError(
            "decode", "the bytes are not text in a known encoding", "open it with the program that made it"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _eight_bit(data)


def _marked(data: bytes, name: str) -> Decoded:
    """Bytes in an encoding that is certain; damaged places become U+FFFD, and a warning says so."""
    shown = name.removesuffix("-sig")
    try:
        return Decoded(data.decode(name), shown)
    except UnicodeDecodeError:
        return Decoded(data.decode(name, "replace"), shown, f"damaged {shown}: some places are shown as U+FFFD")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is one of a few, such as NUL for ASCII and 6 for Arabic."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 8:
        return None
    even, odd = sample[::2], sample[1::2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        fits = sum(byte in _HIGH_BYTES for byte in high) / len(high)
        telling = sum(byte in _HIGH_BYTES and byte != 0x20 for byte in high) / len(high)
        other = sum(byte in _HIGH_BYTES and byte != 0x20 for byte in low) / len(low)
        if fits > 0.9 and telling > 0.6 and other < 0.3:
            return name
    return None


def _is_noise(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) > _NOISE_SHARE * len(sample)


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond = sum(character > "\x7f" for character in text)
    if beyond - bad < _SOUND_SHARE * beyond:
        # One lost tail of a character is a file cut short, even when it is the only one beyond ASCII.
        if bad != 1 or not text.endswith("\ufffd") or data[-1] >= 0xF5:
            return None
        return Decoded(text, "utf-8", "the file ends inside a character, shown as U+FFFD")
    return Decoded(text, "utf-8", f"{bad} damaged places are shown as U+FFFD")


def _eight_bit(data: bytes) -> Decoded:
    sample = b" ".join(_pieces(data))
    ranked = sorted(((rate(sample.decode(page, "replace")), -place) for place, page in enumerate(PAGES)), reverse=True)
    best, page = ranked[0][0], PAGES[-ranked[0][1]]
    if best <= 0:
        return _second_opinion(data, sample)
    text = data.decode(page, "replace")
    beyond = sum(byte > 0x7F for byte in sample)
    for rating, place in ranked[1:]:
        rival = PAGES[-place]
        close = best - rating < _MARGIN or (beyond < _FEW and rating > best / 2)
        if close and sample.decode(rival, "replace") != sample.decode(page, "replace"):
            return Decoded(text, page, f"the encoding is not certain; {page} was taken, {rival} is possible")
    return Decoded(text, page)


def _pieces(data: bytes) -> list[bytes]:
    """The stretches around bytes beyond ASCII, up to the sample size: a page may begin with plain English."""
    pieces: list[bytes] = []
    size = 0
    for match in _AROUND.finditer(data):
        pieces.append(match[0])
        size += len(match[0])
        if size > _SAMPLE:
            break
    return pieces


def _second_opinion(data: bytes, sample: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    if found is None:
        raise ReaderError("decode", "the bytes are not text in a known encoding", "save it again as UTF-8")
    doubt = f"the encoding is not certain; {found.encoding} was taken"
    return Decoded(data.decode(found.encoding, "replace"), found.encoding, doubt)
