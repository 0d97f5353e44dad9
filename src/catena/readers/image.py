"""Pictures of text (PNG, JPEG, TIFF, WebP, GIF, BMP): what tesseract reads in them, marked as such."""

from __future__ import annotations

from catena.model import Document
from catena.readers.base import ReaderError
from catena.readers.flow import Flow
from catena.readers.ocr import INSTALL, SURE, Ocr, version

_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")


class Image:
    """Pictures, read by tesseract where it is installed."""

    name = "image"
    version = "1"
    media_type = "image/*"
    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp")

    def sniff(self, data: bytes) -> bool:
        webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
        return data.startswith(_MARKS) or webp or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0")

    def read(self, data: bytes, name: str) -> Document:
        if not version():
            raise ReaderError("read", "a picture, and tesseract is not installed", INSTALL)
        ocr = Ocr()
        flow = Flow()
        for number, passage in enumerate(ocr.read(data), 1):
            box = " ".join(f"{edge:.0f}" for edge in passage.box)
            flow.add(passage.text, "paragraph", f"by OCR, paragraph {number}, pixels {box}")
        if not flow.parts:
            raise ReaderError("read", "no letters were found in the picture", "check that it shows text, upright")
        flow.warnings.append(warn_of_ocr("the picture", ocr))
        return flow.document(self, data, name, steps=(ocr.step,))


def warn_of_ocr(what: str, ocr: Ocr) -> str:
    """The warning that a reader of the text must see."""
    doubt = "; much of it may be wrong" if ocr.confidence < SURE else ""
    return (
        f"{what} read by OCR ({', '.join(ocr.models)}; confidence {ocr.confidence:.0f} of 100{doubt}):"
        " check words and above all vowel signs against the picture"
    )
