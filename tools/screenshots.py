"""Make the pictures of README and docs: `python -m tools.screenshots [FOLDER]`.

Builds the examples into fresh projects, serves them, and lets Chromium photograph every main page: the examples as
they are, right-to-left PDFs beside their pages, and the work of two coders on files of which one has changed since.
Needs what `./test` installs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catena.coding import make_coding
from catena.model import Span
from catena.store import Project, new_code

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSER = ROOT / "tests" / "browser"
EXAMPLES = ROOT / "examples" / "statements"
CATENA = [sys.executable, "-u", "-m", "catena"]
CODED = (
    "01-talks-press-release.md", "07-boatmen-release.txt", "09-lake-day-en.md", "10-lake-day-ar.txt",
    "14-letter-on-justice.md", "16-questions-and-answers.md", "18-in-memory-of-a-pilot.txt",
)  # fmt: skip
DECISIONS = ((0, 0), (1, 1), (0, 1), (1, None))
"""Codes of Ada and of Ben for each passage: the same, other ends, another code, one only."""
CODES = (("Promise", "Somebody says what will be.", "p"), ("Blame", "Somebody is held to account.", "b"))


def main() -> None:
    """Write a picture of each main page into docs/images, or into the folder given."""
    images = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        for number, (statements, script) in enumerate(
            ((EXAMPLES, "shoot.mjs"), (ROOT / "tests" / "readers" / "fixtures", "shoot_pages.mjs"))
        ):
            build(statements, folder / f"{number}.catena")
            shoot(folder / f"{number}.catena", script, images)
        shoot(code_examples(folder), "shoot_work.mjs", images)


def build(statements: Path, project: Path) -> None:
    """Read a folder into a project."""
    subprocess.run([*CATENA, "build", str(statements), "-o", str(project)], check=True, stdout=subprocess.DEVNULL)


def code_examples(folder: Path) -> Path:
    """A project of a few examples that Ada and Ben have coded; one file has changed since."""
    statements, project = folder / "coded", folder / "coded.catena"
    statements.mkdir()
    for name in CODED:
        shutil.copy(EXAMPLES / name, statements)
    build(statements, project)
    with Project.open(project) as opened:
        codes = [new_code(name, definition=words, key=key) for name, words, key in CODES]
        opened.put_codes("Ada", *codes)
        for number, row in enumerate(sorted(opened.documents(), key=lambda row: row.path)):
            document = opened.document(row.number).document
            for (ada, ben), (full, cut) in zip(DECISIONS[number % 3 :], find_passages(document.text), strict=False):
                for person, code, span in (("Ada", ada, full), ("Ben", ben, cut if ada == ben == 1 else full)):
                    if code is not None:
                        opened.add_annotation(person, make_coding(document, span, codes[code].id, person))
    changed = statements / CODED[1]
    one, two, three, first, second, third, *_ = changed.read_text(encoding="utf-8").split("\n\n")
    texts = (one, two, three, "A corrected release.", first, second.replace("recalls", "recalls once more"), third)
    changed.write_text("\n\n".join(texts), encoding="utf-8")
    build(statements, project)
    return project


def find_passages(text: str) -> list[tuple[Span, Span]]:
    """Whole words at the beginning of the first longer paragraphs, and the same without the last of them."""
    found, at = [], 0
    for line in text.split("\n"):
        if len(line) > 80:
            end = line.rindex(" ", 0, 70)
            found.append((Span(at, at + end), Span(at, at + line.rindex(" ", 0, end))))
        at += len(line) + 1
    return found


@contextmanager
def read(project: Path, person: str = "Ada") -> Iterator[str]:
    """The address of a reader of the project."""
    command = [*CATENA, "open", str(project), "--no-browser", "--person", person]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        try:
            if reader.stdout is None:
                raise RuntimeError("the reader has no output to read its address from")
            yield reader.stdout.readline().removeprefix("Reading at ").strip()
        finally:
            reader.terminate()


def shoot(project: Path, script: str, images: Path) -> None:
    """Serve a project and run `script` on it."""
    with read(project) as address:
        subprocess.run(["node", str(BROWSER / script), address, str(images)], check=True, cwd=BROWSER)


if __name__ == "__main__":
    main()
