"""Every case of the four piles: files of each format, what must come out of them, and what must be refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from catena import api
from catena.library import (
    IMPORTERS,
    Edition,
    ImportOptions,
    LibraryError,
    Said,
    guess_importer,
    load_passages,
    parse_map,
    parse_only,
)

PILES = Path(__file__).parent.parent / "cases" / "library"
Case = dict[str, Any]


def _cases(pile: str) -> list[Any]:
    cases = yaml.safe_load((PILES / f"{pile}.yaml").read_text(encoding="utf-8"))
    marks = [pytest.mark.xfail(strict=True)] if pile == "known-failures" else []
    return [pytest.param(case, id=f"{pile}: {case['label']}", marks=marks) for case in cases]


GOOD = [case for pile in ("in-the-wild", "synthetic", "known-failures") for case in _cases(pile)]
REFUSED = _cases("must-not-fire")
FAULTS = ("shape", "twice", "broken", "encoding")


def _add(case: Case, folder: Path, place: Path) -> Edition:
    file = place / case["file"]
    file.write_bytes(case["content"].encode(case.get("encode", "utf-8")))
    given = dict(case.get("options", {}))
    importer = given.pop("importer", None)
    said = Said(language=given.pop("language", ""), work=given.pop("work", ""))
    options = ImportOptions(fields=parse_map(given.pop("map", [])), only=parse_only(given.pop("only", [])), **given)
    return api.add_to_library("Case", file, folder=folder, format_name=importer, said=said, options=options)


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


@pytest.mark.parametrize("case", REFUSED)
def test_a_broken_file_is_told_to_be_of_its_format(case: Case) -> None:
    forced = case.get("options", {}).get("importer")
    content = case["content"].encode(case.get("encode", "utf-8"))
    assert (forced or guess_importer(content, case["file"])) == case["format"]


def test_every_format_has_a_file_that_is_read() -> None:
    assert {param.values[0]["format"] for param in GOOD} == set(IMPORTERS)


def test_every_format_has_a_refused_file_for_each_fault() -> None:
    tried = {(param.values[0]["format"], param.values[0]["fault"]) for param in REFUSED}
    elsewhere = {
        ("akoma-ntoso", "twice"),  # numbers given twice are told apart in one document; see the two documents below
        ("document", "broken"),  # see the damaged documents below
        ("document", "encoding"),  # the readers tell the encoding themselves; see there too
    }
    assert tried | elsewhere == {(format_, fault) for format_ in IMPORTERS for fault in FAULTS}


def test_two_resolutions_of_one_number_are_refused_with_both(tmp_path: Path) -> None:
    cover = "<coverPage><docNumber>L/RES/1</docNumber></coverPage>"
    text = f"<akomaNtoso><act>{cover}<body><p>{{}}</p></body></act></akomaNtoso>"
    for name in ("1.xml", "2.xml"):
        (tmp_path / "lake").mkdir(exist_ok=True)
        (tmp_path / "lake" / name).write_text(text.format(f"Lakes of {name}."), encoding="utf-8")
    with pytest.raises(LibraryError) as raised:
        api.add_to_library("Lake", tmp_path / "lake", folder=tmp_path / "library", said=Said(language="en"))
    assert "2.xml, line 1: L/RES/1 unnumbered 1 is there already, in 1.xml, line 1" in str(raised.value)
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("speech.pdf", b"%PDF-1.7\nnothing\n", "damaged PDF"),
        ("speech.docx", b"PK\x03\x04nothing", "damaged archive"),
        ("speech.html", b"<html><body></body></html>", "the page holds no visible text"),
        ("speech.txt", b"The lakes\x00\x01\x02\xff\xfe are open.\n", "the bytes are not text in a known encoding"),
    ],
)
def test_a_damaged_document_is_refused_with_reason_and_next_step(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LibraryError) as raised:
        api.add_to_library("Speech", tmp_path / name, folder=tmp_path / "library", said=Said(language="en"))
    assert str(raised.value).startswith(f"{name}: {reason}")
    assert "; nothing was added. Next: " in str(raised.value)
    assert not (tmp_path / "library").exists()
