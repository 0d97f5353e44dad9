"""What the commands share: exit codes, options, JSON output, where things lie."""

from __future__ import annotations

import enum
import getpass
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from catena.store import Project

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
restricted_option = click.option(
    "--open-restricted", is_flag=True, help="Open restricted documents on purpose; the project's log says who did."
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


@contextmanager
def open_reading(project: Path, open_restricted: bool) -> Iterator[Project]:
    """The project for a command that shows what stands in it; says on standard error what is withheld, and the way on.

    With `open_restricted` nothing is withheld, and the project's log says who opened it and with which command.
    """
    from catena import api

    command = click.get_current_context().info_name or ""
    with api.open_project(
        project, opened_by=account_name() if open_restricted else "", subject=f"catena {command}"
    ) as opened:
        tell_withheld(opened)
        yield opened


def tell_withheld(opened: Project) -> None:
    """Say on standard error what an open project withholds."""
    from catena.store import describe_withheld

    if withheld := describe_withheld(opened):
        click.echo(f"withheld: {withheld}; --open-restricted opens on purpose, which is written down", err=True)


def fail(message: str) -> click.ClickException:
    """An error for the person at the terminal: what was wrong, and the next step."""
    return click.ClickException(message)


def show_collected(
    project: Path,
    collect: Callable[[Project], Iterable[Item]],
    to_row: Callable[[Item], dict[str, Any]],
    show: Callable[[list[Item]], None],
    *,
    open_restricted: bool,
    as_json: bool,
) -> None:
    """Print what `collect` reads from an open project: one JSON object a line, or what `show` prints."""
    from catena.store import NotFound, StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            found = list(collect(opened))
    except (NotFound, StoreError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(map(to_row, found))
    else:
        show(found)
