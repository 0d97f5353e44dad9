"""PDFs with known text, printed by LibreOffice and Chromium with the fonts of this machine.

Every document of `reading_texts.yaml` becomes one HTML page per font; each program prints each page. Verses come from
a text file `sura|aya|text`, or from the Qur'an of the library when no file is given.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

TEXTS = Path(__file__).with_name("reading_texts.yaml")
PROGRAMS = ("libreoffice", "chromium")
RIGHT_TO_LEFT = ("ar", "fa", "ur", "ps", "he")
PATIENCE = 600  # seconds for one run of a program
_STYLE = "font-size: 14px; line-height: 1.7; text-align: justify"
# Short verses from everywhere, so that names, numbers and long ones come in; 18:20 and 37:61 stand first.
PLACES = ("18:20", "37:61", "2:255", "3:103", "4:59", "5:44", "8:24", "13:11", "14:42", "16:125", "17:23", "22:39",
          "22:40", "24:55", "33:23", "47:7", "49:6", "49:13", "57:25", "103:2")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to print: its name, the font, the paragraphs it holds, and the HTML."""

    name: str
    font: str
    paragraphs: tuple[str, ...]
    page: str

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def read_verses(path: Path | None) -> dict[str, str]:
    """Verses by place. Raises `LibraryError` when there is neither a file nor a Qur'an in the library."""
    if path is not None:
        rows = (line.split("|", 2) for line in path.read_text(encoding="utf-8").splitlines())
        return {f"{row[0]}:{row[1]}": row[2] for row in rows if len(row) == 3 and row[0].isdigit()}
    from catena.library import LibraryError, builtin_edition, builtin_problem, load_passages

    edition = builtin_edition()
    if edition is None:
        raise LibraryError(str(builtin_problem()))
    return {passage.reference.removeprefix("Q "): passage.text for passage in load_passages(edition)}


def make_sheets(group: str, verses: dict[str, str]) -> list[Sheet]:
    """The pages of `group` (`tuned` or `held_out`), one a document and font."""
    documents = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))[group]
    return [
        _sheet(f"{name}.{font.replace(' ', '-')}", font, facts, verses)
        for name, facts in documents.items()
        for font in facts["fonts"]
    ]


def _sheet(name: str, font: str, facts: dict[str, object], verses: dict[str, str]) -> Sheet:
    paragraphs = tuple(_fill(facts, verses))
    style, size = str(facts.get("style", _STYLE)), str(facts.get("page", "A4"))
    return Sheet(name, font, paragraphs, make_page(str(facts["language"]), font, paragraphs, style=style, size=size))


def make_page(language: str, font: str, paragraphs: Sequence[str], *, style: str = _STYLE, size: str = "A4") -> str:
    """The HTML of a page to print, in the direction of its language."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    latin = '"DejaVu Serif", ' if direction == "ltr" else ""
    style = f'font-family: {latin}"{font}", "DejaVu Sans"; {style}'
    body = "\n".join(f'<p dir="{direction}">{html.escape(text, quote=False)}</p>' for text in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><style>'
        f"@page {{ size: {size}; margin: 2cm }} body {{ {style} }} p {{ {style} }}"
        f"</style></head><body>{body}</body></html>"
    )


def _fill(facts: dict[str, object], verses: dict[str, str]) -> Iterator[str]:
    skip = int(str(facts.get("skip", 0)))
    chosen = list(PLACES)
    if skip:  # verses that no tuned document holds: every 97th from a start of its own
        chosen = [place for place in list(verses)[skip::97] if 20 < len(verses[place]) < 260 and place not in PLACES]
    place = iter(chosen * 9)
    texts = facts["paragraphs"]
    for _ in range(int(str(facts.get("repeat", 1)))):
        for text in texts if isinstance(texts, list) else ():
            where = next(place) if "{verse}" in text else ""
            words = verses[where].split()[: 14 if "﴾" in text else None] if where else []
            yield text.replace("{verse}", " ".join(words)).replace("{place}", where)


def print_sheets(sheets: Sequence[Sheet], folder: Path, programs: Sequence[str] = PROGRAMS) -> list[tuple[Sheet, Path]]:
    """Print every sheet with every program into `folder`; what is there already is not printed again.

    Raises `CalledProcessError` when a program fails, `FileNotFoundError` when it is missing.
    """
    made = []
    for program in programs:
        target = folder / program
        target.mkdir(parents=True, exist_ok=True)
        missing = [sheet for sheet in sheets if not (target / f"{sheet.name}.pdf").exists()]
        if missing:
            (_print_office if program == "libreoffice" else _print_browser)(missing, target)
        made += [(sheet, target / f"{sheet.name}.pdf") for sheet in sheets]
    return made


def _write(sheets: Sequence[Sheet], folder: Path) -> list[Path]:
    paths = [folder / f"{sheet.name}.html" for sheet in sheets]
    for sheet, path in zip(sheets, paths, strict=True):
        path.write_text(sheet.page, encoding="utf-8")
    return paths


def _print_office(sheets: Sequence[Sheet], target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = _write(sheets, folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export",
             "--outdir", str(target), *map(str, pages))  # fmt: skip


def _print_browser(sheets: Sequence[Sheet], target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page in _write(sheets, folder):
            out = target / f"{page.stem}.pdf"
            _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
                 "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri())  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise FileNotFoundError(f"{program} is not installed; the PDFs are made with LibreOffice and Chromium")
    subprocess.run([program, *arguments], check=True, capture_output=True, timeout=PATIENCE)
