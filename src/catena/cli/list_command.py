"""`catena list P.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option


@click.command("list")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--failed", is_flag=True, help="Only the files that could not be read.")
@restricted_option
@json_option
def command(project: Path, failed: bool, open_restricted: bool, as_json: bool) -> None:
    """List the documents of PROJECT with date, genre, publisher and counts, then what failed."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from catena.cli.terminal import isolate
    from catena.store import StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            rows = () if failed else opened.documents()
            failures = opened.ledger(failed_only=True)
    except StoreError as error:
        raise fail(str(error)) from error
    if as_json:
        print_json([*rows, *failures])
        return
    console = Console()
    if rows:
        table = Table("No", "Path", "Date", "Genre", "Publisher", "Lang", "Quotations", "Verdicts", box=None)
        for row in rows:
            verdicts = ", ".join(f"{name} {count}" for name, count in sorted(row.verdicts.items()))
            name = row.path or f"{row.title} (restricted)"
            cells = (
                str(row.number), isolate(name), row.date or "", row.genre or "", isolate(row.publisher or ""),
                row.language or "", str(row.counts.get("quotation", 0)), verdicts,
            )  # fmt: skip
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    for failure in failures:
        click.echo(f"not read: {failure.path}: {failure.stage}: {failure.status}: {failure.reason}")
