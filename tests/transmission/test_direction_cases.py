"""The cases in tests/cases/direction: from files to what is said of which came first, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from catena.kit import load_kit
from catena.model import check_finding
from catena.pipeline import analyse, relate
from catena.readers import read_bytes
from catena.store import FileResult, FileStamp, Project
from catena.witnesses import find_edges, find_witnesses

CASES = Path(__file__).parent.parent / "cases" / "direction"
PILES = ("in-the-wild", "synthetic", "must-not-fire", "known-failures")
SIGNS = {"in-quotation-marks", "part-of-more"}  # noted beside, and no reason


def _parameters() -> list[Any]:
    found = []
    for pile in PILES:
        for case in yaml.safe_load((CASES / f"{pile}.yaml").read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["note"])] if pile == "known-failures" else []
            found.append(pytest.param(case, id=f"{pile}: {case['label']}", marks=marks))
    return found


def _project(case: dict[str, Any], path: Path) -> Project:
    """A project of the case's files; `names` and `urls` are what a container states of them."""
    kit = load_kit()
    project = Project.create(path)
    documents = []
    for name, text in case["files"].items():
        document = read_bytes(text.encode(), name)
        for field in ("publisher", "url"):
            stated = case.get({"publisher": "names", "url": "urls"}[field], {}).get(name)
            if stated:
                document = replace(document, stated=(*document.stated, (field, stated)))
        documents.append(document)
        found = analyse(document, kit)
        for one in found:
            check_finding(one, document)
        stamp = FileStamp(name, len(text), 0)
        project.add(
            FileResult(stamp, "0" * 64, "ok", "", "", document, found, 0.0, "test")
        )  # fmt: skip
    project.replace_findings("shared-passages", relate(documents, list(case["files"]), kit))
    return project


@pytest.mark.parametrize("case", _parameters())
def test_what_is_said_of_two_witnesses_is_what_a_reader_would_say(case: dict[str, Any], tmp_path: Path) -> None:
    with _project(case, tmp_path / "p.catena") as project:
        held = find_witnesses(project, next(iter(case["files"])))
        names = {one.carrier.document: one.path for one in held}
        said = [
            f"{names[edge.first]} {'->' if edge.directed else '--'} {names[edge.second]}: {edge.status}: "
            + ", ".join(sorted(reason.code for reason in edge.reasons if reason.code not in SIGNS))
            for edge in find_edges(held)
        ]
    wanted = []
    for line in case["edges"]:
        head, _, codes = line.rpartition(":")
        wanted.append(f"{head}: " + ", ".join(sorted(code.strip() for code in codes.split(",") if code.strip())))
    assert said == wanted
