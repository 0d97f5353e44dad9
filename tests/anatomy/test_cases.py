"""The cases in tests/cases/anatomy: what is written there is what is found, in order, no more and no less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from catena.anatomy import find_dates, find_figures, find_layout, find_names, find_proper_names, find_sections
from catena.lexicons.dates import load_dates
from catena.lexicons.figures import load_figures
from catena.lexicons.layout import load_layout
from catena.lexicons.names import load_names
from catena.lexicons.proper_names import load_places
from catena.model import Document, Finding, check_finding

CASES = Path(__file__).parent.parent / "cases" / "anatomy"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")
FIND: dict[str, Callable[[Document], tuple[Finding, ...]]] = {
    "figures": lambda doc: find_figures(doc, load_figures()),
    "names": lambda doc: find_names(doc, load_names()),
    "proper names": lambda doc: find_proper_names(doc, load_places(), load_names()),
    "layout": lambda doc: find_layout(doc, load_layout()),
    "sections": lambda doc: find_sections(doc, load_layout()),
}


def _parameters() -> list[Any]:
    found = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["note"])] if pile == "known-failures" else []
            found.append(pytest.param(case, id=f"{pile}: {case['label']}", marks=marks))
    return found


@pytest.mark.parametrize("case", _parameters())
def test_what_is_marked_is_what_is_found(case: dict[str, Any]) -> None:
    document = Document.of(case["text"])
    if case["find"] == "dates":
        found = find_dates(document, load_dates(), document_date=case.get("said_on"))
    else:
        found = FIND[case["find"]](document)
    for finding in found:
        check_finding(finding, document)
    expected = case.get("expect", [])
    assert [finding.text("content") for finding in found] == [text for text, _ in expected]
    for finding, (_, values) in zip(found, expected, strict=True):
        assert {name: finding.value(name) for name in values} == values
