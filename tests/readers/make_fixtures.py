"""Makes the files in tests/readers/fixtures with real programs: `python -m tests.readers.make_fixtures`.

Needs soffice and chromium. The files are kept in the repository, so that the tests need neither.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.reading_pdfs import make_sheets, print_sheets

FIXTURES = Path(__file__).parent / "fixtures"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Two pages</title></head>
<body style="font-family: serif"><h1>Harbour notice</h1>
<p>The Council of Veldania opens the harbour of Sorin on 9 May.</p>
<p dir="rtl" lang="ar">أعلن مجلس فلدانيا فتح الميناء.</p>
<p style="page-break-before: always">The second page holds one sentence.</p></body></html>"""
WORD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour notice</title></head><body>
<h1>Harbour notice</h1><p>The Council of Veldania opens the harbour.</p>
<table><tr><td>Sorin</td><td>open</td></tr><tr><td>Merrow</td><td>closed</td></tr></table>
<p dir="rtl" lang="ar">أعلن مجلس فلدانيا فتح الميناء.</p></body></html>"""


def main() -> int:
    """Make both files. Exit code 1 when a program is missing."""
    office, browser = shutil.which("soffice"), shutil.which("chromium")
    if not office or not browser:
        sys.stderr.write("needs soffice and chromium; install the Debian packages libreoffice-writer and chromium\n")
        return 1
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "page.html").write_text(PAGE, encoding="utf-8")
        (work / "word.html").write_text(WORD, encoding="utf-8")
        printed = work / "page.pdf"
        run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work / 'profile'}",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", (work / "page.html").as_uri())  # fmt: skip
        run(office, f"-env:UserInstallation={(work / 'office').as_uri()}", "--headless", "--infilter=HTML (StarWriter)",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work), str(work / "word.html"))  # fmt: skip
        shutil.copy(printed, FIXTURES / "chromium.pdf")
        shutil.copy(work / "word.docx", FIXTURES / "libreoffice.docx")
    print_sheets(make_sheets("gate", {}), FIXTURES / "printed")
    return 0


def run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=120, capture_output=True, env=dict(os.environ))


if __name__ == "__main__":
    raise SystemExit(main())
