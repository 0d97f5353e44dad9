"""`catena count P.catena LIST`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from catena.cli.common import fail, json_option, open_reading, print_json, restricted_option

LISTS = ("words", "keywords", "neighbours", "described", "ngrams", "trend", "voices")


@click.command("count")
@click.argument("project", type=click.Path(exists=True, path_type=Path))
@click.argument("what", metavar="LIST", type=click.Choice(LISTS))
@click.option(
    "--query", default="", help="The word for neighbours, described and trend; the part for words and keywords."
)
@click.option("--against", default="", help="The part that keywords are compared with; default: all other documents.")
@click.option("--length", type=click.IntRange(2, 8), default=3, help="Words in an n-gram.")
@click.option(
    "--window", type=click.IntRange(1, 20), default=5, help="Words on each side for neighbours and described."
)
@click.option("--least", type=click.IntRange(min=1), default=3, help="Leave out what is rarer.")
@click.option("--limit", type=click.IntRange(min=1), default=50, help="At most so many rows.")
@restricted_option
@json_option
def command(
    project: Path,
    what: str,
    query: str,
    against: str,
    length: int,
    window: int,
    least: int,
    limit: int,
    open_restricted: bool,
    as_json: bool,
) -> None:
    """Count in PROJECT: LIST is words, keywords, neighbours, described, ngrams, trend or voices.

    Rates are per million words.

    Prints CSV; the methods and their sources stand in the documentation.
    """
    from catena import api
    from catena.store import StoreError
    from catena.web.tables import to_csv

    try:
        with open_reading(project, open_restricted) as opened:
            rows = api.count(
                opened, what, query=query, against=against, length=length, window=window, least=least, limit=limit
            )
    except (StoreError, ValueError) as error:
        raise fail(str(error)) from error
    if as_json:
        print_json(asdict(row) for row in rows)
    elif rows:
        flat = [_flatten(asdict(row)) for row in rows]
        sys.stdout.buffer.write(to_csv(list(flat[0]), [list(row.values()) for row in flat]))


def _flatten(row: dict[str, object]) -> dict[str, str | int | float | None]:
    """Nested facts side by side; lists as `name count; name count`."""
    found: dict[str, str | int | float | None] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {key: held for key, held in value.items() if key != "word"}
        elif isinstance(value, list | tuple):
            found[name] = "; ".join(" ".join(map(str, one)) for one in value)
        else:
            found[name] = value if isinstance(value, str | int | float) else None
    return found
