"""`catena export P.catena FORMAT`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catena.cli.common import fail


@click.command("export")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("format_name", metavar="FORMAT")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output.")
@click.option("--json", "as_json", is_flag=True, help="The same as the format jsonl.")
def command(project: Path, format_name: str, output: Path | None, as_json: bool) -> None:
    """Write all findings of PROJECT in FORMAT (jsonl, csv, brat)."""
    from catena import api
    from catena.store import StoreError

    name = "jsonl" if as_json else format_name
    try:
        if output is None:
            api.export(project, name, sys.stdout.buffer)
            return
        with output.open("wb") as out:
            api.export(project, name, out)
    except BrokenPipeError:
        raise  # `catena export … | head`
    except (ValueError, StoreError, OSError) as error:
        raise fail(str(error)) from error
