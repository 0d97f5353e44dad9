"""The house itself: what must agree between code, documentation and packaging."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from catena.cli import COMMANDS, cli
from catena.engines import ENGINES
from catena.exporters import EXPORTERS
from catena.model import KINDS
from catena.readers import CONTAINERS, READERS
from catena.verification import LADDER

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_dependency_has_its_reason_and_no_reason_is_left_over() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    table = text("explanation/dependencies.md").split("## Data")[0]
    given = {row.split("|")[1].strip() for row in table.splitlines() if row.startswith("| ")} - {"Package"}
    assert given == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_documentation(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert f"## catena {command}" in text("reference/commands.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str) -> None:
    import importlib

    page = text("reference/commands.md")
    section = page.split(f"## catena {command}\n")[1].split("\n## ")[0]
    found = importlib.import_module(f"catena.cli.{command}_command").command
    parts = [found, *getattr(found, "commands", {}).values()]
    for part in parts:
        for parameter in part.params:
            for option in [name for name in parameter.opts if name.startswith("--")]:
                assert f"`{option}`" in section, option


def test_every_kind_verdict_reader_and_exporter_is_documented() -> None:
    records = text("reference/records.md")
    for name in (*KINDS, *LADDER):
        assert f"`{name}`" in records, name
    for name in READERS:
        assert f"`{name}`" in text("reference/readers.md"), name
    for name in CONTAINERS:
        assert f"`{name}`" in text("reference/readers.md"), name
    for name in EXPORTERS:
        assert f"`{name}`" in records + text("reference/commands.md"), name
    for name in ENGINES:
        assert f"`{name}`" in text("reference/commands.md"), name


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, catena; print(sorted({'numpy', 'lxml', 'apsw', 'starlette'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_modules_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "src").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}
