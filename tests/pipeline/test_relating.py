"""Documents that come later are related as if all had come at once, at the cost of the new ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from catena.kit import load_kit
from catena.model import Document, Finding, Origin
from catena.relating import memory_path, relate_project
from catena.store import FileResult, FileStamp, Project, open_or_create

TOLD = (
    "The envoy of Varn told the assembly that the wooden bridges over the mill stream would be mended in spring.",
    "Nobody in the old town hall had seen the letter before the bell of the harbour rang for the second time.",
    "The council resolved to open all four locks to ships with grain and salt until the end of the dry season.",
    "لن نعود إلى المحادثات في فارن حتى يوقع الطرفان اتفاق البحيرة وينشر نصه كاملا في الجريدة",
)
OWN = ("amber", "birch", "cedar", "dune", "ember", "fern", "grove", "heath", "islet", "juniper", "kelp", "larch")


def text_of(number: int) -> str:
    return f"{TOLD[number % 4]}\n\nReport {OWN[number]} counts {number * 37} barrels of {OWN[::-1][number]} tar.\n"


def add(project: Project, name: str, text: str) -> None:
    document = Document(text, Origin(name, f"{len(text):064x}"))
    stamp = FileStamp(name, len(text), 1)
    project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, (), 0.0, "r1"))
    project.set_meta("relate", "pending")


def relate_parts(path: Path, parts: Iterable[Iterable[int]], *, forget: bool = False) -> None:
    for part in parts:
        with open_or_create(path) as project:
            for number in part:
                add(project, f"r{number:02}.txt", text_of(number))
            project.set_meta("relate", "pending")
            relate_project(project, load_kit())
        if forget:
            memory_path(path).unlink()


def shared(path: Path) -> set[tuple[str, Finding]]:
    with Project.open(path) as project:
        return {(name, finding) for name, finding, _ in project.all_findings(["reuse"])}


@pytest.mark.parametrize("forget", [False, True], ids=["remembered", "forgotten"])
@pytest.mark.parametrize(
    "parts",
    [
        [range(9, 12), range(9)],
        [range(4), range(4, 8), range(8, 12)],
        [range(12), ()],
        [range(0, 12, 2), (9, 1, 5), (7, 11, 3)],
    ],
    ids=["the last first", "three parts", "nothing new", "mixed"],
)
def test_in_parts_and_at_once_give_the_same(tmp_path: Path, parts: list[Iterable[int]], forget: bool) -> None:
    relate_parts(tmp_path / "whole.catena", [range(12)])
    relate_parts(tmp_path / "parts.catena", parts, forget=forget)
    assert shared(tmp_path / "parts.catena") == shared(tmp_path / "whole.catena")
    assert len({name for name, _ in shared(tmp_path / "parts.catena")}) == 12


def test_a_document_read_again_keeps_what_it_shares(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    relate_parts(path, [range(8)])
    before = shared(path)
    relate_parts(path, [[2]])
    assert shared(path) == before


def test_what_is_known_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    relate_parts(path, [range(8), [8]])
    with Project.open(path) as project:
        event = next(event for event in project.history() if event.subject == "shared-passages")
    assert event.detail["documents"] == 3  # the new one, and the two that share its sentence


def test_no_document_points_at_the_old_words_of_one_that_changed(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    relate_parts(path, [range(8)])
    with Project.open(path) as project:
        add(project, "r02.txt", "Nothing of this stands anywhere else in the papers of the lake.")
        relate_project(project, load_kit())
    assert {name for name, _ in shared(path)} == {f"r0{number}.txt" for number in (0, 1, 3, 4, 5, 7)}


def test_a_memory_of_another_comparison_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "p.catena"
    relate_parts(path, [range(6)])
    early = memory_path(path).read_bytes()
    relate_parts(path, [range(6, 9)])
    memory_path(path).write_bytes(early)
    relate_parts(path, [range(9, 12)])
    relate_parts(tmp_path / "whole.catena", [range(12)])
    assert shared(path) == shared(tmp_path / "whole.catena")


@pytest.mark.parametrize("rest", [b"", b"PK\x03\x04 torn"])
def test_a_damaged_memory_is_no_harm(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "p.catena"
    relate_parts(path, [range(6)])
    memory_path(path).write_bytes(rest)
    relate_parts(path, [range(6, 12)])
    relate_parts(tmp_path / "whole.catena", [range(12)])
    assert shared(path) == shared(tmp_path / "whole.catena")
