"""`catena export P.catena FORMAT`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catena.cli.common import fail, open_reading, restricted_option


@click.command("export")
@click.argument("project", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("format_name", metavar="FORMAT")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: standard output.")
@click.option("--layer", type=click.Choice(["program", "people"]), default="program", help="Whose findings.")
@click.option("--dialect", default="standard", help="For qdpx: standard, atlas.ti, maxqda or nvivo.")
@restricted_option
@click.option("--json", "as_json", is_flag=True, help="The same as the format jsonl.")
def command(
    project: Path, format_name: str, output: Path | None, layer: str, dialect: str, open_restricted: bool, as_json: bool
) -> None:
    """Write PROJECT in FORMAT: jsonl, csv, w3c, tei, conllu, brat, ftm, parquet, uima; qdpx (codebook and codings);
    gexf, graphml (voices); ris, bibtex, csl (the documents as references); bagit, ro-crate (everything, to keep).

    What the format cannot hold is said on standard error.
    """
    from catena import api
    from catena.store import StoreError

    name = "jsonl" if as_json else format_name
    try:
        if output is None:
            with open_reading(project, open_restricted) as opened:
                lost = api.export(opened, name, sys.stdout.buffer, layer=layer, dialect=dialect)
        else:
            with open_reading(project, open_restricted) as opened, output.open("wb") as out:
                lost = api.export(opened, name, out, layer=layer, dialect=dialect)
    except BrokenPipeError:
        raise  # `catena export … | head`
    except (ValueError, ImportError, StoreError, OSError) as error:
        raise fail(str(error)) from error
    for line in lost:
        click.echo(f"not in the file: {line}", err=True)
