"""Make the pictures of README and docs: `python -m tools.screenshots`.

Builds the examples into a fresh project, serves it, and lets Chromium photograph list, reading page, a right-to-left
document, a search and a concordance, and a right-to-left PDF beside its pages and lines. Needs what `./test` installs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSER = ROOT / "tests" / "browser"


def main() -> None:
    """Write list, reader, rtl, search, concordance, pages and lines.png into docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    shoot(ROOT / "examples" / "statements", "shoot.mjs")
    shoot(ROOT / "tests" / "readers" / "fixtures", "shoot_pages.mjs")


def shoot(statements: Path, script: str) -> None:
    """Serve a project of `statements` and run `script` on it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "shown.catena"
        catena = [sys.executable, "-u", "-m", "catena"]
        subprocess.run([*catena, "build", str(statements), "-o", str(project)], check=True)
        command = [*catena, "open", str(project), "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
            try:
                if reader.stdout is None:
                    raise RuntimeError("the reader has no output to read its address from")
                address = reader.stdout.readline().removeprefix("Reading at ").strip()
                subprocess.run(["node", str(BROWSER / script), address, str(IMAGES)], check=True, cwd=BROWSER)
            finally:
                reader.terminate()


if __name__ == "__main__":
    main()
