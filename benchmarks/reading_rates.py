"""Right-to-left PDFs against their known text, ours beside other extractors.

The error rate is the edit distance to the text that was printed, over its length, after NFC, with white space as
one space and without direction controls and soft hyphens. `letters` leaves out marks, tatweels, joiners and spaces.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import re
import statistics
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.reading_pdfs import PROGRAMS, Sheet, make_sheets, print_sheets, read_verses
from benchmarks.reading_table import Given, NotMeasured, missing, show, timed, version

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


EXTRACTORS: dict[str, tuple[str, Extractor]] = {
    "catena": ("catena", read_with_catena),
    "pdftotext": ("pdftotext", _pdftotext),
    "pypdf": ("pypdf", _pypdf),
    "pdfium": ("pypdfium2", _pdfium),
    "pdfminer.six": ("pdfminer.six", _pdfminer),
    "pdfplumber": ("pdfplumber", _pdfplumber),
}
"""Ours and peers by name: the package or program they need, and how they read a file."""

Printed = Sequence[tuple[Sheet, Path]]


def print_group(group: str, given: Given) -> Printed:
    """The PDFs of a group, made where they are not there yet. Raises `NotMeasured` where that cannot be done."""
    from catena.library import LibraryError

    try:
        sheets = make_sheets(group, read_verses(given.verses))
        mark = hashlib.sha256("".join(sheet.page for sheet in sheets).encode()).hexdigest()[:8]
        return print_sheets(sheets, given.folder / f"{group}-{mark}")  # other verses are other PDFs
    except (FileNotFoundError, LibraryError, OSError, subprocess.SubprocessError) as error:
        raise NotMeasured(f"the PDFs cannot be made: {error}") from error


def run(given: Given) -> None:
    """One table a group of PDFs."""
    for group in given.groups:
        printed = print_group(group, given)
        pages = count_pages(path for _, path in printed)
        print(f"\n{group}: {len(printed)} files, {pages} pages, by {' and '.join(PROGRAMS)}\n")
        head = ("extractor", "version", "median", "mean", "worst", "letters, mean", "files where it is best", "pages/s")
        show(head, _rows(printed, pages, peers=given.peers))


def _rows(printed: Printed, pages: int, *, peers: bool) -> Iterator[list[str]]:
    measured: dict[str, tuple[list[float], list[float], float]] = {}
    for name, (package, read) in EXTRACTORS.items():
        if version(package) and (peers or name == "catena"):
            measured[name] = measure(read, printed)
    best = [min(rates[nth] for rates, _, _ in measured.values()) for nth in range(len(printed))]
    for name, (package, _) in EXTRACTORS.items():
        if name not in measured:
            if peers:
                yield missing(name, 8)
            continue
        rates, letters, seconds = measured[name]
        row = (statistics.median(rates), statistics.mean(rates), max(rates), statistics.mean(letters))
        leads = sum(rate <= least for rate, least in zip(rates, best, strict=True))
        yield [name, version(package), *(f"{one:.4f}" for one in row), str(leads), f"{pages / max(seconds, 1e-6):.1f}"]


def measure(read: Extractor, printed: Printed) -> tuple[list[float], list[float], float]:
    """Error rates, those of letters alone, and processor seconds (children included) for all files."""
    rates, letters = [], []
    seconds = 0.0
    for sheet, path in printed:
        with contextlib.redirect_stderr(io.StringIO()), timed() as clock:
            text = read(path)
        seconds += clock.seconds
        rates.append(error_rate(clean(sheet.text), clean(text)))
        letters.append(error_rate(skeleton(sheet.text), skeleton(text)))
    return rates, letters, seconds


def count_pages(paths: Iterator[Path]) -> int:
    """The pages of these PDFs together."""
    import pypdfium2

    total = 0
    for path in paths:
        pdf = pypdfium2.PdfDocument(path)
        total += len(pdf)
        pdf.close()
    return total
