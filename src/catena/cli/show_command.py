"""`catena show P.catena DOC`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, print_json


@click.command("show")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("document")
@click.option("--width", type=click.IntRange(min=40), help="Columns to use; default: the terminal's.")
@click.option("--together", is_flag=True, help="Also its names, counts and events as the whole collection has them.")
@json_option
def command(project: Path, document: str, width: int | None, together: bool, as_json: bool) -> None:
    """Show one DOCUMENT with its margin. DOCUMENT is its number, path, name, or the start of its hash."""
    from catena import api
    from catena.model import to_record
    from catena.store import NotFound, StoreError

    try:
        with api.open_project(project) as opened:
            stored = opened.document(int(document) if document.isdigit() else document)
            findings = opened.findings(stored.document.id)
            notes = [one for one in opened.annotations(stored.document.id) if one.value("corrects")]
    except (NotFound, StoreError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(to_record(finding, stored.row.path, stored.document.text) for finding in (*findings, *notes))
        return
    from rich.console import Console

    from catena.cli.page import to_page

    console = Console(width=width)
    console.print(to_page(stored, findings, notes))
    if together:
        from catena.cli.together import to_collected

        console.print(*to_collected(project, stored.document.id), sep="\n")
