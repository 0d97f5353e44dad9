"""Small files of every format, made byte by byte: the same bytes on every run, nothing installed needed."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pypdfium2

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


SAMPLE_BODY = """
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Statement on the Lakes</w:t></w:r></w:p>
<w:p><w:r><w:t>The council </w:t></w:r><w:ins><w:r><w:t>today </w:t></w:r></w:ins><w:r><w:t>met</w:t></w:r>
<w:del><w:r><w:delText> in secret</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Boats</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t><w:tab/><w:t>after a tab</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>می\u200cخواهیم</w:t></w:r></w:p>
"""
_NOTES = "<w:footnote><w:p><w:r><w:t>A note below.</w:t></w:r></w:p></w:footnote>"
_CORE = (
    '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Lakes</dc:title><dc:creator>Ada Brisk</dc:creator></cp:coreProperties>"
)


def make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of `parts`, compressed but for the one that names the format, with a fixed date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 25, 0, 0, 0)), content, packing)
    return packed.getvalue()


def word_part(body: str, root: str = "document") -> str:
    """The XML of one part of a Word document around `body`."""
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def make_docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with `body` (WordprocessingML inside `w:body`) and further `parts`."""
    return make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": word_part(body), **(parts or {})})


def make_sample_docx(document: str | None = None) -> bytes:
    """A Word document with a heading, tracked changes, a table, a control, a note and right-to-left words.

    `document` replaces the XML of its main part.
    """
    parts = {"word/footnotes.xml": word_part(_NOTES, "footnotes"), "docProps/core.xml": _CORE}
    return make_zip({"word/document.xml": document or word_part(SAMPLE_BODY), **parts})


def make_zip_bomb() -> bytes:
    """A DOCX of under a megabyte that unpacks to 400 MB."""
    return make_zip({"word/document.xml": b" " * 400_000_000})


def paragraph(text: str, properties: str = "") -> str:
    """One paragraph with one run."""
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{before}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def make_pdf(*pages: str, title: str = "") -> bytes:
    """A PDF with a line of Helvetica for each line of each page; an empty page has no text."""
    return make_pdf_streams([_draw(page) for page in pages], title=title)


def make_pdf_streams(streams: list[bytes], *, title: str = "", packed: bool | None = False) -> bytes:
    """A PDF whose pages have these content streams; `packed` deflates them, and `None` says that they are deflated."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, stream in enumerate(streams):
        body = zlib.compress(stream, 9) if packed else stream
        filters = "" if packed is False else "/Filter/FlateDecode"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            + f"/Contents {5 + 2 * number} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(body)}{filters}>>stream\n".encode() + body + b"\nendstream")
    objects.append(f"<</Title({title})>>".encode())
    return _assemble(objects)


def make_flate_bomb() -> bytes:
    """A PDF of under a megabyte whose page unpacks to 500 MB."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"0 0 m " * 1_000_000) for _ in range(84)) + packer.flush()
    return make_pdf_streams([body], packed=None)


def _draw(page: str) -> bytes:
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n")]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 12 Tf 14 TL 72 770 Td {shown} ET".encode("cp1252") if page else b""


def _assemble(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = f"trailer\n<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n".encode() + table + end.encode()


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def make_odt(body: str, *, styles: str = "", meta: str = "") -> bytes:
    """A text document with `body` (inside `office:text`), automatic `styles`, and statements in `meta`."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return make_zip({**parts, "meta.xml": f"<office:document-meta {_ODF}>{meta}</office:document-meta>"})


def make_epub(*chapters: str, title: str = "Lakes") -> bytes:
    """A book with one HTML page a chapter."""
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": package}
    return make_zip({**parts, **{f"OPS/c{n}.xhtml": chapter for n, chapter in enumerate(chapters)}})


def make_tar(parts: Mapping[str, str | bytes], *, packing: str = "", links: Mapping[str, str] | None = None) -> bytes:
    """A TAR archive of `parts`, packed with `packing` (`gz`, `bz2`, `xz` or nothing), with symbolic `links`."""
    packed = io.BytesIO()
    mode: Any = f"w:{packing}"
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in parts.items():
            body = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return packed.getvalue()


def make_record(
    address: str, body: str | bytes, kind: str = "text/html", status: str = "200 OK", head: str = ""
) -> bytes:
    """One response of a web archive, as a crawler writes it on 5 March 2024."""
    inner = body.encode() if isinstance(body, str) else body
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{head}\r\n".encode() + inner
    lines = (
        "WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {address}", "WARC-Date: 2024-03-05T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(answer)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + answer + b"\r\n\r\n"


def make_warc(*records: bytes, packed: bool = True) -> bytes:
    """A web archive; each record packed by itself, as crawlers do."""
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def paint(pdf: bytes, *, box: tuple[int, int, int, int] | None = None) -> tuple[int, int, bytes]:
    """The first page as a scanner gives it at 300 dots per inch: width, height and grey dots; or `box` of it."""
    with pypdfium2.PdfDocument(pdf) as opened:
        bitmap = opened[0].render(scale=300 / 72, grayscale=True)
        dots = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, -1)[:, : bitmap.width]
    left, top, right, bottom = box or (0, 0, dots.shape[1], dots.shape[0])
    dots = np.ascontiguousarray(dots[top:bottom, left:right])
    return dots.shape[1], dots.shape[0], dots.tobytes()


def make_png(width: int, height: int, dots: bytes) -> bytes:
    """A grey PNG of `dots`, row by row."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + dots[row * width : (row + 1) * width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def make_scan(width: int, height: int, dots: bytes) -> bytes:
    """A PDF with one page of A4 that is a picture of `dots`, and one with a line of text."""
    picture = f"q 595 0 0 842 0 0 cm BI /W {width} /H {height} /BPC 8 /CS /G /F /Fl ID ".encode()
    return make_pdf_streams([picture + zlib.compress(dots) + b" EI Q", _draw("The second page is text.")])
