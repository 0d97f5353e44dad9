"""Are real reference texts taken whole, and damaged copies of them refused?

    python -m benchmarks.library --data FOLDER [--more FOLDER]

FOLDER holds `editions/` (Tanzil files, `bible/kjv.tsv.gz`, `hadith/six-books.jsonl.gz`, the UN Charter in four
languages, resolutions as Akoma Ntoso); nothing of it is in the project. Each text is added to a new library, read back
and compared: how many passages, and what one of them says. Then copies are damaged in their middle; each must
be refused with its line, and the library must be as before. Every file of `--more` is added in the format
it is told to be.
"""

from __future__ import annotations

import argparse
import gzip
import io
import platform
import re
import sys
import tarfile
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catena import api
from catena.library import (
    Edition,
    ImportOptions,
    LibraryError,
    Said,
    find_passage,
    load_passages,
    parse_map,
    parse_only,
    verify_editions,
)
from catena.version import __version__


@dataclass(frozen=True, slots=True)
class Text:
    """A file of the folder, how it is added, how many passages it has (0: not known), and how one of them begins.

    `at` is a regular expression of the lines that damage may be done to (empty: all), or a member of an archive;
    `faults` are the kinds of damage that a file of this format can show. Where a list of lines breaks off cannot be
    seen in it; a document has no columns, and its encoding is told by the readers.
    """

    file: str
    passages: int
    reference: str
    begins: str
    said: Said
    options: ImportOptions | None = None
    at: str = ""
    faults: tuple[str, ...] = ("column or mark lost", "line twice", "other encoding")


def _hadith(book: str, field: str, passages: int, reference: str, begins: str) -> Text:
    """One of the six books, or all of them. Sayings without a text in that language are counted and left out."""
    options = ImportOptions(
        fields=parse_map(["ref={book} {chapter}:{idInBook}", f"text={field}"]),
        only=parse_only([f"book={book}"] if book else []),
        skip_empty=True,
    )
    language = "ar" if field == "arabic" else "en"
    said = Said(work="hadith", language=language)
    faults = ("column or mark lost", "line twice", "cut off", "other encoding")
    return Text("hadith/six-books.jsonl.gz", passages, reference, begins, said, options, f'"book": "{book}', faults)


def _charter(language: str, heading: str, begins: str) -> Text:
    said = Said(work="UN Charter", language=language)
    options = ImportOptions(heading=heading)
    file = f"un-charter/un_charter_{language}.txt"
    return Text(file, 112, "UN Charter 3", begins, said, options, f"^{heading}$", ("line twice",))


def _quran(name: str, language: str, begins: str) -> Text:
    return Text(f"quran/{name}.txt", 6236, "Q 112:1", begins, Said(work="quran", language=language))


_XML = ("column or mark lost", "cut off", "other encoding")
TEXTS = (
    _quran("quran-uthmani", "ar", "قُلْ هُوَ"),
    _quran("quran-simple", "ar", "قُلْ هُوَ"),
    _quran("quran-simple-clean", "ar", "قل هو"),
    _quran("en.pickthall", "en", "Say: He is Allah"),
    _quran("en.yusufali", "en", "Say: He is Allah"),
    _quran("en.sahih", "en", "Say,"),
    Text("bible/kjv.tsv.gz", 31102, "Song 1:1", "The song of songs", Said(work="bible", language="en")),
    _charter("en", r"Article (\d+)", "The original Members"),
    _charter("fr", r"Article (\d+)", "Sont Membres originaires"),
    _charter("ru", r"Статья (\d+)", "Первоначальными Членами"),
    _charter("ar", r"المادة (\d+)", "الأعضاء الأصليون"),
    _hadith("bukhari", "arabic", 7277, "Sahih al-Bukhari 1:1", "حَدَّثَنَا الْحُمَيْدِيُّ"),
    _hadith("bukhari", "english", 7276, "Sahih al-Bukhari 1:1", "I heard Allah's Messenger"),
    _hadith("", "arabic", 34178, "Sunan Ibn Majah 1:1", ""),
    Text(
        "unsc/unsc-resolutions.tar.gz", 0, "S/RES/2216 (2015) 1", "Demands", Said(language="en"),
        ImportOptions(members="Pre-2020/201[0-7]/*,!Pre-2020/2015/S_RES_219[345]*", skip_empty=True),
        "Pre-2020/2010/", _XML,
    ),
    Text(
        "unsc/unsc-resolutions.tar.gz", 0, "S/RES/2513 (2020) 1", "Welcomes", Said(language="en"),
        ImportOptions(members="202?/English/*", skip_empty=True), "2020/English/", _XML,
    ),
    Text(
        "unsc/unsc-resolutions.tar.gz", 0, "S/RES/2513 (2020) 1", "يرحب", Said(language="ar"),
        ImportOptions(members="202?/Arabic/*", skip_empty=True), "2020/Arabic/", _XML,
    ),
)  # fmt: skip


# -- damage ---------------------------------------------------------------------------------------------------------

Lines = list[bytes]
Damage = Callable[[Lines, int], Lines]


def column_lost(lines: Lines, at: int) -> Lines:
    """What parts or closes a field is gone."""
    lost = lines[at].replace(b"\t", b" ").replace(b"|", b" ").replace(b'"', b"").replace(b"<", b"< ")
    return [*lines[:at], lost, *lines[at + 1 :]]


def twice(lines: Lines, at: int) -> Lines:
    return [*lines[:at], lines[at], *lines[at:]]


