"""The cases in tests/cases/transmission: what is marked in both documents is what is found in both."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from catena.lexicons.folding import load_fold_table
from catena.model import Document, check_finding
from catena.transmission import find_shared

CASES = Path(__file__).parent.parent / "cases" / "transmission"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")


def _parameters() -> list[Any]:
    found = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["note"])] if pile == "known-failures" else []
            found.append(pytest.param(case, id=f"{pile}: {case['label']}", marks=marks))
    return found


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip()


@pytest.mark.parametrize("case", _parameters())
def test_what_is_marked_is_what_is_found(case: dict[str, Any]) -> None:
    marked = [re.findall("⟦(.*?)⟧", text, re.DOTALL) for text in case["documents"]]
    documents = [Document.of(re.sub("[⟦⟧]", "", text)) for text in case["documents"]]
    found = find_shared(documents, [str(number) for number in range(len(documents))], load_fold_table())
    for document, wanted in zip(documents, marked, strict=True):
        mine = found.get(document.id, ())
        for finding in mine:
            check_finding(finding, document)
        assert [finding.value("kind") for finding in mine] == [case.get("kind")] * len(wanted)
        texts = [document.text[one.place.start : one.place.end] for one in mine]
        assert [_letters(text) for text in texts] == [_letters(text) for text in wanted]
