"""PDF through pdfium: the text as extracted, with the place of each page.

Right-to-left pages are known to come out damaged from most PDF files; the text is kept as it is and a warning says so.
Hyphens at line ends stay: joining words is a later reading, not ours.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

import pypdfium2

from catena.model import Block, Document, Origin, Span, canonical
from catena.readers.base import ReaderError

MAX_PAGES = 2000
_RTL = range(0x0590, 0x0900)
_HYPHEN = re.compile("[\ufffe\x02]\n?")  # what pdfium puts for a hyphen and the line end after it
_NAMED = 5  # page numbers named in one warning


class Pdf:
    """PDF files with a text layer."""

    name = "pdf"
    version = "2"
    media_type = "application/pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def sniff(self, data: bytes) -> bool:
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, name: str) -> Document:
        pdf = _open(data)
        try:
            pages = _gather(pdf)
            stated = _stated(pdf)
        finally:
            pdf.close()
        if not pages.text.strip():
            if pages.broken:
                raise ReaderError("read", "no page could be read", "get the file again, or print it to a new PDF")
            raise ReaderError("read", "the pages hold no text (scanned?)", "run it through an OCR program first")
        hyphens = ("hyphens at line ends restored",) if pages.hyphens else ()
        origin = Origin(
            name, hashlib.sha256(data).hexdigest(), self.media_type, self.name, self.version, None,
            (f"text layer by pdfium, pypdfium2 {pypdfium2.PYPDFIUM_INFO}", "spaces at line ends dropped", *hyphens),
        )  # fmt: skip
        return Document(pages.text, origin, tuple(pages.blocks), stated, tuple(_warn(pages)))


@dataclass(slots=True)
class _Pages:
    """The text of the pages read so far, and the numbers of those that gave none."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    hyphens: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, number: int, page: str) -> None:
        gap = "\n\n" if self.parts else ""
        start = self.length + len(gap)
        self.blocks.append(Block(Span(start, start + len(page)), "page", f"page {number}"))
        self.parts.append(gap + page)
        self.length = start + len(page)
        if not page.strip():
            self.empty.append(number)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError("open", "the file is locked with a password", "save a copy without it") from error
        raise ReaderError("open", f"damaged PDF ({error})", "get the file again, or print it to a new PDF") from error
    if pages == 0 or pages > MAX_PAGES:
        pdf.close()
        raise ReaderError("open", f"{pages} pages; 1 to {MAX_PAGES} can be read", "split the file")
    return pdf


def _gather(pdf: pypdfium2.PdfDocument) -> _Pages:
    pages = _Pages()
    for number in range(1, len(pdf) + 1):
        try:
            raw = _raw_text(pdf, number)
        except pypdfium2.PdfiumError:
            pages.broken.append(number)
            continue
        pages.hyphens += len(_HYPHEN.findall(raw))
        pages.add(number, _clean(raw))
    return pages


def _raw_text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    page = pdf[number - 1]
    try:
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_bounded(errors="replace"))
        finally:
            textpage.close()
    finally:
        page.close()


def _clean(raw: str) -> str:
    text = _HYPHEN.sub("-\n", canonical(raw).replace("\ufeff", ""))
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n")


def _warn(pages: _Pages) -> list[str]:
    warnings = []
    if pages.broken:
        warnings.append(f"{_list(pages.broken)} could not be read; the others were")
    if pages.empty:
        warnings.append(f"{_list(pages.empty)} without text (scanned?); run the file through an OCR program")
    if any(ord(character) in _RTL for character in pages.text):
        warnings.append("right-to-left text from a PDF: letters and marks may be out of order")
    return warnings


def _list(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:_NAMED]))
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {named}{more}"


def _stated(pdf: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    facts = pdf.get_metadata_dict(skip_empty=True)
    pairs = (("title", facts.get("Title")), ("author", facts.get("Author")))
    return tuple((name, value) for name, value in pairs if value)
