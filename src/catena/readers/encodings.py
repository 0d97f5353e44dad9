"""Which encoding the bytes of a plain text are in.

Order: byte order mark, the NULs of UTF-16, strict UTF-8, then 8-bit code pages. A code page is chosen by how much of
the decoded text looks like writing: letters of one script in words, and no letter of another script inside a word.
charset-normalizer is asked when ours do not agree on one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from catena.readers.base import ReaderError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = ("cp1256", "iso8859-6", "cp1251", "koi8-r", "cp1254", "cp1252")
_SAMPLE = 20_000  # bytes; enough to judge by
_NOISE_SHARE = 0.02  # control characters beyond this share mean that the file is no text
_COMMON = {
    "arabic": set("اليمنورتبعدسف"),
    "cyrillic": set("оеаинтсрвлк"),
}
_ARABIC = re.compile(r"[\u0621-\u064a]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MIXED = re.compile(
    r"[A-Za-z][\u0400-\u04ff\u0621-\u064a]|[\u0400-\u04ff\u0621-\u064a][A-Za-z]|[а-яё][А-ЯЁ]|[\u0080-\u009f]|[^\W\d_][¤¦§¨ª¬±¶¸º¼½¾×÷][^\W\d_]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in; `doubt` is a warning for the reader of the text, or ""."""

    text: str
    encoding: str
    doubt: str = ""


def decode(data: bytes) -> Decoded:
    """The text of `data`. Raises `ReaderError` when the bytes are no text in any encoding known here."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(_strict(data, name), name.removesuffix("-sig"))
    wide = _wide(data)
    if wide:
        return Decoded(_strict(data, wide), wide)
    if sum(byte < 9 or 13 < byte < 32 for byte in data[:_SAMPLE]) > _NOISE_SHARE * len(data[:_SAMPLE]):
        raise ReaderError(
            "decode", "the bytes are not text in a known encoding", "open it with the program that made it"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            text = data[: error.start].decode("utf-8")
            return Decoded(text, "utf-8", "the file ends inside a character; its last bytes were left out")
    return _eight_bit(data)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReaderError(
            "decode",
            f"marked as {name}, but byte {error.start} is not: {error.reason}",
            "save it again as UTF-8",
        ) from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII characters leave every other byte NUL."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.1 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.1 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    ranked = sorted(((_plausible(sample, page), page) for page in _PAGES), reverse=True)
    (best, page), (second, _) = ranked[:2]
    doubt = ""
    if best <= 0 or best - second < 0.02:
        other = from_bytes(sample).best()
        page = other.encoding if other is not None and best <= 0 else page
        doubt = f"the encoding is not certain; {page} was taken"
    return Decoded(data.decode(page, "replace"), page, doubt)


def _plausible(sample: bytes, page: str) -> float:
    """How much the decoded sample looks like writing; higher is better, 0 or less is none."""
    text = sample.decode(page, "replace")
    high = [character for character in text if character > "\x7f"]
    if not high:
        return 0.0
    common = _COMMON["arabic"] if _ARABIC.search(text) else _COMMON["cyrillic"]
    letters = sum(character.isalpha() for character in high) / len(high)
    frequent = sum(character.lower() in common for character in high) / len(high)
    native = bool(_ARABIC.search(text) or _CYRILLIC.search(text))
    mixed = len(_MIXED.findall(text)) / len(high)
    return letters + (frequent if native else 0.35) - 3 * mixed - 5 * text.count("\ufffd") / len(high)
