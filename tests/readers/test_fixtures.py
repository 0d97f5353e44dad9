"""Files made by real programs (make_fixtures.py), and the list of readers in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from catena.readers import CONTAINERS, READERS, read_path

FIXTURES = Path(__file__).parent / "fixtures"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "readers.md"


def test_a_pdf_printed_by_chromium_is_read_page_by_page() -> None:
    found = read_path(FIXTURES / "chromium.pdf")
    assert found.text.startswith("Harbour notice\nThe Council of Veldania opens the harbour of Sorin on 9 May.\n")
    assert [page.span.of(found.text) for page in found.pages][1] == "The second page holds one sentence."
    assert found.get_stated("title") == "Two pages"


def test_arabic_printed_by_chromium_comes_in_the_order_of_writing_and_without_a_warning() -> None:
    found = read_path(FIXTURES / "chromium.pdf")
    assert "\nأعلن مجلس فلدانيا فتح الميناء.\n" in found.text
    assert found.warnings == ()
    assert [block.span.of(found.text) for block in found.blocks if block.direction == "rtl"] == [
        "أعلن مجلس فلدانيا فتح الميناء."
    ]


def test_a_docx_saved_by_libreoffice_is_read_with_its_blocks() -> None:
    found = read_path(FIXTURES / "libreoffice.docx")
    assert found.text == (
        "Harbour notice\n\nThe Council of Veldania opens the harbour.\n\nSorin\topen\nMerrow\tclosed\n\n"
        "أعلن مجلس فلدانيا فتح الميناء."
    )
    assert [(block.kind, block.direction) for block in found.blocks] == [
        ("heading", None), ("paragraph", None), *[("table-cell", None)] * 4, ("paragraph", "rtl"),
    ]  # fmt: skip
    assert found.get_stated("title") == "Harbour notice"


def test_the_documentation_lists_exactly_the_readers_there_are_and_only_suffixes_they_have() -> None:
    for table, there in zip(
        PAGE.read_text(encoding="utf-8").split("## Files of files"), (READERS, CONTAINERS), strict=True
    ):
        rows = [row.split("|") for row in table.splitlines() if row.startswith("| `")]
        listed = {row[1].strip(" `"): re.findall(r"`(\.\w+)`", row[2]) for row in rows}
        assert set(listed) == set(there)
        for name, suffixes in listed.items():
            assert set(suffixes) <= set(there[name].suffixes)
            assert bool(suffixes) == bool(there[name].suffixes)
