"""Pages a second of processor time, one core, on pages made here: HTML, right-to-left PDF, left-to-right PDF.

Pages of HTML are articles of ours between menus, 20 to 60 kB each with 1,500 to 4,000 characters of text. PDFs are
printed by Chromium and by LibreOffice: 30 pages of vocalised verses, 60 of plain English. Each program reads all of
them once to load what it needs, and once for the figure.
"""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.make_folder import ARABIC, CLAIMS, make_statement
from benchmarks.reading_html import EXTRACTORS as HTML
from benchmarks.reading_pdfs import PROGRAMS, Sheet, make_page, print_sheets, read_verses
from benchmarks.reading_rates import EXTRACTORS as PDF
from benchmarks.reading_rates import count_pages
from benchmarks.reading_table import Given, NotMeasured, missing, show, timed, version

PAGES = 120
_MENU = "".join(
    f'<li class="menu-item"><a href="/topic/{n}?ref=menu">Topic number {n} of the lakes</a></li>' for n in range(60)
)
_TEASER = (
    '<div class="teaser"><a href="/a/{0}"><img src="/i/{0}.jpg" alt=""></a><h4><a href="/a/{0}">{1}</a></h4></div>'
)


def make_pages() -> list[bytes]:
    """Pages as newspapers send them: menus, teasers, scripts, and an article."""
    draw = random.Random(4)
    pages = []
    for number in range(PAGES):
        said = [one for part in range(draw.randint(2, 5)) for one in make_statement(draw, 10 * number + part)]
        body = "".join(f"<p>{words}</p>" for words in said)
        aside = "".join(_TEASER.format(n, draw.choice(CLAIMS)) for n in range(draw.randint(10, 60)))
        script = f"<script>var data = {{{','.join(f'k{n}:{n}' for n in range(1000))}}};</script>"
        pages.append(
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{said[0]}</title>{script}</head><body>"
            f"<nav><ul>{_MENU}</ul></nav><main><article><h1>{said[0]}</h1>{body}</article></main><aside>{aside}</aside>"
            f"<footer><ul>{_MENU}</ul></footer></body></html>".encode()
        )
    return pages


def make_prints(given: Given) -> dict[str, list[Path]]:
    """The PDFs by direction and program. Raises `NotMeasured`."""
    from catena.library import LibraryError

    try:
        verses = [text for text in read_verses(given.verses).values() if len(text) > 60][:400]
        sheets = {
            "right-to-left PDF": _sheet("verses", "ar", "Noto Naskh Arabic", verses),
            "left-to-right PDF": _sheet("english", "en", "DejaVu Serif", _english()),
        }
        return {
            f"{kind}, {program}": [path for _, path in print_sheets([sheet], given.folder / "speed", (program,))]
            for kind, sheet in sheets.items()
            for program in PROGRAMS
        }
    except (FileNotFoundError, LibraryError, OSError) as error:
        raise NotMeasured(f"the PDFs cannot be made: {error}") from error


def _english() -> list[str]:
    draw = random.Random(4)
    statements = (make_statement(draw, number) for number in range(400))
    return [" ".join(words for words in said[2:] if words not in ARABIC) for said in statements]


def _sheet(name: str, language: str, font: str, paragraphs: list[str]) -> Sheet:
    return Sheet(name, font, tuple(paragraphs), make_page(language, font, paragraphs))


def run(given: Given) -> None:
    """A table for HTML and one for each kind of PDF."""
    pages = make_pages()
    print(f"\nHTML, {len(pages)} pages, {sum(map(len, pages)) / len(pages) / 1000:.0f} kB each\n")
    head = ("program", "version", "pages/s", "MB/s")
    show(head, _html_rows(pages, peers=given.peers))
    for kind, paths in make_prints(given).items():
        number = count_pages(iter(paths))
        print(f"\n{kind}, {number} pages\n")
        show(head[:3], _pdf_rows(paths, number, peers=given.peers))


def _html_rows(pages: list[bytes], *, peers: bool) -> Iterator[list[str]]:
    size = sum(map(len, pages)) / 1e6
    for name, (read, package) in HTML.items():
        if not peers and package != "catena":
            continue
        if not version(package):
            yield missing(name, 4)
            continue
        seconds = _time(lambda read=read: [read(page) for page in pages])  # type: ignore[misc]
        yield [name, version(package), f"{len(pages) / seconds:.0f}", f"{size / seconds:.1f}"]


def _pdf_rows(paths: list[Path], number: int, *, peers: bool) -> Iterator[list[str]]:
    for name, (package, read) in PDF.items():
        if not peers and package != "catena":
            continue
        if not version(package):
            yield missing(name, 3)
            continue
        seconds = _time(lambda read=read: [read(path) for path in paths])  # type: ignore[misc]
        yield [name, version(package), f"{number / seconds:.1f}"]


def _time(work: Callable[[], object]) -> float:
    """Processor seconds of the second run."""
    for _ in range(2):
        with contextlib.redirect_stderr(io.StringIO()), timed() as clock:
            work()
    return max(clock.seconds, 1e-6)
