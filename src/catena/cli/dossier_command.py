"""`catena dossier P.catena`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option


@click.command("dossier")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file.")
@click.option("--query", multiple=True, help="Passages that answer a search; may be given more than once.")
@click.option("--code", multiple=True, help="Passages that carry a code (or a code below it).")
@click.option("--verdict", multiple=True, help="Passages with a verdict, such as altered.")
@click.option("--document", multiple=True, help="A whole document: number, path, name or start of its hash.")
@click.option("--title", default="", help="The heading of the page.")
@click.option("--limit", type=click.IntRange(min=1), default=500, help="At most so many passages.")
@restricted_option
@json_option
def command(
    project: Path,
    output: Path,
    query: tuple[str, ...],
    code: tuple[str, ...],
    verdict: tuple[str, ...],
    document: tuple[str, ...],
    title: str,
    limit: int,
    open_restricted: bool,
    as_json: bool,
) -> None:
    """Write chosen passages of PROJECT with evidence and hashes as one HTML file that needs nothing else."""
    from catena import api
    from catena.dossier import Choice
    from catena.store import StoreError

    given = {"query": query, "code": code, "verdict": verdict, "document": document}
    try:
        choices = [Choice(kind, words) for kind, many in given.items() for words in many]
        with open_reading(project, open_restricted) as opened:
            dossier, page = api.dossier(opened, choices, title=title, limit=limit)
        output.write_text(page, encoding="utf-8")
    except (StoreError, ValueError, OSError) as error:
        raise fail(str(error)) from error
    if as_json:
        row = {"file": str(output), "passages": dossier.passages, "documents": len(dossier.documents)}
        print_json([{**row, "left_out": dossier.left_out}])
        return
    left = f"; {dossier.left_out} more were left out, see --limit" if dossier.left_out else ""
    click.echo(f"{output}: {dossier.passages} passages of {len(dossier.documents)} documents{left}")
