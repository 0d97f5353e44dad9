"""`catena find P.catena QUERY`."""

from __future__ import annotations

from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option


@click.command("find")
@click.argument("project", type=click.Path(exists=True, path_type=Path))
@click.argument("query")
@click.option("--lines", is_flag=True, help="Every hit in a line with its surroundings, instead of documents.")
@click.option(
    "--sort", type=click.Choice(["place", "left", "right", "node"]), default="place", help="The order of lines."
)
@click.option(
    "--level", type=click.Choice(["exact", "folded", "affixes"]), default="folded", help="Which spellings are one word."
)
@click.option("--limit", type=click.IntRange(min=1), default=100, help="At most so many documents or lines.")
@restricted_option
@json_option
def command(
    project: Path, query: str, lines: bool, sort: str, level: str, limit: int, open_restricted: bool, as_json: bool
) -> None:
    """Search PROJECT: words, "phrases", NEAR(a b, 5), AND OR NOT, prefix*, and fields such as speaker:NAME."""
    from catena import api
    from catena.store import CLOSED, StoreError

    try:
        with open_reading(project, open_restricted) as opened:
            rows = api.find_lines(opened, query, sort=sort, level=level, limit=limit) if lines else None
            hits = None if lines else api.find(opened, query, level=level, limit=limit)
    except (StoreError, ValueError) as error:
        raise fail(str(error)) from error
    if rows is not None:
        if as_json:
            print_json(
                {"document": one.document.path, "start": one.span.start, "end": one.span.end, "left": one.left,
                 "node": one.node, "right": one.right} for one in rows
            )  # fmt: skip
            return
        for one in rows:
            click.echo(f"{one.left[-40:]:>40} [{one.node}] {one.right[:40]:<40}  {one.document.path}:{one.span.start}")
        return
    for hit in hits or ():
        spans = [[span.start, span.end] for span in hit.spans]
        if as_json:
            shut = {"restricted": True, "title": hit.document.title} if hit.document.status == CLOSED else {}
            print_json([{"document": hit.document.path, "number": hit.document.number, "spans": spans, **shut}])
        elif hit.document.status == CLOSED:
            click.echo(f"    ?  restricted: document {hit.document.number}  {hit.document.title}")
        else:
            click.echo(f"{len(spans):>5}  {hit.document.path}  {hit.document.title}")
