"""Right-to-left PDFs against their known text: `python -m benchmarks.reading [--folder F] [--verses F] [--group G]`.

Makes the PDFs with LibreOffice and Chromium, reads them with catena and with every other extractor that is installed,
and prints the character error rate (median, mean, worst) and pages a second of processor time. Peers come from this
Python's packages (pypdf, pdfminer.six, pdfplumber, pypdfium2) and from pdftotext; what is missing is left out.

The error rate is the edit distance to the text that was printed, over its length, after NFC, with white space as
one space and without direction controls and soft hyphens. `letters` leaves out marks, tatweels, joiners and spaces.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import logging
import re
import shutil
import statistics
import subprocess
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.reading_pdfs import PROGRAMS, Sheet, make_sheets, print_sheets, read_verses

_CONTROLS = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
Extractor = Callable[[Path], str]


def clean(text: str) -> str:
    """`text` as it is compared."""
    return " ".join(unicodedata.normalize("NFC", _CONTROLS.sub("", text)).split())


def skeleton(text: str) -> str:
    """The letters and signs of `text`, without marks, tatweels, joiners and spaces."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", clean(text)))
    return "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Cf", "Zs") and one != "\u0640")


def error_rate(truth: str, found: str) -> float:
    """Edit distance over the length of `truth`; both are cleaned by the caller."""
    return Levenshtein.distance(truth, found) / max(1, len(truth))


def read_with_catena(path: Path) -> str:
    from catena.readers import read_path

    return read_path(path).text


def _pdfium(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def _pdfminer(path: Path) -> str:
    return str(importlib.import_module("pdfminer.high_level").extract_text(str(path)))


def _pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in importlib.import_module("pypdf").PdfReader(str(path)).pages)


def _pdfplumber(path: Path) -> str:
    with importlib.import_module("pdfplumber").open(str(path)) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def _pdftotext(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode(
        errors="replace"
    )


PEERS: dict[str, tuple[str, Extractor]] = {
    "pdfium": ("pypdfium2", _pdfium),
    "pdfminer.six": ("pdfminer", _pdfminer),
    "pypdf": ("pypdf", _pypdf),
    "pdfplumber": ("pdfplumber", _pdfplumber),
}
"""Peers by name: the package they need, and how they read a file."""


def extractors() -> dict[str, Extractor]:
    """catena and the peers that are there."""
    found: dict[str, Extractor] = {"catena": read_with_catena}
    found |= {name: read for name, (needs, read) in PEERS.items() if importlib.util.find_spec(needs)}
    if shutil.which("pdftotext"):
        found["pdftotext"] = _pdftotext
    return found


def measure(read: Extractor, printed: Sequence[tuple[Sheet, Path]]) -> tuple[list[float], list[float], float]:
    """Error rates, those of letters alone, and processor seconds (children included) for all files."""
    rates, letters = [], []
    began = sum(_times())
    for sheet, path in printed:
        with contextlib.redirect_stderr(io.StringIO()):
            text = read(path)
        rates.append(error_rate(clean(sheet.text), clean(text)))
        letters.append(error_rate(skeleton(sheet.text), skeleton(text)))
    return rates, letters, sum(_times()) - began


def _times() -> tuple[float, float]:
    import resource

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), children.ru_utime + children.ru_stime


def _pages(printed: Sequence[tuple[Sheet, Path]]) -> int:
    import pypdfium2

    total = 0
    for _, path in printed:
        pdf = pypdfium2.PdfDocument(path)
        total += len(pdf)
        pdf.close()
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and with `--files` the rate of every file for catena. Exit code 0."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", type=Path, default=Path("/tmp/catena-reading"), help="where the PDFs are made")
    options.add_argument("--verses", type=Path, help="a file sura|aya|text; without it the library's Qur'an")
    options.add_argument("--group", action="append", help="tuned, held_out, fresh or gate; may be given again")
    options.add_argument("--files", action="store_true", help="also print the rate of every file")
    options.add_argument("--only", action="append", help="extractors to run; without it all")
    given = options.parse_args(arguments)
    logging.disable(logging.WARNING)
    verses = read_verses(given.verses)
    for group in given.group or ["tuned", "held_out"]:
        printed = print_sheets(make_sheets(group, verses), given.folder / group)
        _report(group, printed, {name: read for name, read in extractors().items() if name in (given.only or [name])})
        if given.files:
            rates, _, _ = measure(read_with_catena, printed)
            for (sheet, path), rate in sorted(zip(printed, rates, strict=True), key=lambda one: -one[1]):
                print(f"  {rate:.4f} {path.parent.name} {sheet.name}")
    return 0


def _report(group: str, printed: Sequence[tuple[Sheet, Path]], reads: dict[str, Extractor]) -> None:
    pages = _pages(printed)
    print(f"{group}: {len(printed)} files, {pages} pages, by {' and '.join(PROGRAMS)}")
    print(f"{'extractor':14} {'median':>8} {'mean':>8} {'worst':>8} {'letters':>8} {'pages/s':>8}")
    for name, read in reads.items():
        rates, letters, seconds = measure(read, printed)
        row = (statistics.median(rates), statistics.mean(rates), max(rates), statistics.mean(letters))
        print(f"{name:14} " + " ".join(f"{one:8.4f}" for one in row) + f" {pages / max(seconds, 1e-6):8.1f}")


if __name__ == "__main__":
    raise SystemExit(main())
