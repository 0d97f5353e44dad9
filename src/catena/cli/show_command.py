"""`catena show P.catena DOC`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option


@click.command("show")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("document")
@click.option("--width", type=click.IntRange(min=40), help="Columns to use; default: the terminal's.")
@click.option("--together", is_flag=True, help="Also its names, counts and events as the whole collection has them.")
@restricted_option
@json_option
def command(
    project: Path, document: str, width: int | None, together: bool, open_restricted: bool, as_json: bool
) -> None:
    """Show one DOCUMENT with its margin. DOCUMENT is its number, path, name, or the start of its hash."""
    from catena.cli.together import to_collected
    from catena.model import to_record
    from catena.store import NotFound, StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            stored = opened.document(int(document) if document.isdigit() else document)
            findings = opened.findings(stored.document.id)
            notes = [one for one in opened.annotations(stored.document.id) if one.value("corrects")]
            collected = list(to_collected(opened, stored.document.id)) if together else []
    except (NotFound, StoreError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(to_record(finding, stored.row.path, stored.document.text) for finding in (*findings, *notes))
        return
    from rich.console import Console

    from catena.cli.page import to_page

    console = Console(width=width)
    console.print(to_page(stored, findings, notes))
    for part in collected:
        console.print(part)
