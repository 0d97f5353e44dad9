"""PDFs printed by LibreOffice and Chromium, against what was printed (`gate` of benchmarks/reading_texts.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.reading_pdfs import PROGRAMS, Sheet, make_sheets
from benchmarks.reading_rates import clean, error_rate

from catena.readers import read_path

PRINTED = Path(__file__).parent / "fixtures" / "printed"
FILES = [(sheet, PRINTED / program / f"{sheet.name}.pdf") for sheet in make_sheets("gate", {}) for program in PROGRAMS]
WORST = 0.0  # every one of these files is read without a fault; a change that breaks one is seen at once


@pytest.mark.parametrize(
    ("sheet", "path"), FILES, ids=lambda one: one.parent.name if isinstance(one, Path) else one.name
)
def test_vocalised_mixed_and_joined_text_comes_out_as_it_was_printed(sheet: Sheet, path: Path) -> None:
    found = read_path(path)
    assert error_rate(clean(sheet.text), clean(found.text)) <= WORST
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("sheet", "path"), FILES, ids=lambda one: one.parent.name if isinstance(one, Path) else one.name
)
def test_the_steps_name_how_the_page_was_read(sheet: Sheet, path: Path) -> None:
    found = read_path(path)
    assert any(step.startswith("page 1 from the glyphs") for step in found.origin.steps)
    assert {block.kind for block in found.blocks} == {"page", "paragraph"}
