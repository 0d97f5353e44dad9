"""`catena restrict P.catena [PATTERN...]`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import account_name, fail, json_option, print_json


@click.command("restrict")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("patterns", nargs=-1)
@click.option("--none", "lift", is_flag=True, help="Restrict nothing any more.")
@json_option
def command(project: Path, patterns: tuple[str, ...], lift: bool, as_json: bool) -> None:
    """Show title and date only of the documents whose path fits a PATTERN, such as 'raids/*', until they are opened.

    The patterns given take the place of the earlier ones; without any, those in force are listed.
    """
    from catena.store import Project, StoreError, is_restricted, list_patterns, set_patterns

    if patterns and lift:
        raise click.UsageError("give patterns or --none, not both")
    try:
        with Project.open(project) as opened:
            if patterns or lift:
                set_patterns(opened, patterns, account_name())
            held = list_patterns(opened)
            paths = [row.path for row in opened.documents()]
    except StoreError as error:
        raise fail(str(error)) from error
    counts = [(pattern, sum(is_restricted(path, [pattern]) for path in paths)) for pattern in held]
    if as_json:
        print_json({"pattern": pattern, "documents": count} for pattern, count in counts)
        return
    for pattern, count in counts:
        click.echo(f"{pattern}: {count} {'document' if count == 1 else 'documents'}")
    if not counts:
        click.echo("nothing is restricted")
