"""`catena merge P.catena OTHER.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, print_json


@click.command("merge")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("others", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def command(project: Path, others: tuple[Path, ...], as_json: bool) -> None:
    """Bring what people coded in OTHERS, copies of the same project, into PROJECT. Nothing is lost or doubled."""
    from catena import api
    from catena.store import StoreError

    for other in others:
        try:
            report = api.merge(project, other)
        except (StoreError, ValueError) as error:
            raise fail(str(error)) from error
        if as_json:
            print_json([{**report, "file": str(other)}])
            continue
        click.echo(
            f"{other}: {report['notes']} notes of {', '.join(report['people']) or 'nobody'},"
            f" {report['withdrawn']} taken back, {report['codes']} codes, {report['documents']} documents"
        )
        for line in report["decided"]:
            click.echo(f"  {line}")
