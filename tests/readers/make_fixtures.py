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

ARABIC = (
    "اجتمع مجلس فلدانيا يوم السبت في مدينة سورين وبحث أمر الميناء والبحيرات، وقرر أن تبقى مفتوحة لجميع الأعضاء.",
    "وقال الوزير طارق سالم إن الأعضاء متساوون جميعا، وإن الرسوم لن ترتفع في الموسم القادم، وإن المحادثات انتهت.",
    "ونشرت صحيفة البحيرة بيانا جاء فيه أن القوارب ستعود إلى الميناء قبل الشتاء، وأن السفن الكبيرة ستنتظر خارجه.",
)
ENGLISH = (
    "The council of Veldania met on Saturday in Sorin and spoke about the lakes, which stay open to all members.",
    "Minister Tarek Salim said that all members are equal, and that the dues will not rise next season.",
    "The Lakeside Courier printed a statement which says that the boats will return before the winter.",
)
ROWS = (
    ("الميناء", "القوارب", "الحال"),
    ("سورين", "12", "مفتوح"),
    ("Port Amsel", "Ferry", "open"),
    ("لورن", "31", "مغلق"),
)


def _page(body: str, direction: str) -> str:
    return (
        f'<!doctype html><html dir="{direction}"><head><meta charset="utf-8"><style>@page {{ size: A5; margin: 12mm }}'
        f'body {{ font: 11pt "Noto Naskh Arabic", serif }}</style></head><body>{body}</body></html>'
    )


def _paragraphs(words: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>" for one in words)


COLUMNS = _page(
    f"<h1>بيان في أمر الميناء</h1><div style='columns: 2; column-gap: 8mm'>{_paragraphs(ARABIC)}</div>"
    f"<p>{ARABIC[0]}</p>", "rtl",
)  # fmt: skip
BILINGUAL = _page(
    f"<table><tr><td style='width: 50%' dir=ltr>{_paragraphs(ENGLISH)}</td><td style='padding-left: 6mm' dir=rtl>"
    f"{_paragraphs(ARABIC)}</td></tr></table>", "ltr",
)  # fmt: skip
TABLE = _page(
    f"<p>{ARABIC[0]}</p><table border=1 style='width: 100%'>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS) + "</table>", "rtl",
)  # fmt: skip
LAYOUTS = {"columns": COLUMNS, "bilingual": BILINGUAL, "table": TABLE}


def main() -> int:
    """Make both files. Exit code 1 when a program is missing."""
    office, browser = shutil.which("soffice"), shutil.which("chromium")
    if not office or not browser:
        sys.stderr.write("needs soffice and chromium; install the Debian packages libreoffice-writer and chromium\n")
        return 1
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "page.html").write_text(PAGE, encoding="utf-8")
        (work / "word.html").write_text(WORD, encoding="utf-8")
        printed = work / "page.pdf"
        run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work / 'profile'}",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", (work / "page.html").as_uri())  # fmt: skip
        for name, page in LAYOUTS.items():
            (work / f"{name}.html").write_text(page, encoding="utf-8")
            run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work / 'profile'}",
                "--no-pdf-header-footer", f"--print-to-pdf={FIXTURES / name}.pdf",
                (work / f"{name}.html").as_uri())  # fmt: skip
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
