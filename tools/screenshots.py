"""Make the pictures of README and docs: `python -m tools.screenshots`.

Builds the examples into a fresh project, serves it, and lets Chromium photograph list, reading page, a right-to-left
document, a search and a concordance. Needs what `./test` installs.
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
    """Write docs/images/list.png, reader.png, rtl.png, search.png and concordance.png."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "examples.catena"
        catena = [sys.executable, "-u", "-m", "catena"]
        subprocess.run([*catena, "build", str(ROOT / "examples" / "statements"), "-o", str(project)], check=True)
        command = [*catena, "open", str(project), "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
            try:
                if reader.stdout is None:
                    raise RuntimeError("the reader has no output to read its address from")
                address = reader.stdout.readline().removeprefix("Reading at ").strip()
                subprocess.run(["node", str(BROWSER / "shoot.mjs"), address, str(IMAGES)], check=True, cwd=BROWSER)
            finally:
                reader.terminate()


if __name__ == "__main__":
    main()
