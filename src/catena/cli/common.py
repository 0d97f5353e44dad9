"""What the commands share: exit codes, options, JSON output, where things lie."""

from __future__ import annotations

import enum
import getpass
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Item = TypeVar("Item")
Function = TypeVar("Function", bound=Callable[..., Any])


class ExitCode(enum.IntEnum):
    """Part of the interface: scripts rely on these."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    SOME_FILES_FAILED = 3
    DOES_NOT_HOLD = 4


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
library_option = click.option(
    "--library",
    "libraries",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of reference texts; may be given more than once.",
)
workers_option = click.option(
    "--workers", type=click.IntRange(min=0), default=0, help="Local processes; 0 means one for each core."
)
engine_option = click.option(
    "--engine",
    type=click.Choice(["processes", "here", "duckdb", "spark", "sail"]),
    default="processes",
    help="Where the work runs.",
)


def print_json(rows: Iterable[Any]) -> None:
    """One JSON object a line; letters of every script as they are."""
    for row in rows:
        value = asdict(row) if is_dataclass(row) and not isinstance(row, type) else row
        click.echo(json.dumps(value, ensure_ascii=False))


def account_name() -> str:
    """Who is at the keyboard, as the system knows; `reader` when it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reader"


def fail(message: str) -> click.ClickException:
    """An error for the person at the terminal: what was wrong, and the next step."""
    return click.ClickException(message)


def show_collected(
    collect: Callable[[], Iterable[Item]],
    to_row: Callable[[Item], dict[str, Any]],
    show: Callable[[list[Item]], None],
    *,
    as_json: bool,
) -> None:
    """Print what `collect` reads from a project: one JSON object a line, or what `show` prints."""
    from catena.store import NotFound, StoreError

    try:
        found = list(collect())
    except (NotFound, StoreError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(map(to_row, found))
    else:
        show(found)
