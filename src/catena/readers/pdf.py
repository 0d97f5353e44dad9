"""PDF through pdfium: the text as extracted, with the place of each page.

Right-to-left pages are known to come out damaged from most PDF files; the text is kept as it is and a warning says so.
"""

from __future__ import annotations

import hashlib

import pypdfium2

from catena.model import Block, Document, Origin, Span, canonical
from catena.readers.base import ReaderError

MAX_PAGES = 2000
_RTL = range(0x0590, 0x0900)


class Pdf:
    """PDF files with a text layer."""

    name = "pdf"
    version = "1"
    media_type = "application/pdf"
    suffixes = (".pdf",)

    def sniff(self, data: bytes) -> bool:
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, name: str) -> Document:
        pdf = _open(data)
        try:
            text, blocks, warnings = _gather(pdf)
            stated = _stated(pdf)
        finally:
            pdf.close()
        if not text.strip():
            raise ReaderError("read", "the pages hold no text (scanned?)", "run it through an OCR program first")
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, None,
            (f"text layer by pdfium, pypdfium2 {pypdfium2.PYPDFIUM_INFO}", "soft hyphens at line ends kept as -"),
        )  # fmt: skip
        return Document(text, origin, blocks, stated, warnings)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError("open", "the file is locked with a password", "save a copy without it") from error
        raise ReaderError("open", f"damaged PDF ({error})", "get the file again, or print it to a new PDF") from error
    if pages == 0 or pages > MAX_PAGES:
        raise ReaderError("open", f"{pages} pages; 1 to {MAX_PAGES} can be read", "split the file")
    return pdf


def _gather(pdf: pypdfium2.PdfDocument) -> tuple[str, tuple[Block, ...], tuple[str, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    warnings: list[str] = []
    length = 0
    for number in range(1, len(pdf) + 1):
        try:
            page = _page_text(pdf, number)
        except pypdfium2.PdfiumError as error:
            warnings.append(f"page {number} could not be read ({error}); the others were")
            continue
        if parts:
            parts.append("\n\n")
            length += 2
        blocks.append(Block(Span(length, length + len(page)), "page", f"page {number}"))
        parts.append(page)
        length += len(page)
    text = "".join(parts)
    if any(ord(character) in _RTL for character in text):
        warnings.append("right-to-left text from a PDF: letters and marks may be out of order")
    return text, tuple(blocks), tuple(warnings)


def _page_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number - 1]
    textpage = page.get_textpage()
    try:
        raw = textpage.get_text_bounded(errors="replace")
    finally:
        textpage.close()
        page.close()
    clean = canonical(raw).replace("\ufffe", "-").replace("\x02", "-").replace("\ufeff", "")
    return "\n".join(line.rstrip(" ") for line in clean.split("\n")).strip("\n")


def _stated(pdf: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    facts = pdf.get_metadata_dict(skip_empty=True)
    pairs = (("title", facts.get("Title")), ("author", facts.get("Author")))
    return tuple((name, value) for name, value in pairs if value)
