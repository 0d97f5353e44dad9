"""26 hostile files: how each ends, after how long, and what it costs the process that reads.

    python -m benchmarks.reading_hostile FOLDER             makes the files
    python -m benchmarks.reading_hostile FOLDER --measure   reads those that are there, one line of JSON each

The table is printed by `benchmarks.reading`, which runs both in processes of their own, so that the memory measured is
that of a program which only reads.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.readers.builders import make_flate_bomb, make_pdf, make_pdf_streams, make_sample_docx, make_zip, word_part

from benchmarks.memory import watch_peak
from benchmarks.reading_table import Given, NotMeasured, show

_LINE = "<p>This is a sentence of ordinary prose, long enough to be text. </p>\n"
_HEAD = "<!doctype html><html><body>"
_SEVERAL = "".join(
    f'<!ENTITY {one} "{f"&{other};" * 10}">' for one, other in zip("bcdefghij", "abcdefghi", strict=True)
)
_LAUGHS = f'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">{_SEVERAL}]>'
_OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _noise(size: int) -> bytes:
    """The same bytes every time, without order."""
    state, made = 1, bytearray()
    while len(made) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        made += state.to_bytes(8, "little")[3:7]
    return bytes(made[:size])


def _docx(start: str, piece: str = "", times: int = 0) -> bytes:
    body = word_part("@").replace("?>", f"?>{start}", 1)
    return make_sample_docx(body.replace("@", piece * times or "<w:p><w:r><w:t>&j;&x;</w:t></w:r></w:p>"))


def _zip_bomb() -> bytes:
    """Two gigabytes of one letter in a Word document."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"A" * 10_000_000
    packed = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    whole = bytearray(make_zip({"word/document.xml": b"A" * 1000}))
    with zipfile.ZipFile(__import__("io").BytesIO(bytes(whole))) as archive:
        info = archive.infolist()[0]
    small = info.compress_size
    start = 30 + len(info.filename)
    sizes = (len(packed).to_bytes(4, "little"), (2_000_000_000).to_bytes(4, "little"))
    local = whole[:18] + sizes[0] + sizes[1] + whole[26:start] + packed
    central = bytearray(whole[start + small :])
    central[20:28] = sizes[0] + sizes[1]
    end = central.rindex(b"PK\x05\x06")
    central[end + 16 : end + 20] = len(local).to_bytes(4, "little")
    return bytes(local + central)


def _locked() -> bytes:
    """A PDF whose password nobody knows."""
    keys = b"/Filter/Standard/V 1/R 2/P -44/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">"
    return make_pdf("The council met.").replace(b"trailer\n<<", b"trailer\n<</Encrypt<<" + keys + b">>/ID[<00><00>]", 1)


_LOOP = (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]"
         b"/Count 99999999>>\nendobj\ntrailer<</Root 1 0 R>>\n")  # fmt: skip
_FORM = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<"

FILES: dict[str, Callable[[], bytes]] = {
    "half.pdf": lambda: (made := make_pdf("The council met." * 20))[: len(made) // 2],
    "tail-gone.pdf": lambda: make_pdf("The council met.")[:-200],
    "noise.pdf": lambda: b"%PDF-1.7\n" + _noise(200_000),
    "empty.pdf": lambda: b"",
    "page-called.pdf": lambda: b"\xff<body>not a PDF\0\1\2\3\4" * 4,
    "flate-bomb.pdf": make_flate_bomb,
    "form-in-itself.pdf": lambda: make_pdf_streams([b"/X Do"]).replace(
        _FORM, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>"
    ),
    "pages-in-themselves.pdf": lambda: _LOOP,
    "locked.pdf": _locked,
    "laughs.docx": lambda: _docx(_LAUGHS),
    "outside-entity.docx": lambda: _docx(_OUTSIDE),
    "bomb.docx": _zip_bomb,
    "four-million-paragraphs.docx": lambda: _docx("", "<w:p><w:r><w:t>hello there</w:t></w:r></w:p>", 4_000_000),
    "no-zip.docx": lambda: b"PK\x03\x04" + _noise(1000),
    "100-megabytes.html": lambda: (_HEAD + _LINE * 1_450_000).encode(),
    "10-megabytes.html": lambda: (_HEAD + _LINE * 145_000).encode(),
    "nested-blocks.html": lambda: (_HEAD + "<div>" * 100_000 + "deep text" + "</div>" * 100_000).encode(),
    "nested-letters.html": lambda: (_HEAD + "<b><i>" * 50_000 + "deep text").encode(),
    "nul-bytes.html": lambda: _HEAD.encode() + b"<p>Some text\0with NUL bytes \0inside.</p>" * 20,
    "attributes.html": lambda: f"{_HEAD}<p {' '.join(f'a{n}=x' for n in range(200_000))}>text</p>".encode(),
    "laughs.html": lambda: f'<?xml version="1.0"?>{_LAUGHS}<html><body><p>&j;</p></body></html>'.encode(),
    "one-line.html": lambda: (_HEAD + "<p>" + "word " * 4_000_000).encode(),
    "open-tables.html": lambda: (_HEAD + "<table><tr><td>" * 20_000 + "x").encode(),
    "open-links.html": lambda: (_HEAD + '<p><a href="x">' * 50_000 + "text").encode(),
    "noise.png": lambda: b"\x89PNG\r\n\x1a\n" + _noise(20_000),
    "deep.json": lambda: b"[" * 1_000_000,
}


def run(given: Given) -> None:
    """One row a file, and the growth of the reading process."""
    folder = given.folder / "hostile"
    command = [sys.executable, "-m", "benchmarks.reading_hostile", str(folder)]
    try:
        subprocess.run(command, check=True, timeout=600)
        said = subprocess.run([*command, "--measure"], check=True, timeout=1800, capture_output=True, text=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise NotMeasured(str(error)) from error
    rows = [json.loads(line) for line in said.splitlines()]
    show(("file", "bytes", "ends as", "seconds", "reason"), (
        [one["name"], f"{one['size']:,}", one["status"], f"{one['seconds']:.1f}", one["reason"]] for one in rows
    ))  # fmt: skip
    unsaid = [one["name"] for one in rows if one["status"] != "ok" and not one["reason"]]
    print(
        f"\n{len(rows)} files; the longest took {max(one['seconds'] for one in rows):.1f} s; without a reason: "
        f"{', '.join(unsaid) or 'none'}; the reading process grew by {rows[-1]['grown'] / 1e6:.0f} MB at most; words "
        f"of another file in a text: {sum(one['leaks'] for one in rows)}"
    )


def make(folder: Path) -> None:
    """Write the files that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in FILES.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(build())


def measure(folder: Path) -> Iterator[dict[str, object]]:
    """Read each alone. `grown` is bytes of this process since before the first, at its largest."""
    from catena.readers import read_isolated

    warm = folder / "warm.txt"
    warm.write_text("The council met.", encoding="utf-8")
    read_isolated(warm, "warm.txt")
    grown = watch_peak()
    for name in FILES:
        began = time.monotonic()
        outcome = read_isolated(folder / name, name)
        text = outcome.document.text if outcome.document else ""
        yield {
            "name": name, "size": (folder / name).stat().st_size, "status": outcome.status,
            "seconds": time.monotonic() - began, "grown": grown(), "leaks": "root:" in text,
            "reason": outcome.reason or f"{len(text):,} characters",
        }  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--measure", action="store_true")
    given = options.parse_args()
    if not given.measure:
        make(given.folder)
        return 0
    for row in measure(given.folder):
        print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
