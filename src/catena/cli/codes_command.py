"""`catena codes P.catena`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catena.cli.common import account_name, fail, json_option, print_json


@click.command("codes")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--import", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take in a codebook: .qdc, .csv or .json.",
)  # fmt: skip
@click.option("--export", "format_name", default=None, help="Write the codebook: qdc, csv or json.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output.")
@click.option("--person", default=None, help="Who takes it in; default: the name of this account.")
@json_option
def command(
    project: Path, source: Path | None, format_name: str | None, output: Path | None, person: str | None, as_json: bool
) -> None:
    """List the codebook of PROJECT, or bring one in or out."""
    from catena import api
    from catena.store import StoreError, to_paths

    try:
        if source is not None:
            taken = api.import_codebook(project, source.read_bytes(), person=person or account_name(), name=source.stem)
            click.echo(f"{taken} codes are new or changed", err=True)
        codes = api.codebook(project)
        if format_name is not None:
            data = api.write_codebook(project, format_name)
            if output is None:
                sys.stdout.buffer.write(data)
            else:
                output.write_bytes(data)
            return
    except (StoreError, ValueError, OSError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(codes)
        return
    for code, path in zip(codes, to_paths(codes).values(), strict=True):
        click.echo(f"{path}{f' ({code.key})' if code.key else ''}{': ' + code.definition if code.definition else ''}")
