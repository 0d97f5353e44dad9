"""Possible translations after documents were added equal those of one run, and the reader and the command show them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from starlette.testclient import TestClient

from catena.cli import cli
from catena.kit import load_kit
from catena.model import Document, Finding, Origin
from catena.pipeline import analyse
from catena.relating import relate_project
from catena.store import FileResult, FileStamp, Project, open_or_create
from catena.web import create_app

KIT = load_kit()
CASES = Path(__file__).parent.parent / "cases" / "translations"
TEXTS = {
    f"{number}-{side}.txt": text.strip() + "\n"
    for number, case in enumerate(
        yaml.safe_load((CASES / "synthetic.yaml").read_text(encoding="utf-8"))
        + yaml.safe_load((CASES / "must-not-fire.yaml").read_text(encoding="utf-8"))[:2]
    )
    for side, text in enumerate(case["documents"])
}


def add(project: Project, names: Sequence[str], recipe: str = "r1") -> None:
    for name in names:
        document = Document(TEXTS[name], Origin(name, f"{len(TEXTS[name]):064x}"))
        stamp = FileStamp(name, len(TEXTS[name]), 1)
        found = analyse(document, KIT)
        project.add(FileResult(stamp, document.origin.sha256, "ok", "read", "", document, found, 0.0, recipe))
    project.set_meta("relate", "pending")
    relate_project(project, KIT)


def translations(path: Path) -> set[tuple[str, Finding, str]]:
    with Project.open(path) as project:
        return {(name, one, repr(one.evidence)) for name, one, _ in project.all_findings(["translation"])}


def build(path: Path, parts: Sequence[Sequence[str]], recipes: str = "rrrrrr") -> set[tuple[str, Finding, str]]:
    for part, recipe in zip(parts, recipes, strict=False):
        with open_or_create(path) as project:
            add(project, part, recipe)
    return translations(path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "p.catena"
    build(path, [list(TEXTS)])
    return path


def test_both_sides_of_each_pair_say_it(whole: Path) -> None:
    assert sorted((name, one.value("other_name")) for name, one, _ in translations(whole)) == [
        ("0-0.txt", "0-1.txt"), ("0-1.txt", "0-0.txt"), ("1-0.txt", "1-1.txt"), ("1-1.txt", "1-0.txt"),
        ("2-0.txt", "2-1.txt"), ("2-1.txt", "2-0.txt"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_in_any_parts_the_pairs_are_those_of_one_run(tmp_path: Path, whole: Path, seed: int) -> None:
    names = list(TEXTS)
    random.Random(seed).shuffle(names)
    assert build(tmp_path / "p.catena", [names[:3], names[3:7], names[7:]]) == translations(whole)


def test_a_document_read_again_keeps_its_partner(tmp_path: Path, whole: Path) -> None:
    assert build(tmp_path / "p.catena", [list(TEXTS), ["0-1.txt", "2-0.txt"]], "ab") == translations(whole)


def test_the_reader_says_possible_and_leads_to_the_other(whole: Path) -> None:
    with Project.open(whole, read_only=True) as project:
        here, there = (project.document(name).row.number for name in ("0-0.txt", "0-1.txt"))
    app = create_app(whole, token="t", host="127.0.0.1", port=8000)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        client.get("/?token=t")
        page = client.get(f"/doc/{here}").text
    assert "possibly the same text in another language" in page
    assert f'href="/doc/{there}"' in page


def test_the_command_shows_the_evidence(whole: Path) -> None:
    result = CliRunner().invoke(cli, ["show", str(whole), "0-0.txt"])
    assert result.exit_code == 0, result.output
    assert "same-dates: 9 May 2015, 3 March 2015, 14 June 2015" in " ".join(result.output.split())
