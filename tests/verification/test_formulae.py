"""The list of set phrases is a person's to change, in a file of the library folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from catena.kit import Kit, recipe
from catena.model import Document
from catena.pipeline import check_document

OURS = "She closed with “الحمد لله” and left."
THEIRS = "He closed with “كل عام وأنتم بخير” and left."


def verdicts(folder: Path, text: str) -> list[str | None]:
    found = check_document(Document.of(text), Kit((folder,)))
    return [finding.verdict for finding in found if finding.kind == "verification"]


def test_a_phrase_added_in_the_library_folder_is_a_formula(tmp_path: Path) -> None:
    assert verdicts(tmp_path, THEIRS) == []
    other = tmp_path / "other"
    other.mkdir()
    (other / "formulae.yaml").write_text(
        "formulae:\n  - {text: كل عام وأنتم بخير, name: greeting, reason: said on every feast}\n", encoding="utf-8"
    )
    assert verdicts(other, THEIRS) == ["formula"]


def test_a_phrase_taken_out_is_none_any_more(tmp_path: Path) -> None:
    assert verdicts(tmp_path, OURS) == ["formula"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "formulae.yaml").write_text("not: [الحمد لله]\n", encoding="utf-8")
    assert "formula" not in verdicts(other, OURS)


def test_a_change_of_the_list_makes_old_findings_stale(tmp_path: Path) -> None:
    before = recipe((tmp_path,))[0]
    (tmp_path / "formulae.yaml").write_text("not: [الحمد لله]\n", encoding="utf-8")
    assert recipe((tmp_path,))[0] != before


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    (tmp_path / "formulae.yaml").write_text("formulae:\n  - {text: كل عام}\n", encoding="utf-8")
    with pytest.raises(TypeError, match="reason"):
        _ = Kit((tmp_path,)).check
