"""The commands of the how-to do what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.workbench.conftest import fill
from tests.workbench.test_coding import mark

from catena.cli import cli
from catena.store import Project, open_or_create

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGE = DOCS / "how-to" / "code-and-agree.md"


def commands(page: Path) -> list[list[str]]:
    """The commands of a page, in their order, without `catena`."""
    lines = re.findall(r"^ *\$ catena (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines, page
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a project, made by the tutorial's own command."""
    folder = tmp_path_factory.mktemp("examples")
    path = folder / "P.catena"
    source = str(ROOT / "examples" / "statements")
    done = CliRunner().invoke(cli, ["build", source, "-o", str(path)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return path


def test_the_commands_of_the_tutorial_run_in_their_order(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(examples, "P.catena")
    said = {}
    for arguments in commands(DOCS / "tutorial" / "first-hour.md"):
        if arguments[0] == "build":  # done once for all
            assert arguments == ["build", "examples/statements", "-o", "P.catena"]
            continue
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, (arguments, done.output)
        assert done.output.strip(), arguments
        said[arguments[0]] = done.output
    assert "everything holds" in said["verify"]
    assert Path("dossier.html").stat().st_size > 20_000
    assert Path("findings.csv").stat().st_size > 20_000


@pytest.mark.parametrize("page", ["keep-and-verify.md", "serve-a-team.md"])
def test_the_commands_of_a_how_to_run_in_their_order(
    page: str, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(examples, "P.catena")
    for arguments in commands(DOCS / "how-to" / page):
        typed = "harbour lamps at nine\n" if arguments[:2] == ["accounts", "add"] else None
        done = CliRunner().invoke(cli, arguments, input=typed, catch_exceptions=False)
        assert done.exit_code == 0, (arguments, done.output)


def test_the_commands_of_the_how_to_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_or_create(tmp_path / "P.catena") as project:
        fill(project)
    (tmp_path / "codebook.csv").write_text(
        "name,parent,definition,key\nTone,,How it is said,\nCalm,Tone,,c\nWater,,,w\n"
    )
    ran = []
    for line in re.findall(r"^\$ catena (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        arguments = shlex.split(line)
        if arguments[0] == "open":  # a person would code here
            name = arguments[arguments.index("--person") + 1]
            shutil.copy("P.catena", arguments[1])
            with Project.open(arguments[1]) as copy:
                mark(copy, "a.txt", "lakes stay" if name == "Ada" else "lakes", copy.code("Water"), name)
            continue
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert result.exit_code == 0, (line, result.output)
        ran.append((arguments[0], result.output))
    assert [name for name, _ in ran] == ["codes", "codes", "merge", "agree", "export", "export", "import"]
    assert "Tone > Calm (c)" in ran[1][1]
    assert "1 notes of Ben" in ran[2][1]
    assert "0/1/0/0" in ran[3][1]  # same / other ends / other code / one only
    assert "2 codings" in ran[6][1]
