"""Every case of the four piles: files of each format, what must come out of them, and what must be refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from catena import api
from catena.library import IMPORTERS, Edition, ImportOptions, LibraryError, Said, load_passages, parse_map, parse_only

PILES = Path(__file__).parent.parent / "cases" / "library"
Case = dict[str, Any]


def _cases(pile: str) -> list[Any]:
    cases = yaml.safe_load((PILES / f"{pile}.yaml").read_text(encoding="utf-8"))
    marks = [pytest.mark.xfail(strict=True)] if pile == "known-failures" else []
    return [pytest.param(case, id=f"{pile}: {case['label']}", marks=marks) for case in cases]


GOOD = [case for pile in ("in-the-wild", "synthetic", "known-failures") for case in _cases(pile)]
REFUSED = _cases("must-not-fire")


def _add(case: Case, folder: Path, place: Path) -> Edition:
    file = place / case["file"]
    file.write_bytes(case["content"].encode(case.get("encode", "utf-8")))
    given = dict(case.get("options", {}))
    said = Said(language=given.pop("language", ""), work=given.pop("work", ""))
    options = ImportOptions(fields=parse_map(given.pop("map", [])), only=parse_only(given.pop("only", [])), **given)
    return api.add_to_library("Case", file, folder=folder, said=said, options=options)


@pytest.mark.parametrize("case", GOOD)
def test_the_passages_are_those_marked_by_hand(case: Case, tmp_path: Path) -> None:
    edition = _add(case, tmp_path / "library", tmp_path)
    passages = load_passages(edition)
    assert [[one.reference, one.text] for one in passages] == case["expect"]
    assert edition.importer == case["format"]
    assert dict(edition.left_out) == case.get("left_out", {})
    if "notice" in case:
        assert edition.notice == case["notice"]
    for one, local in zip(passages, case.get("local", []), strict=False):
        assert local in one.local
    assert Path(edition.path).read_bytes() == case["content"].encode(case.get("encode", "utf-8"))


@pytest.mark.parametrize("case", REFUSED)
def test_a_broken_file_is_refused_with_line_reason_and_next_step(case: Case, tmp_path: Path) -> None:
    library = tmp_path / "library"
    lake = tmp_path / "before.txt"
    lake.write_text("1\tThe lakes are open.\n", encoding="utf-8")
    api.add_to_library("Before", lake, folder=library, said=Said(language="en"))
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    said = {"language": "en"} | case.get("options", {})
    with pytest.raises(LibraryError) as raised:
        _add({**case, "options": said}, library, tmp_path)
    assert str(raised.value).startswith(f"{case['file']}, line {case['line']}: {case['reason']}")
    assert "; nothing was added. Next: " in str(raised.value)
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before


def test_every_format_has_a_file_that_is_read_and_one_that_is_refused() -> None:
    wild = {param.values[0]["format"] for param in GOOD}
    assert wild == set(IMPORTERS)
