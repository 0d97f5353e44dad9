"""Make the examples that are not written by hand: `python tools/make_examples.py [NAME …]`.

`examples/sources/` holds what people edit; this writes `examples/statements/` (PDF, DOCX, old encodings) and
`examples/library/`. Without names everything is made. Needs `chromium` and `soffice` on the path. PDF and DOCX files
carry the hour they were made, so make only what changed; `quality/gate.py --update` then renews the fingerprint.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from catena.library import add_edition

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SOURCES, STATEMENTS, LIBRARY = EXAMPLES / "sources", EXAMPLES / "statements", EXAMPLES / "library"
LARGEST = 120_000  # bytes: examples travel with every installation
PATIENCE = 120  # seconds for one file


@dataclass(frozen=True, slots=True)
class Recipe:
    """One statement: its source, the file it becomes, and how (`chromium`, `soffice`, or the name of an encoding)."""

    source: str
    target: str
    how: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference text: its source, the name of the edition, the work, and the other names of the work."""

    source: str
    name: str
    work: str
    names: tuple[str, ...]


RECIPES = (
    Recipe("04-after-merrow.html", "04-after-merrow.docx", "soffice"),
    Recipe("05-leaflet.html", "05-leaflet.pdf", "soffice"),
    Recipe("10-lake-day-ar.txt", "10-lake-day-ar.txt", "cp1256"),
    Recipe("12-lisk-statement-fa.txt", "12-lisk-statement-fa.txt", "utf-16"),
    Recipe("13-tarvel-release-ru.html", "13-tarvel-release-ru.docx", "soffice"),
    Recipe("17-who-said-what.html", "17-who-said-what.pdf", "chromium"),
)
REFERENCES = (
    Reference(
        "five-lakes-charter.tab",
        "Five Lakes Charter",
        "Five Lakes Charter",
        ("Charter of the League of the Five Lakes", "Charter of the Five Lakes"),
    ),
    Reference(
        "harbours-resolution.tab",
        "Harbours Resolution",
        "Harbours Resolution",
        ("Resolution on the Harbours", "Harbours Resolution of the Council"),
    ),
    Reference(
        "merrow-speech.tab",
        "Merrow Speech",
        "Merrow Speech",
        ("Speech of the Foreign Minister of Kembar at Merrow", "speech at Merrow"),
    ),
)


def make_statement(recipe: Recipe) -> Path:
    """Write one statement. Raises `CalledProcessError` when the program fails, `ValueError` for an outsized file."""
    source, target = SOURCES / recipe.source, STATEMENTS / recipe.target
    if recipe.how == "chromium":
        _print_page(source, target)
    elif recipe.how == "soffice":
        _convert(source, target)
    else:
        target.write_bytes(source.read_text(encoding="utf-8").encode(recipe.how))
    if target.stat().st_size >= LARGEST:
        raise ValueError(f"{target.name} has {target.stat().st_size} bytes; the examples stay under {LARGEST} each")
    return target


def make_reference(reference: Reference) -> Path:
    """Add one reference text to `examples/library/`, in place of the edition that is there."""
    with tempfile.TemporaryDirectory() as draft:
        edition = add_edition(
            Path(draft),
            reference.name,
            SOURCES / "library" / reference.source,
            language="en",
            importer="ref-tab",
            work=reference.work,
            names=reference.names,
        )
        made = Path(edition.path).parent
        target = LIBRARY / made.name
        shutil.rmtree(target, ignore_errors=True)
        LIBRARY.mkdir(exist_ok=True)
        shutil.copytree(made, target)
    return target


def _print_page(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
        _run(command)


def _convert(source: Path, target: Path) -> None:
    """HTML to DOCX or PDF through LibreOffice, with a profile of its own so that an open office is left alone."""
    kind = {".docx": "docx:MS Word 2007 XML", ".pdf": "pdf:writer_pdf_Export"}[target.suffix]
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", kind, "--outdir", folder, str(source)]
        _run(command)
        shutil.copyfile(Path(folder) / (source.stem + target.suffix), target)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def main(names: list[str]) -> int:
    """Make what `names` call for: a target's or a source's name, without its suffix. 0 when all were made."""
    wanted = set(names)
    made = [make_statement(one) for one in RECIPES if not wanted or Path(one.target).stem in wanted]
    made += [make_reference(one) for one in REFERENCES if not wanted or Path(one.source).stem in wanted]
    for path in made:
        print(path.relative_to(EXAMPLES.parent))
    if not made:
        known = [Path(one.target).stem for one in RECIPES] + [Path(one.source).stem for one in REFERENCES]
        print(f"nothing is called {', '.join(sorted(wanted))}; there are: {', '.join(known)}", file=sys.stderr)
    return 0 if made else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
