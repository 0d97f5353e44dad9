"""`catena import P.catena FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import account_name, fail, json_option, print_json


@click.command("import")
@click.argument("project", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--person", default=None, help="Who takes it in; default: the name of this account.")
@json_option
def command(project: Path, file: Path, person: str | None, as_json: bool) -> None:
    """Take codes, texts and codings of FILE into PROJECT, which is made when it is not there.

    FILE is a REFI-QDA project (.qdpx) or a zip of brat files (NAME.txt with NAME.ann).
    """
    from catena import api
    from catena.store import StoreError

    try:
        report = api.import_project(project, file, person=person or account_name())
    except (StoreError, ValueError, OSError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json([report])
        return
    click.echo(
        f"{report.documents} documents, {report.codes} codes, {report.codings} codings, {report.memos} memos,"
        f" {report.links} links are new"
    )
    for line in report.skipped:
        click.echo(f"left out: {line}")
