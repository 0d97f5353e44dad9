"""Small files of each format, made in the test so that every byte is on the page."""

from __future__ import annotations

import io
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX_BODY = f"""<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Statement on the Lakes</w:t></w:r></w:p>
<w:p><w:r><w:t>The council </w:t></w:r><w:ins><w:r><w:t>today </w:t></w:r></w:ins><w:r><w:t>met</w:t></w:r>
<w:del><w:r><w:delText> in secret</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Port</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Boats</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t><w:tab/><w:t>after a tab</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>می\u200cخواهیم</w:t></w:r></w:p>
</w:body></w:document>"""
FOOTNOTES = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>A note below.</w:t></w:r></w:p></w:footnote></w:footnotes>"
CORE = (
    '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Lakes</dc:title><dc:creator>Ada Brisk</dc:creator></cp:coreProperties>"
)


def make_docx(body: str = DOCX_BODY, **parts: str) -> bytes:
    """A DOCX with this main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/footnotes.xml", FOOTNOTES)
        archive.writestr("docProps/core.xml", CORE)
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def make_zip_bomb() -> bytes:
    """A DOCX of under a megabyte that unpacks to 400 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 400_000_000)
    return out.getvalue()


def make_pdf(*pages: str, stream: bytes | None = None) -> bytes:
    """A PDF with one line of ASCII text a page; `stream` replaces the first page's content, already deflated."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for number, text in enumerate(pages):
        content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
        body = zlib.compress(content) if stream is None or number else stream
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(body), body))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def make_flate_bomb() -> bytes:
    """A PDF of under a megabyte whose page unpacks to 500 MB."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"0 0 m " * 1_000_000) for _ in range(84)) + packer.flush()
    return make_pdf("x", stream=body)
