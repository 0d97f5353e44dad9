"""What `catena build` refuses before it reads anything, and that a cap changes nothing of what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from catena.cli import cli
from catena.cli.build_command import parse_size


@pytest.mark.parametrize(
    ("given", "size"),
    [("", 0), ("1000000", 1_000_000), ("500MB", 500 << 20), ("2 GB", 2 << 30), ("1.5KiB", 1536)],
)
def test_a_size_is_read_in_bytes(given: str, size: int) -> None:
    assert parse_size(given) == size


@pytest.mark.parametrize("given", ["much", "0", "-5MB", "2 XB"])
def test_what_is_no_size_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(ValueError, match="such as 2GB"):
        parse_size(given)


def test_tables_are_refused_on_an_engine_that_makes_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = CliRunner().invoke(cli, ["build", str(tmp_path / "in"), "-o", str(tmp_path / "p"), "--tables", "t"])
    assert result.exit_code == 1
    assert "use duckdb, spark or sail" in result.output