def cut(lines: Lines, at: int) -> Lines:
    """Everything after the first quarter of the line is gone."""
    return [*lines[:at], lines[at][: len(lines[at]) // 4]]


def other_encoding(lines: Lines, at: int) -> Lines:
    """One letter more, of another encoding."""
    half = len(lines[at]) // 2
    return [*lines[:at], lines[at][:half] + b"\xe9 " + lines[at][half:], *lines[at + 1 :]]


DAMAGES: dict[str, Damage] = {
    "column or mark lost": column_lost, "line twice": twice, "cut off": cut, "other encoding": other_encoding,
}  # fmt: skip


def damaged(text: Text, data: bytes, damage: Damage) -> bytes:
    """A copy of the file with `damage` done in its middle; of an archive, to the first file of `text.at`."""
    if text.file.endswith(".tar.gz"):
        return _repacked(data, text.at, damage)
    if text.file.endswith(".gz"):
        return gzip.compress(_done(gzip.decompress(data), text.at, damage), 1)
    return _done(data, text.at, damage)


def _done(data: bytes, pattern: str, damage: Damage) -> bytes:
    lines = data.split(b"\n")
    line = re.compile(pattern.encode())
    fits = [at for at, one in enumerate(lines) if one.strip() and line.search(one.strip())]
    return b"\n".join(damage(lines, fits[len(fits) // 2]))


def _repacked(data: bytes, start: str, damage: Damage) -> bytes:
    out = io.BytesIO()
    done = False
    with tarfile.open(fileobj=io.BytesIO(data)) as old, tarfile.open(fileobj=out, mode="w") as new:
        for member in old:
            stream = old.extractfile(member)
            if stream is None or not member.name.startswith(start):
                continue
            inside = stream.read()
            if not done:
                inside, done = _done(inside, "", damage), True
            member.size = len(inside)
            new.addfile(member, io.BytesIO(inside))
    return out.getvalue()


# -- the table ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """One row: the text, its format, passages found, seconds, what is wrong with it, and what damage was refused."""

    name: str
    format: str
    passages: int
    seconds: float
    wrong: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()


def rows(data: Path, more: Path | None = None) -> Iterator[Result]:
    """Each text of the folder, then each file of `more`."""
    for text in TEXTS:
        with tempfile.TemporaryDirectory() as folder:
            yield _result(data / "editions" / text.file, text, Path(folder))
    for file in sorted(more.rglob("*")) if more else ():
        if file.is_file():
            with tempfile.TemporaryDirectory() as folder:
                yield _further(file, Path(folder))


def _result(file: Path, text: Text, folder: Path) -> Result:
    name = f"{file.name} ({text.said.language})"
    if not file.is_file():
        return Result(name, "", 0, 0.0, (f"not measured: {file} is missing",))
    library = folder / "library"
    started = time.process_time()
    try:
        edition = _add(file, library, text.said, text.options)
    except LibraryError as error:
        return Result(name, "", 0, 0.0, (str(error),))
    seconds = time.process_time() - started
    wrong = _wrong(edition, text, library, file)
    refused = tuple((kind, _refusal(file, text, library, DAMAGES[kind])) for kind in text.faults)
    return Result(name, edition.importer, edition.passages, seconds, wrong, refused)


def _further(file: Path, folder: Path) -> Result:
    started = time.process_time()
    try:
        edition = _add(file, folder / "library", Said(language="und"), ImportOptions(skip_empty=True))
    except LibraryError as error:
        return Result(file.name, "", 0, time.process_time() - started, (str(error),))
    return Result(file.name, edition.importer, edition.passages, time.process_time() - started, ())


def _add(file: Path, library: Path, said: Said, options: ImportOptions | None, name: str = "Text") -> Edition:
    return api.add_to_library(name, file, folder=library, said=said, options=options)


def _wrong(edition: Edition, text: Text, library: Path, file: Path) -> tuple[str, ...]:
    found = []
    if text.passages and edition.passages != text.passages:
        found.append(f"{edition.passages} passages instead of {text.passages}")
    passage = find_passage(load_passages(edition), text.reference)
    if passage is None or not _composed(passage.text).startswith(_composed(text.begins)):
        found.append(f"{text.reference} says {passage.text[:40] if passage else 'nothing'!r}")
    if Path(edition.path).read_bytes() != file.read_bytes():
        found.append("the stored source is not the file")
    return (*found, *verify_editions((library,), edition.name))


def _composed(text: str) -> str:
    """Marks in one order: editions and keyboards write shadda and vowel either way round."""
    return unicodedata.normalize("NFC", text)


def _refusal(file: Path, text: Text, library: Path, damage: Damage) -> str:
    """What the refusal says; empty when the damaged copy was taken, or left something behind."""
    before = _stored(library)
    copy = library.parent / file.name
    copy.write_bytes(damaged(text, file.read_bytes(), damage))
    said = ""
    try:
        _add(copy, library, text.said, text.options, "Damaged")
    except LibraryError as error:
        said = str(error)
    return said if _stored(library) == before else ""


def _stored(library: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in library.rglob("*")}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.library", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="a folder of further files, each added as it is")
    parser.add_argument("--say", action="store_true", help="print what each refusal says")
    given = parser.parse_args(arguments)
    print(f"catena {__version__}, Python {platform.python_version()}, {platform.machine()}, CPU seconds\n")
    print("| Text | Format | Passages | Seconds | As expected | Damaged copies refused |")
    print("|---|---|---|---|---|---|")
    failed = 0
    for one in rows(given.data, given.more):
        said = {kind: message for kind, message in one.refused if message}
        failed += bool(one.wrong) or len(said) < len(one.refused)
        print(
            f"| {one.name} | {one.format} | {one.passages:,} | {one.seconds:.2f} | {'; '.join(one.wrong) or 'yes'} "
            f"| {f'{len(said)} of {len(one.refused)}' if one.refused else ''} |",
            flush=True,
        )
        for kind, message in one.refused if given.say else ():
            print(f"    {kind}: {message or 'TAKEN'}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
