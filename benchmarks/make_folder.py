"""Make a folder of mixed statements: `python -m benchmarks.make_folder OUT --count 1000 --seed 1`.

Plain text in several encodings, Markdown, HTML, DOCX, ODT, EPUB, RTF, mail, JSON Lines, PDF, ZIP, TAR and web archives,
English and Arabic, of generated sentences about invented places; among them files that must fail: a truncated PDF, ZIP
bombs, an XML entity bomb, noise, an empty and an unreadable file.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from html import escape
from pathlib import Path

from tests.readers.builders import (
    make_docx,
    make_epub,
    make_odt,
    make_pdf,
    make_record,
    make_sample_docx,
    make_tar,
    make_warc,
    make_zip,
    make_zip_bomb,
)

PLACES = ("Port Amsel", "Merrow", "Lisk", "Tarvel", "Kembar", "Qasrun")
PEOPLE = ("Tarek Salim", "Ada Brisk", "Jorun Haal", "Karel Lund", "Huda Rasim")
VERBS = ("said", "stated", "announced", "warned", "added")
CLAIMS = (
    "the lakes stay open to every member of the league",
    "the harbour dues will be published before the end of the month",
    "no member may divert a river without the consent of the council",
    "the inquiry heard every witness who asked to be heard",
)
ARABIC = (
    "وقال الوزير إن البحيرات ستبقى مفتوحة أمام جميع الأعضاء.",
    "وأضاف أن الاجتماع القادم سيعقد في الميناء في ٣ حزيران ٢٠٢١.",
    "وذكرت الوكالة أن ١٢ شخصا على الأقل أصيبوا.",
)


def make_statement(draw: random.Random, number: int) -> list[str]:
    """Paragraphs of one statement."""
    paragraphs = [f"Statement {number} of the council at {draw.choice(PLACES)}", f"{draw.randint(1, 28)} May 2021"]
    for _ in range(draw.randint(4, 14)):
        claim = draw.choice(CLAIMS)
        who = f"{draw.choice(PEOPLE)} {draw.choice(VERBS)}"
        paragraphs.append(draw.choice((f"{who} that {claim}.", f"“{claim.capitalize()},” {who}.", draw.choice(ARABIC))))
        if draw.random() < 0.3:
            paragraphs.append(f"At least {draw.randint(2, 90)} people were wounded in {draw.choice(PLACES)}.")
    return paragraphs


def to_docx(paragraphs: list[str]) -> bytes:
    """A DOCX with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in paragraphs)
    return make_docx(body)


def to_html(paragraphs: list[str]) -> bytes:
    """A page with navigation around these paragraphs."""
    body = "".join(f"<p>{escape(words)}</p>" for words in paragraphs[1:])
    title = escape(paragraphs[0])
    page = f"<!doctype html><html><head><title>{title}</title></head><body><nav>Home</nav><article><h1>{title}</h1>"
    return f"{page}{body}</article></body></html>".encode()


def to_pdf(paragraphs: list[str]) -> bytes:
    """A PDF with one English paragraph a page."""
    plain = [words.replace("“", '"').replace("”", '"') for words in paragraphs]
    return make_pdf(*(words for words in plain if words.isascii()))


def to_text(paragraphs: list[str]) -> bytes:
    """Plain text in UTF-8."""
    return "\n\n".join(paragraphs).encode()


def to_rtf(paragraphs: list[str]) -> bytes:
    """An RTF file with every character beyond ASCII as an escape."""
    words = "\\par ".join(paragraphs)
    plain = "".join(one if ord(one) < 128 else f"\\u{ord(one) - 65536 * (ord(one) > 32767)}?" for one in words)
    return f"{{\\rtf1\\ansi {plain}}}".encode()


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": to_text,
    "cp1256.txt": lambda p: "\r\n\r\n".join(p).encode("cp1256", "replace"),
    "utf16.txt": lambda p: "\n\n".join(p).encode("utf-16"),
    "md": lambda p: ("# " + "\n\n".join(p)).encode(),
    "html": to_html,
    "docx": to_docx,
    "pdf": to_pdf,
    "odt": lambda p: make_odt("".join(f"<text:p>{escape(words)}</text:p>" for words in p)),
    "epub": lambda p: make_epub(to_html(p).decode(), title=p[0]),
    "rtf": to_rtf,
    "eml": lambda p: f"MIME-Version: 1.0\nMessage-ID: <1@example.org>\nSubject: {p[0]}\n\n".encode() + to_text(p),
    "jsonl": lambda p: "\n".join(json.dumps({"text": words}, ensure_ascii=False) for words in p).encode(),
    "zip": lambda p: make_zip({"a.txt": to_text(p), "b.html": to_html(p[::-1])}),
    "tar.gz": lambda p: make_tar({"a.txt": to_text(p)}, packing="gz"),
    "warc.gz": lambda p: make_warc(make_record("https://example.org/a", to_html(p))),
}


def write_hostile(folder: Path) -> None:
    """Files that must end up in the ledger with a reason."""
    entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    (folder / "hostile-truncated.pdf").write_bytes(make_pdf("The council met.")[:250])
    (folder / "hostile-bomb.docx").write_bytes(make_zip_bomb())
    (folder / "hostile-bomb.zip").write_bytes(make_zip({"a.txt": b" " * 300_000_000}))
    (folder / "hostile-entities.docx").write_bytes(make_sample_docx(f"{entities}<w:document>&b;</w:document>"))
    (folder / "hostile-noise.txt").write_bytes(random.Random(0).randbytes(200_000))
    (folder / "hostile-empty.txt").write_bytes(b"")
    (folder / "hostile-unreadable.txt").symlink_to(folder / "nowhere")


def make_files(folder: Path, count: int, *, seed: int) -> None:
    """`count` statements in every format in turn, and the hostile files; the same for the same seed."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    kinds = list(WRITERS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        (folder / f"{number:05}.{kind}").write_bytes(WRITERS[kind](make_statement(draw, number)))
    write_hostile(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_files(arguments.out, arguments.count, seed=arguments.seed)
    print(f"{arguments.count} statements and 7 hostile files in {arguments.out}")


if __name__ == "__main__":
    main()
