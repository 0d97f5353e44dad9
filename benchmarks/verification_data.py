"""What the benchmarks of verification share: editions read from a folder, libraries of them, checks of given spans.

The folder holds `editions/` (Tanzil files, `bible/kjv.tsv.gz`, `hadith/six-books.jsonl.gz`, resolutions as Akoma
Ntoso) and, for speed, news texts. None of it is part of the project. A `Row` is one line of the printed table.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from catena.lexicons.formulae import load_check_lexicon
from catena.lexicons.references import load_reference_systems
from catena.model import Document, Finding, MadeBy, Span, make_finding
from catena.verification import (
    Edition,
    LoadedEdition,
    LoadedLibrary,
    find_citations,
    load_edition,
    make_library,
    verify,
)

Passages = list[tuple[str, str]]
QURAN = ("quran-uthmani", "quran-simple", "quran-simple-clean")
TRANSLATIONS = ("en.sahih", "en.pickthall", "en.yusufali")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: what the best known system reaches, what we want to reach, and what this run reached."""

    measure: str
    known: str
    reach: str
    reached: str

    def __str__(self) -> str:
        return f"| {self.measure} | {self.known} | {self.reach} | {self.reached} |"


@lru_cache(maxsize=16)
def passages(data: Path, name: str) -> Passages:
    """The passages of an edition by name: a Tanzil file's, `kjv`, `hadith-ar`, `hadith-en`, `charter`."""
    editions = data / "editions"
    if name == "kjv":
        lines = gzip.decompress((editions / "bible/kjv.tsv.gz").read_bytes()).decode().splitlines()
        pairs = (line.split("\t") for line in lines)
        return [(pair[0].replace("Psalms ", "Ps "), pair[1]) for pair in pairs]  # as citations name the book
    if name.startswith("hadith-"):
        field = "arabic" if name == "hadith-ar" else "english"
        lines = gzip.decompress((editions / "hadith/six-books.jsonl.gz").read_bytes()).decode().splitlines()
        records = (json.loads(line) for line in lines)
        return [(f"{one['book']} {one['idInBook']}", one[field]) for one in records if one[field].strip()]
    if name == "charter":
        parts = re.split(r"\n\s*\n", (editions / "un-charter/un_charter_en.txt").read_text(encoding="utf-8"))
        return [(f"Charter {number}", part.strip()) for number, part in enumerate(parts) if part.strip()]
    rows = [line.split("|", 2) for line in (editions / f"quran/{name}.txt").read_text(encoding="utf-8").splitlines()]
    return [(f"Q {row[0]}:{row[1]}", row[2]) for row in rows if len(row) == 3 and not row[0].startswith("#")]


@lru_cache(maxsize=16)
def edition(data: Path, name: str) -> LoadedEdition:
    """The edition with its index, built here."""
    quran = name.startswith(("quran", "en."))
    arabic = name.startswith("quran") or name == "hadith-ar"
    work = "quran" if quran else {"kjv": "bible", "charter": "UN Charter"}.get(name, "hadith")
    kind = "numbered-verses" if quran or name == "kjv" else "numbered-passages"
    view = Edition(id=name, work=work, title=name, language="ar" if arabic else "en", kind=kind)
    return load_edition(view, passages(data, name))


def library(data: Path, *names: str) -> LoadedLibrary:
    return make_library([edition(data, name) for name in names])


def resolutions(data: Path, language: str = "English") -> Iterator[str]:
    """The running text of each resolution in one language, a paragraph a line."""
    with tarfile.open(data / "editions/unsc/unsc-resolutions.tar.gz") as archive:
        for member in archive:
            english = member.name.endswith("E.xml") or "/English/" in member.name
            if not member.isfile() or not member.name.endswith(".xml") or english != (language == "English"):
                continue
            stream = archive.extractfile(member)
            text = _akoma_text(stream.read()) if stream else ""
            if text:
                yield text


def _akoma_text(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False))
    if root is None:
        return ""
    for meta in root.iter("{*}meta"):
        parent = meta.getparent()
        if parent is not None:
            parent.remove(meta)
    nodes = root.iter("{*}p", "{*}heading", "{*}longTitle")
    lines = (" ".join(" ".join(map(str, node.itertext())).split()) for node in nodes)
    return "\n\n".join(line for line in lines if line)


def news(data: Path) -> list[str]:
    """The news texts, each one document."""
    folder = data / "polnear/train/text"
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]


def check_quoted(text: str, loaded: LoadedLibrary, *, reference: str = "", verse: bool = True) -> tuple[Finding, ...]:
    """The findings on `text` as a quotation in verse brackets (in double quotes unless `verse`), cited or alone."""
    marks, style = ("﴿﴾", "verse-brackets") if verse else ("“”", "double")
    text = Document.of(text).text
    document = Document.of(f"{marks[0]}{text}{marks[1]}" + (f" [{reference}]" if reference else ""))
    end = len(text) + 1
    quotation = make_finding(
        document,
        "quotation",
        {"content": Span(1, end), "open": Span(0, 1), "close": Span(end, end + 1)},
        MadeBy("benchmark"),
        values={"style": style, "use": "verse" if verse else "speech"},
    )
    citations = find_citations(document, load_reference_systems()) if reference else ()
    return verify(document, (quotation,), citations, loaded, load_check_lexicon())


def share(count: int, of: int) -> str:
    """`487 of 500 (.974)`."""
    return f"{count} of {of} ({count / max(1, of):.4f})"


def run(rows: Callable[[Path], Iterable[Row]], argv: Sequence[str] | None = None) -> None:
    """The command line of one benchmark: `--data FOLDER`."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args(argv)
    for row in rows(given.data):
        print(row, flush=True)
